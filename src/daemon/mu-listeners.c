/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-listeners.h"

void
mu_listeners_add (MuListeners *self, const MuModemEvents *events, gpointer user_data)
{
  g_assert (self->n_rows < MU_MAX_LISTENERS);
  self->rows[self->n_rows].events = events;
  self->rows[self->n_rows].user_data = user_data;
  self->n_rows++;
}

static void
on_present (MuModem *modem, gboolean present, gpointer user_data)
{
  MuListeners *self = user_data;

  for (gsize i = 0; i < self->n_rows; i++)
    {
      gsize turn = present ? i : self->n_rows - 1 - i;

      self->rows[turn].events->present (modem, present, self->rows[turn].user_data);
    }
}

static void
on_appeared (MuModem *modem, MuService *service, gpointer user_data)
{
  MuListeners *self = user_data;

  for (gsize i = 0; i < self->n_rows; i++)
    self->rows[i].events->appeared (modem, service, self->rows[i].user_data);
}

static void
on_vanished (MuModem *modem, MuService *service, gpointer user_data)
{
  MuListeners *self = user_data;

  for (gsize i = self->n_rows; i > 0; i--)
    self->rows[i - 1].events->vanished (modem, service, self->rows[i - 1].user_data);
}

static void
on_entered (MuModem *modem, gpointer user_data)
{
  MuListeners *self = user_data;

  for (gsize i = 0; i < self->n_rows; i++)
    self->rows[i].events->entered (modem, self->rows[i].user_data);
}

const MuModemEvents mu_listeners_events = { on_present, on_appeared, on_vanished, on_entered };

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-guard.h"

#define ESCAPE_CHARACTER '+'
#define N_CHARACTERS     3u

static void
on_silence (gpointer guard)
{
  SimGuard *self = guard;

  self->n = 0;
  self->func (self->user_data);
}

void
sim_guard_init (SimGuard *self, SimClock *clock, SimTimerFunc func, gpointer user_data)
{
  *self = (SimGuard){ .func = func, .user_data = user_data };
  sim_timer_init (&self->silence, clock, on_silence, self);
}

void
sim_guard_start (SimGuard *self)
{
  self->n = 0;
  self->last = sim_clock_now (self->silence.clock);
}

void
sim_guard_stop (SimGuard *self)
{
  self->n = 0;
  sim_timer_stop (&self->silence);
}

static void
feed_byte (SimGuard *self, char byte, gint64 now)
{
  gboolean silent = now - self->last >= SIM_GUARD_TIME;

  self->last = now;
  sim_timer_stop (&self->silence);
  if (self->n > 0 && now - self->first > SIM_GUARD_SPAN)
    self->n = 0; /* too slow: it may be the first one again */
  if (byte != ESCAPE_CHARACTER || self->n == N_CHARACTERS || (self->n == 0 && !silent))
    {
      self->n = 0;
      return;
    }
  if (self->n++ == 0)
    self->first = now;
  if (self->n == N_CHARACTERS)
    sim_timer_start (&self->silence, SIM_GUARD_TIME);
}

void
sim_guard_feed (SimGuard *self, const char *bytes, gsize n_bytes)
{
  gint64 now = sim_clock_now (self->silence.clock);

  for (gsize i = 0; i < n_bytes; i++)
    feed_byte (self, bytes[i], now);
}

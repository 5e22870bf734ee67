/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-modem.h"

#define MU_MAX_LISTENERS 2

/* Several hear what the manager of the modules tells one: each event goes to them in their order,
 * what takes away in the opposite one. */
typedef struct
{
  struct
  {
    const MuModemEvents *events;
    gpointer             user_data;
  } rows[MU_MAX_LISTENERS];
  gsize n_rows;
} MuListeners;

void mu_listeners_add (MuListeners *self, const MuModemEvents *events, gpointer user_data);

/* For mu_manager_new(); user_data is the MuListeners. */
extern const MuModemEvents mu_listeners_events;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The states of a module and the ways between them. */

typedef enum
{
  MU_MODEM_ABSENT, /* one whose port was given by hand is not plugged in: not on the bus */
  MU_MODEM_OPENING,
  MU_MODEM_PROBING, /* the port is open: the module is asked what it is */
  MU_MODEM_LOCKED,
  MU_MODEM_READY,
  MU_MODEM_SUSPENDED,
  MU_MODEM_FAILED, /* a try follows */
  MU_MODEM_GONE,
} MuModemState;

#define MU_N_MODEM_STATES (MU_MODEM_GONE + 1)

const char *mu_modem_state_word (MuModemState state); /* of Modem1.State */
gboolean    mu_modem_may_enter (MuModemState from, MuModemState to);

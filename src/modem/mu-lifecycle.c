/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-lifecycle.h"

static const char *const state_words[] = {
  [MU_MODEM_ABSENT] = "absent", [MU_MODEM_OPENING] = "starting", [MU_MODEM_PROBING] = "starting",
  [MU_MODEM_LOCKED] = "locked", [MU_MODEM_READY] = "ready",      [MU_MODEM_SUSPENDED] = "suspended",
  [MU_MODEM_FAILED] = "failed", [MU_MODEM_GONE] = "gone",
};

#define TO(state) (1U << MU_MODEM_##state)
#define LINE_ENDS (TO (FAILED) | TO (ABSENT) | TO (OPENING) | TO (SUSPENDED) | TO (GONE))

static const guint edges[] = {
  [MU_MODEM_ABSENT] = TO (OPENING) | TO (GONE),
  [MU_MODEM_OPENING] = TO (ABSENT) | TO (PROBING) | TO (FAILED) | TO (SUSPENDED) | TO (GONE),
  [MU_MODEM_PROBING] = TO (LOCKED) | TO (READY) | LINE_ENDS,
  [MU_MODEM_LOCKED] = TO (READY) | TO (PROBING) | LINE_ENDS,
  [MU_MODEM_READY] = TO (LOCKED) | TO (PROBING) | LINE_ENDS,
  [MU_MODEM_SUSPENDED] = TO (OPENING) | TO (GONE),
  [MU_MODEM_FAILED] = TO (OPENING) | TO (ABSENT) | TO (SUSPENDED) | TO (GONE),
  [MU_MODEM_GONE] = 0,
};

gboolean
mu_modem_may_enter (MuModemState from, MuModemState to)
{
  return (edges[from] & (1U << to)) != 0;
}

const char *
mu_modem_state_word (MuModemState state)
{
  return state_words[state];
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-clock.h"

/* Finds the three plus signs in a stream of data that mean a wish for the command line: a second of
 * silence before them, a second behind them, and all three within 0.9 s (guide 4.4.2). */
typedef struct
{
  SimTimerFunc func;
  gpointer     user_data;
  guint        n; /* plus signs so far */
  gint64       first, last;
  SimTimer     silence;
} SimGuard;

#define SIM_GUARD_TIME SIM_SECONDS (1)
#define SIM_GUARD_SPAN SIM_MS (900)

void sim_guard_init (SimGuard *self, SimClock *clock, SimTimerFunc func, gpointer user_data);
void sim_guard_start (SimGuard *self); /* silence begins now */
void sim_guard_stop (SimGuard *self);
void sim_guard_feed (SimGuard *self, const char *bytes, gsize n_bytes);

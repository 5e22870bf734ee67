/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A timer that is part of its owner's struct and is started many times without an allocation.  All
 * of the daemon's waiting goes through here, so that tests need not wait: the environment variable
 * MU709D_CLOCK_SPEED is a factor (100 turns 30 s into 0.3 s), and mu_timer_advance() jumps. */

typedef void (*MuTimerFunc) (gpointer user_data);

typedef struct
{
  GSource    *source; /* NULL until the first start */
  MuTimerFunc func;
  gpointer    user_data;
  gint64      due;  /* of mu_timer_now() */
  GList       link; /* in the list of all that run; its data is NULL in one that does not */
} MuTimer;

void     mu_timer_init (MuTimer *self, MuTimerFunc func, gpointer user_data);
void     mu_timer_start (MuTimer *self, guint ms); /* anew if it runs; fires once */
void     mu_timer_stop (MuTimer *self);
gboolean mu_timer_is_running (const MuTimer *self);
void     mu_timer_clear (MuTimer *self);

/* Microseconds of that same clock, for measuring what has passed. */
gint64 mu_timer_now (void);

/* Seconds since 1970, UTC; where the clock has another speed, from the start at that speed. */
gint64 mu_timer_wall (void);

/* For tests: from now on no time passes but by mu_timer_advance(), however busy the machine is. */
void mu_timer_freeze (void);
/* For tests: how many run. */
guint mu_timer_n_running (void);
/* For tests: as if ms had passed. */
void mu_timer_advance (guint ms);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The simulated module's one clock.  Everything in it that takes time is a timer of this clock,
 * which may run faster or slower than the world's, stand still, or be advanced by hand. */
typedef struct SimClock SimClock;

#define SIM_MS(n)      ((gint64)(n)*1000)
#define SIM_SECONDS(n) ((gint64)((n)*1000000))
#define SIM_MIN_SPEED  0.001
#define SIM_MAX_SPEED  10000.0

/* speed: simulated seconds in a second, brought into its range; 0: the clock stands still */
SimClock *sim_clock_new (double speed);
void      sim_clock_free (SimClock *self);
gint64    sim_clock_now (const SimClock *self); /* microseconds since the start */
double    sim_clock_speed (const SimClock *self);
void      sim_clock_set_speed (SimClock *self, double speed);

/* Lets that much time pass at once; what is due meanwhile happens in its order before this returns.
 */
void sim_clock_advance (SimClock *self, gint64 us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimClock, sim_clock_free)

/* A part of its owner's struct.  Fires once per start; the owner stops it before it goes. */
typedef void (*SimTimerFunc) (gpointer user_data);

typedef struct
{
  SimClock    *clock;
  SimTimerFunc func;
  gpointer     user_data;
  gint64       due;
  GList        link; /* data: NULL unless it runs */
} SimTimer;

void     sim_timer_init (SimTimer *self, SimClock *clock, SimTimerFunc func, gpointer user_data);
void     sim_timer_start (SimTimer *self, gint64 us); /* anew if it runs */
void     sim_timer_stop (SimTimer *self);
gboolean sim_timer_running (const SimTimer *self);

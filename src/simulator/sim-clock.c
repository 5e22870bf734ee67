/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-clock.h"

/* Simulated time is base_sim + (real - base_real) * speed; a change of speed moves the base. */
struct SimClock
{
  double   speed;
  gint64   base_sim, base_real;
  GQueue   timers; /* of SimTimer, the first due first, equals in the order of their start */
  GSource *source; /* ready when the first one is due */
};

static gboolean
clock_dispatch (GSource *source, GSourceFunc callback G_GNUC_UNUSED, gpointer clock)
{
  g_source_set_ready_time (source, -1);
  sim_clock_advance (clock, 0);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs clock_funcs = { .dispatch = clock_dispatch };

static gboolean
never_called (gpointer clock G_GNUC_UNUSED)
{
  g_assert_not_reached ();
}

static double
clamp_speed (double speed)
{
  return speed > 0 ? CLAMP (speed, SIM_MIN_SPEED, SIM_MAX_SPEED) : 0;
}

SimClock *
sim_clock_new (double speed)
{
  SimClock *self = g_new0 (SimClock, 1);

  self->speed = clamp_speed (speed);
  self->base_real = g_get_monotonic_time ();
  g_queue_init (&self->timers);
  self->source = g_source_new (&clock_funcs, sizeof (GSource));
  g_source_set_callback (self->source, never_called, self, NULL);
  g_source_attach (self->source, NULL);
  return self;
}

void
sim_clock_free (SimClock *self)
{
  if (self == NULL)
    return;
  while (!g_queue_is_empty (&self->timers))
    sim_timer_stop (g_queue_peek_head (&self->timers));
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_free (self);
}

gint64
sim_clock_now (const SimClock *self)
{
  return self->base_sim
         + (gint64)((double)(g_get_monotonic_time () - self->base_real) * self->speed);
}

double
sim_clock_speed (const SimClock *self)
{
  return self->speed;
}

static void
clock_rebase (SimClock *self, gint64 sim)
{
  self->base_real = g_get_monotonic_time ();
  self->base_sim = sim;
}

static void
clock_arm (SimClock *self)
{
  const SimTimer *first = g_queue_peek_head (&self->timers);
  gint64          ready = -1; /* never */

  if (first != NULL && self->speed > 0)
    ready = self->base_real + (gint64)((double)(first->due - self->base_sim) / self->speed) + 1;
  g_source_set_ready_time (self->source, ready);
}

void
sim_clock_set_speed (SimClock *self, double speed)
{
  clock_rebase (self, sim_clock_now (self));
  self->speed = clamp_speed (speed);
  clock_arm (self);
}

void
sim_clock_advance (SimClock *self, gint64 us)
{
  gint64    until = sim_clock_now (self) + MAX (us, 0);
  SimTimer *first;

  while ((first = g_queue_peek_head (&self->timers)) != NULL && first->due <= until)
    {
      if (us > 0)
        clock_rebase (self, MAX (first->due, sim_clock_now (self)));
      sim_timer_stop (first);
      first->func (first->user_data);
    }
  if (us > 0)
    clock_rebase (self, MAX (until, sim_clock_now (self)));
  clock_arm (self);
}

void
sim_timer_init (SimTimer *self, SimClock *clock, SimTimerFunc func, gpointer user_data)
{
  *self = (SimTimer){ .clock = clock, .func = func, .user_data = user_data };
}

void
sim_timer_start (SimTimer *self, gint64 us)
{
  GQueue *timers = &self->clock->timers;
  GList  *after;

  sim_timer_stop (self);
  after = timers->tail;
  self->due = sim_clock_now (self->clock) + MAX (us, 0);
  while (after != NULL && ((SimTimer *)after->data)->due > self->due)
    after = after->prev;
  self->link.data = self;
  if (after != NULL)
    g_queue_insert_after_link (timers, after, &self->link);
  else
    g_queue_push_head_link (timers, &self->link);
  clock_arm (self->clock);
}

void
sim_timer_stop (SimTimer *self)
{
  if (self->link.data == NULL)
    return;
  g_queue_unlink (&self->clock->timers, &self->link);
  self->link.data = NULL;
  clock_arm (self->clock);
}

gboolean
sim_timer_running (const SimTimer *self)
{
  return self->link.data != NULL;
}

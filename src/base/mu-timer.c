/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-timer.h"

static GQueue running = G_QUEUE_INIT; /* MuTimer */
static gint64 advanced;               /* microseconds */
static gint64 frozen;                 /* GLib's clock when ours was stopped; 0: it runs */

static double
clock_speed (void)
{
  static double speed = 0;

  if (speed == 0)
    {
      const char *text = g_getenv ("MU709D_CLOCK_SPEED");

      speed = text != NULL ? g_ascii_strtod (text, NULL) : 1;
      if (!(speed >= 0.01 && speed <= 10000))
        speed = 1;
    }
  return speed;
}

gint64
mu_timer_now (void)
{
  if (frozen != 0)
    return frozen + advanced;
  return (gint64)((double)g_get_monotonic_time () * clock_speed ()) + advanced;
}

gint64
mu_timer_wall (void)
{
  static gint64 epoch; /* what the one clock is ahead of the other */

  if (epoch == 0)
    epoch = g_get_real_time () - mu_timer_now ();
  if (clock_speed () == 1 && frozen == 0) /* follows what is set */
    return (g_get_real_time () + advanced) / G_USEC_PER_SEC;
  return (epoch + mu_timer_now ()) / G_USEC_PER_SEC;
}

/* When it is due on GLib's clock. */
static void
arm (MuTimer *self)
{
  if (frozen != 0)
    {
      g_source_set_ready_time (self->source, self->due <= mu_timer_now () ? 0 : -1);
      return;
    }
  g_source_set_ready_time (self->source, (gint64)((double)(self->due - advanced) / clock_speed ()));
}

/* GLib calls all that it has found due in one go, also what a call before this one has stopped, or
 * started anew. */
static gboolean
timer_dispatch (GSource *source G_GNUC_UNUSED, GSourceFunc callback G_GNUC_UNUSED,
                gpointer user_data)
{
  MuTimer *self = user_data;

  if (!mu_timer_is_running (self))
    return G_SOURCE_CONTINUE;
  if (self->due > mu_timer_now ())
    {
      arm (self);
      return G_SOURCE_CONTINUE;
    }
  mu_timer_stop (self);
  self->func (self->user_data);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

static gboolean
never_called (gpointer user_data G_GNUC_UNUSED)
{
  g_assert_not_reached ();
}

void
mu_timer_init (MuTimer *self, MuTimerFunc func, gpointer user_data)
{
  *self = (MuTimer){ .func = func, .user_data = user_data };
}

void
mu_timer_start (MuTimer *self, guint ms)
{
  if (self->source == NULL)
    {
      self->source = g_source_new (&timer_funcs, sizeof (GSource));
      g_source_set_callback (self->source, never_called, self, NULL);
      g_source_attach (self->source, NULL);
    }
  if (self->link.data == NULL)
    {
      self->link.data = self;
      g_queue_push_tail_link (&running, &self->link);
    }
  self->due = mu_timer_now () + (gint64)ms * 1000;
  arm (self);
}

gboolean
mu_timer_is_running (const MuTimer *self)
{
  return self->link.data != NULL;
}

void
mu_timer_stop (MuTimer *self)
{
  if (self->link.data == NULL)
    return;
  self->link.data = NULL;
  g_queue_unlink (&running, &self->link);
  g_source_set_ready_time (self->source, -1);
}

void
mu_timer_clear (MuTimer *self)
{
  mu_timer_stop (self);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

void
mu_timer_freeze (void)
{
  if (frozen == 0)
    frozen = mu_timer_now () - advanced;
}

guint
mu_timer_n_running (void)
{
  return running.length;
}

void
mu_timer_advance (guint ms)
{
  advanced += (gint64)ms * 1000;
  for (GList *link = running.head; link != NULL; link = link->next)
    arm (link->data);
}

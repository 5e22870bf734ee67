/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-follow.h"

#include "ctl-bus.h"
#include "ctl-error.h"
#include "ctl-event.h"
#include "ctl-module.h"
#include "ctl-output.h"

#include "mu-timer.h"

typedef struct
{
  Ctl     *ctl;
  GQueue   events;     /* GVariant, not told yet */
  guint    signals_id; /* 0: the daemon is not there */
  gboolean closed;     /* the bus is gone */
  guint    every_ms;   /* 0: no ticks */
  MuTimer  timer;      /* of the next one */
} Follower;

static void
on_signal (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path, const char *interface, const char *name, GVariant *args,
           gpointer user_data)
{
  Follower             *self = user_data;
  const char           *wanted = self->ctl->module_path;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GVariant)  event = ctl_event_of_signal (now, path, interface, name, args);

  if (wanted == NULL || ctl_event_is_below (event, wanted))
    g_queue_push_tail (&self->events, g_steal_pointer (&event));
}

static void
add_daemon (Follower *self, gboolean is_present)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_queue_push_tail (&self->events, ctl_event_of_daemon (now, is_present));
}

static void
unsubscribe (Follower *self)
{
  if (self->signals_id != 0)
    g_dbus_connection_signal_unsubscribe (self->ctl->connection, self->signals_id);
  self->signals_id = 0;
}

/* By its unique name: the well-known one would have GDBus ask for the owner all over. */
static void
on_daemon_present (GDBusConnection *connection, const char *name G_GNUC_UNUSED, const char *owner,
                   gpointer user_data)
{
  Follower *self = user_data;

  unsubscribe (self);
  self->signals_id = g_dbus_connection_signal_subscribe (
      connection, owner, NULL, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  add_daemon (self, TRUE);
}

static void
on_daemon_absent (GDBusConnection *connection G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
                  gpointer user_data)
{
  Follower *self = user_data;

  unsubscribe (self);
  add_daemon (self, FALSE);
}

static void
on_closed (GDBusConnection *connection G_GNUC_UNUSED, gboolean remote_vanished G_GNUC_UNUSED,
           const GError *error G_GNUC_UNUSED, gpointer user_data)
{
  Follower *self = user_data;

  self->closed = TRUE;
}

static void
on_time (gpointer user_data)
{
  Follower             *self = user_data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_queue_push_tail (&self->events, ctl_event_of_tick (now));
}

/* The next one is so long after this one has been told: none is told late, behind others. */
static void
schedule (Follower *self, GVariant *event)
{
  if (self->every_ms != 0 && ctl_event_is (event, "tick"))
    mu_timer_start (&self->timer, self->every_ms);
}

static gboolean
tell (Follower *self, CtlFollowFunc func, gpointer user_data, GError **error)
{
  while (!g_cancellable_is_cancelled (self->ctl->interrupted))
    {
      g_autoptr (GVariant) event = g_queue_pop_head (&self->events);

      if (event != NULL && !(func (event, user_data, error) && ctl_output_flush (self->ctl, error)))
        return FALSE;
      if (event != NULL)
        {
          schedule (self, event);
          continue;
        }
      if (self->closed)
        return ctl_fail (error, CTL_ERROR_NO_DAEMON, "The bus is gone");
      g_main_context_iteration (NULL, TRUE);
    }
  return TRUE;
}

gboolean
ctl_follow (Ctl *ctl, CtlFollowFunc func, gpointer user_data, GError **error)
{
  return ctl_follow_every (ctl, 0, func, user_data, error);
}

gboolean
ctl_follow_every (Ctl *ctl, guint every_ms, CtlFollowFunc func, gpointer user_data, GError **error)
{
  Follower self = { .ctl = ctl, .events = G_QUEUE_INIT, .every_ms = every_ms };
  guint    name_id;
  gulong   closed_id;
  gboolean done;

  if (!ctl_bus_connect (ctl, error)
      || (ctl->options.modem != NULL && !ctl_module_choose (ctl, error)))
    return FALSE;
  name_id = g_bus_watch_name_on_connection (ctl->connection, CTL_BUS_NAME,
                                            G_BUS_NAME_WATCHER_FLAGS_AUTO_START, on_daemon_present,
                                            on_daemon_absent, &self, NULL);
  closed_id = g_signal_connect (ctl->connection, "closed", G_CALLBACK (on_closed), &self);
  mu_timer_init (&self.timer, on_time, &self);
  if (every_ms != 0)
    mu_timer_start (&self.timer, every_ms);
  done = tell (&self, func, user_data, error);
  mu_timer_clear (&self.timer);
  g_signal_handler_disconnect (ctl->connection, closed_id);
  g_bus_unwatch_name (name_id);
  unsubscribe (&self);
  g_queue_clear_full (&self.events, (GDestroyNotify)g_variant_unref);
  return done;
}

void
ctl_follow_objects (Ctl *ctl, CtlObjectFunc func, gpointer user_data)
{
  g_autoptr (GVariant)  objects = ctl_bus_objects (ctl, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GVariantIter          iter;
  const char           *path;
  GVariant             *interfaces;

  if (objects == NULL)
    return;
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      g_autoptr (GVariant) event = ctl_event_of_object (now, path, interfaces);

      if (ctl->module_path == NULL || ctl_event_is_below (event, ctl->module_path))
        func (event, user_data);
    }
}

gboolean
ctl_follow_tell_daemon (Ctl *ctl, GVariant *event)
{
  g_autofree char *text = NULL;

  if (!ctl_event_is (event, "daemon-present") && !ctl_event_is (event, "daemon-absent"))
    return FALSE;
  text = ctl_event_text (event, &ctl->style);
  if (ctl->options.json)
    ctl_output_json (ctl, event);
  else
    g_printerr ("%s", text);
  return TRUE;
}

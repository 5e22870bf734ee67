/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that happens, as it happens. */
#include "ctl-bus.h"
#include "ctl-command.h"
#include "ctl-error.h"
#include "ctl-event.h"
#include "ctl-module.h"
#include "ctl-output.h"

typedef struct
{
  Ctl     *ctl;
  guint    signals_id; /* 0: the daemon is not there */
  gboolean is_new;     /* it has come, and its objects have not been told */
  gboolean closed;     /* the bus is gone */
} Monitor;

/* Whoever reads wants it now. */
static void
tell (Monitor *self, GVariant *event)
{
  g_autofree char *text = ctl_event_text (event, &self->ctl->style);

  if (self->ctl->options.json)
    ctl_output_json (self->ctl, event);
  else
    ctl_output_text (self->ctl, text);
  (void)fflush (self->ctl->out);
}

/* The same, if the event is about the module that was asked for, or about any if none was. */
static void
tell_if_wanted (Monitor *self, GVariant *event)
{
  const char *path = self->ctl->module_path;

  if (path == NULL || ctl_event_is_below (event, path))
    tell (self, event);
}

static void
tell_of_daemon (Monitor *self, gboolean is_present)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GVariant)  event = ctl_event_of_daemon (now, is_present);

  tell (self, event);
}

static void
on_signal (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path, const char *interface, const char *name, GVariant *args,
           gpointer user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GVariant)  event = ctl_event_of_signal (now, path, interface, name, args);

  tell_if_wanted (user_data, event);
}

static void
unsubscribe (Monitor *self)
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
  Monitor *self = user_data;

  unsubscribe (self);
  self->signals_id = g_dbus_connection_signal_subscribe (
      connection, owner, NULL, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
  self->is_new = TRUE;
  tell_of_daemon (self, TRUE);
}

static void
on_daemon_absent (GDBusConnection *connection G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
                  gpointer user_data)
{
  Monitor *self = user_data;

  unsubscribe (self);
  self->is_new = FALSE;
  tell_of_daemon (self, FALSE);
}

static void
on_closed (GDBusConnection *connection G_GNUC_UNUSED, gboolean remote_vanished G_GNUC_UNUSED,
           const GError *error G_GNUC_UNUSED, gpointer user_data)
{
  Monitor *self = user_data;

  self->closed = TRUE;
}

/* If it fails, the daemon has left again, which is told of its own. */
static void
tell_objects (Monitor *self)
{
  g_autoptr (GVariant)  objects = ctl_bus_objects (self->ctl, NULL);
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

      tell_if_wanted (self, event);
    }
}

static void
watch (Monitor *self)
{
  while (!self->closed && !g_cancellable_is_cancelled (self->ctl->interrupted))
    {
      gboolean is_new = self->is_new;

      self->is_new = FALSE;
      if (is_new)
        tell_objects (self);
      g_main_context_iteration (NULL, TRUE);
    }
}

static gboolean
run_monitor (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  Monitor self = { .ctl = ctl };
  guint   name_id;
  gulong  closed_id;

  if (!ctl_bus_connect (ctl, error)
      || (ctl->options.modem != NULL && !ctl_module_choose (ctl, error)))
    return FALSE;
  name_id = g_bus_watch_name_on_connection (ctl->connection, CTL_BUS_NAME,
                                            G_BUS_NAME_WATCHER_FLAGS_AUTO_START, on_daemon_present,
                                            on_daemon_absent, &self, NULL);
  closed_id = g_signal_connect (ctl->connection, "closed", G_CALLBACK (on_closed), &self);
  watch (&self);
  g_signal_handler_disconnect (ctl->connection, closed_id);
  g_bus_unwatch_name (name_id);
  unsubscribe (&self);
  return !self.closed || ctl_fail (error, CTL_ERROR_NO_DAEMON, "The bus is gone");
}

const CtlCommand ctl_monitor_commands[] = {
  { "monitor", "", "Tell what happens, until Ctrl-C", .run = run_monitor,
    .more = "Signals, changes of properties, objects that come and go, also over restarts of the\n"
            "daemon.  With --json, one object a line." },
  { NULL },
};

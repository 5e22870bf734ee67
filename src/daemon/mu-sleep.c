/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-sleep.h"

#include "mu-log.h"

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include <unistd.h>

#define LOGIND         "org.freedesktop.login1"
#define LOGIND_PATH    "/org/freedesktop/login1"
#define LOGIND_MANAGER "org.freedesktop.login1.Manager"

struct MuSleep
{
  const MuSleepEvents *events;
  gpointer             user_data;
  GCancellable        *cancellable;
  GDBusConnection     *connection; /* NULL: not yet, or never */
  guint                subscription_id;
  guint                watch_id;
  int                  inhibitor; /* -1: none is held */
};

static void
let_go (MuSleep *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
on_inhibited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  MuSleep                *self = user_data;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GVariant)    reply = NULL;
  int                     handle;

  reply = g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds, result,
                                                           &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply == NULL)
    {
      mu_log (MU_LOG_INFO, NULL, "logind: %s", error->message);
      return;
    }
  g_variant_get (reply, "(h)", &handle);
  let_go (self);
  if (fds != NULL)
    self->inhibitor = g_unix_fd_list_get (fds, handle, NULL);
}

static void
inhibit (MuSleep *self)
{
  g_dbus_connection_call_with_unix_fd_list (
      self->connection, LOGIND, LOGIND_PATH, LOGIND_MANAGER, "Inhibit",
      g_variant_new ("(ssss)", "sleep", "mu709d", "Modules are told before the computer sleeps",
                     "delay"),
      G_VARIANT_TYPE ("(h)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, self->cancellable,
      on_inhibited, self);
}

static void
on_prepare_for_sleep (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
                      const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
                      const char *signal G_GNUC_UNUSED, GVariant *args, gpointer user_data)
{
  MuSleep *self = user_data;
  gboolean begins;

  if (!g_variant_is_of_type (args, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (args, "(b)", &begins);
  mu_log (MU_LOG_INFO, NULL, "The computer %s", begins ? "goes to sleep" : "is awake again");
  if (begins)
    {
      self->events->suspend (self->user_data);
      let_go (self);
    }
  else
    {
      inhibit (self);
      self->events->resume (self->user_data);
    }
}

static void
on_logind (GDBusConnection *connection G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
           const char *owner G_GNUC_UNUSED, gpointer user_data)
{
  inhibit (user_data);
}

static void
on_connected (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection   *connection = g_bus_get_finish (result, &error);
  MuSleep           *self = user_data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (connection == NULL)
    {
      mu_log (MU_LOG_DEBUG, NULL, "No system bus, so no news of sleep: %s", error->message);
      return;
    }
  self->connection = connection;
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  self->subscription_id = g_dbus_connection_signal_subscribe (
      connection, LOGIND, LOGIND_MANAGER, "PrepareForSleep", LOGIND_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_prepare_for_sleep, self, NULL);
  self->watch_id = g_bus_watch_name_on_connection (
      connection, LOGIND, G_BUS_NAME_WATCHER_FLAGS_NONE, on_logind, NULL, self, NULL);
}

MuSleep *
mu_sleep_new (const MuSleepEvents *events, gpointer user_data)
{
  MuSleep *self = g_new0 (MuSleep, 1);

  self->events = events;
  self->user_data = user_data;
  self->inhibitor = -1;
  self->cancellable = g_cancellable_new ();
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, on_connected, self);
  return self;
}

void
mu_sleep_free (MuSleep *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  if (self->watch_id != 0)
    g_bus_unwatch_name (self->watch_id);
  if (self->subscription_id != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription_id);
  g_clear_object (&self->connection);
  let_go (self);
  g_free (self);
}

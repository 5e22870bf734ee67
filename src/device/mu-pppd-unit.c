/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-pppd-private.h"

#include "mu-error.h"
#include "mu-log.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* pppd as a service of systemd's, mu709-ppp@ttyUSB0.service (systemd/mu709-ppp@.service.in).  Which
 * instances we may start and stop is decided by data/mu709d-ppp.rules.  The service reads the
 * request from our runtime directory, and leaves the addresses in its own. */

#define SYSTEMD      "org.freedesktop.systemd1"
#define MANAGER_PATH "/org/freedesktop/systemd1"
#define MANAGER      SYSTEMD ".Manager"
#define UNIT         SYSTEMD ".Unit"
#define SERVICE      SYSTEMD ".Service"
#define PROPERTIES   "org.freedesktop.DBus.Properties"

#define CLD_EXITED_ 1 /* ExecMainCode: of <signal.h>, where POSIX hides it */

typedef struct
{
  MuPppd          *pppd;
  GDBusConnection *bus;
  GCancellable    *cancellable;
  char            *unit;    /* "mu709-ppp@ttyUSB0.service" */
  char            *path;    /* its object */
  char            *request; /* the file */
  char            *job;     /* the start's; NULL: not queued yet, or over */
  guint            removed_id, changed_id;
  gboolean         started; /* the start is over: when it is not active it has ended */
  gboolean         asking;
  GError          *failure;
  guint            failed_id;
} Run;

static void
ended (Run *self, int status)
{
  mu_pppd_exited (self->pppd, status);
}

static gboolean
on_failed (gpointer user_data)
{
  Run               *self = user_data;
  g_autoptr (GError) why = g_steal_pointer (&self->failure);

  self->failed_id = 0;
  mu_pppd_failed (self->pppd, why);
  return G_SOURCE_REMOVE;
}

/* ---- calls ---- */

static void
call (Run *self, const char *path, const char *interface, const char *method, GVariant *args,
      const char *reply_type, GAsyncReadyCallback done)
{
  g_dbus_connection_call (self->bus, SYSTEMD, path, interface, method, args,
                          G_VARIANT_TYPE (reply_type), G_DBUS_CALL_FLAGS_NONE, -1,
                          done != NULL ? self->cancellable : NULL, done, self);
}

/* Nobody waits for the answer. */
static void
tell_manager (Run *self, const char *method, GVariant *args)
{
  g_dbus_connection_call (self->bus, SYSTEMD, MANAGER_PATH, MANAGER, method, args, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

/* NULL: the run is gone, or error says what went wrong. */
static GVariant *
finish_call (GObject *source, GAsyncResult *result, gboolean *ret_gone, GError **error)
{
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, error);

  *ret_gone = reply == NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return reply;
}

/* ---- how it ended ---- */

static void
on_service_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run                 *self = user_data;
  g_autoptr (GError)   error = NULL;
  gboolean             gone;
  g_autoptr (GVariant) reply = finish_call (source, result, &gone, &error);
  g_autoptr (GVariant) dict = NULL;
  gint32               code = CLD_EXITED_;
  gint32               status = 0;

  if (gone)
    return;
  if (reply != NULL)
    {
      g_variant_get (reply, "(@a{sv})", &dict);
      (void)g_variant_lookup (dict, "ExecMainCode", "i", &code);
      (void)g_variant_lookup (dict, "ExecMainStatus", "i", &status);
    }
  tell_manager (self, "ResetFailedUnit", g_variant_new ("(s)", self->unit));
  ended (self, code == CLD_EXITED_ || code == 0 ? status : -1);
}

static void
on_active_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run                 *self = user_data;
  g_autoptr (GError)   error = NULL;
  gboolean             gone;
  g_autoptr (GVariant) reply = finish_call (source, result, &gone, &error);
  g_autoptr (GVariant) value = NULL;
  const char          *state = "failed";

  if (gone)
    return;
  self->asking = FALSE;
  if (reply != NULL)
    {
      g_variant_get (reply, "(v)", &value);
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
        state = g_variant_get_string (value, NULL);
    }
  if (g_str_equal (state, "failed") || g_str_equal (state, "inactive"))
    call (self, self->path, PROPERTIES, "GetAll", g_variant_new ("(s)", SERVICE), "(a{sv})",
          on_service_told);
}

static void
ask_if_active (Run *self)
{
  if (!self->started || self->asking)
    return;
  self->asking = TRUE;
  call (self, self->path, PROPERTIES, "Get", g_variant_new ("(ss)", UNIT, "ActiveState"), "(v)",
        on_active_told);
}

static void
on_changed (GDBusConnection *bus G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
            const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
            const char *signal G_GNUC_UNUSED, GVariant *args, gpointer user_data)
{
  Run                 *self = user_data;
  g_autoptr (GVariant) changed = g_variant_get_child_value (args, 1);
  const char          *state;

  if (g_variant_lookup (changed, "ActiveState", "&s", &state) && !g_str_equal (state, "active")
      && !g_str_equal (state, "deactivating"))
    ask_if_active (self);
}

/* ---- the stop ---- */

/* No news of the unit will come then, and perhaps it is gone already. */
static void
on_stop_queued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run                 *self = user_data;
  g_autoptr (GError)   error = NULL;
  gboolean             gone;
  g_autoptr (GVariant) reply = finish_call (source, result, &gone, &error);

  if (gone || reply != NULL)
    return;
  mu_log (MU_LOG_WARNING, NULL, "systemd does not stop %s: %s", self->unit, error->message);
  mu_pppd_failed (self->pppd, error);
}

static void
unit_stop (gpointer run)
{
  Run *self = run;

  if (self->unit != NULL)
    call (self, MANAGER_PATH, MANAGER, "StopUnit", g_variant_new ("(ss)", self->unit, "replace"),
          "(o)", on_stop_queued);
}

/* ---- the start ---- */

static void
remove_request (Run *self)
{
  if (self->request != NULL)
    (void)g_unlink (self->request);
}

static void
on_job_removed (GDBusConnection *bus G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
                const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
                const char *signal G_GNUC_UNUSED, GVariant *args, gpointer user_data)
{
  Run        *self = user_data;
  const char *job;

  g_variant_get (args, "(u&o&s&s)", NULL, &job, NULL, NULL);
  if (g_strcmp0 (job, self->job) != 0)
    return;
  g_clear_pointer (&self->job, g_free);
  remove_request (self); /* it has been opened: the service is of Type=exec */
  self->started = TRUE;
  ask_if_active (self);
}

static GError *
start_error (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  MuError          code = MU_ERROR_FAILED;

  if (g_strcmp0 (name, SYSTEMD ".NoSuchUnit") == 0)
    code = MU_ERROR_NOT_SUPPORTED;
  else if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
           || g_strcmp0 (name, "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired") == 0)
    code = MU_ERROR_NOT_AUTHORIZED;
  return g_error_new (MU_ERROR, (int)code, "systemd does not start pppd: %s", error->message);
}

static void
on_start_queued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run                 *self = user_data;
  g_autoptr (GError)   error = NULL;
  gboolean             gone;
  g_autoptr (GVariant) reply = finish_call (source, result, &gone, &error);
  g_autoptr (GError)   why = NULL;

  if (gone)
    return;
  if (reply != NULL)
    {
      g_variant_get (reply, "(o)", &self->job);
      return;
    }
  why = start_error (error);
  unit_stop (self); /* it may have been late, not refused */
  mu_pppd_failed (self->pppd, why);
}

/* systemd reads it as root; nobody else has any business with a password. */
static gboolean
write_request (Run *self, const char *tty, const char *text, GError **error)
{
  const char      *runtime = g_getenv ("RUNTIME_DIRECTORY");
  g_autofree char *name = g_strconcat ("ppp-", tty, NULL);

  if (runtime == NULL)
    return mu_fail (error, MU_ERROR_NOT_SUPPORTED,
                    "PPP needs a mu709d that systemd has started, or one that is root");
  self->request = g_build_filename (runtime, name, NULL);
  return g_file_set_contents_full (self->request, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                   error);
}

static void
subscribe (Run *self)
{
  self->removed_id = g_dbus_connection_signal_subscribe (
      self->bus, SYSTEMD, MANAGER, "JobRemoved", MANAGER_PATH, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      on_job_removed, self, NULL);
  self->changed_id = g_dbus_connection_signal_subscribe (
      self->bus, SYSTEMD, PROPERTIES, "PropertiesChanged", self->path, UNIT,
      G_DBUS_SIGNAL_FLAGS_NONE, on_changed, self, NULL);
  tell_manager (self, "Subscribe", NULL); /* to have the units' signals; once is enough */
}

/* The name of a unit as a part of its object's path: sd_bus_path_encode(3). */
static char *
encode (const char *name)
{
  GString *path = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c++)
    if (g_ascii_isalpha (*c) || (c > name && g_ascii_isdigit (*c)))
      g_string_append_c (path, *c);
    else
      g_string_append_printf (path, "_%02x", (guchar)*c);
  return g_string_free (path, FALSE);
}

/* A tty's name is part of the unit's: without what systemd would have to escape. */
static gboolean
is_instance (const char *tty)
{
  return tty[0] != '\0' && tty[strspn (tty, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS)] == '\0';
}

static gboolean
prepare (Run *self, const char *tty, const char *text, GError **error)
{
  g_autofree char *real = realpath (tty, NULL); /* /dev/mu709/... are links */
  g_autofree char *name = g_path_get_basename (real != NULL ? real : tty);
  g_autofree char *directory = g_build_filename ("/run/mu709-ppp", name, NULL);
  g_autofree char *last = NULL;

  if (!is_instance (name))
    return mu_fail (error, MU_ERROR_NOT_SUPPORTED, "%s: no tty for PPP", tty);
  self->bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, error); /* the daemon's: it is there */
  if (self->bus == NULL || !write_request (self, name, text, error))
    return FALSE;
  mu_pppd_set_directory (self->pppd, directory);
  self->unit = g_strdup_printf ("mu709-ppp@%s.service", name);
  last = encode (self->unit);
  self->path = g_strconcat (MANAGER_PATH "/unit/", last, NULL);
  return TRUE;
}

static gpointer
unit_start (MuPppd *pppd, const char *tty, const char *text)
{
  Run *self = g_new0 (Run, 1);

  self->pppd = pppd;
  self->cancellable = g_cancellable_new ();
  if (!prepare (self, tty, text, &self->failure))
    {
      self->failed_id = g_idle_add (on_failed, self);
      return self;
    }
  subscribe (self);
  call (self, MANAGER_PATH, MANAGER, "StartUnit", g_variant_new ("(ss)", self->unit, "replace"),
        "(o)", on_start_queued);
  return self;
}

static void
unit_free (gpointer run)
{
  Run *self = run;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  if (self->removed_id != 0)
    {
      g_dbus_connection_signal_unsubscribe (self->bus, self->removed_id);
      g_dbus_connection_signal_unsubscribe (self->bus, self->changed_id);
    }
  g_clear_handle_id (&self->failed_id, g_source_remove);
  g_clear_error (&self->failure);
  remove_request (self);
  g_clear_object (&self->bus);
  g_free (self->request);
  g_free (self->unit);
  g_free (self->path);
  g_free (self->job);
  g_free (self);
}

const MuPppdBackend mu_pppd_unit = { unit_start, unit_stop, unit_free };

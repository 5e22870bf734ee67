/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-bus.h"

#include "ctl-error.h"
#include "ctl-progress.h"

#include <string.h>

#define MAX_LATE 2 /* seconds */

/* ---- waiting ---- */

static void
on_result (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **ret = user_data;

  *ret = g_object_ref (result);
}

static void
wait_for (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- errors ---- */

/* What the bus says when nobody is there who could answer, or nobody any more. */
static const GDBusError absences[] = {
  G_DBUS_ERROR_SERVICE_UNKNOWN,
  G_DBUS_ERROR_NAME_HAS_NO_OWNER,
  G_DBUS_ERROR_NO_REPLY,
  G_DBUS_ERROR_NO_SERVER,
  G_DBUS_ERROR_DISCONNECTED,
  G_DBUS_ERROR_SPAWN_EXEC_FAILED,
  G_DBUS_ERROR_SPAWN_FORK_FAILED,
  G_DBUS_ERROR_SPAWN_CHILD_EXITED,
  G_DBUS_ERROR_SPAWN_CHILD_SIGNALED,
  G_DBUS_ERROR_SPAWN_FAILED,
  G_DBUS_ERROR_SPAWN_SETUP_FAILED,
  G_DBUS_ERROR_SPAWN_CONFIG_INVALID,
  G_DBUS_ERROR_SPAWN_SERVICE_INVALID,
  G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
  G_DBUS_ERROR_SPAWN_PERMISSIONS_INVALID,
  G_DBUS_ERROR_SPAWN_FILE_INVALID,
};

static gboolean
is_absence (const GError *error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (absences); i++)
    if (g_error_matches (error, G_DBUS_ERROR, (int)absences[i]))
      return TRUE;
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static const char *
bus_word (const Ctl *ctl)
{
  return ctl->options.session ? "session" : "system";
}

/* Takes an error of GDBus and says in our words what is ours to say. */
static void
explain (const Ctl *ctl, GError *cause, GError **error)
{
  g_autofree char *message = ctl_error_message (cause);

  if (is_absence (cause))
    ctl_fail (error, CTL_ERROR_NO_DAEMON, "mu709d is not there on the %s bus: %s", bus_word (ctl),
              message);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    ctl_fail (error, CTL_ERROR_INTERRUPTED, "Interrupted");
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    ctl_fail (error, CTL_ERROR_FAILED, "No answer within %g s", ctl->options.timeout);
  else
    {
      g_propagate_error (error, cause);
      return;
    }
  g_error_free (cause);
}

/* ---- calls ---- */

gboolean
ctl_bus_connect (Ctl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError)       cause = NULL;

  if (ctl->connection != NULL)
    return TRUE;
  g_bus_get (ctl->options.session ? G_BUS_TYPE_SESSION : G_BUS_TYPE_SYSTEM, ctl->interrupted,
             on_result, &result);
  wait_for (&result);
  ctl->connection = g_bus_get_finish (result, &cause);
  (void)sigaction (SIGPIPE, &ctl->on_pipe, NULL); /* "| head" ends us, as it does any program */
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return ctl_fail (error, CTL_ERROR_INTERRUPTED, "Interrupted");
  if (ctl->connection == NULL)
    return ctl_fail (error, CTL_ERROR_NO_DAEMON, "The %s bus cannot be reached: %s", bus_word (ctl),
                     cause->message);
  g_dbus_connection_set_exit_on_close (ctl->connection, FALSE);
  return TRUE;
}

static int
timeout_ms (const Ctl *ctl)
{
  return ctl->options.timeout > 0 ? (int)(ctl->options.timeout * 1000) : G_MAXINT;
}

GVariant *
ctl_bus_call (Ctl *ctl, const CtlMethod *method, GVariant *args, GUnixFDList *files, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GVariant)     owned = args != NULL ? g_variant_ref_sink (args) : NULL;
  const GVariantType      *type = method->reply != NULL ? G_VARIANT_TYPE (method->reply) : NULL;
  GError                  *cause = NULL;
  CtlProgress              progress;
  GVariant                *reply;

  if (!ctl_bus_connect (ctl, error))
    return NULL;
  ctl_progress_begin (&progress, ctl, method->name);
  g_dbus_connection_call_with_unix_fd_list (
      ctl->connection, CTL_BUS_NAME, method->path, method->interface, method->name, owned, type,
      ctl->call_flags, timeout_ms (ctl), files, ctl->interrupted, on_result, &result);
  wait_for (&result);
  ctl_progress_end (&progress);
  reply = g_dbus_connection_call_with_unix_fd_list_finish (ctl->connection, NULL, result, &cause);
  if (reply == NULL)
    explain (ctl, cause, error);
  return reply;
}

GVariant *
ctl_bus_call_late (Ctl *ctl, const CtlMethod *method, GVariant *args)
{
  const double         timeout = ctl->options.timeout;
  const GDBusCallFlags flags = ctl->call_flags;
  GCancellable        *interrupted = g_steal_pointer (&ctl->interrupted);
  GVariant            *reply;

  ctl->interrupted = g_cancellable_new ();
  ctl->options.timeout = MAX_LATE;
  ctl->call_flags = G_DBUS_CALL_FLAGS_NO_AUTO_START;
  reply = ctl_bus_call (ctl, method, args, NULL, NULL);
  ctl->call_flags = flags;
  ctl->options.timeout = timeout;
  if (g_cancellable_is_cancelled (ctl->interrupted))
    g_cancellable_cancel (interrupted);
  g_object_unref (ctl->interrupted);
  ctl->interrupted = interrupted;
  return reply;
}

GVariant *
ctl_bus_objects (Ctl *ctl, GError **error)
{
  const CtlMethod      method = { CTL_ROOT, CTL_MANAGER, "GetManagedObjects", "(a{oa{sa{sv}}})" };
  g_autoptr (GVariant) reply = ctl_bus_call (ctl, &method, NULL, NULL, error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

GDBusNodeInfo *
ctl_bus_introspect (Ctl *ctl, const char *path, GError **error)
{
  const CtlMethod method = { path, "org.freedesktop.DBus.Introspectable", "Introspect", "(s)" };
  g_autoptr (GVariant) reply = ctl_bus_call (ctl, &method, NULL, NULL, error);
  const char          *xml;

  if (reply == NULL)
    return NULL;
  g_variant_get (reply, "(&s)", &xml);
  return g_dbus_node_info_new_for_xml (xml, error);
}

/* ---- names ---- */

const char *
ctl_bus_short_name (const char *interface)
{
  return g_str_has_prefix (interface, CTL_PREFIX) ? interface + strlen (CTL_PREFIX) : interface;
}

char *
ctl_bus_full_name (const char *interface)
{
  if (strchr (interface, '.') != NULL)
    return g_strdup (interface);
  return g_strconcat (CTL_PREFIX, interface, NULL);
}

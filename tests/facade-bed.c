/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "facade-bed.h"

#include "mu-test.h"

#include <string.h>

#define INTERFACE  "org.freedesktop.ModemManager1."
#define PROPERTIES "org.freedesktop.DBus.Properties"

const char *facade_bed_denied;

static GTestDBus *test_bus;
static guint      n_beds;

void __wrap_bus_policy_check (BusPolicy *self, GDBusMethodInvocation *invocation,
                              const char *action, BusPolicyDone done, gpointer user_data);

void
__wrap_bus_policy_check (BusPolicy *self                   G_GNUC_UNUSED,
                         GDBusMethodInvocation *invocation G_GNUC_UNUSED, const char *action,
                         BusPolicyDone done, gpointer user_data)
{
  done (g_strcmp0 (action, facade_bed_denied) != 0, "Not you", user_data);
}

GDBusConnection *
facade_bed_connect (void)
{
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (test_bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);

  assert_non_null (connection);
  return connection;
}

static void
on_signal (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path, const char *interface G_GNUC_UNUSED, const char *signal,
           GVariant *args, gpointer user_data)
{
  FacadeBed       *self = user_data;
  g_autofree char *text = g_variant_print (args, FALSE);
  const char      *prefix = "/org/freedesktop/ModemManager1";

  if (g_str_has_prefix (path, prefix))
    path += strlen (prefix);
  if (path[0] == '/')
    g_string_append_printf (self->heard, "%s %s%s\n", path, signal, text);
}

static void
watch (FacadeBed *self)
{
  const char *name = g_dbus_connection_get_unique_name (self->server);

  self->subscription = g_dbus_connection_signal_subscribe (
      self->client, name, NULL, NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, self, NULL);
}

FacadeBed *
facade_bed_new (SessionBed *session)
{
  FacadeBed *self = g_new0 (FacadeBed, 1);

  if (n_beds++ == 0)
    {
      test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
      g_test_dbus_up (test_bus);
    }
  self->session = session;
  self->server = facade_bed_connect ();
  self->client = facade_bed_connect ();
  self->heard = g_string_new (NULL);
  self->bus = (BusShared){ .connection = self->server, .clients = bus_clients_new (self->server) };
  self->mm1.bus = &self->bus;
  watch (self);
  self->object = mm1_object_new (&self->mm1, FACADE_OBJECT, NULL);
  for (gsize i = 0; i < mu_session_n_services (session->session); i++)
    mm1_object_add_service (self->object, mu_session_service (session->session, i));
  facade_bed_denied = NULL;
  return self;
}

void
facade_bed_free (FacadeBed *self)
{
  g_clear_pointer (&self->object, mm1_object_free);
  g_dbus_connection_signal_unsubscribe (self->client, self->subscription);
  at_peer_settle ();
  bus_clients_free (self->bus.clients);
  g_object_unref (self->client);
  g_object_unref (self->server);
  g_string_free (self->heard, TRUE);
  g_free (self);
}

/* ---- calls ---- */

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char               **answer = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  if (answer == NULL)
    return; /* nobody waits */
  if (reply != NULL)
    *answer = g_variant_print (reply, FALSE);
  else
    *answer = g_strdup (name != NULL ? strrchr (name, '.') + 1 : "left");
}

static void
send_call (FacadeBed *self, GDBusConnection *client, const char *path, const char *interface,
           const char *method, GVariant *args, char **ret_answer)
{
  g_autofree char *whole
      = path != NULL ? g_strconcat ("/org/freedesktop/ModemManager1", path, NULL) : NULL;

  if (ret_answer != NULL)
    *ret_answer = NULL;
  g_dbus_connection_call (client, g_dbus_connection_get_unique_name (self->server),
                          whole != NULL ? whole : FACADE_OBJECT, interface, method, args, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_reply, ret_answer);
}

void
facade_bed_begin (FacadeBed *self, GDBusConnection *client, const FacadeTarget *target,
                  const char *method, const char *args, char **ret_answer)
{
  g_autofree char     *interface = g_strconcat (INTERFACE, target->interface, NULL);
  g_autoptr (GVariant) parsed = g_variant_parse (NULL, args, NULL, NULL, NULL);

  assert_non_null (parsed);
  send_call (self, client, target->path, interface, method, parsed, ret_answer);
}

void
facade_bed_wait (char **answer)
{
  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* The caller's text lives until the next one. */
static const char *
keep (char *text)
{
  static char *kept;

  g_free (kept);
  kept = text;
  return kept;
}

const char *
facade_bed_call (FacadeBed *self, const FacadeTarget *target, const char *method, const char *args)
{
  char *answer = NULL;

  facade_bed_begin (self, self->client, target, method, args, &answer);
  facade_bed_wait (&answer);
  return keep (answer);
}

const char *
facade_bed_get (FacadeBed *self, const FacadeTarget *target, const char *property)
{
  g_autofree char *interface = g_strconcat (INTERFACE, target->interface, NULL);
  char            *answer = NULL;

  send_call (self, self->client, target->path, PROPERTIES, "Get",
             g_variant_new ("(ss)", interface, property), &answer);
  facade_bed_wait (&answer);
  return keep (answer);
}

const char *
facade_bed_get_all (FacadeBed *self, const FacadeTarget *target)
{
  g_autofree char *interface = g_strconcat (INTERFACE, target->interface, NULL);
  char            *answer = NULL;

  send_call (self, self->client, target->path, PROPERTIES, "GetAll",
             g_variant_new ("(s)", interface), &answer);
  facade_bed_wait (&answer);
  return keep (answer);
}

/* Signals come before the answer to a call. */
char *
facade_bed_heard (FacadeBed *self)
{
  char *heard, *answer = NULL;

  send_call (self, self->client, NULL, "org.freedesktop.DBus.Peer", "Ping", NULL, &answer);
  facade_bed_wait (&answer);
  g_free (answer);
  heard = g_strdup (self->heard->str);
  g_string_truncate (self->heard, 0);
  return heard;
}

void
facade_bed_assert_call (FacadeBed *self, const FacadeTarget *target, const char *method,
                        const char *args, const char *expected)
{
  assert_string_equal (facade_bed_call (self, target, method, args), expected);
}

void
facade_bed_assert_get (FacadeBed *self, const FacadeTarget *target, const char *property,
                       const char *expected)
{
  assert_string_equal (facade_bed_get (self, target, property), expected);
}

void
facade_bed_assert_events (FacadeBed *self, const char *expected)
{
  g_autofree char    *heard = facade_bed_heard (self);
  g_auto (GStrv)      lines = g_strsplit (heard, "\n", -1);
  g_autoptr (GString) events = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    if (strstr (*line, "PropertiesChanged") == NULL && **line != '\0')
      g_string_append_printf (events, "%s|", *line);
  assert_string_equal (events->str, expected);
}

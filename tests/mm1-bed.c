/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-bed.h"

#include "mu-modem1.h"
#include "mu-test.h"

#include <string.h>

SessionBed *mm1_bed;
Mm1Object  *mm1_bed_object;

static GTestDBus       *test_bus;
static GDBusConnection *server, *client;
static BusShared        bus;
static Mm1Shared        shared;
static MuDevice        *device;
static GString         *asked, *heard;

typedef struct
{
  gboolean is_answered;
  GString *answer, *message;
} Reply;

static Reply called, got;

/* ---- the policy ---- */

typedef struct
{
  BusPolicyDone done;
  gpointer      user_data;
} Question;

static const char *policy;
static GArray     *questions;

void __wrap_bus_policy_check (BusPolicy *self, GDBusMethodInvocation *invocation,
                              const char *action, BusPolicyDone done, gpointer user_data);

void
__wrap_bus_policy_check (BusPolicy *self                   G_GNUC_UNUSED,
                         GDBusMethodInvocation *invocation G_GNUC_UNUSED, const char *action,
                         BusPolicyDone done, gpointer user_data)
{
  Question question = { done, user_data };

  g_string_append_printf (asked, "%s|", action);
  if (g_str_equal (policy, "wait"))
    g_array_append_val (questions, question);
  else
    done (g_str_equal (policy, "yes"), "the test says so", user_data);
}

void
mm1_bed_policy (const char *what)
{
  policy = what;
}

void
mm1_bed_policy_answer (gboolean allowed)
{
  for (guint n = questions->len; n > 0; n--)
    {
      Question question = g_array_index (questions, Question, 0);

      g_array_remove_index (questions, 0);
      question.done (allowed, "the test says so", question.user_data);
    }
}

const char *
mm1_bed_asked (void)
{
  static char text[256];

  g_strlcpy (text, asked->str, sizeof text);
  g_string_truncate (asked, 0);
  return text;
}

/* ---- the client ---- */

static char *
full_name (const char *interface)
{
  return interface[0] == '\0' ? g_strdup (MM_DBUS_INTERFACE)
                              : g_strconcat (MM_DBUS_INTERFACE ".", interface, NULL);
}

static void
note_error (Reply *to, const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  if (name != NULL && g_str_has_prefix (name, MM_DBUS_ERROR_PREFIX "."))
    g_string_assign (to->answer, name + strlen (MM_DBUS_ERROR_PREFIX "."));
  else
    g_string_assign (to->answer, name != NULL ? name : "no error of the bus");
  g_string_assign (to->message, error->message);
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Reply               *to = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *text = reply != NULL ? g_variant_print (reply, FALSE) : NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED))
    return;
  to->is_answered = TRUE;
  if (error != NULL)
    note_error (to, error);
  else
    g_string_assign (to->answer, text);
}

static void
begin (const char *path, const char *interface, const char *method, GVariant *args, Reply *to)
{
  to->is_answered = FALSE;
  g_dbus_connection_call (client, g_dbus_connection_get_unique_name (server), path, interface,
                          method, args, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_reply, to);
}

void
mm1_bed_begin (const char *path, const char *interface, const char *method, const char *args)
{
  g_autofree char *name = full_name (interface);

  begin (path, name, method, g_variant_new_parsed (args), &called);
}

const char *
mm1_bed_wait (void)
{
  while (!called.is_answered)
    g_main_context_iteration (NULL, TRUE);
  return called.answer->str;
}

const char *
mm1_bed_message (void)
{
  return called.message->str;
}

static void
on_ping (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  assert_non_null (reply);
  *(gboolean *)user_data = TRUE;
}

/* Messages keep their order: what was sent before a ping has come when it is answered. */
static void
ping (GDBusConnection *from, GDBusConnection *to)
{
  gboolean done = FALSE;

  g_dbus_connection_call (from, g_dbus_connection_get_unique_name (to), "/",
                          "org.freedesktop.DBus.Peer", "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, on_ping, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
settle (void)
{
  ping (client, server);
  at_peer_settle ();
  ping (server, client);
}

gboolean
mm1_bed_is_answered (void)
{
  settle ();
  return called.is_answered;
}

char *
mm1_bed_get (const char *path, const char *interface, const char *property)
{
  g_autofree char *name = full_name (interface);
  gsize            len;

  begin (path, "org.freedesktop.DBus.Properties", "Get", g_variant_new ("(ss)", name, property),
         &got);
  while (!got.is_answered)
    g_main_context_iteration (NULL, TRUE);
  len = strlen (got.answer->str);
  if (got.answer->str[0] != '(')
    return g_strdup (got.answer->str);
  return g_strndup (got.answer->str + 2, len - 5); /* (<value>,) */
}

void
mm1_bed_assert (const char *path, const char *interface, const char *property, const char *expected)
{
  g_autofree char *value = mm1_bed_get (path, interface, property);

  assert_string_equal (value, expected);
}

static void
note_changed (GVariant *args)
{
  g_autoptr (GVariantIter) iter = NULL;
  const char              *name;

  g_variant_get (args, "(&sa{sv}as)", NULL, &iter, NULL);
  while (g_variant_iter_next (iter, "{&sv}", &name, NULL))
    g_string_append_printf (heard, "%s ", name);
  g_string_append_c (heard, '|');
}

static void
on_signal (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
           const char *path, const char *interface G_GNUC_UNUSED, const char *signal,
           GVariant *args, gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  if (!g_str_has_prefix (path, MM_DBUS_PATH))
    return;
  if (g_str_equal (signal, "PropertiesChanged"))
    note_changed (args);
  else if (g_str_has_prefix (signal, "Interfaces"))
    g_string_append_printf (heard, "%s|", signal);
  else
    g_string_append_printf (heard, "%s%s|", signal, text);
}

const char *
mm1_bed_heard (void)
{
  static char text[4096];

  settle ();
  g_strlcpy (text, heard->str, sizeof text);
  g_string_truncate (heard, 0);
  return text;
}

/* ---- the bed ---- */

static GDBusConnection *
connect_to_bus (void)
{
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (test_bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);

  assert_non_null (connection);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  return connection;
}

static void
connect_client (void)
{
  client = connect_to_bus ();
  g_dbus_connection_signal_subscribe (client, g_dbus_connection_get_unique_name (server), NULL,
                                      NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, NULL,
                                      NULL);
}

void
mm1_bed_leave (void)
{
  g_dbus_connection_close_sync (client, NULL, NULL);
  g_clear_object (&client);
  connect_client ();
  settle ();
  ping (server, client); /* the bus has told by now who has left */
}

int
mm1_bed_start_bus (void **state G_GNUC_UNUSED)
{
  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  return 0;
}

int
mm1_bed_stop_bus (void **state G_GNUC_UNUSED)
{
  g_test_dbus_down (test_bus);
  g_object_unref (test_bus);
  return 0;
}

static void
publish (void)
{
  device = mu_device_new ("bed", "");
  mu_device_set_port (device, MU_PORT_PCUI, "/dev/ttyBED2");
  mu_device_set_port (device, MU_PORT_MODEM, "/dev/ttyBED0");
  mu_device_set_port (device, MU_PORT_DIAG, "/dev/ttyBED1");
  mu_device_set_port (device, MU_PORT_NET, "bed0");
  mu_modem1_set_ports (mu_session_service (mm1_bed->session, 0), device);
  mm1_bed_object = mm1_object_new (&shared, NULL, device);
  for (gsize i = 0; i < mu_session_n_services (mm1_bed->session); i++)
    mm1_object_add_service (mm1_bed_object, mu_session_service (mm1_bed->session, i));
  mm1_object_publish (mm1_bed_object, mm1_modem_classes, mm1_n_modem_classes);
}

static void
take_down (void)
{
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  g_clear_pointer (&mm1_bed, session_bed_free);
  g_clear_pointer (&device, mu_device_unref);
}

void
mm1_bed_restart (const AtPeerRow *rows, gsize n_rows, const char *modem_state)
{
  take_down ();
  memset (shared.last_numbers, 0, sizeof shared.last_numbers);
  mm1_bed = session_bed_new ();
  session_bed_start (mm1_bed, rows, n_rows);
  mu_modem1_set_state (mu_session_service (mm1_bed->session, 0), modem_state, "");
  publish ();
  mm1_bed_heard ();
}

int
mm1_bed_set_up (void **state G_GNUC_UNUSED)
{
  server = connect_to_bus ();
  asked = g_string_new (NULL);
  heard = g_string_new (NULL);
  called = (Reply){ FALSE, g_string_new (NULL), g_string_new (NULL) };
  got = (Reply){ FALSE, g_string_new (NULL), g_string_new (NULL) };
  questions = g_array_new (FALSE, FALSE, sizeof (Question));
  policy = "yes";
  bus = (BusShared){ .connection = server,
                     .clients = bus_clients_new (server),
                     .policy = bus_policy_new (server, FALSE) };
  shared = (Mm1Shared){ .bus = &bus, .server = g_dbus_object_manager_server_new (MM_DBUS_PATH) };
  g_dbus_object_manager_server_set_connection (shared.server, server);
  connect_client ();
  mm1_bed_restart (NULL, 0, "ready");
  return 0;
}

static void
reply_clear (Reply *reply)
{
  g_string_free (reply->answer, TRUE);
  g_string_free (reply->message, TRUE);
}

int
mm1_bed_tear_down (void **state G_GNUC_UNUSED)
{
  take_down ();
  mm1_bed_policy_answer (FALSE);
  g_object_unref (shared.server);
  bus_policy_free (bus.policy);
  bus_clients_free (bus.clients);
  g_object_unref (client);
  g_object_unref (server);
  g_array_unref (questions);
  g_string_free (asked, TRUE);
  g_string_free (heard, TRUE);
  reply_clear (&called);
  reply_clear (&got);
  return 0;
}

/* ---- the module ---- */

const AtPeerRow mm1_bed_locked[] = {
  { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" },
  { "AT+CIMI", "+CME ERROR: SIM PIN required" },
};

void
mm1_bed_say (const char *lines)
{
  session_bed_say (mm1_bed, lines);
  at_peer_settle ();
}

void
mm1_bed_answer (const char *command, const char *lines)
{
  at_peer_answer (mm1_bed->peer, command, lines);
  at_peer_settle ();
}

void
mm1_bed_play (void)
{
  session_bed_play (mm1_bed, NULL, 0);
}

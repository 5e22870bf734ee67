/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A service on a real bus, called and watched by another connection to it. */
#include "bus-export.h"
#include "mu-test.h"
#include "session-bed.h"

#include <string.h>
#include <unistd.h>

#define OBJECT "/modem"

static GTestDBus       *test_bus;
static GDBusConnection *server, *client;
static BusShared        shared;
static SessionBed      *bed;
static BusExport *export;
static GString *heard;
static guint    subscription;

static GDBusConnection *
connect_to_bus (void)
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
           const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *signal,
           GVariant *args, gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  g_string_append_printf (heard, "%s%s\n", signal, text);
}

static void
publish (const char *name)
{
  export = bus_export_new (session_bed_service (bed, name), OBJECT, &shared);
  assert_true (
      g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (export), server, OBJECT, NULL));
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  server = connect_to_bus ();
  client = connect_to_bus ();
  shared = (BusShared){ .connection = server,
                        .clients = bus_clients_new (server),
                        .policy = bus_policy_new (server, FALSE) };
  bed = session_bed_new ();
  session_bed_start (bed, NULL, 0);
  heard = g_string_new (NULL);
  subscription = g_dbus_connection_signal_subscribe (
      client, NULL, NULL, NULL, OBJECT, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_signal, NULL, NULL);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_dbus_connection_signal_unsubscribe (client, subscription);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (export));
  bus_export_close (export);
  g_object_unref (export);
  session_bed_free (bed);
  bus_policy_free (shared.policy);
  bus_clients_free (shared.clients);
  g_object_unref (server);
  g_object_unref (client);
  g_string_free (heard, TRUE);
  return 0;
}

static void
on_reply (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char               **answer = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  *answer = reply != NULL ? g_variant_print (reply, FALSE) : g_steal_pointer (&name);
}

static void
begin (const char *interface, const char *method, GVariant *args, char **ret_answer)
{
  *ret_answer = NULL;
  g_dbus_connection_call (client, g_dbus_connection_get_unique_name (server), OBJECT, interface,
                          method, args, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_reply,
                          ret_answer);
}

static void
wait_answer (char **answer)
{
  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
assert_call (const char *interface, const char *method, GVariant *args, const char *expected)
{
  g_autofree char *answer = NULL;

  begin (interface, method, args, &answer);
  wait_answer (&answer);
  assert_string_equal (answer, expected);
}

#define PROPERTIES "org.freedesktop.DBus.Properties"

static void
test_properties (void **state G_GNUC_UNUSED)
{
  publish ("Network1");
  assert_call (PROPERTIES, "Get", g_variant_new ("(ss)", "org.mu709.Network1", "Rssi"), "(<-91>,)");
  assert_call (PROPERTIES, "Get", g_variant_new ("(ss)", "org.mu709.Network1", "Nothing"),
               "org.freedesktop.DBus.Error.InvalidArgs");
  assert_call (PROPERTIES, "Set",
               g_variant_new ("(ssv)", "org.mu709.Network1", "Rssi", g_variant_new_int32 (1)),
               "org.freedesktop.DBus.Error.InvalidArgs");
}

/* All that changes in one turn of the main loop is one PropertiesChanged. */
static void
test_batched (void **state G_GNUC_UNUSED)
{
  publish ("Network1");
  assert_call ("org.freedesktop.DBus.Peer", "Ping", NULL, "()");
  at_peer_say (bed->peer, "\r\n^HCSQ: \"WCDMA\",60,55,50\r\n\r\n^MODE: 5,4\r\n\r\n^RSSI: 31\r\n");
  assert_call ("org.freedesktop.DBus.Peer", "Ping", NULL, "()");
  assert_string_equal (heard->str,
                       "PropertiesChanged('org.mu709.Network1', {'Technology': <'umts'>, 'Rssi': "
                       "<-51>, 'Rscp': <-66>, 'EcIo': <-7.5>, 'Quality': <uint32 100>}, [])\n");
}

/* A signal does not overtake the changes that came before it. */
static void
test_signal_after_changes (void **state G_GNUC_UNUSED)
{
  publish ("Modem1");
  assert_call ("org.freedesktop.DBus.Peer", "Ping", NULL, "()");
  at_peer_say (bed->peer, "\r\n+CFUN: 4\r\n\r\n^WHAT: 1\r\n");
  assert_call ("org.freedesktop.DBus.Peer", "Ping", NULL, "()");
  assert_string_equal (heard->str,
                       "PropertiesChanged('org.mu709.Modem1', {'Mode': <'offline'>}, [])\n"
                       "Unsolicited('^WHAT: 1',)\n");
}

static void
test_calls (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  publish ("Modem1");
  begin ("org.mu709.Modem1", "Command", g_variant_new ("(su)", "AT+CSQ", 0), &answer);
  at_peer_answer (bed->peer, "AT+CSQ", "+CSQ: 1,2|OK");
  wait_answer (&answer);
  assert_string_equal (answer, "(['+CSQ: 1,2'],)");
  assert_call ("org.mu709.Modem1", "Command", g_variant_new ("(su)", "ATE1", 0),
               "org.mu709.Error.NotAllowed");
  assert_call ("org.mu709.Modem1", "Command", g_variant_new ("(s)", "AT"),
               "org.freedesktop.DBus.Error.InvalidArgs");
}

static void
test_too_many (void **state G_GNUC_UNUSED)
{
  char *answers[65];

  publish ("Modem1");
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    begin ("org.mu709.Modem1", "Command", g_variant_new ("(su)", "AT+CSQ", 0), &answers[i]);
  wait_answer (&answers[64]);
  assert_string_equal (answers[64], "org.mu709.Error.Busy");
  at_peer_hang_up (bed->peer);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      wait_answer (&answers[i]);
      g_free (answers[i]);
    }
}

/* The export is taken back while a caller waits. */
static void
test_closed (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  publish ("Modem1");
  begin ("org.mu709.Modem1", "Command", g_variant_new ("(su)", "AT+CSQ", 0), &answer);
  at_peer_expect (bed->peer, "AT+CSQ");
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (export));
  bus_export_close (export);
  at_peer_say (bed->peer, "\r\n+CSQ: 1,2\r\n\r\nOK\r\n");
  wait_answer (&answer);
  assert_string_equal (answer, "(['+CSQ: 1,2'],)");
  g_object_unref (export);
  publish ("Modem1");
}

/* A descriptor goes with the call to the service, and nowhere else. */
static void
test_descriptor (void **state G_GNUC_UNUSED)
{
  int                     fds[2];
  g_autoptr (GUnixFDList) files = NULL;
  g_autofree char        *answer = NULL;
  char                    text[4] = { 0 };

  assert_int_equal (pipe (fds), 0);
  files = g_unix_fd_list_new_from_array (&fds[1], 1);
  publish ("Recorder1");
  g_dbus_connection_call_with_unix_fd_list (
      client, g_dbus_connection_get_unique_name (server), OBJECT, "org.mu709.Recorder1", "Read",
      g_variant_new ("(sh)", "REC1.AMR", 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, files, NULL,
      on_reply, &answer);
  at_peer_answer (bed->peer, "AT^FILEIO=1,\"REC1.AMR\",1,,0,512", "^FILEIO: 3,3 \"414243\"|OK");
  wait_answer (&answer);
  assert_string_equal (answer, "(3,)");
  g_clear_object (&files);
  assert_int_equal (read (fds[0], text, sizeof text), 3);
  assert_string_equal (text, "ABC");
  assert_int_equal (read (fds[0], text, sizeof text), 0); /* nobody has kept it */
  close (fds[0]);
  g_free (g_steal_pointer (&answer));
  begin ("org.mu709.Recorder1", "Read", g_variant_new ("(sh)", "REC1.AMR", 0), &answer);
  wait_answer (&answer);
  assert_string_equal (answer, "org.mu709.Error.InvalidArgument");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_properties), TEST (test_batched),  TEST (test_signal_after_changes),
    TEST (test_calls),      TEST (test_too_many), TEST (test_closed),
    TEST (test_descriptor),
  };
  int failed;

  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  failed = cmocka_run_group_tests (tests, NULL, NULL);
  g_test_dbus_down (test_bus);
  g_object_unref (test_bus);
  return failed;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Callers that flood, that leave, that ask for nonsense; and the computer's sleep. */
#include "house.h"

#include "../mu-test.h"

#include <gio/gunixfdlist.h>

#include <string.h>
#include <unistd.h>

#define FLOOD         120  /* more that wait for a reply the bus itself refuses */
#define FLOOD_IN_VAIN 5000 /* but not of those that want none */
#define LOGIND        "org.freedesktop.login1"

static House *house;

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("100");
  house_start_daemon (house, NULL);
  house_ready (house);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  return 0;
}

static GDBusConnection *
another_client (void)
{
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (house->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);

  assert_non_null (connection);
  return connection;
}

typedef struct
{
  guint answered, ok, busy;
} Tally;

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Tally               *tally = user_data;
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *name = error != NULL ? g_dbus_error_get_remote_error (error) : NULL;

  tally->answered++;
  tally->ok += reply != NULL;
  tally->busy += g_strcmp0 (name, "org.mu709.Error.Busy") == 0;
}

static void
begin (GDBusConnection *connection, const char *interface, const char *method, GVariant *args,
       Tally *tally)
{
  g_dbus_connection_call (connection, "org.mu709", HOUSE_MODEM, interface, method, args, NULL,
                          G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, on_answer, tally);
}

static void
begin_in_vain (GDBusConnection *connection)
{
  g_autoptr (GDBusMessage) call
      = g_dbus_message_new_method_call ("org.mu709", HOUSE_MODEM, "org.mu709.Modem1", "Command");

  g_dbus_message_set_body (call, g_variant_new ("(su)", "AT+CSQ", 0));
  g_dbus_message_set_flags (call, G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED);
  assert_true (g_dbus_connection_send_message (connection, call, G_DBUS_SEND_MESSAGE_FLAGS_NONE,
                                               NULL, NULL));
}

static void
run_until (const guint *value, guint wanted)
{
  while (*value < wanted)
    g_main_context_iteration (NULL, TRUE);
}

/* TRUE: another caller had its answer before the flooder had all of its own. */
static gboolean
flood_once (GDBusConnection *flooder)
{
  Tally    flood = { 0 };
  gboolean before;

  for (int i = 0; i < FLOOD_IN_VAIN; i++)
    begin_in_vain (flooder);
  for (int i = 0; i < FLOOD; i++)
    begin (flooder, "org.mu709.Modem1", "Command", g_variant_new ("(su)", "AT+CSQ", 0), &flood);
  g_dbus_connection_flush_sync (flooder, NULL, NULL);
  house_call (house, "Modem1", "Command", "('AT+CGMM', uint32 0)");
  assert_non_null (strstr (house->answer, "MU709s-2"));
  before = flood.answered < FLOOD;
  run_until (&flood.answered, FLOOD);
  assert_int_equal (flood.ok + flood.busy, FLOOD);
  assert_true (flood.busy > 0);
  return before;
}

/* A flood is answered, with Busy where it is too much, and another caller does not wait for it. On
 * a busy machine the flood may be over before the other one calls. */
static void
test_flood (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDBusConnection) flooder = another_client ();
  int                         tries = 1;

  while (!flood_once (flooder))
    assert_true (tries++ < 10);
}

/* The search of a caller that has left is aborted: the next one has not to wait two minutes. */
static void
test_leaves (void **state G_GNUC_UNUSED)
{
  GDBusConnection *leaver = another_client ();
  Tally            scan = { 0 };

  house_sim (house, "speed 10"); /* it would take 3 s */
  begin (leaver, "org.mu709.Network1", "Scan", NULL, &scan);
  g_dbus_connection_flush_sync (leaver, NULL, NULL);
  while (strstr (house_sim (house, "log 5"), "AT+COPS=?") == NULL)
    g_usleep (1000);
  g_dbus_connection_close_sync (leaver, NULL, NULL);
  assert_non_null (
      strstr (house_call (house, "Modem1", "Command", "('AT+CSQ', uint32 0)"), "+CSQ"));
  assert_null (strstr (house_sim (house, "log 40"), "Roam Mobile")); /* nothing was found */
  run_until (&scan.answered, 1);
  g_object_unref (leaver);
}

static void
test_bad_calls (void **state G_GNUC_UNUSED)
{
  assert_string_equal (house_call (house, "Sim1", "Unlock", "(uint32 1234,)"),
                       "org.freedesktop.DBus.Error.InvalidArgs");
  assert_string_equal (house_call (house, "Sim1", "Unlock", "('1234', '5678')"),
                       "org.freedesktop.DBus.Error.InvalidArgs");
  assert_string_equal (house_call (house, "Sim1", "Nothing", "()"),
                       "org.freedesktop.DBus.Error.UnknownMethod");
  assert_string_equal (house_call (house, "Nothing1", "Scan", "()"),
                       "org.freedesktop.DBus.Error.UnknownMethod");
  assert_string_equal (house_call (house, "Network1", "Register", "('\"\\n+CMEE=0',)"), "TooLong");
  assert_string_equal (house_call (house, "Network1", "Register", "('\\n\"',)"),
                       "InvalidCharacters");
}

/* What a caller has changed, it finds changed: PropertiesChanged comes before the answer. */
static void
on_changed (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
            const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
            const char *signal G_GNUC_UNUSED, GVariant *args, gpointer user_data)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  if (house->answer == NULL && strstr (text, "'Mode': <'offline'>") != NULL)
    *(gboolean *)user_data = TRUE;
}

static void
test_order (void **state G_GNUC_UNUSED)
{
  gboolean before = FALSE;
  guint    id = g_dbus_connection_signal_subscribe (
         house->connection, "org.mu709", "org.freedesktop.DBus.Properties", "PropertiesChanged",
         HOUSE_MODEM, NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_changed, &before, NULL);

  assert_string_equal (house_call (house, "Modem1", "SetMode", "('offline',)"), "()");
  assert_true (before);
  g_dbus_connection_signal_unsubscribe (house->connection, id);
}

/* ---- sleep, with a logind played by the test ---- */

static guint inhibitors;
static int   inhibitor_end = -1; /* reads end of file once the daemon has let go */

static void
on_inhibit (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
            const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
            const char *method G_GNUC_UNUSED, GVariant *args, GDBusMethodInvocation *invocation,
            gpointer user_data G_GNUC_UNUSED)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  const char             *what, *mode;
  int                     ends[2];

  g_variant_get (args, "(&ss&s&s)", &what, NULL, NULL, &mode);
  assert_string_equal (what, "sleep");
  assert_string_equal (mode, "delay");
  assert_int_equal (pipe (ends), 0);
  if (inhibitor_end >= 0)
    close (inhibitor_end);
  inhibitor_end = ends[0];
  assert_int_equal (g_unix_fd_list_append (fds, ends[1], NULL), 0);
  close (ends[1]);
  inhibitors++;
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0),
                                                           fds);
}

static const char logind_xml[]
    = "<node><interface name='org.freedesktop.login1.Manager'>"
      "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='h' direction='out'/>"
      "</method></interface></node>";

static void
on_name (GDBusConnection *connection G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
         gpointer user_data)
{
  ++*(guint *)user_data;
}

static void
say_sleep (gboolean begins)
{
  g_dbus_connection_emit_signal (house->connection, NULL, "/org/freedesktop/login1",
                                 LOGIND ".Manager", "PrepareForSleep",
                                 g_variant_new ("(b)", begins), NULL);
  g_dbus_connection_flush_sync (house->connection, NULL, NULL);
}

static void
test_sleep (void **state G_GNUC_UNUSED)
{
  static const GDBusInterfaceVTable vtable = { on_inhibit, NULL, NULL, { 0 } };
  g_autoptr (GDBusNodeInfo)         node = g_dbus_node_info_new_for_xml (logind_xml, NULL);
  guint                             named = 0;
  guint                             id, name_id;
  char                              byte;

  inhibitors = 0;
  id = g_dbus_connection_register_object (house->connection, "/org/freedesktop/login1",
                                          node->interfaces[0], &vtable, NULL, NULL, NULL);
  name_id = g_bus_own_name_on_connection (house->connection, LOGIND, G_BUS_NAME_OWNER_FLAGS_NONE,
                                          on_name, NULL, &named, NULL);
  run_until (&inhibitors, 1);
  house_begin (house, "Network1", "Scan", "()");
  say_sleep (TRUE);
  assert_int_equal (read (inhibitor_end, &byte, 1), 0); /* now the computer may sleep */
  assert_string_equal (house_finish (house), "Aborted");
  house_wait (house, "Modem1", "State", "'suspended'");
  assert_string_equal (house_call (house, "Modem1", "Command", "('AT', uint32 0)"), "NotReady");
  house_sim (house, "signal -99"); /* it dreams */
  say_sleep (FALSE);
  run_until (&inhibitors, 2);
  house_ready (house);
  house_wait (house, "Network1", "Rssi", "-99");
  g_dbus_connection_unregister_object (house->connection, id);
  g_bus_unown_name (name_id);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_flood), TEST (test_leaves), TEST (test_bad_calls),
    TEST (test_order), TEST (test_sleep),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Data connections over ECM, from the bus to the network and back.  The interface is one that the
 * kernel does not know: what DHCP makes of it is not the daemon's business. */
#include "house.h"

#include "../mu-test.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define PATIENCE_US (30 * G_USEC_PER_SEC)
#define SPEED       "20"

static House   *house;
static GString *removed; /* "1 failed 38|" */
static char    *config;

static void
on_removed (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
            const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
            const char *name G_GNUC_UNUSED, GVariant *args, gpointer user_data G_GNUC_UNUSED)
{
  g_autoptr (GVariant) properties = NULL;
  const char          *object, *state;
  guint                cause;

  g_variant_get (args, "(&o@a{sv})", &object, &properties);
  assert_true (g_variant_lookup (properties, "State", "&s", &state));
  assert_true (g_variant_lookup (properties, "Cause", "u", &cause));
  g_string_append_printf (removed, "%s %s %u|", strrchr (object, '/') + 1, state, cause);
}

static void
assert_removed (const char *expected)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;

  while (removed->len < strlen (expected) && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  assert_string_equal (removed->str, expected);
  g_string_truncate (removed, 0);
}

static void
start (const char *text)
{
  const char *args[] = { "--port", "net=mu-none0", "--config", config, NULL };

  assert_true (g_file_set_contents (config, text, -1, NULL));
  house_start_daemon (house, args);
  house_ready (house);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new (SPEED);
  removed = g_string_new (NULL);
  config = g_build_filename (house->directory, "config", NULL);
  g_dbus_connection_signal_subscribe (house->connection, "org.mu709", "org.mu709.Data1",
                                      "ConnectionRemoved", NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
                                      on_removed, NULL, NULL);
  return 0;
}

static int
set_up_usual (void **state)
{
  set_up (state);
  start ("");
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  g_string_free (removed, TRUE);
  g_clear_pointer (&config, g_free);
  return 0;
}

/* The house asks its module; here that is a connection. */
static void
turn_to (guint number)
{
  static char path[sizeof HOUSE_MODEM + 24];

  g_snprintf (path, sizeof path, "%s/connection/%u", HOUSE_MODEM, number);
  house->modem = path;
}

static void
wait_connection (guint number, const char *property, const char *value)
{
  turn_to (number);
  house_wait (house, "Connection1", property, value);
  house->modem = HOUSE_MODEM;
}

static const char *
disconnect (guint number)
{
  const char *answer;

  turn_to (number);
  answer = house_call (house, "Connection1", "Disconnect", "()");
  house->modem = HOUSE_MODEM;
  return answer;
}

static const char *
connect_with (const char *options)
{
  g_autofree char *args = g_strdup_printf ("(@a{sv} {%s},)", options);

  return house_call (house, "Data1", "Connect", args);
}

static void
assert_connects (guint number, const char *options)
{
  g_autofree char *expected = g_strdup_printf ("('%s/connection/%u',)", HOUSE_MODEM, number);

  assert_string_equal (connect_with (options), expected);
}

/* ---- up and down ---- */

static void
test_connect (void **state G_GNUC_UNUSED)
{
  static const char *const forms[] = { "guide", "firmware", "dual", "short", "cid" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *gone = g_strdup_printf ("%u disconnected 0|", i + 1);

      house_sim (house, "ndis-form %s", forms[i]);
      assert_connects (i + 1, "'apn': <'internet'>");
      wait_connection (i + 1, "State", "'connected'");
      wait_connection (i + 1, "Interface", "'mu-none0'");
      wait_connection (i + 1, "Apn", "'internet'");
      assert_non_null (strstr (house_sim (house, "contexts"), "internet"));
      assert_string_equal (disconnect (i + 1), "()");
      assert_removed (gone);
      house_wait (house, "Data1", "Connections", "[]");
      assert_null (strstr (house_sim (house, "contexts"), "internet"));
    }
}

/* What the module says of the address, however it writes it. */
static void
test_address (void **state G_GNUC_UNUSED)
{
  static const char *const forms[] = { "padded", "short", "prefixed" };

  house_sim (house, "apn internet address=10.0.7.9 gateway=10.0.7.1 dns1=8.8.8.8 dns2=1.2.3.4");
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *ip4 = NULL;
      gint64           deadline = g_get_monotonic_time () + PATIENCE_US;

      house_sim (house, "dhcp-form %s", forms[i]);
      assert_connects (i + 1, "'apn': <'internet'>");
      do
        {
          g_free (ip4);
          turn_to (i + 1);
          ip4 = house_get (house, "Connection1", "Ip4");
          house->modem = HOUSE_MODEM;
        }
      while (strstr (ip4, "'10.0.7.9'") == NULL && g_get_monotonic_time () < deadline);
      assert_non_null (strstr (ip4, "'address': <'10.0.7.9'>"));
      assert_non_null (strstr (ip4, "'prefix': <uint32 24>") ? "" : strstr (ip4, "'prefix': <24>"));
      assert_non_null (strstr (ip4, "'gateway': <'10.0.7.1'>"));
      assert_non_null (strstr (ip4, "['8.8.8.8', '1.2.3.4']"));
      disconnect (i + 1);
    }
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  house_sim (house, "apn closed cause=33");
  house_sim (house, "apn strict auth=chap user=me password=secret");
  house_sim (house, "apn nowhere cause=27");
  house_sim (house, "apn later cause=26");
  assert_string_equal (connect_with ("'apn': <'closed'>"), "NotSubscribed");
  assert_non_null (strstr (house->message, "33"));
  assert_string_equal (connect_with ("'apn': <'nowhere'>"), "InvalidArgument");
  assert_string_equal (connect_with ("'apn': <'later'>"), "NetworkRejected");
  assert_string_equal (connect_with ("'apn': <'strict'>"), "AuthenticationFailed");
  assert_string_equal (connect_with ("'apn': <'strict'>, 'user': <'me'>, 'password': <'wrong'>"),
                       "AuthenticationFailed");
  assert_removed ("1 failed 33|2 failed 27|3 failed 26|4 failed 29|5 failed 29|");
  assert_connects (6, "'apn': <'strict'>, 'user': <'me'>, 'password': <'secret'>");
}

/* Nothing is said: the daemon asks. */
static void
test_lost (void **state G_GNUC_UNUSED)
{
  static const char *const forms[] = { "guide", "firmware", "dual", "short", "cid" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      house_sim (house, "ndis-form %s", forms[i]);
      house_sim (house, "ndis-lost 2");
      assert_connects (i + 1, "");
      assert_string_equal (disconnect (i + 1), "()");
    }
}

/* The network does not answer: nothing is left half up. */
static void
test_timeout (void **state G_GNUC_UNUSED)
{
  house_sim (house, "apn slow takes=600");
  assert_string_equal (connect_with ("'apn': <'slow'>"), "Timeout");
  assert_removed ("1 failed 0|");
  assert_null (strstr (house_sim (house, "contexts"), "slow"));
  assert_connects (2, "'apn': <'fast'>");
}

/* Whoever wanted it dies meanwhile. */
static void
test_caller_dies (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDBusConnection) other = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (house->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);

  house_sim (house, "apn slow takes=600");
  g_dbus_connection_call (other, "org.mu709", HOUSE_MODEM, "org.mu709.Data1", "Connect",
                          g_variant_new_parsed ("({'apn': <'slow'>},)"), NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  g_dbus_connection_flush_sync (other, NULL, NULL);
  wait_connection (1, "State", "'connecting'");
  assert_true (g_dbus_connection_close_sync (other, NULL, NULL));
  assert_removed ("1 disconnected 0|");
  assert_null (strstr (house_sim (house, "contexts"), "slow"));
}

/* ---- what happens to it ---- */

static void
test_drop (void **state G_GNUC_UNUSED)
{
  assert_connects (1, "'apn': <'internet'>");
  house_sim (house, "context drop 1 38");
  assert_removed ("1 failed 38|");
  assert_connects (2, "'apn': <'internet'>");
}

/* The cable, the module's power, the daemon: what is gone is told, and it goes on. */
static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  assert_connects (1, "'apn': <'internet'>");
  house_sim (house, "unplug");
  assert_removed ("1 failed 0|");
  house_wait_object (house, FALSE);
  house_sim (house, "plug");
  house_ready (house);
}

/* Killed, the daemon finds it again. */
static void
test_killed (void **state G_GNUC_UNUSED)
{
  assert_connects (1, "'apn': <'internet'>, 'cid': <uint32 4>");
  house_kill_daemon (house);
  start ("");
  wait_connection (1, "State", "'connected'");
  wait_connection (1, "Interface", "'mu-none0'");
  assert_string_equal (disconnect (1), "()");
  assert_null (strstr (house_sim (house, "contexts"), "internet"));
}

static void
test_contexts (void **state G_GNUC_UNUSED)
{
  g_autofree char *contexts = NULL;

  assert_string_equal (
      house_call (house, "Data1", "DefineContext", "(uint32 7, {'apn': <'seven'>})"), "()");
  contexts = house_get (house, "Data1", "Contexts");
  assert_non_null (strstr (contexts, "'seven'"));
  assert_connects (1, "'cid': <uint32 7>");
  wait_connection (1, "Apn", "'seven'");
  assert_non_null (strstr (house_sim (house, "contexts"), "seven"));
  assert_string_equal (house_call (house, "Data1", "DeleteContext", "(uint32 7,)"), "Busy");
  disconnect (1);
  assert_string_equal (house_call (house, "Data1", "DeleteContext", "(uint32 7,)"), "()");
  assert_string_equal (house_call (house, "Data1", "DeleteContext", "(uint32 7,)"), "NotFound");
}

/* ---- by itself ---- */

static void
test_auto (void **state G_GNUC_UNUSED)
{
  start ("[data]\nauto-connect=true\napn=ours\n");
  wait_connection (1, "State", "'connected'");
  wait_connection (1, "Apn", "'ours'");
  house_sim (house, "context drop 1 26");
  assert_removed ("1 failed 26|");
  wait_connection (2, "State", "'connected'");
  assert_string_equal (house_call (house, "Modem1", "Reset", "()"), "()");
  assert_removed ("2 failed 0|");
  wait_connection (3, "State", "'connected'");
}

/* The access point was wrong; SIGHUP mends it. */
static void
test_mended (void **state G_GNUC_UNUSED)
{
  house_sim (house, "apn wrong cause=27");
  start ("[data]\nauto-connect=true\napn=wrong\n");
  assert_removed ("1 failed 27|");
  assert_true (g_file_set_contents (config, "[data]\nauto-connect=true\napn=right\n", -1, NULL));
  kill (house->daemon, SIGHUP);
  wait_connection (2, "State", "'connected'");
  wait_connection (2, "Apn", "'right'");
}

#define TEST(name)       cmocka_unit_test_setup_teardown (name, set_up, tear_down)
#define TEST_USUAL(name) cmocka_unit_test_setup_teardown (name, set_up_usual, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST_USUAL (test_connect), TEST_USUAL (test_address),
    TEST_USUAL (test_refused), TEST_USUAL (test_lost),
    TEST_USUAL (test_timeout), TEST_USUAL (test_caller_dies),
    TEST_USUAL (test_drop),    TEST_USUAL (test_unplugged),
    TEST_USUAL (test_killed),  TEST_USUAL (test_contexts),
    TEST (test_auto),          TEST (test_mended),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

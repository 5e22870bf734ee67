/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One call at a time, on real processes: out, in, and everything that can become of it. */
#include "calls.h"

#include "../mu-test.h"

#include <string.h>

static House *house;

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("100");
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  calls_forget_told ();
  return 0;
}

static void
begin (void)
{
  calls_listen (house);
  house_start_daemon (house, NULL);
  house_ready (house);
}

/* ---- out ---- */

typedef struct
{
  const char *does;
  const char *removed; /* EndReason, EndStatus, Cause */
} Party;

static const Party parties[] = {
  { "busy", "busy 100 17" },          { "rejects", "rejected 100 21" },
  { "silent", "no-answer 100 19" },   { "unreachable", "network 100 27" },
  { "unassigned", "rejected 100 1" }, { "barred", "rejected 100 21" }, /* guide 8.7.1 */
};

/* Each call is over by itself, and told in an order in which it can be followed. */
static void
test_parties (void **state G_GNUC_UNUSED)
{
  begin ();
  for (guint i = 0; i < G_N_ELEMENTS (parties); i++)
    {
      g_autofree char *removed = g_strdup_printf ("removed %u %s", i + 1, parties[i].removed);
      g_autofree char *gone = g_strdup_printf ("gone %u", i + 1);

      house_sim (house, "party 100 does=%s", parties[i].does);
      house_call (house, "Voice1", "Dial", "('100', @a{sv} {})");
      calls_wait_told (gone);
      if (strstr (calls_told (), removed) == NULL)
        fail_msg ("%s: %s", parties[i].does, calls_told ());
      calls_forget_told ();
      house_wait (house, "Voice1", "Calls", "[]");
    }
}

static void
test_answers (void **state G_GNUC_UNUSED)
{
  guint            call;
  g_autofree char *started = NULL;

  begin ();
  house_sim (house, "party 100 hangs-up=20");
  call = call_dial (house, "100", "'active'");
  started = call_get (house, call, "Started");
  assert_string_not_equal (started, "0");
  calls_wait_told ("gone 1");
  assert_string_equal (calls_told (), "\nobject 1\nadded 1\nState 1 'alerting'\nState 1 'active'\n"
                                      "State 1 'ended'\nremoved 1 remote 104 16\ngone 1\n");
}

/* In GetManagedObjects, and in Calls, as long as it lasts. */
static void
test_object (void **state G_GNUC_UNUSED)
{
  static const char    there[] = "'" HOUSE_MODEM "/call/1': {'org.mu709.Call1': {";
  g_autoptr (GVariant) reply = NULL;
  g_autofree char     *text = NULL;

  begin ();
  call_dial (house, "100", "'active'");
  house_wait (house, "Voice1", "Calls", "['" HOUSE_MODEM "/call/1']");
  call_wait (house, 1, "Direction", "'outgoing'");
  call_wait (house, 1, "Number", "'100'");
  call_wait (house, 1, "EndReason", "''");
  reply = g_dbus_connection_call_sync (house->connection, "org.mu709", "/org/mu709",
                                       "org.freedesktop.DBus.ObjectManager", "GetManagedObjects",
                                       NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  text = g_variant_print (reply, FALSE);
  assert_non_null (strstr (text, there));
  assert_string_equal (call_do (house, 1, "Hangup", "()"), "()");
  calls_wait_told ("removed 1 local 29 16");
  calls_wait_told ("gone 1");
  assert_non_null (strstr (call_do (house, 1, "Hangup", "()"), "Unknown"));
}

static void
test_no_network (void **state G_GNUC_UNUSED)
{
  begin ();
  house_sim (house, "network lost");
  house_wait_not (house, "Network1", "Registration", "'home'");
  house_call (house, "Voice1", "Dial", "('100', @a{sv} {})");
  calls_wait_told ("gone 1");
  assert_non_null (strstr (calls_told (), "\nremoved 1 no-network "));
}

static void
test_emergency (guint number)
{
  g_autofree char *removed = g_strdup_printf ("removed %u local 29 16", number);

  assert_int_equal (call_dial (house, "112", "'active'"), number);
  call_wait (house, number, "Emergency", "true");
  assert_string_equal (call_do (house, number, "Hangup", "()"), "()");
  calls_wait_told (removed);
}

static void
test_no_card (void **state G_GNUC_UNUSED)
{
  begin ();
  house_sim (house, "remove-sim");
  house_wait (house, "Sim1", "Lock", "'missing'");
  assert_string_equal (house_call (house, "Voice1", "Dial", "('100', @a{sv} {})"), "SimMissing");
  test_emergency (1);
  house_sim (house, "insert-sim");
  house_ready (house);
  call_dial (house, "100", "'active'");
}

static void
test_locked (void **state G_GNUC_UNUSED)
{
  calls_listen (house);
  house_sim (house, "pin on");
  house_sim (house, "reset");
  house_start_daemon (house, NULL);
  house_wait (house, "Modem1", "State", "'locked'");
  while (strstr (house_sim (house, "state"), "technology=hspa") == NULL)
    g_usleep (10000); /* there is a network for it */
  assert_string_equal (house_call (house, "Voice1", "Dial", "('100', @a{sv} {})"),
                       "SimPinRequired");
  test_emergency (1);
  assert_string_equal (house_call (house, "Sim1", "Unlock", "('1234',)"), "()");
  house_ready (house);
  call_dial (house, "100", "'active'");
}

static void
test_hidden (void **state G_GNUC_UNUSED)
{
  begin ();
  house_call (house, "Voice1", "Dial", "('100', {'clir': <'hide'>})");
  call_wait (house, 1, "State", "'active'");
  assert_non_null (strstr (house_sim (house, "calls"), "hidden"));
  assert_string_equal (house_call (house, "Voice1", "HangupAll", "()"), "()");
  calls_wait_told ("gone 1");
  house_call (house, "Voice1", "Dial", "('100', {'clir': <'show'>})");
  call_wait (house, 2, "State", "'active'");
  assert_null (strstr (house_sim (house, "calls"), "hidden"));
}

/* One call is set up at a time. */
static void
test_busy (void **state G_GNUC_UNUSED)
{
  begin ();
  house_sim (house, "party 100 does=waits");
  call_dial (house, "100", "'dialing'");
  house_sim (house, "remote 1 alerts");
  call_wait (house, 1, "State", "'alerting'");
  assert_string_equal (house_call (house, "Voice1", "Dial", "('200', @a{sv} {})"), "Busy");
  assert_string_equal (call_do (house, 1, "Answer", "()"), "NotAllowed");
  assert_string_equal (call_do (house, 1, "SendTones", "('1',)"), "NotAllowed");
  house_sim (house, "remote 1 answers");
  call_wait (house, 1, "State", "'active'");
}

/* ---- in ---- */

static void
test_incoming_answered (void **state G_GNUC_UNUSED)
{
  begin ();
  house_sim (house, "incoming-call +4930456 gives-up=0");
  calls_wait_told ("Number 1 '+4930456'");
  call_wait (house, 1, "State", "'incoming'");
  call_wait (house, 1, "Direction", "'incoming'");
  assert_string_equal (call_do (house, 1, "Answer", "()"), "()");
  call_wait (house, 1, "State", "'active'");
  house_sim (house, "remote 1 hangs-up");
  calls_wait_told ("gone 1");
  assert_non_null (strstr (calls_told (), "\nremoved 1 remote 104 16\n"));
}

static void
test_incoming_rejected (void **state G_GNUC_UNUSED)
{
  begin ();
  house_sim (house, "incoming-call +4930456 gives-up=0");
  calls_wait_told ("added 1");
  assert_string_equal (call_do (house, 1, "Hangup", "()"), "()");
  calls_wait_told ("gone 1");
  assert_non_null (strstr (calls_told (), "\nremoved 1 local "));
}

static void
test_incoming_given_up (void **state G_GNUC_UNUSED)
{
  begin ();
  house_sim (house, "incoming-call withheld gives-up=12");
  calls_wait_told ("added 1");
  call_wait (house, 1, "NumberHidden", "true");
  call_wait (house, 1, "Number", "''");
  calls_wait_told ("gone 1");
  assert_non_null (strstr (calls_told (), "\nremoved 1 remote "));
  assert_null (strstr (calls_told (), "object 2"));
}

/* ---- others ---- */

static GDBusConnection *
connect_another (void)
{
  return g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (house->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
}

/* One dials, another one hangs up. */
static void
test_two_clients (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDBusConnection) other = NULL;
  g_autoptr (GVariant)        reply = NULL;

  begin ();
  call_dial (house, "100", "'active'");
  other = connect_another ();
  reply
      = g_dbus_connection_call_sync (other, "org.mu709", HOUSE_MODEM "/call/1", "org.mu709.Call1",
                                     "Hangup", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  assert_non_null (reply);
  calls_wait_told ("removed 1 local 29 16");
}

/* Two dial at the same moment: one of them is told that it was the second. */
static void
test_two_dial (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDBusConnection) other = NULL;
  House                       second;
  gboolean                    first_won;

  begin ();
  other = connect_another ();
  second = *house;
  second.connection = other;
  second.answer = second.message = NULL;
  house_begin (house, "Voice1", "Dial", "('100', @a{sv} {})");
  house_begin (&second, "Voice1", "Dial", "('200', @a{sv} {})");
  first_won = !g_str_equal (house_finish (house), "Busy");
  assert_string_equal (first_won ? house_finish (&second) : house_finish (house), "Busy");
  house_finish (&second);
  call_wait (house, 1, "State", "'active'");
  call_wait (house, 1, "Number", first_won ? "'100'" : "'200'");
  g_free (second.answer);
  g_free (second.message);
}

static void
dial_and_leave (gboolean waits)
{
  g_autoptr (GDBusConnection) other = connect_another ();
  GVariant                   *args = g_variant_new_parsed ("('100', @a{sv} {})");
  g_autoptr (GVariant)        reply = NULL;

  if (waits)
    reply
        = g_dbus_connection_call_sync (other, "org.mu709", HOUSE_MODEM, "org.mu709.Voice1", "Dial",
                                       args, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  else
    g_dbus_connection_call (other, "org.mu709", HOUSE_MODEM, "org.mu709.Voice1", "Dial", args, NULL,
                            G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
  assert_int_equal (reply != NULL, waits);
  g_dbus_connection_flush_sync (other, NULL, NULL);
  g_dbus_connection_close_sync (other, NULL, NULL);
}

/* A call is nobody's: it goes on when who has dialled it leaves.  Who leaves before the module has
 * begun has perhaps not dialled at all; nothing of it remains in the way. */
static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  begin ();
  dial_and_leave (TRUE);
  call_wait (house, 1, "State", "'active'");
  for (int i = 0; i < 10; i++)
    {
      assert_string_equal (house_call (house, "Voice1", "HangupAll", "()"), "()");
      house_wait (house, "Voice1", "Calls", "[]");
      dial_and_leave (FALSE);
    }
  assert_string_equal (house_call (house, "Voice1", "HangupAll", "()"), "()");
  house_wait (house, "Voice1", "Calls", "[]");
  assert_string_equal (house_sim (house, "calls"), "0");
  call_dial (house, "200", "'active'");
}

/* A search gives way, and says so. */
static void
test_search (void **state G_GNUC_UNUSED)
{
  GDBusConnection *own;
  House            second;

  begin ();
  second = *house;
  second.answer = second.message = NULL;
  own = connect_another ();
  second.connection = own;
  house_begin (&second, "Network1", "Scan", "()");
  g_usleep (10000);
  call_dial (house, "100", "'active'");
  assert_string_equal (house_finish (&second), "Aborted");
  g_free (second.answer);
  g_free (second.message);
  g_object_unref (own);
}

/* Guide 14.1: what is sent during set-up waits, and is sent then. */
static void
test_message (void **state G_GNUC_UNUSED)
{
  begin ();
  house_sim (house, "party 100 does=waits");
  call_dial (house, "100", "'dialing'");
  house_sim (house, "remote 1 alerts");
  call_wait (house, 1, "State", "'alerting'");
  house_begin (house, "Messaging1", "Send", "('+4930789', 'later', @a{sv} {})");
  house_wait (house, "Messaging1", "Total", "1");
  assert_string_equal (house_sim (house, "sms-sent"), "0");
  house_sim (house, "remote 1 answers");
  assert_true (g_str_has_prefix (house_finish (house), "('/org/mu709/"));
  assert_true (g_str_has_prefix (house_sim (house, "sms-sent"), "1"));
  call_wait (house, 1, "State", "'active'");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_parties),
    TEST (test_answers),
    TEST (test_object),
    TEST (test_no_network),
    TEST (test_no_card),
    TEST (test_locked),
    TEST (test_hidden),
    TEST (test_busy),
    TEST (test_incoming_answered),
    TEST (test_incoming_rejected),
    TEST (test_incoming_given_up),
    TEST (test_two_clients),
    TEST (test_two_dial),
    TEST (test_caller_leaves),
    TEST (test_search),
    TEST (test_message),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

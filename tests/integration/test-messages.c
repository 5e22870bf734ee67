/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages on real processes: bursts, long ones in pieces, a full card, faults, two clients. */
#include "messages.h"

#include "../mu-test.h"

#include <stdlib.h>
#include <string.h>

#define MANY 1000

static House *house;
static guint  received; /* signals */
static guint  subscription;

static void
on_received (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
             const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
             const char *signal G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED,
             gpointer user_data G_GNUC_UNUSED)
{
  received++;
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("100");
  house_start_daemon (house, NULL);
  house_ready (house);
  received = 0;
  subscription = g_dbus_connection_signal_subscribe (
      house->connection, "org.mu709", "org.mu709.Messaging1", "Received", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_received, NULL, NULL);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_dbus_connection_signal_unsubscribe (house->connection, subscription);
  house_free (house);
  return 0;
}

#define assert_member(text, member, value)                                                         \
  do                                                                                               \
    {                                                                                              \
      g_autofree char *now_ = messages_member (house, text, member);                               \
      assert_string_equal (now_, value);                                                           \
    }                                                                                              \
  while (0)

static guint
slots_in_use (void)
{
  return (guint)atoi (house_sim (house, "sms-slots"));
}

static void
wait_slots (guint n)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (slots_in_use () != n && g_get_monotonic_time () < deadline)
    g_usleep (2000);
  assert_int_equal (slots_in_use (), n);
}

static void
wait_received (guint n)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (received < n && g_get_monotonic_time () < deadline)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
  assert_int_equal (received, n);
}

/* ---- receiving ---- */

static void
test_receive (void **state G_GNUC_UNUSED)
{
  house_sim (house, "sms Anna hello");
  house_sim (house, "sms +49171234 class=0 -- at once");
  house_sim (house, "sms +49171234 -- здравствуй");
  wait_received (3);
  house_wait (house, "Messaging1", "Total", "3");
  messages_wait (house, "hello", 1);
  assert_member ("hello", "Number", "'Anna'");
  assert_member ("hello", "State", "'received'");
  assert_member ("at once", "Class", "'flash'");
  assert_member ("здравствуй", "Encoding", "'ucs2'");
  wait_slots (0);
  house_wait (house, "Messaging1", "Used", "0");
}

static void
test_parts (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = g_strnfill (600, 'x');

  house_sim (house, "sms +49171 -- %s", text);
  messages_wait (house, text, 1);
  assert_member (text, "Parts", "4");
  house_sim (house, "sms +49171 split=10 parts=3,1,1,2,3 -- 0123456789abcdefghijABCDEFGHIJ");
  messages_wait (house, "0123456789abcdefghijABCDEFGHIJ", 1);
  house_sim (house,
             "sms +49171 split=7 wide=yes parts=5,4,3,2,1 -- 0123456789abcdefghijABCDEFGHIJ");
  messages_wait (house, "0123456789abcdefghijABCDEFGHIJ", 2);
  wait_received (3);
  wait_slots (0);
}

/* A surrogate pair, an escape, cut in two: joined before they are read. */
static void
test_cut_characters (void **state G_GNUC_UNUSED)
{
  static const char emoji[] = "😀😁😂🤣😃😄";
  static const char escapes[] = "{[€]}|~^{[€]}";

  house_sim (house, "sms +49171 alphabet=ucs2 split=3 anywhere=yes -- %s", emoji);
  messages_wait (house, emoji, 1);
  house_sim (house, "sms +49171 alphabet=gsm7 split=3 anywhere=yes parts=2,1,4,3,6,5,8,7,9 -- %s",
             escapes);
  messages_wait (house, escapes, 1);
}

static void
test_missing_part (void **state G_GNUC_UNUSED)
{
  house_sim (house, "sms +49171 split=10 ref=9 parts=3,1 -- 0123456789abcdefghijABCDEFGHIJ");
  house_wait (house, "Messaging1", "Total", "1");
  house_wait (house, "Messaging1", "Unread", "1"); /* after 60 s */
  messages_wait (house, "0123456789…ABCDEFGHIJ", 1);
  wait_received (1);
  house_sim (house, "sms +49171 split=10 ref=9 parts=2 -- 0123456789abcdefghijABCDEFGHIJ");
  messages_wait (house, "0123456789abcdefghijABCDEFGHIJ", 1);
  house_wait (house, "Messaging1", "Total", "1");
  wait_slots (0);
  assert_int_equal (received, 1);
}

/* ---- many ---- */

static void
fill_card (void)
{
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("slot %d", i);
      g_autofree char *pdu = messages_pdu (text);

      house_sim (house, "sms-slot %d %s unread", i, pdu);
    }
}

static void
assert_all_slots (void)
{
  house_wait (house, "Messaging1", "Total", "40");
  for (int i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("slot %d", i);

      messages_wait (house, text, 1);
    }
  wait_slots (0);
}

/* One of them tells of a slot that is none. */
static void
test_burst (void **state G_GNUC_UNUSED)
{
  fill_card ();
  house_sim (house, "burst 40 +CMTI: \"SM\",%%d");
  assert_all_slots ();
  wait_received (40);
}

static void
test_full_at_start (void **state G_GNUC_UNUSED)
{
  house_stop_daemon (house);
  fill_card ();
  for (int i = 0; i < 50; i++)
    house_sim (house, "sms +49171 -- held back %d", i);
  house_start_daemon (house, NULL);
  house_ready (house);
  house_wait (house, "Messaging1", "Total", "90");
  messages_wait (house, "slot 39", 1);
  messages_wait (house, "held back 49", 1);
  wait_slots (0);
}

/* Full while messages are to be left on the card: it is emptied all the same. */
static void
test_full (void **state G_GNUC_UNUSED)
{
  g_autofree char *config = g_build_filename (house->directory, "config", NULL);
  const char      *args[] = { "--config", config, NULL };

  assert_true (g_file_set_contents (config, "[messaging]\nkeep-on-sim=true\n", -1, NULL));
  house_stop_daemon (house);
  fill_card ();
  house_sim (house, "sms-slot 39");
  house_start_daemon (house, args);
  house_ready (house);
  house_wait (house, "Messaging1", "Total", "39");
  assert_int_equal (slots_in_use (), 39);
  house_sim (house, "sms +49171 -- the last one");
  messages_wait (house, "the last one", 1);
  for (int i = 0; i < 5; i++)
    house_sim (house, "sms +49171 -- after it %d", i);
  house_wait (house, "Messaging1", "Total", "45");
}

static void
test_thousand (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < MANY; i++)
    house_sim (house, "sms +49171%d -- number %d", i % 7, i);
  house_wait (house, "Messaging1", "Total", "1000");
  house_call (house, "Messaging1", "List", "({'limit': <uint32 2000>},)");
  for (int i = 0; i < MANY; i++)
    {
      g_autofree char *text = g_strdup_printf ("<'number %d'>", i);

      assert_non_null (strstr (house->answer, text));
    }
  wait_slots (0);
  wait_received (MANY);
}

/* ---- over restarts and cards ---- */

static void
test_restarts (void **state G_GNUC_UNUSED)
{
  house_sim (house, "sms +49171 split=10 ref=9 time=26/01/01,12:00:00+00 parts=1 --"
                    " 0123456789abcdefghij");
  house_wait (house, "Messaging1", "Total", "1");
  house_stop_daemon (house);
  house_sim (house, "sms +49171 split=10 ref=9 time=26/01/01,12:00:00+00 parts=1,2 --"
                    " 0123456789abcdefghij");
  house_sim (house, "sms +49171 -- meanwhile");
  house_start_daemon (house, NULL);
  house_ready (house);
  messages_wait (house, "0123456789abcdefghij", 1);
  messages_wait (house, "meanwhile", 1);
  house_wait (house, "Messaging1", "Total", "2");
  house_sim (house, "reset"); /* the module's own */
  house_wait (house, "Modem1", "Restarts", "1");
  house_sim (house, "sms +49171 -- afterwards");
  messages_wait (house, "afterwards", 1);
}

static void
test_cards (void **state G_GNUC_UNUSED)
{
  house_sim (house, "sms +49171 -- of the first card");
  messages_wait (house, "of the first card", 1);
  house_sim (house, "remove-sim");
  house_wait (house, "Messaging1", "Total", "0");
  assert_string_equal (house_call (house, "Messaging1", "List", "(@a{sv} {},)"), "SimMissing");
  house_sim (house, "insert-sim iccid=89490200001234567890 imsi=001010123456789");
  house_ready (house);
  messages_wait (house, "of the first card", 0);
  house_sim (house, "sms +49171 -- of the second card");
  messages_wait (house, "of the second card", 1);
}

/* ---- faults ---- */

/* The line ends after every so many bytes of the exchange; silence in it. */
static void
test_hang_up (void **state G_GNUC_UNUSED)
{
  for (int k = 0; k < 120; k += 5)
    {
      g_autofree char *text = g_strdup_printf ("cut at %d", k);

      house_sim (house, "hang-up-after %d", k);
      house_sim (house, "sms +49171 -- %s", text);
      g_usleep (30000);
      house_sim (house, "no-faults");
      house_sim (house, "plug");
      house_ready (house);
      messages_wait (house, text, 1);
    }
  wait_slots (0);
  house_wait (house, "Messaging1", "Total", "24");
}

static void
test_silence (void **state G_GNUC_UNUSED)
{
  house_sim (house, "silence 40");
  house_sim (house, "sms +49171 -- in silence");
  messages_wait (house, "in silence", 1);
  house_sim (house, "ignore +CMGR");
  house_sim (house, "sms +49171 -- ignored");
  messages_wait (house, "ignored", 1); /* by a list */
  house_sim (house, "no-faults");
  wait_slots (0);
}

static void
test_errors (void **state G_GNUC_UNUSED)
{
  static const char *const errors[] = { "", "+CMS ERROR: 500", "+CMS ERROR: (U)SIM busy" };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    for (guint skip = 0; skip < 2; skip++)
      {
        g_autofree char *text = g_strdup_printf ("error %u %u", i, skip);

        house_sim (house, "error-next %s", errors[i]);
        if (skip > 0)
          house_call (house, "Modem1", "Command", "('AT', uint32 0)");
        house_sim (house, "sms +49171 -- %s", text);
        messages_wait (house, text, 1);
      }
  wait_slots (0);
}

/* Each way in which the network does not take a message, and the module does not say. */
static void
test_send_faults (void **state G_GNUC_UNUSED)
{
  g_autofree char *error = NULL;

  house_sim (house, "sms-fail 21");
  assert_string_equal (house_call (house, "Messaging1", "Send", "('+49171', 'refused', @a{sv} {})"),
                       "NetworkRejected");
  house_sim (house, "sms-silent received");
  assert_string_equal (house_call (house, "Messaging1", "Send", "('+49171', 'got', @a{sv} {})"),
                       "Timeout");
  house_sim (house, "sms-silent lost");
  assert_string_equal (house_call (house, "Messaging1", "Send", "('+49171', 'lost', @a{sv} {})"),
                       "Timeout");
  error = messages_member (house, "lost", "Error");
  assert_true (g_str_has_prefix (error, "'Unknown"));
  assert_int_equal (messages_sent (house), 1);
  assert_true (g_str_has_prefix (
      house_call (house, "Messaging1", "Send", "('+49171', 'well', @a{sv} {})"), "('/org"));
  assert_int_equal (messages_sent (house), 2);
}

static void
test_send_and_unplug (void **state G_GNUC_UNUSED)
{
  house_sim (house, "sms-silent received");
  house_begin (house, "Messaging1", "Send", "('+49171', 'on its way', @a{sv} {})");
  while (messages_sent (house) == 0)
    g_usleep (500);
  house_sim (house, "unplug");
  assert_string_equal (house_finish (house), "Gone");
  house_sim (house, "plug");
  house_ready (house);
  assert_member ("on its way", "State", "'failed'");
  assert_int_equal (messages_sent (house), 1);
}

static void
test_reports (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = g_strnfill (400, 'y');
  g_autofree char *args = g_strdup_printf ("('+49171', '%s', {'report': <true>})", text);
  gint64           deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  assert_true (g_str_has_prefix (house_call (house, "Messaging1", "Send", args), "('/org"));
  for (;;)
    {
      g_autofree char *now = messages_member (house, text, "State");

      if (g_str_equal (now, "'delivered'"))
        break;
      assert_true (g_get_monotonic_time () < deadline);
      g_usleep (2000);
    }
  house_sim (house, "sms-reports 65");
  house_call (house, "Messaging1", "Send", "('+49171', 'nobody', {'report': <true>})");
  while (messages_count (house, "nobody") == 1)
    {
      g_autofree char *now = messages_member (house, "nobody", "State");

      if (g_str_equal (now, "'failed'"))
        break;
      assert_true (g_get_monotonic_time () < deadline);
    }
}

/* ---- the objects, two clients ---- */

#define PROPERTIES "org.freedesktop.DBus.Properties"
#define MESSAGE1   "org.mu709.Message1"

/* What a call of an object comes to, printed, or the error's name. */
static char *
call_object (const char *number, const char *interface, const char *method, GVariant *args)
{
  g_autofree char     *path = g_strconcat (HOUSE_MODEM "/message/", number, NULL);
  g_autoptr (GError)   error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_sync (house->connection, "org.mu709", path, interface, method, args,
                                     NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  return reply != NULL ? g_variant_print (reply, FALSE) : g_dbus_error_get_remote_error (error);
}

#define assert_object(number, interface, method, args, expected)                                   \
  do                                                                                               \
    {                                                                                              \
      g_autofree char *got_ = call_object (number, interface, method, args);                       \
      assert_non_null (strstr (got_, expected));                                                   \
    }                                                                                              \
  while (0)
#define get(property) g_variant_new ("(ss)", MESSAGE1, property)

static void
on_changed (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
            const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
            const char *signal G_GNUC_UNUSED, GVariant *args, gpointer user_data)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  assert_null (strstr (text, "secret"));
  assert_non_null (strstr (text, "['Text', 'Data']"));
  if (strstr (text, "<'read'>") != NULL)
    ++*(guint *)user_data;
}

static void
test_objects (void **state G_GNUC_UNUSED)
{
  guint changes = 0;
  guint id = g_dbus_connection_signal_subscribe (
      house->connection, "org.mu709", PROPERTIES, "PropertiesChanged", HOUSE_MODEM "/message/1",
      NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_changed, &changes, NULL);

  house_sim (house, "sms +49171 -- secret");
  messages_wait (house, "secret", 1);
  assert_object ("1", PROPERTIES, "Get", get ("Text"), "(<'secret'>,)");
  assert_object ("1", PROPERTIES, "GetAll", g_variant_new ("(s)", MESSAGE1), "'Text': <'secret'>");
  assert_object ("1", "org.freedesktop.DBus.Introspectable", "Introspect", NULL, MESSAGE1);
  assert_object ("1", PROPERTIES, "Get", get ("Nothing"), "org.freedesktop.DBus.Error.");
  assert_object ("1", PROPERTIES, "Get", g_variant_new ("(ss)", "org.mu709.Sim1", "Lock"),
                 "org.freedesktop.DBus.Error.");
  assert_object ("1", PROPERTIES, "Set",
                 g_variant_new ("(ssv)", MESSAGE1, "Text", g_variant_new_string ("x")),
                 "org.freedesktop.DBus.Error.");
  assert_object ("1", MESSAGE1, "Nothing", NULL, "org.freedesktop.DBus.Error.UnknownMethod");
  assert_object ("1", MESSAGE1, "MarkRead", g_variant_new ("(s)", "x"),
                 "org.freedesktop.DBus.Error.InvalidArgs");
  assert_object ("1", MESSAGE1, "MarkRead", NULL, "()");
  house_wait (house, "Messaging1", "Unread", "0");
  assert_object ("2", MESSAGE1, "MarkRead", NULL, "org.mu709.Error.NotFound");
  assert_object ("2", PROPERTIES, "Get", get ("Text"), "org.mu709.Error.NotFound");
  assert_object ("4294967295", PROPERTIES, "GetAll", g_variant_new ("(s)", MESSAGE1),
                 "org.mu709.Error.NotFound");
  assert_object ("0", MESSAGE1, "Delete", NULL, "org.freedesktop.DBus.Error.Unknown");
  assert_object ("01", MESSAGE1, "Delete", NULL, "org.freedesktop.DBus.Error.Unknown");
  assert_object ("4294967297", MESSAGE1, "Delete", NULL, "org.freedesktop.DBus.Error.Unknown");
  assert_object ("1", MESSAGE1, "Delete", NULL, "()");
  assert_object ("1", PROPERTIES, "Get", get ("Text"), "org.mu709.Error.NotFound");
  while (changes == 0)
    g_main_context_iteration (NULL, TRUE);
  g_dbus_connection_signal_unsubscribe (house->connection, id);
}

typedef struct
{
  guint sent, failed;
} Tally;

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Tally               *tally = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  tally->sent += reply != NULL ? 1 : 0;
  tally->failed += reply == NULL ? 1 : 0;
}

/* Both send at once; one leaves. */
static void
test_two_clients (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDBusConnection) other = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (house->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  Tally tally = { 0 };

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("of both %u", i);

      g_dbus_connection_call (i % 2 == 0 ? house->connection : other, "org.mu709", HOUSE_MODEM,
                              "org.mu709.Messaging1", "Send",
                              g_variant_new ("(ssa{sv})", "+49171", text, NULL), NULL,
                              G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL, on_sent, &tally);
    }
  g_dbus_connection_flush_sync (other, NULL, NULL);
  while (tally.sent < 4)
    g_main_context_iteration (NULL, TRUE);
  g_dbus_connection_close_sync (other, NULL, NULL);
  while (tally.sent + tally.failed < 20)
    g_main_context_iteration (NULL, TRUE);
  assert_in_range (tally.sent, 10, 20);
  for (guint i = 0; i < 20; i++) /* what the one has ordered who has left is sent, too */
    {
      g_autofree char *text = g_strdup_printf ("of both %u", i);

      for (;;)
        {
          g_autofree char *now = messages_member (house, text, "State");

          if (g_str_equal (now, "'sent'"))
            break;
          g_usleep (2000);
        }
    }
  assert_int_equal (messages_sent (house), 20);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_receive),      TEST (test_parts),       TEST (test_cut_characters),
    TEST (test_missing_part), TEST (test_burst),       TEST (test_full_at_start),
    TEST (test_full),         TEST (test_thousand),    TEST (test_restarts),
    TEST (test_cards),        TEST (test_hang_up),     TEST (test_silence),
    TEST (test_errors),       TEST (test_send_faults), TEST (test_send_and_unplug),
    TEST (test_reports),      TEST (test_objects),     TEST (test_two_clients),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

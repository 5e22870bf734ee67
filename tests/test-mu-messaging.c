/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lists, deleting, the service centre, the storage; what is refused before anything is asked. */
#include "message-bed.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "store.h"

#include <string.h>

static SessionBed *bed;

static int
set_up (void **state)
{
  (void)state;
  bed = message_bed_new ();
  return 0;
}

static int
tear_down (void **state)
{
  (void)state;
  message_bed_free (bed);
  return 0;
}

#define MESSAGING(property, text) assert_property (bed, "Messaging1", property, text)

static const char *
call (const char *method, const char *args)
{
  session_bed_call (bed, "Messaging1", method, args);
  return bed->done->str;
}

static void
receive (const char *number, const char *text)
{
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", message_bed_deliver (number, text, 1, 1)));
}

/* one and two from 111, three from +49222, all received at the same time. */
static void
receive_three (void)
{
  session_bed_start (bed, NULL, 0);
  receive ("111", "one");
  receive ("111", "two");
  receive ("+49222", "three");
}

/* ---- filters ---- */

static void
test_bad_filters (void **state G_GNUC_UNUSED)
{
  static const char *const filters[] = {
    "'state': <'unread'>",
    "'state': <''>",
    "'state': <uint32 1>",
    "'direction': <'in'>",
    "'direction': <true>",
    "'number': <5>",
    "'since': <'yesterday'>",
    "'since': <1>",
    "'until': <uint32 1>",
    "'limit': <-1>",
    "'limit': <'all'>",
    "'offset': <1.5>",
    "'State': <'received'>",
    "'': <''>",
    "'limit': <uint32 1>, 'limit': <uint32 2>",
    "'state': <'received'>, 'text': <'x'>",
  };

  receive_three ();
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *args = g_strdup_printf ("(@a{sv} {%s},)", filters[i]);

      assert_string_equal (call ("List", args), "InvalidArgument");
      assert_string_equal (call ("DeleteAll", args), "InvalidArgument");
    }
  MESSAGING ("Total", "3");
  at_peer_expect_nothing (bed->peer);
}

static void
test_filters (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *filter, *texts;
  } rows[] = {
    { "", "three|two|one|" },
    { "'number': <'111'>", "two|one|" },
    { "'number': <'222'>", "" },
    { "'number': <''>", "" /* those without a number */ },
    { "'number': <'\\'; DROP TABLE message; --'>", "" },
    { "'state': <'received'>", "three|two|" },
    { "'state': <'read'>", "one|" },
    { "'state': <'failed'>", "" },
    { "'direction': <'incoming'>", "three|two|one|" },
    { "'direction': <'outgoing'>", "" },
    { "'since': <int64 1700000000>", "three|two|one|" },
    { "'since': <int64 1700000001>", "" },
    { "'until': <int64 1700000000>", "three|two|one|" },
    { "'until': <int64 1699999999>", "" },
    { "'since': <int64 -9223372036854775808>", "three|two|one|" },
    { "'limit': <uint32 2>", "three|two|" },
    { "'limit': <uint32 0>", "" },
    { "'limit': <uint32 4294967295>", "three|two|one|" },
    { "'limit': <uint32 1>, 'offset': <uint32 1>", "two|" },
    { "'offset': <uint32 2>", "one|" },
    { "'offset': <uint32 4294967295>", "" },
  };

  receive_three ();
  session_bed_call_object (bed, "Messaging1", 1, "MarkRead", "()");
  assert_string_equal (bed->done->str, "()");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_string_equal (message_bed_list (bed, rows[i].filter, "Text"), rows[i].texts);
  MESSAGING ("Unread", "2");
  at_peer_expect_nothing (bed->peer);
}

static void
test_row (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *member, *value;
  } rows[] = {
    { "Direction", "incoming|" },
    { "State", "received|" },
    { "Number", "111|" },
    { "Text", "one|" },
    { "Data", "[]|" },
    { "Timestamp", "1700000000|" },
    { "Delivered", "0|" },
    { "Class", "none|" },
    { "Encoding", "gsm7|" },
    { "Parts", "1|" },
    { "PartsPresent", "1|" },
    { "Reference", "0|" },
    { "ServiceCentre", "+491710000000|" },
    { "Error", "|" },
  };

  session_bed_start (bed, NULL, 0);
  receive ("111", "one");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_string_equal (message_bed_list (bed, "", rows[i].member), rows[i].value);
}

/* ---- deleting ---- */

static void
test_delete (void **state G_GNUC_UNUSED)
{
  static const char *const nowhere[] = {
    "/",
    "/org/mu709/modem/bed/message",
    "/org/mu709/modem/bed/message/0",
    "/org/mu709/modem/bed/message/01",
    "/org/mu709/modem/bed/message/4",
    "/org/mu709/modem/bed/message/1/1",
    "/org/mu709/modem/bed/message/x",
    "/org/mu709/modem/bed/message/4294967297",
    "/org/mu709/modem/other/message/1",
  };

  receive_three ();
  for (gsize i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      g_autofree char *args = g_strdup_printf ("(objectpath '%s',)", nowhere[i]);

      assert_string_equal (call ("Delete", args), "NotFound");
    }
  at_peer_expect_nothing (bed->peer);
  assert_string_equal (call ("Delete", "(objectpath '/org/mu709/modem/bed/message/2',)"), "()");
  assert_string_equal (message_bed_answer (bed, "AT+CMGL=4", "OK"), "CMGL=4|");
  assert_string_equal (message_bed_list (bed, "", "Text"), "three|one|");
  assert_string_equal (call ("Delete", "(objectpath '/org/mu709/modem/bed/message/2',)"),
                       "NotFound");
  receive ("111", "two"); /* the same PDU: it has been deleted */
  MESSAGING ("Total", "2");
}

static void
test_delete_all (void **state G_GNUC_UNUSED)
{
  receive_three ();
  assert_string_equal (call ("DeleteAll", "({'number': <'111'>, 'limit': <uint32 1>},)"), "(2,)");
  assert_string_equal (call ("DeleteAll", "({'direction': <'outgoing'>},)"), "(0,)");
  assert_string_equal (message_bed_list (bed, "", "Text"), "three|");
  assert_string_equal (call ("DeleteAll", "(@a{sv} {},)"), "(1,)");
  MESSAGING ("Total", "0");
  MESSAGING ("Unread", "0");
  session_bed_play (bed, NULL, 0);
}

static void
test_mark_read (void **state G_GNUC_UNUSED)
{
  receive_three ();
  message_bed_told ();
  for (int i = 0; i < 2; i++)
    {
      session_bed_call_object (bed, "Messaging1", 3, "MarkRead", "()");
      assert_string_equal (bed->done->str, "()");
    }
  assert_int_equal (strncmp (message_bed_told (), "3 read 1|", 9), 0);
  session_bed_call_object (bed, "Messaging1", 9, "MarkRead", "()");
  assert_string_equal (bed->done->str, "NotFound");
  session_bed_call_object (bed, "Messaging1", 9, "Delete", "()");
  assert_string_equal (bed->done->str, "NotFound");
}

static void
test_retention (void **state G_GNUC_UNUSED)
{
  receive_three (); /* years ago */
  session_bed_call_object (bed, "Messaging1", 1, "MarkRead", "()");
  g_key_file_set_integer (bed->settings.config, "messaging", "retention-days", 30);
  session_bed_say (bed, "^SIMST: 255|^SIMST: 1");
  session_bed_play (bed, NULL, 0);
  assert_string_equal (message_bed_list (bed, "", "Text"), "three|two|"); /* nobody has read them */
}

/* It need not start anew for that. */
static void
test_retention_while_running (void **state G_GNUC_UNUSED)
{
  receive_three ();
  session_bed_call_object (bed, "Messaging1", 1, "MarkRead", "()");
  g_key_file_set_integer (bed->settings.config, "messaging", "retention-days", 30);
  mu_timer_advance (25 * 3600 * 1000);
  session_bed_play (bed, NULL, 0);
  assert_string_equal (message_bed_list (bed, "", "Text"), "three|two|");
}

/* A bus ends the connection of who sends it more than it takes: 32 MiB on the system bus. */
static void
test_large_list (void **state G_GNUC_UNUSED)
{
  g_autofree char   *path = g_build_filename (bed->settings.state_directory, "messages.db", NULL);
  g_autofree char   *text = g_strnfill (1000000, 'x');
  g_autoptr (GBytes) data = g_bytes_new (NULL, 0);
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Tpdu));
  StoreMessage       message = { .number = (char *)"123", .text = text, .data = data };
  Store             *store;
  const char        *card;
  guint              id;

  session_bed_start (bed, NULL, 0);
  store = store_open (path, NULL);
  card = mu_session_card (bed->session);
  for (guint i = 0; i < 11; i++)
    assert_true (store_compose (store, card, &message, parts, i, &id, NULL));
  store_close (store);
  assert_string_equal (message_bed_list (bed, "", "Timestamp"), "10|9|8|7|6|5|4|3|");
  assert_string_equal (message_bed_list (bed, "'offset': <uint32 8>", "Timestamp"), "2|1|0|");
}

/* ---- the service centre, the storage ---- */

static void
test_service_centre (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  MESSAGING ("ServiceCentre", "'+8613800755500'");
  session_bed_call (bed, "Messaging1", "ServiceCentre", "('+491710760000',)");
  at_peer_answer (bed->peer, "AT+CSCA=\"+491710760000\",145", "OK");
  assert_string_equal (bed->done->str, "()");
  MESSAGING ("ServiceCentre", "'+491710760000'");
  session_bed_call (bed, "Messaging1", "ServiceCentre", "('0171',)");
  at_peer_answer (bed->peer, "AT+CSCA=\"0171\",129", "+CMS ERROR: operation not allowed");
  assert_string_equal (bed->done->str, "NotAllowed");
  MESSAGING ("ServiceCentre", "'+491710760000'");
}

static void
test_bad_service_centre (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *args, *error;
  } rows[] = {
    { "('',)", "InvalidArgument" },
    { "('+',)", "InvalidArgument" },
    { "('12a',)", "InvalidCharacters" },
    { "('+49 171',)", "InvalidCharacters" },
    { "('\"',)", "InvalidCharacters" },
    { "('1\\r',)", "InvalidCharacters" },
    { "('1\\u001a',)", "InvalidCharacters" },
    { "('++1',)", "InvalidCharacters" },
    { "('1;+CFUN=0',)", "InvalidCharacters" },
    { "('123456789012345678901',)", "TooLong" },
  };

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_call (bed, "Messaging1", "ServiceCentre", rows[i].args);
      assert_string_equal (bed->done->str, rows[i].error);
    }
  at_peer_expect_nothing (bed->peer);
}

static void
test_csca_forms (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *line, *number;
  } rows[] = {
    { "+CSCA: \"+8613800755500\",145", "'+8613800755500'" },
    { "+CSCA:\"8613800755500\",145", "'+8613800755500'" },
    { "+CSCA: \"8613800755500\",129", "'8613800755500'" },
    { "+CSCA: \"123\"", "'123'" },
    { "+CSCA: \"\",129", "''" },
    { "+CSCA: \"\",145", "''" },
    { "+CSCA: \"12345678901234567890123456789\",145", "''" },
    { "+CSCA:", "''" },
  };

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_say (bed, rows[i].line);
      MESSAGING ("ServiceCentre", rows[i].number);
    }
}

static void
test_cpms_forms (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *line, *storage, *used, *capacity;
  } rows[] = {
    { "+CPMS: 3,40,3,40,3,40", "'SM'", "3", "40" },
    { "+CPMS: \"SM\",4,30,\"SM\",4,30,\"SM\",4,30", "'SM'", "4", "30" },
    { "+CPMS:\"ME\",0,255,\"SM\",4,30", "'ME'", "0", "255" },
    { "+CPMS: x", "'ME'", "0", "255" },
    { "+CPMS: ,,", "'ME'", "0", "255" },
    { "+CPMS: -1,-1", "'ME'", "0", "255" },
  };

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_say (bed, rows[i].line);
      MESSAGING ("Storage", rows[i].storage);
      MESSAGING ("Used", rows[i].used);
      MESSAGING ("Capacity", rows[i].capacity);
    }
}

/* ---- facts ---- */

static void
assert_all_fail (const char *error)
{
  assert_string_equal (call ("List", "(@a{sv} {},)"), error);
  assert_string_equal (call ("DeleteAll", "(@a{sv} {},)"), error);
  assert_string_equal (call ("Delete", "(objectpath '/',)"), error);
  assert_string_equal (call ("Send", "('123', 'text', @a{sv} {})"), error);
  assert_string_equal (call ("SendData", "('123', b'text', uint16 1, @a{sv} {})"), error);
  session_bed_call (bed, "Messaging1", "ServiceCentre", "('123',)");
  assert_string_equal (bed->done->str, error);
  session_bed_call_object (bed, "Messaging1", 1, "MarkRead", "()");
  assert_string_equal (bed->done->str, error);
  MESSAGING ("Total", "0");
}

static void
test_no_card (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[]
      = { { "AT^CPIN?", "+CME ERROR: SIM failure" }, { "AT^ICCID?", "ERROR" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  assert_all_fail ("SimMissing");
  session_bed_say (bed, "+CMTI: \"SM\",1|^SMMEMFULL: \"SM\"");
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", message_bed_deliver ("1", "lost", 1, 1)));
  at_peer_expect_nothing (bed->peer);
}

static void
test_locked (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" } };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  assert_all_fail ("SimPinRequired");
  session_bed_say (bed, "+CMTI: \"SM\",1");
  at_peer_expect_nothing (bed->peer);
}

static void
test_not_started (void **state G_GNUC_UNUSED)
{
  assert_all_fail ("NotReady");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_bad_filters),
    TEST (test_filters),
    TEST (test_row),
    TEST (test_delete),
    TEST (test_delete_all),
    TEST (test_mark_read),
    TEST (test_retention),
    TEST (test_service_centre),
    TEST (test_bad_service_centre),
    TEST (test_retention_while_running),
    TEST (test_large_list),
    TEST (test_csca_forms),
    TEST (test_cpms_forms),
    TEST (test_no_card),
    TEST (test_locked),
    TEST (test_not_started),
  };

  mu_log_init (g_getenv ("DBG") ? MU_LOG_DEBUG : MU_LOG_ERROR, FALSE); /* warnings are meant */
  return cmocka_run_group_tests (tests, NULL, NULL);
}

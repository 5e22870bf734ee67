/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's messages: which of the database are shown, to whom, and what becomes of drafts. */
#include "message-bed.h"
#include "mm1-bed.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

#define ANNA       "+4917112345"
#define MAX_LISTED 128 /* see mm1-messaging.c */
#define PROPERTIES "org.freedesktop.DBus.Properties"

/* A message comes in. */
static void
receive (const char *text)
{
  mm1_bed_say (message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 1, 1)));
}

static void
receive_many (guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("text %u", i);

      receive (text);
    }
}

#define TEXT(text) "({'number': <'" ANNA "'>, 'text': <'" text "'>},)"

static void
create (void)
{
  assert_mm1_call (MODEM, "Modem.Messaging", "Create", TEXT ("Hello"), "('" SMS (0) "',)");
}

/* What was called before has begun by then. */
static Tpdu
take (const char *answer)
{
  Tpdu tpdu;

  mm1_bed_settle ();
  tpdu = message_bed_take (mm1_bed, answer);
  at_peer_settle ();
  return tpdu;
}

/* Begins to send draft 0; the network answers so. */
static void
send_draft (const char *answer, const char *expected)
{
  mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  (void)take (answer);
  assert_string_equal (mm1_bed_wait (), expected);
}

/* ---- what comes in ---- */

static void
test_received (void **state G_GNUC_UNUSED)
{
  const char *heard;

  receive ("Moin");
  heard = mm1_bed_heard ();
  assert_non_null (strstr (heard, "/Modem/0 Added('" SMS (0) "', true)"));
  assert_null (strstr (heard, "Moin"));
  mm1_bed_assert (SMS (0), "Sms", "Text", "'Moin'");
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 3");
  mm1_bed_assert (SMS (0), "Sms", "PduType", "uint32 1");
  mm1_bed_assert (SMS (0), "Sms", "Class", "-1");
  assert_mm1_call (MODEM, "Modem.Messaging", "List", "()", "(['" SMS (0) "'],)");
  assert_mm1_call (SMS (0), "Sms", "Send", "()", "Core.WrongState");
  assert_mm1_call (SMS (0), "Sms", "Store", "(uint32 0,)", "()");
  assert_mm1_call (SMS (0), "Sms", "Store", "(uint32 1,)", "Core.Unsupported");
}

static void
test_listed_at_the_start (void **state G_GNUC_UNUSED)
{
  receive ("one");
  receive ("two");
  mm1_bed_publish ();
  mm1_bed_assert (SMS (0), "Sms", "Text", "'one'");
  mm1_bed_assert (SMS (1), "Sms", "Text", "'two'");
}

/* Who may not read Message1 cannot read it here. */
static void
test_guarded (void **state G_GNUC_UNUSED)
{
  receive ("Moin");
  mm1_bed_policy ("org.mu709.messages");
  mm1_bed_assert (SMS (0), "Sms", "Text", "Core.Unauthorized");
  assert_mm1_call (SMS (0), PROPERTIES, "GetAll", "('" MM_DBUS_INTERFACE_SMS "',)",
                   "Core.Unauthorized");
  assert_mm1_call (MODEM, "Modem.Messaging", "List", "()", "Core.Unauthorized");
  assert_mm1_call (MODEM, "Modem.Messaging", "Create", TEXT ("x"), "Core.Unauthorized");
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '" SMS (0) "',)",
                   "Core.Unauthorized");
  mm1_bed_policy ("yes");
  mm1_bed_assert (SMS (0), "Sms", "Text", "'Moin'");
  mm1_bed_begin (SMS (0), PROPERTIES, "GetAll", "('" MM_DBUS_INTERFACE_SMS "',)");
  assert_non_null (strstr (mm1_bed_wait (), "'Text': <'Moin'>"));
  mm1_bed_assert (SMS (0), "Sms", "Nothing", "org.freedesktop.DBus.Error.InvalidArgs");
}

/* Shown without its second part, which then comes, after all. */
static void
test_late_part (void **state G_GNUC_UNUSED)
{
  char text[301];

  memset (text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  mm1_bed_say (message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 1, 2)));
  assert_string_equal (mm1_bed_events (), "");
  mu_timer_advance (62000);
  at_peer_settle ();
  assert_string_equal (mm1_bed_events (), "/Modem/0 Added('" SMS (0) "', true)|");
  mm1_bed_say (message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 2, 2)));
  assert_string_equal (mm1_bed_events (),
                       "/Modem/0 Deleted('" SMS (0) "',)|/Modem/0 Added('" SMS (1) "', true)|");
  assert_null (strstr (mm1_bed_get (SMS (1), "Sms", "Text"), "…"));
}

/* ---- what goes ---- */

static void
test_deleted (void **state G_GNUC_UNUSED)
{
  receive ("Moin");
  mm1_bed_heard ();
  mm1_bed_play ();
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '" SMS (0) "',)", "()");
  assert_string_equal (mm1_bed_events (), "/Modem/0 Deleted('" SMS (0) "',)|");
  assert_string_equal (message_bed_list (mm1_bed, "", "Text"), "");
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '" SMS (0) "',)",
                   "Core.NotFound");
}

/* By a client of the daemon's own interface. */
static void
test_deleted_elsewhere (void **state G_GNUC_UNUSED)
{
  receive ("Moin");
  mm1_bed_heard ();
  session_bed_call_object (mm1_bed, "Messaging1", 1, "Delete", "()");
  at_peer_settle ();
  assert_string_equal (mm1_bed_events (), "/Modem/0 Deleted('" SMS (0) "',)|");
  mm1_bed_assert (MODEM, "Modem.Messaging", "Messages", "@ao []");
}

static void
test_limit (void **state G_GNUC_UNUSED)
{
  receive_many (MAX_LISTED + 3);
  mm1_bed_publish ();
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), MAX_LISTED);
  mm1_bed_assert (SMS (0), "Sms", "Text", "'text 3'");
  mm1_bed_heard ();
  receive ("new");
  assert_string_equal (mm1_bed_events (),
                       "/Modem/0 Deleted('" SMS (0) "',)|/Modem/0 Added('" SMS (128) "', true)|");
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), MAX_LISTED);
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '" SMS (128) "',)", "()");
  at_peer_settle ();
  /* an older one has come back, without noise */
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), MAX_LISTED);
  assert_string_equal (mm1_bed_events (),
                       "/Modem/0 Deleted('" SMS (128) "',)|"
                                                      "/Modem/0 Added('" SMS (129) "', false)|");
}

/* ---- drafts ---- */

static void
test_sent (void **state G_GNUC_UNUSED)
{
  create ();
  assert_string_equal (mm1_bed_events (), "/Modem/0 Added('" SMS (0) "', false)|");
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 0");
  send_draft ("+CMGS: 7|OK", "()");
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 5");
  mm1_bed_assert (SMS (0), "Sms", "PduType", "uint32 2");
  assert_string_equal (mm1_bed_events (), "");
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), 1);
  assert_mm1_call (SMS (0), "Sms", "Send", "()", "Core.WrongState");
}

/* Twice the same: each is what it has become. */
static void
test_twins (void **state G_GNUC_UNUSED)
{
  const Mm1BedCall *first, *second;

  create ();
  assert_mm1_call (MODEM, "Modem.Messaging", "Create", TEXT ("Hello"), "('" SMS (1) "',)");
  first = mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  second = mm1_bed_begin (SMS (1), "Sms", "Send", "()");
  (void)take ("+CMGS: 7|OK");
  (void)take ("+CMS ERROR: 500");
  assert_string_equal (mm1_bed_wait_for (first), "()");
  assert_string_not_equal (mm1_bed_wait_for (second), "()");
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 5");
  mm1_bed_assert (SMS (1), "Sms", "State", "uint32 1");
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), 2);
}

static void
test_failed (void **state G_GNUC_UNUSED)
{
  create ();
  send_draft ("+CMS ERROR: 500", "MobileEquipment.Unknown");
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 1");
  mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  mm1_bed_answer ("AT+CMGL=4", "OK"); /* it could have been there, too */
  (void)take ("+CMGS: 8|OK");
  assert_string_equal (mm1_bed_wait (), "()");
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 5");
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), 1);
  assert_string_equal (message_bed_list (mm1_bed, "", "State"), "sent|");
}

/* Where the clock is wrong, what is sent is older than all that is listed, and goes from the list
 * in the moment in which it is sent. */
static void
test_sent_long_ago (void **state G_GNUC_UNUSED)
{
  g_auto (GStrv)   lines = NULL;
  g_autofree char *text = NULL;

  message_bed_ahead = 60 * 60 * 24 * 365 * 20;
  receive_many (MAX_LISTED);
  lines
      = g_strsplit (message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, "x", 1, 1)), "|", 2);
  message_bed_ahead = 0;
  text = g_strdup_printf ("\r\n%s\r\n%s\r\n\r\n+CMGS: 7\r\n\r\nOK\r\n", lines[0], lines[1]);
  mm1_bed_publish ();
  assert_mm1_call (MODEM, "Modem.Messaging", "Create", TEXT ("Hello"), "('" SMS (128) "',)");
  mm1_bed_begin (SMS (128), "Sms", "Send", "()");
  (void)take (NULL);
  at_peer_say (mm1_bed->peer, text);
  assert_string_equal (mm1_bed_wait (), "()");
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), MAX_LISTED);
}

/* Nobody waits any more: the message goes nevertheless, once. */
static void
test_caller_left (void **state G_GNUC_UNUSED)
{
  create ();
  mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  mm1_bed_settle ();
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 4");
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '" SMS (0) "',)",
                   "Core.InProgress");
  assert_mm1_call (SMS (0), "Sms", "Send", "()", "Core.InProgress");
  mm1_bed_leave ();
  (void)take ("+CMGS: 7|OK");
  at_peer_settle ();
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 5");
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), 1);
  assert_string_equal (message_bed_list (mm1_bed, "", "State"), "sent|");
}

/* It waits for its turn, and somebody deletes it. */
static void
test_deleted_in_the_queue (void **state G_GNUC_UNUSED)
{
  const Mm1BedCall *first, *second;

  create ();
  assert_mm1_call (MODEM, "Modem.Messaging", "Create", TEXT ("later"), "('" SMS (1) "',)");
  first = mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  second = mm1_bed_begin (SMS (1), "Sms", "Send", "()");
  mm1_bed_settle ();
  mm1_bed_assert (SMS (1), "Sms", "State", "uint32 4");
  session_bed_call_object (mm1_bed, "Messaging1", 2, "Delete", "()");
  assert_string_equal (mm1_bed_wait_for (second), "Core.NotFound");
  mm1_bed_assert (MODEM, "Modem.Messaging", "Messages", "[objectpath '" SMS (0) "']");
  (void)take ("+CMGS: 7|OK");
  assert_string_equal (mm1_bed_wait_for (first), "()");
}

/* The module goes, and the object, while it is being sent. */
static void
test_freed (void **state G_GNUC_UNUSED)
{
  create ();
  mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  mm1_bed_settle ();
  mm1_bed_assert (SMS (0), "Sms", "State", "uint32 4");
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
}

static void
test_gone (void **state G_GNUC_UNUSED)
{
  receive ("Moin");
  assert_mm1_call (MODEM, "Modem.Messaging", "Create", TEXT ("Hello"), "('" SMS (1) "',)");
  mm1_bed_begin (SMS (1), "Sms", "Send", "()");
  mm1_bed_settle ();
  mm1_bed_assert (SMS (1), "Sms", "State", "uint32 4");
  session_bed_unplug (mm1_bed);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
  at_peer_settle ();
  mm1_object_remove_service (mm1_bed_object, session_bed_service (mm1_bed, "Messaging1"));
  at_peer_settle ();
  assert_mm1_call (MODEM, "Modem.Messaging", "Create", TEXT ("later"), "('" SMS (2) "',)");
}

static void
test_options (void **state G_GNUC_UNUSED)
{
  Tpdu tpdu;

  assert_mm1_call (MODEM, "Modem.Messaging", "Create",
                   "({'number': <'" ANNA "'>, 'text': <'x'>, 'class': <1>, "
                   "'delivery-report-request': <true>, 'smsc': <'+8613800755500'>, "
                   "'validity': <(uint32 1, <uint32 5>)>},)",
                   "('" SMS (0) "',)");
  mm1_bed_assert (SMS (0), "Sms", "Class", "1");
  mm1_bed_assert (SMS (0), "Sms", "DeliveryReportRequest", "true");
  mm1_bed_assert (SMS (0), "Sms", "Validity", "(uint32 1, <uint32 5>)");
  mm1_bed_begin (SMS (0), "Sms", "Send", "()");
  tpdu = take ("+CMGS: 7|OK");
  mm1_bed_wait ();
  assert_true ((tpdu.flags & TPDU_REPORT) != 0);
  assert_int_equal (tpdu.dcs & 0x13, 0x11); /* 23.038 clause 4: class 1 */
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  static const char *const bad[] = {
    "(@a{sv} {},)",
    "({'number': <'1'>},)",
    "({'text': <'1'>},)",
    "({'number': <1>, 'text': <'x'>},)",
    "({'number': <'1'>, 'text': <'x'>, 'nonsense': <'x'>},)",
    "({'number': <'1'>, 'text': <'x'>, 'class': <4>},)",
    "({'number': <'1'>, 'text': <'x'>, 'class': <-2>},)",
    "({'number': <'1'>, 'text': <'x'>, 'class': <'1'>},)",
    "({'number': <'1'>, 'text': <'x'>, 'validity': <uint32 1>},)",
    "({'number': <'1'>, 'text': <'x'>, 'validity': <(uint32 1, <'1'>)>},)",
    "({'number': <'1'>, 'text': <'x'>, 'validity': <(uint32 1, <uint32 4294967295>)>},)",
    "({'number': <'1'>, 'text': <'x'>, 'delivery-report-request': <'yes'>},)",
    "({'number': <'1'>, 'text': <'x'>, 'data': <'y'>},)",
    "({'number': <'1'>, 'data': <@ay []>},)",
  };
  static const char *const unsupported[] = {
    "({'number': <'1'>, 'data': <[byte 1]>},)",
    "({'number': <'1'>, 'text': <'x'>, 'data': <[byte 1]>},)",
    "({'number': <'1'>, 'text': <'x'>, 'smsc': <'+1'>},)",
    "({'number': <'1'>, 'text': <'x'>, 'validity': <(uint32 2, <'1'>)>},)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_mm1_call (MODEM, "Modem.Messaging", "Create", bad[i], "Core.InvalidArgs");
  for (gsize i = 0; i < G_N_ELEMENTS (unsupported); i++)
    assert_mm1_call (MODEM, "Modem.Messaging", "Create", unsupported[i], "Core.Unsupported");
  assert_mm1_call (MODEM, "Modem.Messaging", "Delete", "(objectpath '/x',)", "Core.NotFound");
  create ();
  assert_mm1_call (SMS (0), "Sms", "Store", "(uint32 0,)", "Core.Unsupported");
}

/* As KDE's library writes every message. */
static void
test_empty_data (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem.Messaging", "Create",
                   "({'number': <'1'>, 'text': <'x'>, 'data': <@ay []>},)", "('" SMS (0) "',)");
  mm1_bed_assert (SMS (0), "Sms", "Text", "'x'");
  mm1_bed_assert (SMS (0), "Sms", "Data", "@ay []");
}

static void
test_drafts_are_limited (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < 100; i++)
    {
      mm1_bed_begin (MODEM, "Modem.Messaging", "Create", TEXT ("x"));
      assert_non_null (strstr (mm1_bed_wait (), "/SMS/"));
    }
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Messaging", "Messages"), 32);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_received),
    TEST (test_listed_at_the_start),
    TEST (test_guarded),
    TEST (test_late_part),
    TEST (test_deleted),
    TEST (test_deleted_elsewhere),
    TEST (test_limit),
    TEST (test_sent),
    TEST (test_sent_long_ago),
    TEST (test_twins),
    TEST (test_failed),
    TEST (test_caller_left),
    TEST (test_deleted_in_the_queue),
    TEST (test_freed),
    TEST (test_gone),
    TEST (test_options),
    TEST (test_nonsense),
    TEST (test_empty_data),
    TEST (test_drafts_are_limited),
  };

  mu_log_init (MU_LOG_ERROR, FALSE); /* warnings are meant */
  return mm1_bed_run (tests);
}

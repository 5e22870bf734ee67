/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's messages: which of the database are shown, to whom, and what becomes of drafts. */
#include "facade-bed.h"
#include "message-bed.h"
#include "mu-error.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

#define ANNA       "+4917112345"
#define MAX_LISTED 128 /* see mm1-messaging.c */

static FacadeBed *bed;

static const FacadeTarget messaging = { NULL, "Modem.Messaging" };
static const FacadeTarget sms0 = { "/SMS/0", "Sms" }, sms1 = { "/SMS/1", "Sms" };
static const FacadeTarget sms128 = { "/SMS/128", "Sms" };

#define PATH(n) "'/org/freedesktop/ModemManager1/SMS/" n "'"

static void
publish (void)
{
  static const Mm1InterfaceClass *const classes[] = { &mm1_messaging_class };

  mm1_object_publish (bed->object, classes, G_N_ELEMENTS (classes));
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = facade_bed_new (message_bed_new ());
  session_bed_start (bed->session, NULL, 0);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  SessionBed *session = bed->session;

  facade_bed_free (bed);
  message_bed_free (session);
  return 0;
}

/* A message comes in. */
static void
receive (const char *text)
{
  session_bed_say (bed->session,
                   message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 1, 1)));
  at_peer_settle ();
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
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("Hello"), "(" PATH ("0") ",)");
}

/* What was called before has begun by then. */
static Tpdu
take (const char *answer)
{
  Tpdu tpdu;

  (void)facade_bed_get (bed, &messaging, "DefaultStorage");
  at_peer_settle ();
  tpdu = message_bed_take (bed->session, answer);
  at_peer_settle ();
  return tpdu;
}

/* Begins to send draft 0; the network answers so. */
static void
send_draft (const char *answer, const char *expected)
{
  g_autofree char *sent = NULL;

  facade_bed_begin (bed, bed->client, &sms0, "Send", "()", &sent);
  (void)take (answer);
  facade_bed_wait (&sent);
  assert_string_equal (sent, expected);
}

static guint
n_listed (void)
{
  const char *text = facade_bed_get (bed, &messaging, "Messages");
  guint       n = 0;

  for (; (text = strstr (text, "/SMS/")) != NULL; text++)
    n++;
  return n;
}

/* ---- what comes in ---- */

static void
test_received (void **state G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  publish ();
  receive ("Moin");
  heard = facade_bed_heard (bed);
  assert_non_null (strstr (heard, "/modem Added(" PATH ("0") ", true)"));
  assert_null (strstr (heard, "Moin"));
  facade_bed_assert_get (bed, &sms0, "Text", "(<'Moin'>,)");
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 3>,)");
  facade_bed_assert_get (bed, &sms0, "PduType", "(<uint32 1>,)");
  facade_bed_assert_get (bed, &sms0, "Class", "(<-1>,)");
  facade_bed_assert_call (bed, &messaging, "List", "()", "([" PATH ("0") "],)");
  facade_bed_assert_call (bed, &sms0, "Send", "()", "WrongState");
  facade_bed_assert_call (bed, &sms0, "Store", "(uint32 0,)", "()");
  facade_bed_assert_call (bed, &sms0, "Store", "(uint32 1,)", "Unsupported");
}

static void
test_listed_at_the_start (void **state G_GNUC_UNUSED)
{
  receive ("one");
  receive ("two");
  publish ();
  facade_bed_assert_get (bed, &sms0, "Text", "(<'one'>,)");
  facade_bed_assert_get (bed, &sms1, "Text", "(<'two'>,)");
}

/* Who may not read Message1 cannot read it here. */
static void
test_guarded (void **state G_GNUC_UNUSED)
{
  publish ();
  receive ("Moin");
  facade_bed_denied = "org.mu709.messages";
  facade_bed_assert_get (bed, &sms0, "Text", "Unauthorized");
  assert_string_equal (facade_bed_get_all (bed, &sms0), "Unauthorized");
  facade_bed_assert_call (bed, &messaging, "List", "()", "Unauthorized");
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("x"), "Unauthorized");
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath " PATH ("0") ",)",
                          "Unauthorized");
  facade_bed_denied = NULL;
  facade_bed_assert_get (bed, &sms0, "Text", "(<'Moin'>,)");
  assert_non_null (strstr (facade_bed_get_all (bed, &sms0), "'Text': <'Moin'>"));
  facade_bed_assert_get (bed, &sms0, "Nothing", "InvalidArgs");
}

/* Shown without its second part, which then comes, after all. */
static void
test_late_part (void **state G_GNUC_UNUSED)
{
  char text[301];

  memset (text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  publish ();
  session_bed_say (bed->session,
                   message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 1, 2)));
  at_peer_settle ();
  facade_bed_assert_events (bed, "");
  mu_timer_advance (62000);
  at_peer_settle ();
  facade_bed_assert_events (bed, "/modem Added(" PATH ("0") ", true)|");
  session_bed_say (bed->session,
                   message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 2, 2)));
  at_peer_settle ();
  facade_bed_assert_events (bed,
                            "/modem Deleted(" PATH ("0") ",)|/modem Added(" PATH ("1") ", true)|");
  assert_null (strstr (facade_bed_get (bed, &sms1, "Text"), "…"));
}

/* ---- what goes ---- */

static void
test_deleted (void **state G_GNUC_UNUSED)
{
  publish ();
  receive ("Moin");
  g_free (facade_bed_heard (bed));
  session_bed_play (bed->session, NULL, 0);
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath " PATH ("0") ",)", "()");
  facade_bed_assert_events (bed, "/modem Deleted(" PATH ("0") ",)|");
  assert_string_equal (message_bed_list (bed->session, "", "Text"), "");
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath " PATH ("0") ",)", "NotFound");
}

/* By a client of the daemon's own interface. */
static void
test_deleted_elsewhere (void **state G_GNUC_UNUSED)
{
  publish ();
  receive ("Moin");
  g_free (facade_bed_heard (bed));
  session_bed_call_object (bed->session, "Messaging1", 1, "Delete", "()");
  at_peer_settle ();
  facade_bed_assert_events (bed, "/modem Deleted(" PATH ("0") ",)|");
  facade_bed_assert_get (bed, &messaging, "Messages", "(<@ao []>,)");
}

static void
test_limit (void **state G_GNUC_UNUSED)
{
  receive_many (MAX_LISTED + 3);
  publish ();
  assert_int_equal (n_listed (), MAX_LISTED);
  facade_bed_assert_get (bed, &sms0, "Text", "(<'text 3'>,)");
  g_free (facade_bed_heard (bed));
  receive ("new");
  facade_bed_assert_events (
      bed, "/modem Deleted(" PATH ("0") ",)|/modem Added(" PATH ("128") ", true)|");
  assert_int_equal (n_listed (), MAX_LISTED);
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath " PATH ("128") ",)", "()");
  at_peer_settle ();
  assert_int_equal (n_listed (), MAX_LISTED); /* an older one has come back, without noise */
  facade_bed_assert_events (
      bed, "/modem Deleted(" PATH ("128") ",)|/modem Added(" PATH ("129") ", false)|");
}

/* ---- drafts ---- */

static void
test_sent (void **state G_GNUC_UNUSED)
{
  publish ();
  create ();
  facade_bed_assert_events (bed, "/modem Added(" PATH ("0") ", false)|");
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 0>,)");
  send_draft ("+CMGS: 7|OK", "()");
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 5>,)");
  facade_bed_assert_get (bed, &sms0, "PduType", "(<uint32 2>,)");
  facade_bed_assert_events (bed, "");
  assert_int_equal (n_listed (), 1);
  facade_bed_assert_call (bed, &sms0, "Send", "()", "WrongState");
}

/* Twice the same: each is what it has become. */
static void
test_twins (void **state G_GNUC_UNUSED)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  publish ();
  create ();
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("Hello"), "(" PATH ("1") ",)");
  facade_bed_begin (bed, bed->client, &sms0, "Send", "()", &first);
  facade_bed_begin (bed, bed->client, &sms1, "Send", "()", &second);
  (void)take ("+CMGS: 7|OK");
  (void)take ("+CMS ERROR: 500");
  facade_bed_wait (&first);
  facade_bed_wait (&second);
  assert_string_equal (first, "()");
  assert_string_not_equal (second, "()");
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 5>,)");
  facade_bed_assert_get (bed, &sms1, "State", "(<uint32 1>,)");
  assert_int_equal (n_listed (), 2);
}

static void
test_failed (void **state G_GNUC_UNUSED)
{
  g_autofree char *sent = NULL;

  publish ();
  create ();
  send_draft ("+CMS ERROR: 500", "Unknown");
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 1>,)");
  facade_bed_begin (bed, bed->client, &sms0, "Send", "()", &sent);
  at_peer_answer (bed->session->peer, "AT+CMGL=4", "OK"); /* it could have been there, too */
  (void)take ("+CMGS: 8|OK");
  facade_bed_wait (&sent);
  assert_string_equal (sent, "()");
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 5>,)");
  assert_int_equal (n_listed (), 1);
  assert_string_equal (message_bed_list (bed->session, "", "State"), "sent|");
}

/* Where the clock is wrong, what is sent is older than all that is listed, and goes from the list
 * in the moment in which it is sent. */
static void
test_sent_long_ago (void **state G_GNUC_UNUSED)
{
  g_auto (GStrv)   lines = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sent = NULL;

  message_bed_ahead = 60 * 60 * 24 * 365 * 20;
  receive_many (MAX_LISTED);
  lines
      = g_strsplit (message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, "x", 1, 1)), "|", 2);
  message_bed_ahead = 0;
  text = g_strdup_printf ("\r\n%s\r\n%s\r\n\r\n+CMGS: 7\r\n\r\nOK\r\n", lines[0], lines[1]);
  publish ();
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("Hello"), "(" PATH ("128") ",)");
  facade_bed_begin (bed, bed->client, &sms128, "Send", "()", &sent);
  (void)take (NULL);
  at_peer_say (bed->session->peer, text);
  facade_bed_wait (&sent);
  assert_string_equal (sent, "()");
  assert_int_equal (n_listed (), MAX_LISTED);
}

/* Nobody waits any more: the message goes nevertheless, once. */
static void
test_caller_left (void **state G_GNUC_UNUSED)
{
  GDBusConnection *other = facade_bed_connect ();

  publish ();
  create ();
  facade_bed_begin (bed, other, &sms0, "Send", "()", NULL);
  while (strcmp (facade_bed_get (bed, &sms0, "State"), "(<uint32 4>,)") != 0)
    at_peer_settle ();
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath " PATH ("0") ",)", "InProgress");
  facade_bed_assert_call (bed, &sms0, "Send", "()", "InProgress");
  g_dbus_connection_close_sync (other, NULL, NULL);
  g_object_unref (other);
  (void)take ("+CMGS: 7|OK");
  at_peer_settle ();
  facade_bed_assert_get (bed, &sms0, "State", "(<uint32 5>,)");
  assert_int_equal (n_listed (), 1);
  assert_string_equal (message_bed_list (bed->session, "", "State"), "sent|");
}

/* It waits for its turn, and somebody deletes it. */
static void
test_deleted_in_the_queue (void **state G_GNUC_UNUSED)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  publish ();
  create ();
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("later"), "(" PATH ("1") ",)");
  facade_bed_begin (bed, bed->client, &sms0, "Send", "()", &first);
  facade_bed_begin (bed, bed->client, &sms1, "Send", "()", &second);
  while (strcmp (facade_bed_get (bed, &sms1, "State"), "(<uint32 4>,)") != 0)
    at_peer_settle ();
  session_bed_call_object (bed->session, "Messaging1", 2, "Delete", "()");
  facade_bed_wait (&second);
  assert_string_equal (second, "NotFound");
  facade_bed_assert_get (bed, &messaging, "Messages", "(<[objectpath " PATH ("0") "]>,)");
  (void)take ("+CMGS: 7|OK");
  facade_bed_wait (&first);
  assert_string_equal (first, "()");
}

/* The module goes, and the object, while it is being sent. */
static void
test_freed (void **state G_GNUC_UNUSED)
{
  g_autofree char *sent = NULL;

  publish ();
  create ();
  facade_bed_begin (bed, bed->client, &sms0, "Send", "()", &sent);
  while (strcmp (facade_bed_get (bed, &sms0, "State"), "(<uint32 4>,)") != 0)
    at_peer_settle ();
  g_clear_pointer (&bed->object, mm1_object_free);
  facade_bed_wait (&sent);
  assert_string_equal (sent, "Aborted");
}

static void
test_gone (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "gone");
  g_autofree char   *sent = NULL;

  publish ();
  receive ("Moin");
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("Hello"), "(" PATH ("1") ",)");
  facade_bed_begin (bed, bed->client, &sms1, "Send", "()", &sent);
  while (strcmp (facade_bed_get (bed, &sms1, "State"), "(<uint32 4>,)") != 0)
    at_peer_settle ();
  mu_session_stop (bed->session->session, gone);
  facade_bed_wait (&sent);
  assert_string_equal (sent, "Aborted");
  at_peer_settle ();
  mm1_object_remove_service (bed->object, session_bed_service (bed->session, "Messaging1"));
  at_peer_settle ();
  facade_bed_assert_call (bed, &messaging, "Create", TEXT ("later"), "(" PATH ("2") ",)");
}

static void
test_options (void **state G_GNUC_UNUSED)
{
  g_autofree char *sent = NULL;
  Tpdu             tpdu;

  publish ();
  facade_bed_assert_call (bed, &messaging, "Create",
                          "({'number': <'" ANNA "'>, 'text': <'x'>, 'class': <1>, "
                          "'delivery-report-request': <true>, 'smsc': <'+8613800755500'>, "
                          "'validity': <(uint32 1, <uint32 5>)>},)",
                          "(" PATH ("0") ",)");
  facade_bed_assert_get (bed, &sms0, "Class", "(<1>,)");
  facade_bed_assert_get (bed, &sms0, "DeliveryReportRequest", "(<true>,)");
  facade_bed_assert_get (bed, &sms0, "Validity", "(<(uint32 1, <uint32 5>)>,)");
  facade_bed_begin (bed, bed->client, &sms0, "Send", "()", &sent);
  tpdu = take ("+CMGS: 7|OK");
  facade_bed_wait (&sent);
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

  publish ();
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    facade_bed_assert_call (bed, &messaging, "Create", bad[i], "InvalidArgs");
  for (gsize i = 0; i < G_N_ELEMENTS (unsupported); i++)
    facade_bed_assert_call (bed, &messaging, "Create", unsupported[i], "Unsupported");
  facade_bed_assert_call (bed, &messaging, "Delete", "(objectpath '/x',)", "NotFound");
  create ();
  facade_bed_assert_call (bed, &sms0, "Store", "(uint32 0,)", "Unsupported");
}

/* As KDE's library writes every message. */
static void
test_empty_data (void **state G_GNUC_UNUSED)
{
  publish ();
  facade_bed_assert_call (bed, &messaging, "Create",
                          "({'number': <'1'>, 'text': <'x'>, 'data': <@ay []>},)",
                          "(" PATH ("0") ",)");
  facade_bed_assert_get (bed, &sms0, "Text", "(<'x'>,)");
  facade_bed_assert_get (bed, &sms0, "Data", "(<@ay []>,)");
}

static void
test_drafts_are_limited (void **state G_GNUC_UNUSED)
{
  publish ();
  for (guint i = 0; i < 100; i++)
    assert_non_null (strstr (facade_bed_call (bed, &messaging, "Create", TEXT ("x")), "/SMS/"));
  assert_int_equal (n_listed (), 32);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

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
  return cmocka_run_group_tests (tests, NULL, NULL);
}

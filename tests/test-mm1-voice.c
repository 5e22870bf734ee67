/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's calls: drafts, which call they become, what is left of them, and callers who go. */
#include "facade-bed.h"
#include "mu-error.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

#define CHECK_MS 300 /* see mu-voice.c */

static FacadeBed *bed;

static const FacadeTarget voice = { NULL, "Modem.Voice" };
static const FacadeTarget call0 = { "/Call/0", "Call" }, call1 = { "/Call/1", "Call" };

static int
set_up (void **state G_GNUC_UNUSED)
{
  static const Mm1InterfaceClass *const classes[] = { &mm1_voice_class };

  bed = facade_bed_new (session_bed_new ());
  session_bed_start (bed->session, NULL, 0);
  mm1_object_publish (bed->object, classes, G_N_ELEMENTS (classes));
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  SessionBed *session = bed->session;

  facade_bed_free (bed);
  session_bed_free (session);
  return 0;
}

static void
assert_heard (const char *expected)
{
  g_autofree char *heard = facade_bed_heard (bed);

  assert_string_equal (heard, expected);
}

static void
check (const char *listed)
{
  g_autofree char *lines = g_strconcat (listed, listed[0] != '\0' ? "|OK" : "OK", NULL);

  mu_timer_advance (CHECK_MS);
  at_peer_answer (bed->session->peer, "AT+CLCC", lines);
  at_peer_settle ();
}

static void
answer_next (const char *command, const char *lines)
{
  at_peer_answer (bed->session->peer, command, lines);
  at_peer_settle ();
}

#define DRAFT(number) "({'number': <'" number "'>},)"

static void
create (void)
{
  facade_bed_assert_call (bed, &voice, "CreateCall", DRAFT ("+4930123"),
                          "('/org/freedesktop/ModemManager1/Call/0',)");
}

/* The draft becomes call 1 of Voice1. */
static void
start (void)
{
  g_autofree char *answer = NULL;

  facade_bed_begin (bed, bed->client, &call0, "Start", "()", &answer);
  at_peer_expect (bed->session->peer, "ATD+4930123;");
  session_bed_say (bed->session, "^ORIG: 1,0");
  session_bed_say (bed->session, "OK");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "()");
}

static void
test_started (void **state G_GNUC_UNUSED)
{
  create ();
  facade_bed_assert_get (bed, &call0, "State", "(<0>,)");
  facade_bed_assert_get (bed, &call0, "Number", "(<'+4930123'>,)");
  start ();
  facade_bed_assert_events (bed, "/modem CallAdded('/org/freedesktop/ModemManager1/Call/0',)|"
                                 "/Call/0 StateChanged(0, 1, 1)|");
  facade_bed_assert_get (bed, &voice, "Calls",
                         "(<[objectpath '/org/freedesktop/ModemManager1/Call/0']>,)");
  session_bed_say (bed->session, "^CONF: 1");
  session_bed_say (bed->session, "^CONN: 1,0");
  facade_bed_assert_events (bed, "/Call/0 StateChanged(1, 2, 1)|/Call/0 StateChanged(2, 4, 3)|");
  facade_bed_assert_call (bed, &call0, "Start", "()", "WrongState");
  session_bed_say (bed->session, "^CEND: 1,5,104,16");
  facade_bed_assert_events (bed, "/Call/0 StateChanged(4, 7, 4)|");
  facade_bed_assert_get (bed, &call0, "State", "(<7>,)");
  facade_bed_assert_get (bed, &call0, "StateReason", "(<4>,)");
  facade_bed_assert_call (bed, &call0, "Start", "()", "WrongState");
  facade_bed_assert_call (bed, &call0, "Hangup", "()", "WrongState");
  facade_bed_assert_call (bed, &voice, "DeleteCall",
                          "(objectpath '/org/freedesktop/ModemManager1/Call/0',)", "()");
  assert_heard ("/modem PropertiesChanged('org.freedesktop.ModemManager1.Modem.Voice', "
                "{'Calls': <@ao []>}, [])\n"
                "/modem CallDeleted('/org/freedesktop/ModemManager1/Call/0',)\n");
  facade_bed_assert_call (bed, &call0, "Hangup", "()", "UnknownMethod");
}

/* A dialler that quits hangs up and does not wait. */
static void
test_hangs_up_and_leaves (void **state G_GNUC_UNUSED)
{
  GDBusConnection *other = facade_bed_connect ();

  create ();
  start ();
  session_bed_say (bed->session, "^CONN: 1,0");
  mu_timer_advance (CHECK_MS);
  at_peer_expect (bed->session->peer, "AT+CLCC");
  facade_bed_begin (bed, other, &call0, "Hangup", "()", NULL);
  (void)facade_bed_get (bed, &voice, "Calls"); /* it has come by then */
  at_peer_settle ();
  g_dbus_connection_close_sync (other, NULL, NULL);
  g_object_unref (other);
  (void)facade_bed_get (bed, &voice, "Calls"); /* the bus has told */
  at_peer_settle ();
  session_bed_say (bed->session, "+CLCC: 1,0,0,0,0,\"+4930123\",145|OK");
  answer_next ("AT+CHUP", "OK");
  session_bed_say (bed->session, "^CEND: 1,5,102,16");
  facade_bed_assert_get (bed, &call0, "State", "(<7>,)");
}

static void
test_hung_up_at_once (void **state G_GNUC_UNUSED)
{
  g_autofree char *started = NULL;
  g_autofree char *hung_up = NULL;

  create ();
  facade_bed_begin (bed, bed->client, &call0, "Start", "()", &started);
  at_peer_expect (bed->session->peer, "ATD+4930123;");
  facade_bed_begin (bed, bed->client, &call0, "Hangup", "()", &hung_up);
  facade_bed_assert_call (bed, &call0, "Hangup", "()", "InProgress"); /* one is enough */
  assert_null (hung_up);
  session_bed_say (bed->session, "^ORIG: 1,0|OK");
  answer_next ("AT+CHUP", "OK");
  facade_bed_wait (&started);
  facade_bed_wait (&hung_up);
  assert_string_equal (started, "()");
  assert_string_equal (hung_up, "()");
  session_bed_say (bed->session, "^CEND: 1,0,102,16");
  facade_bed_assert_get (bed, &call0, "State", "(<7>,)");
}

/* The second of two has no number of the module's before ^ORIG. */
static void
test_second_hung_up_at_once (void **state G_GNUC_UNUSED)
{
  g_autofree char *started = NULL;
  g_autofree char *hung_up = NULL;

  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,0,0,0,\"030123\",129");
  facade_bed_assert_call (bed, &voice, "CreateCall", DRAFT ("+4930123"),
                          "('/org/freedesktop/ModemManager1/Call/1',)");
  facade_bed_begin (bed, bed->client, &call1, "Start", "()", &started);
  at_peer_expect (bed->session->peer, "ATD+4930123;");
  session_bed_say (bed->session, "OK");
  facade_bed_wait (&started);
  facade_bed_begin (bed, bed->client, &call1, "Hangup", "()", &hung_up);
  (void)facade_bed_get (bed, &voice, "Calls"); /* it has come by then */
  assert_null (hung_up);
  session_bed_say (bed->session, "^ORIG: 2,0");
  session_bed_say (bed->session, "^CONF: 2");
  answer_next ("AT+CHLD=12", "OK");
  facade_bed_wait (&hung_up);
  assert_string_equal (hung_up, "()");
}

static void
test_hung_up_without_a_call (void **state G_GNUC_UNUSED)
{
  g_autofree char *started = NULL;
  g_autofree char *hung_up = NULL;

  create ();
  facade_bed_begin (bed, bed->client, &call0, "Start", "()", &started);
  at_peer_expect (bed->session->peer, "ATD+4930123;");
  facade_bed_begin (bed, bed->client, &call0, "Hangup", "()", &hung_up);
  (void)facade_bed_get (bed, &voice, "Calls"); /* it has come by then */
  session_bed_say (bed->session, "ERROR");
  facade_bed_wait (&started);
  facade_bed_wait (&hung_up);
  assert_string_not_equal (started, "()");
  assert_string_equal (hung_up, "()");
  facade_bed_assert_get (bed, &call0, "State", "(<7>,)");
}

/* The object goes meanwhile. */
static void
test_hung_up_and_freed (void **state G_GNUC_UNUSED)
{
  g_autofree char *started = NULL;
  g_autofree char *hung_up = NULL;

  create ();
  facade_bed_begin (bed, bed->client, &call0, "Start", "()", &started);
  at_peer_expect (bed->session->peer, "ATD+4930123;");
  facade_bed_begin (bed, bed->client, &call0, "Hangup", "()", &hung_up);
  (void)facade_bed_get (bed, &voice, "Calls");
  g_clear_pointer (&bed->object, mm1_object_free);
  facade_bed_wait (&started);
  facade_bed_wait (&hung_up);
  assert_string_equal (started, "Aborted");
}

/* The properties are there before the signal is. */
static void
test_order (void **state G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,4,0,0,\"030123\",129");
  g_free (facade_bed_heard (bed));
  session_bed_say (bed->session, "^CONN: 1,0");
  heard = facade_bed_heard (bed);
  assert_non_null (strstr (heard, "'State': <4>"));
  assert_true (strstr (heard, "'State': <4>") < strstr (heard, "StateChanged"));
}

/* No ^ORIG came before the answer. */
static void
test_told_late (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  create ();
  facade_bed_begin (bed, bed->client, &call0, "Start", "()", &answer);
  answer_next ("ATD+4930123;", "OK");
  facade_bed_wait (&answer);
  session_bed_say (bed->session, "^ORIG: 1,0");
  facade_bed_assert_get (bed, &voice, "Calls",
                         "(<[objectpath '/org/freedesktop/ModemManager1/Call/0']>,)");
  facade_bed_assert_get (bed, &call0, "State", "(<1>,)");
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  create ();
  facade_bed_begin (bed, bed->client, &call0, "Start", "()", &answer);
  answer_next ("ATD+4930123;", "NO CARRIER");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "NoCarrier");
  facade_bed_assert_events (bed, "/modem CallAdded('/org/freedesktop/ModemManager1/Call/0',)|"
                                 "/Call/0 StateChanged(0, 7, 6)|");
  check ("");
  facade_bed_assert_call (bed, &call0, "Start", "()", "WrongState");
}

/* Who dialled has left: the call goes on, as one of its own. */
static void
test_caller_left (void **state G_GNUC_UNUSED)
{
  GDBusConnection *other = facade_bed_connect ();

  create ();
  facade_bed_begin (bed, other, &call0, "Start", "()", NULL);
  at_peer_expect (bed->session->peer, "ATD+4930123;");
  facade_bed_assert_call (bed, &voice, "DeleteCall",
                          "(objectpath '/org/freedesktop/ModemManager1/Call/0',)", "InProgress");
  g_dbus_connection_close_sync (other, NULL, NULL);
  g_object_unref (other);
  while (strstr (facade_bed_call (bed, &voice, "DeleteCall",
                                  "(objectpath '/org/freedesktop/ModemManager1/Call/0',)"),
                 "InProgress")
         != NULL)
    at_peer_settle ();
  session_bed_say (bed->session, "^ORIG: 1,0");
  session_bed_say (bed->session, "OK");
  facade_bed_assert_get (bed, &voice, "Calls",
                         "(<[objectpath '/org/freedesktop/ModemManager1/Call/1']>,)");
  facade_bed_assert_get (bed, &call1, "State", "(<1>,)");
}

/* The module goes while a call is being started, and while there is one. */
static void
test_gone (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "gone");
  g_autofree char   *answer = NULL;

  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,4,0,0,\"030123\",129");
  facade_bed_assert_call (bed, &voice, "CreateCall", DRAFT ("1"),
                          "('/org/freedesktop/ModemManager1/Call/1',)");
  facade_bed_begin (bed, bed->client, &call0, "Accept", "()", &answer);
  at_peer_expect (bed->session->peer, "ATA");
  mu_session_stop (bed->session->session, gone);
  facade_bed_wait (&answer);
  assert_string_equal (answer, "Aborted");
  facade_bed_assert_get (bed, &call0, "State", "(<7>,)");
  facade_bed_assert_get (bed, &call0, "StateReason", "(<6>,)");
  facade_bed_assert_get (bed, &call1, "State", "(<0>,)");
}

/* The object goes while somebody waits. */
static void
test_freed (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  create ();
  facade_bed_begin (bed, bed->client, &call0, "Start", "()", &answer);
  at_peer_expect (bed->session->peer, "ATD+4930123;");
  g_clear_pointer (&bed->object, mm1_object_free);
  facade_bed_wait (&answer);
  assert_string_equal (answer, "Aborted");
  session_bed_say (bed->session, "^ORIG: 1,0");
  session_bed_say (bed->session, "OK");
}

static void
test_denied (void **state G_GNUC_UNUSED)
{
  facade_bed_denied = "org.mu709.voice";
  facade_bed_assert_call (bed, &voice, "CreateCall", DRAFT ("1"), "Unauthorized");
  facade_bed_assert_call (bed, &voice, "HangupAll", "()", "Unauthorized");
  facade_bed_assert_call (bed, &voice, "ListCalls", "()", "([],)");
  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,4,0,0,\"030123\",129");
  facade_bed_assert_call (bed, &call0, "Accept", "()", "Unauthorized");
  facade_bed_denied = NULL;
  facade_bed_assert_call (bed, &voice, "CreateCall", DRAFT ("1"),
                          "('/org/freedesktop/ModemManager1/Call/1',)");
  facade_bed_denied = "org.mu709.voice";
  facade_bed_assert_call (bed, &call1, "Start", "()", "Unauthorized");
  facade_bed_assert_get (bed, &call1, "State", "(<0>,)");
  facade_bed_assert_call (bed, &voice, "DeleteCall",
                          "(objectpath '/org/freedesktop/ModemManager1/Call/0',)", "Unauthorized");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  facade_bed_assert_call (bed, &voice, "CreateCall", "(@a{sv} {},)", "InvalidArgs");
  facade_bed_assert_call (bed, &voice, "CreateCall", "({'number': <5>},)", "InvalidArgs");
  facade_bed_assert_call (bed, &voice, "CreateCall", "({'number': <'1'>, 'nonsense': <'1'>},)",
                          "InvalidArgs");
  facade_bed_assert_call (bed, &voice, "DeleteCall", "(objectpath '/x',)", "NotFound");
  facade_bed_assert_call (bed, &voice, "HoldAndAccept", "()", "WrongState");
  facade_bed_assert_call (bed, &voice, "HangupAndAccept", "()", "WrongState");
  create ();
  facade_bed_assert_call (bed, &call0, "Accept", "()", "WrongState");
  facade_bed_assert_call (bed, &call0, "SendDtmf", "('1',)", "WrongState");
  facade_bed_assert_call (bed, &call0, "LeaveMultiparty", "()", "Unsupported");
  facade_bed_assert_call (bed, &call0, "Deflect", "('1',)", "Unsupported");
}

static void
begin_two (void)
{
  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,0,0,0,\"030123\",129|+CLCC: 2,1,5,0,0,\"030124\",129");
}

static void
control (const char *method, const char *command, const char *listed)
{
  g_autofree char *answer = NULL;

  facade_bed_begin (bed, bed->client, &voice, method, "()", &answer);
  answer_next (command, "OK");
  at_peer_answer (bed->session->peer, "AT+CLCC", listed);
  facade_bed_wait (&answer);
  assert_string_equal (answer, "()");
}

static void
test_several (void **state G_GNUC_UNUSED)
{
  begin_two ();
  facade_bed_assert_get (bed, &call0, "State", "(<4>,)");
  facade_bed_assert_get (bed, &call1, "State", "(<6>,)");
  control ("HoldAndAccept", "AT+CHLD=2",
           "+CLCC: 1,1,1,0,0,\"030123\",129|+CLCC: 2,1,0,0,0,\"030124\",129|OK");
  facade_bed_assert_get (bed, &call0, "State", "(<5>,)");
  control ("HoldAndAccept", "AT+CHLD=2",
           "+CLCC: 1,1,0,0,0,\"030123\",129|+CLCC: 2,1,5,0,0,\"030124\",129|OK");
  control ("HangupAndAccept", "AT+CHLD=1", "+CLCC: 2,1,0,0,0,\"030124\",129|OK");
}

/* All of a conference, then the one that is held. */
static void
test_conference_ended (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,0,0,1,\"1\",129|+CLCC: 2,1,0,0,1,\"2\",129|+CLCC: 3,1,1,0,0,\"3\",129");
  facade_bed_assert_get (bed, &call0, "Multiparty", "(<true>,)");
  facade_bed_begin (bed, bed->client, &voice, "HangupAndAccept", "()", &answer);
  at_peer_answer (bed->session->peer, "AT+CHLD=11", "OK");
  at_peer_answer (bed->session->peer, "AT+CHLD=12", "OK");
  at_peer_answer (bed->session->peer, "AT+CHLD=2", "OK");
  at_peer_answer (bed->session->peer, "AT+CLCC", "+CLCC: 3,1,0,0,0,\"3\",129|OK");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "()");
}

/* A call that ends while its turn has not come is passed over; an error ends it. */
static void
test_conference_error (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,0,0,1,\"1\",129|+CLCC: 2,1,0,0,1,\"2\",129|+CLCC: 3,1,1,0,0,\"3\",129");
  facade_bed_begin (bed, bed->client, &voice, "HangupAndAccept", "()", &answer);
  at_peer_expect (bed->session->peer, "AT+CHLD=11");
  session_bed_say (bed->session, "^CEND: 2,5,104,16");
  session_bed_say (bed->session, "OK");
  at_peer_answer (bed->session->peer, "AT+CHLD=2", "ERROR");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "Failed");
}

/* What has begun is done, and nothing more. */
static void
test_conference_and_leaves (void **state G_GNUC_UNUSED)
{
  GDBusConnection *other = facade_bed_connect ();

  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,0,0,1,\"1\",129|+CLCC: 2,1,0,0,1,\"2\",129|+CLCC: 3,1,1,0,0,\"3\",129");
  facade_bed_begin (bed, other, &voice, "HangupAndAccept", "()", NULL);
  at_peer_expect (bed->session->peer, "AT+CHLD=11");
  g_dbus_connection_close_sync (other, NULL, NULL);
  g_object_unref (other);
  (void)facade_bed_get (bed, &voice, "Calls"); /* the bus has told */
  session_bed_say (bed->session, "OK");
  at_peer_settle ();
  at_peer_expect_nothing (bed->session->peer);
}

/* A dialler that never deletes anything. */
static void
test_limits (void **state G_GNUC_UNUSED)
{
  const char *calls;
  guint       n = 0;

  for (guint i = 0; i < 100; i++)
    {
      session_bed_say (bed->session, "RING");
      check ("+CLCC: 1,1,4,0,0,\"030123\",129");
      session_bed_say (bed->session, "^CEND: 1,0,104,16");
      assert_string_not_equal (facade_bed_call (bed, &voice, "CreateCall", DRAFT ("1")), "");
    }
  for (calls = facade_bed_get (bed, &voice, "Calls"); (calls = strstr (calls, "/Call/")) != NULL;)
    {
      n++;
      calls++;
    }
  assert_int_equal (n, 16 + 16);
}

static void
test_deleted_while_it_lasts (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  session_bed_say (bed->session, "RING");
  check ("+CLCC: 1,1,0,0,0,\"030123\",129");
  facade_bed_begin (bed, bed->client, &voice, "DeleteCall",
                    "(objectpath '/org/freedesktop/ModemManager1/Call/0',)", &answer);
  answer_next ("AT+CHUP", "OK");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "()");
  session_bed_say (bed->session, "^CEND: 1,5,104,16");
  facade_bed_assert_get (bed, &voice, "Calls", "(<@ao []>,)");
  facade_bed_assert_call (bed, &call0, "Hangup", "()", "UnknownMethod");
}

static void
test_call_waiting (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  facade_bed_begin (bed, bed->client, &voice, "CallWaitingQuery", "()", &answer);
  answer_next ("AT+CCWA=1,2", "+CCWA: 1,1|+CCWA: 0,4|OK");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "(true,)");
  g_clear_pointer (&answer, g_free);
  facade_bed_begin (bed, bed->client, &voice, "CallWaitingQuery", "()", &answer);
  answer_next ("AT+CCWA=1,2", "+CCWA: 0,7|OK");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "(false,)");
  g_clear_pointer (&answer, g_free);
  facade_bed_begin (bed, bed->client, &voice, "CallWaitingQuery", "()", &answer);
  answer_next ("AT+CCWA=1,2", "+CCWA: 1|OK"); /* no class: all */
  facade_bed_wait (&answer);
  assert_string_equal (answer, "(true,)");
}

static void
test_emergency_only (void **state G_GNUC_UNUSED)
{
  facade_bed_assert_get (bed, &voice, "EmergencyOnly", "(<false>,)");
  session_bed_say (bed->session, "+CREG: 3");
  facade_bed_assert_get (bed, &voice, "EmergencyOnly", "(<true>,)");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_started),
    TEST (test_hangs_up_and_leaves),
    TEST (test_hung_up_at_once),
    TEST (test_second_hung_up_at_once),
    TEST (test_hung_up_without_a_call),
    TEST (test_hung_up_and_freed),
    TEST (test_order),
    TEST (test_told_late),
    TEST (test_refused),
    TEST (test_caller_left),
    TEST (test_gone),
    TEST (test_freed),
    TEST (test_denied),
    TEST (test_nonsense),
    TEST (test_several),
    TEST (test_conference_ended),
    TEST (test_conference_error),
    TEST (test_conference_and_leaves),
    TEST (test_limits),
    TEST (test_deleted_while_it_lasts),
    TEST (test_call_waiting),
    TEST (test_emergency_only),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

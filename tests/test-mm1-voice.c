/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's calls: drafts, which call they become, what is left of them, and callers who go. */
#include "mm1-bed.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

#define CHECK_MS 300 /* see mu-voice.c */

static void
check (const char *listed)
{
  g_autofree char *lines = g_strconcat (listed, listed[0] != '\0' ? "|OK" : "OK", NULL);

  mu_timer_advance (CHECK_MS);
  mm1_bed_answer ("AT+CLCC", lines);
}

static void
ring (const char *listed)
{
  mm1_bed_say ("RING");
  check (listed);
}

#define DRAFT(number) "({'number': <'" number "'>},)"

static void
create (void)
{
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", DRAFT ("+4930123"), "('" CALL (0) "',)");
}

static const Mm1BedCall *
dial (void)
{
  const Mm1BedCall *call = mm1_bed_begin (CALL (0), "Call", "Start", "()");

  at_peer_expect (mm1_bed->peer, "ATD+4930123;");
  return call;
}

/* The draft becomes call 1 of Voice1. */
static void
start (void)
{
  dial ();
  mm1_bed_say ("^ORIG: 1,0");
  mm1_bed_say ("OK");
  assert_string_equal (mm1_bed_wait (), "()");
}

static void
test_started (void **state G_GNUC_UNUSED)
{
  create ();
  mm1_bed_assert (CALL (0), "Call", "State", "0");
  mm1_bed_assert (CALL (0), "Call", "Number", "'+4930123'");
  start ();
  assert_string_equal (mm1_bed_events (),
                       "/Modem/0 CallAdded('" CALL (0) "',)|/Call/0 StateChanged(0, 1, 1)|");
  mm1_bed_assert (MODEM, "Modem.Voice", "Calls", "[objectpath '" CALL (0) "']");
  mm1_bed_say ("^CONF: 1");
  mm1_bed_say ("^CONN: 1,0");
  assert_string_equal (mm1_bed_events (),
                       "/Call/0 StateChanged(1, 2, 1)|/Call/0 StateChanged(2, 4, 3)|");
  assert_mm1_call (CALL (0), "Call", "Start", "()", "Core.WrongState");
  mm1_bed_say ("^CEND: 1,5,104,16");
  assert_string_equal (mm1_bed_events (), "/Call/0 StateChanged(4, 7, 4)|");
  mm1_bed_assert (CALL (0), "Call", "State", "7");
  mm1_bed_assert (CALL (0), "Call", "StateReason", "4");
  assert_mm1_call (CALL (0), "Call", "Start", "()", "Core.WrongState");
  assert_mm1_call (CALL (0), "Call", "Hangup", "()", "Core.WrongState");
  assert_mm1_call (MODEM, "Modem.Voice", "DeleteCall", "(objectpath '" CALL (0) "',)", "()");
  assert_string_equal (mm1_bed_heard (),
                       "/Modem/0 PropertiesChanged('org.freedesktop.ModemManager1.Modem.Voice', "
                       "{'Calls': <@ao []>}, [])|/Modem/0 CallDeleted('" CALL (0) "',)|");
  assert_mm1_call (CALL (0), "Call", "Hangup", "()", "org.freedesktop.DBus.Error.UnknownMethod");
}

/* A dialler that quits hangs up and does not wait. */
static void
test_hangs_up_and_leaves (void **state G_GNUC_UNUSED)
{
  create ();
  start ();
  mm1_bed_say ("^CONN: 1,0");
  mu_timer_advance (CHECK_MS);
  at_peer_expect (mm1_bed->peer, "AT+CLCC");
  mm1_bed_begin (CALL (0), "Call", "Hangup", "()");
  mm1_bed_settle ();
  mm1_bed_leave ();
  mm1_bed_say ("+CLCC: 1,0,0,0,0,\"+4930123\",145|OK");
  mm1_bed_answer ("AT+CHUP", "OK");
  mm1_bed_say ("^CEND: 1,5,102,16");
  mm1_bed_assert (CALL (0), "Call", "State", "7");
}

static void
test_hung_up_at_once (void **state G_GNUC_UNUSED)
{
  const Mm1BedCall *started, *hung_up;

  create ();
  started = dial ();
  hung_up = mm1_bed_begin (CALL (0), "Call", "Hangup", "()");
  assert_mm1_call (CALL (0), "Call", "Hangup", "()", "Core.InProgress"); /* one is enough */
  assert_null (hung_up->answer);
  mm1_bed_say ("^ORIG: 1,0|OK");
  mm1_bed_answer ("AT+CHUP", "OK");
  assert_string_equal (mm1_bed_wait_for (started), "()");
  assert_string_equal (mm1_bed_wait_for (hung_up), "()");
  mm1_bed_say ("^CEND: 1,0,102,16");
  mm1_bed_assert (CALL (0), "Call", "State", "7");
}

/* The second of two has no number of the module's before ^ORIG. */
static void
test_second_hung_up_at_once (void **state G_GNUC_UNUSED)
{
  const Mm1BedCall *hung_up;

  ring ("+CLCC: 1,1,0,0,0,\"030123\",129");
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", DRAFT ("+4930123"), "('" CALL (1) "',)");
  mm1_bed_begin (CALL (1), "Call", "Start", "()");
  at_peer_expect (mm1_bed->peer, "ATD+4930123;");
  mm1_bed_say ("OK");
  mm1_bed_wait ();
  hung_up = mm1_bed_begin (CALL (1), "Call", "Hangup", "()");
  mm1_bed_settle ();
  assert_null (hung_up->answer);
  mm1_bed_say ("^ORIG: 2,0");
  mm1_bed_say ("^CONF: 2");
  mm1_bed_answer ("AT+CHLD=12", "OK");
  assert_string_equal (mm1_bed_wait_for (hung_up), "()");
}

static void
test_hung_up_without_a_call (void **state G_GNUC_UNUSED)
{
  const Mm1BedCall *started, *hung_up;

  create ();
  started = dial ();
  hung_up = mm1_bed_begin (CALL (0), "Call", "Hangup", "()");
  mm1_bed_settle ();
  mm1_bed_say ("ERROR");
  assert_string_not_equal (mm1_bed_wait_for (started), "()");
  assert_string_equal (mm1_bed_wait_for (hung_up), "()");
  mm1_bed_assert (CALL (0), "Call", "State", "7");
}

/* The object goes meanwhile. */
static void
test_hung_up_and_freed (void **state G_GNUC_UNUSED)
{
  const Mm1BedCall *started, *hung_up;

  create ();
  started = dial ();
  hung_up = mm1_bed_begin (CALL (0), "Call", "Hangup", "()");
  mm1_bed_settle ();
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_string_equal (mm1_bed_wait_for (started), "Core.Aborted");
  mm1_bed_wait_for (hung_up);
}

/* The properties are there before the signal is. */
static void
test_order (void **state G_GNUC_UNUSED)
{
  const char *heard;

  ring ("+CLCC: 1,1,4,0,0,\"030123\",129");
  mm1_bed_heard ();
  mm1_bed_say ("^CONN: 1,0");
  heard = mm1_bed_heard ();
  assert_non_null (strstr (heard, "'State': <4>"));
  assert_true (strstr (heard, "'State': <4>") < strstr (heard, "StateChanged"));
}

/* No ^ORIG came before the answer. */
static void
test_told_late (void **state G_GNUC_UNUSED)
{
  create ();
  mm1_bed_begin (CALL (0), "Call", "Start", "()");
  mm1_bed_answer ("ATD+4930123;", "OK");
  mm1_bed_wait ();
  mm1_bed_say ("^ORIG: 1,0");
  mm1_bed_assert (MODEM, "Modem.Voice", "Calls", "[objectpath '" CALL (0) "']");
  mm1_bed_assert (CALL (0), "Call", "State", "1");
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  create ();
  mm1_bed_begin (CALL (0), "Call", "Start", "()");
  mm1_bed_answer ("ATD+4930123;", "NO CARRIER");
  assert_string_equal (mm1_bed_wait (), "Connection.NoCarrier");
  assert_string_equal (mm1_bed_events (),
                       "/Modem/0 CallAdded('" CALL (0) "',)|/Call/0 StateChanged(0, 7, 6)|");
  check ("");
  assert_mm1_call (CALL (0), "Call", "Start", "()", "Core.WrongState");
}

/* Who dialled has left: the call goes on, as one of its own. */
static void
test_caller_left (void **state G_GNUC_UNUSED)
{
  create ();
  dial ();
  assert_mm1_call (MODEM, "Modem.Voice", "DeleteCall", "(objectpath '" CALL (0) "',)",
                   "Core.InProgress");
  mm1_bed_leave ();
  assert_mm1_call (MODEM, "Modem.Voice", "DeleteCall", "(objectpath '" CALL (0) "',)", "()");
  mm1_bed_say ("^ORIG: 1,0");
  mm1_bed_say ("OK");
  mm1_bed_assert (MODEM, "Modem.Voice", "Calls", "[objectpath '" CALL (1) "']");
  mm1_bed_assert (CALL (1), "Call", "State", "1");
}

/* The module goes while a call is being started, and while there is one. */
static void
test_gone (void **state G_GNUC_UNUSED)
{
  ring ("+CLCC: 1,1,4,0,0,\"030123\",129");
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", DRAFT ("1"), "('" CALL (1) "',)");
  mm1_bed_begin (CALL (0), "Call", "Accept", "()");
  at_peer_expect (mm1_bed->peer, "ATA");
  session_bed_unplug (mm1_bed);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
  mm1_bed_assert (CALL (0), "Call", "State", "7");
  mm1_bed_assert (CALL (0), "Call", "StateReason", "6");
  mm1_bed_assert (CALL (1), "Call", "State", "0");
}

/* The object goes while somebody waits. */
static void
test_freed (void **state G_GNUC_UNUSED)
{
  create ();
  dial ();
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
  mm1_bed_say ("^ORIG: 1,0");
  mm1_bed_say ("OK");
}

static void
test_denied (void **state G_GNUC_UNUSED)
{
  mm1_bed_policy ("org.mu709.voice");
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", DRAFT ("1"), "Core.Unauthorized");
  assert_mm1_call (MODEM, "Modem.Voice", "HangupAll", "()", "Core.Unauthorized");
  assert_mm1_call (MODEM, "Modem.Voice", "ListCalls", "()", "([],)");
  ring ("+CLCC: 1,1,4,0,0,\"030123\",129");
  assert_mm1_call (CALL (0), "Call", "Accept", "()", "Core.Unauthorized");
  mm1_bed_policy ("yes");
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", DRAFT ("1"), "('" CALL (1) "',)");
  mm1_bed_policy ("org.mu709.voice");
  assert_mm1_call (CALL (1), "Call", "Start", "()", "Core.Unauthorized");
  mm1_bed_assert (CALL (1), "Call", "State", "0");
  assert_mm1_call (MODEM, "Modem.Voice", "DeleteCall", "(objectpath '" CALL (0) "',)",
                   "Core.Unauthorized");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", "(@a{sv} {},)", "Core.InvalidArgs");
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", "({'number': <5>},)", "Core.InvalidArgs");
  assert_mm1_call (MODEM, "Modem.Voice", "CreateCall", "({'number': <'1'>, 'nonsense': <'1'>},)",
                   "Core.InvalidArgs");
  assert_mm1_call (MODEM, "Modem.Voice", "DeleteCall", "(objectpath '/x',)", "Core.NotFound");
  assert_mm1_call (MODEM, "Modem.Voice", "HoldAndAccept", "()", "Core.WrongState");
  assert_mm1_call (MODEM, "Modem.Voice", "HangupAndAccept", "()", "Core.WrongState");
  create ();
  assert_mm1_call (CALL (0), "Call", "Accept", "()", "Core.WrongState");
  assert_mm1_call (CALL (0), "Call", "SendDtmf", "('1',)", "Core.WrongState");
  assert_mm1_call (CALL (0), "Call", "LeaveMultiparty", "()", "Core.Unsupported");
  assert_mm1_call (CALL (0), "Call", "Deflect", "('1',)", "Core.Unsupported");
}

static void
control (const char *method, const char *command, const char *listed)
{
  mm1_bed_begin (MODEM, "Modem.Voice", method, "()");
  mm1_bed_answer (command, "OK");
  mm1_bed_answer ("AT+CLCC", listed);
  assert_string_equal (mm1_bed_wait (), "()");
}

static void
test_several (void **state G_GNUC_UNUSED)
{
  ring ("+CLCC: 1,1,0,0,0,\"030123\",129|+CLCC: 2,1,5,0,0,\"030124\",129");
  mm1_bed_assert (CALL (0), "Call", "State", "4");
  mm1_bed_assert (CALL (1), "Call", "State", "6");
  control ("HoldAndAccept", "AT+CHLD=2",
           "+CLCC: 1,1,1,0,0,\"030123\",129|+CLCC: 2,1,0,0,0,\"030124\",129|OK");
  mm1_bed_assert (CALL (0), "Call", "State", "5");
  control ("HoldAndAccept", "AT+CHLD=2",
           "+CLCC: 1,1,0,0,0,\"030123\",129|+CLCC: 2,1,5,0,0,\"030124\",129|OK");
  control ("HangupAndAccept", "AT+CHLD=1", "+CLCC: 2,1,0,0,0,\"030124\",129|OK");
}

/* All of a conference, then the one that is held. */
static void
test_conference_ended (void **state G_GNUC_UNUSED)
{
  ring ("+CLCC: 1,1,0,0,1,\"1\",129|+CLCC: 2,1,0,0,1,\"2\",129|+CLCC: 3,1,1,0,0,\"3\",129");
  mm1_bed_assert (CALL (0), "Call", "Multiparty", "true");
  mm1_bed_begin (MODEM, "Modem.Voice", "HangupAndAccept", "()");
  mm1_bed_answer ("AT+CHLD=11", "OK");
  mm1_bed_answer ("AT+CHLD=12", "OK");
  mm1_bed_answer ("AT+CHLD=2", "OK");
  mm1_bed_answer ("AT+CLCC", "+CLCC: 3,1,0,0,0,\"3\",129|OK");
  assert_string_equal (mm1_bed_wait (), "()");
}

/* A call that ends while its turn has not come is passed over; an error ends it. */
static void
test_conference_error (void **state G_GNUC_UNUSED)
{
  ring ("+CLCC: 1,1,0,0,1,\"1\",129|+CLCC: 2,1,0,0,1,\"2\",129|+CLCC: 3,1,1,0,0,\"3\",129");
  mm1_bed_begin (MODEM, "Modem.Voice", "HangupAndAccept", "()");
  at_peer_expect (mm1_bed->peer, "AT+CHLD=11");
  mm1_bed_say ("^CEND: 2,5,104,16");
  mm1_bed_say ("OK");
  mm1_bed_answer ("AT+CHLD=2", "ERROR");
  assert_string_equal (mm1_bed_wait (), "Core.Failed");
}

/* What has begun is done, and nothing more. */
static void
test_conference_and_leaves (void **state G_GNUC_UNUSED)
{
  ring ("+CLCC: 1,1,0,0,1,\"1\",129|+CLCC: 2,1,0,0,1,\"2\",129|+CLCC: 3,1,1,0,0,\"3\",129");
  mm1_bed_begin (MODEM, "Modem.Voice", "HangupAndAccept", "()");
  at_peer_expect (mm1_bed->peer, "AT+CHLD=11");
  mm1_bed_leave ();
  mm1_bed_say ("OK");
  at_peer_expect_nothing (mm1_bed->peer);
}

/* A dialler that never deletes anything. */
static void
test_limits (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i < 100; i++)
    {
      ring ("+CLCC: 1,1,4,0,0,\"030123\",129");
      mm1_bed_say ("^CEND: 1,0,104,16");
      mm1_bed_begin (MODEM, "Modem.Voice", "CreateCall", DRAFT ("1"));
      assert_string_not_equal (mm1_bed_wait (), "");
    }
  assert_int_equal (mm1_bed_count (MODEM, "Modem.Voice", "Calls"), 16 + 16);
}

static void
test_deleted_while_it_lasts (void **state G_GNUC_UNUSED)
{
  ring ("+CLCC: 1,1,0,0,0,\"030123\",129");
  mm1_bed_begin (MODEM, "Modem.Voice", "DeleteCall", "(objectpath '" CALL (0) "',)");
  mm1_bed_answer ("AT+CHUP", "OK");
  assert_string_equal (mm1_bed_wait (), "()");
  mm1_bed_say ("^CEND: 1,5,104,16");
  mm1_bed_assert (MODEM, "Modem.Voice", "Calls", "@ao []");
  assert_mm1_call (CALL (0), "Call", "Hangup", "()", "org.freedesktop.DBus.Error.UnknownMethod");
}

static void
test_call_waiting (void **state G_GNUC_UNUSED)
{
  mm1_bed_begin (MODEM, "Modem.Voice", "CallWaitingQuery", "()");
  mm1_bed_answer ("AT+CCWA=1,2", "+CCWA: 1,1|+CCWA: 0,4|OK");
  assert_string_equal (mm1_bed_wait (), "(true,)");
  mm1_bed_begin (MODEM, "Modem.Voice", "CallWaitingQuery", "()");
  mm1_bed_answer ("AT+CCWA=1,2", "+CCWA: 0,7|OK");
  assert_string_equal (mm1_bed_wait (), "(false,)");
  mm1_bed_begin (MODEM, "Modem.Voice", "CallWaitingQuery", "()");
  mm1_bed_answer ("AT+CCWA=1,2", "+CCWA: 1|OK"); /* no class: all */
  assert_string_equal (mm1_bed_wait (), "(true,)");
}

static void
test_emergency_only (void **state G_GNUC_UNUSED)
{
  mm1_bed_assert (MODEM, "Modem.Voice", "EmergencyOnly", "false");
  mm1_bed_say ("+CREG: 3");
  mm1_bed_assert (MODEM, "Modem.Voice", "EmergencyOnly", "true");
}

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

  return mm1_bed_run (tests);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "mu-ussd.h"
#include "session-bed.h"

#include <string.h>

static SessionBed *bed;
static GString    *signals; /* "Notification('text',)|" */

static void
on_emitted (MuService *service G_GNUC_UNUSED, const char *signal, GVariant *args,
            gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  g_string_append_printf (signals, "%s%s|", signal, text);
}

static const MuServiceEvents events = { .emitted = on_emitted };

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = session_bed_new ();
  signals = g_string_new (NULL);
  mu_service_observe (session_bed_service (bed, "Ussd1"), &events, signals);
  session_bed_start (bed, NULL, 0);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  mu_service_unobserve (session_bed_service (bed, "Ussd1"), signals);
  session_bed_free (bed);
  g_string_free (signals, TRUE);
  return 0;
}

#define STAR_100 "AT+CUSD=1,\"AA180C3602\",15" /* *100# */
#define ONE      "AT+CUSD=1,\"31\",15"
#define MENU     "+CUSD: 1,\"31850C\",15" /* "1\n2" */
#define HELLO    "+CUSD: 0,\"C8329BFD06\",15"

static void
assert_state (const char *state)
{
  at_peer_settle ();
  assert_property (bed, "Ussd1", "State", state);
}

static void
assert_done (const char *expected)
{
  at_peer_settle ();
  assert_string_equal (bed->done->str, expected);
}

static MuCall *
begin (void)
{
  MuCall *call = session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");

  assert_state ("'active'");
  return call;
}

/* The module has taken the request: now it is the network's turn. */
static MuCall *
begin_and_wait (void)
{
  MuCall *call = begin ();

  at_peer_answer (bed->peer, STAR_100, "OK");
  assert_done ("");
  return call;
}

static void
begin_menu (void)
{
  begin_and_wait ();
  session_bed_say (bed, MENU);
  assert_done ("('1\\n2',)");
  assert_state ("'waiting'");
}

static void
test_answer (void **state G_GNUC_UNUSED)
{
  begin_and_wait ();
  session_bed_say (bed, HELLO);
  assert_done ("('Hello',)");
  assert_state ("'idle'");
  mu_timer_advance (100000);
  at_peer_expect_nothing (bed->peer);
  assert_string_equal (signals->str, "");
}

static void
test_before_ok (void **state G_GNUC_UNUSED)
{
  begin ();
  at_peer_answer (bed->peer, STAR_100, HELLO "|OK");
  assert_done ("('Hello',)");
  assert_state ("'idle'");
  mu_timer_advance (100000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_menu (void **state G_GNUC_UNUSED)
{
  begin_menu ();
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  assert_state ("'active'");
  at_peer_answer (bed->peer, ONE, "OK");
  session_bed_say (bed, HELLO);
  assert_done ("('Hello',)");
  assert_state ("'idle'");
}

/* All <m>; what a session that waits has to hear of them. */
static void
test_outcomes (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *line, *done, *state;
  } rows[] = {
    { "+CUSD: 0", "('',)", "'idle'" },
    { "+CUSD:0,\"Text \"as\" it\nis\",15", "('Text \"as\" it\\nis',)", "'idle'" },
    { "+CUSD: 0,\"AA180C3602\"", "('*100#',)", "'idle'" },
    { "+CUSD: 0,\"04110412\",72", "('БВ',)", "'idle'" },
    { "+CUSD: 2", "NetworkRejected", "'idle'" },
    { "+CUSD: 2,\"C8329BFD06\",15", "('Hello',)", "'idle'" },
    { "+CUSD: 3", "Aborted", "'idle'" },
    { "+CUSD: 4", "NotSupported", "'idle'" },
    { "+CUSD: 5", "Timeout", "'idle'" },
    { "+CUSD: 6", "Modem", "'idle'" },
    { "+CUSD: 1", "('',)", "'waiting'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      begin_and_wait ();
      session_bed_say (bed, rows[i].line);
      assert_done (rows[i].done);
      assert_state (rows[i].state);
    }
  session_bed_say (bed, "+CUSD: 2");
  assert_state ("'idle'");
  assert_string_equal (signals->str, "");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  begin_and_wait ();
  session_bed_say (bed, "+CUSD:|+CUSD: x|+CUSD");
  assert_done ("");
  assert_state ("'active'");
  session_bed_say (bed, HELLO);
  assert_done ("('Hello',)");
}

static void
test_texts (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = g_strnfill (183, '1');
  g_autofree char *args = g_strdup_printf ("('%s',)", text);

  session_bed_call (bed, "Ussd1", "Initiate", "('',)");
  assert_done ("InvalidArgument");
  session_bed_call (bed, "Ussd1", "Initiate", args);
  assert_done ("TooLong");
  assert_state ("'idle'");
  at_peer_expect_nothing (bed->peer);
  session_bed_call (bed, "Ussd1", "Initiate", "('Бы',)");
  at_peer_answer (bed->peer, "AT+CUSD=1,\"0411044B\",72", "OK");
  session_bed_say (bed, HELLO);
  assert_done ("('Hello',)");
}

static void
test_order (void **state G_GNUC_UNUSED)
{
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  assert_done ("NotAllowed");
  begin_menu ();
  session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");
  assert_done ("Busy");
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, ONE, "OK");
  session_bed_call (bed, "Ussd1", "Respond", "('2',)");
  assert_done ("NotAllowed");
  session_bed_say (bed, HELLO);
  assert_state ("'idle'");
}

/* A request that the module does not take changes nothing. */
static void
test_refused (void **state G_GNUC_UNUSED)
{
  begin ();
  at_peer_answer (bed->peer, STAR_100, "+CME ERROR: operation not allowed");
  assert_done ("NotAllowed");
  assert_state ("'idle'");
  begin_menu ();
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, ONE, "ERROR");
  assert_done ("Failed");
  assert_state ("'waiting'");
}

static void
test_cancel (void **state G_GNUC_UNUSED)
{
  begin_menu ();
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  at_peer_expect (bed->peer, "AT+CUSD=2");
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  assert_done ("Busy");
  session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");
  assert_done ("Busy");
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  assert_done ("NotAllowed");
  session_bed_say (bed, "+CUSD: 2|OK"); /* the session's last word is nobody's */
  assert_state ("'idle'");
  assert_string_equal (signals->str, "");
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_done ("()");
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  at_peer_answer (bed->peer, "AT+CUSD=2", "+CME ERROR: operation not allowed");
  assert_done ("NotAllowed");
}

/* Whoever waits is told when the session has ended. */
static void
test_cancel_waiting (void **state G_GNUC_UNUSED)
{
  begin_and_wait ();
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  assert_int_equal (bed->waiting->len, 2);
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_done ("()");
  assert_int_equal (bed->waiting->len, 0);
  assert_state ("'idle'");
}

static void
test_cancel_before_ok (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  at_peer_answer (bed->peer, STAR_100, "OK");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_done ("()");
  assert_int_equal (bed->waiting->len, 0);
  mu_timer_advance (100000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_timeout (void **state G_GNUC_UNUSED)
{
  begin_and_wait ();
  mu_timer_advance (59000);
  at_peer_expect_nothing (bed->peer);
  mu_timer_advance (1000);
  at_peer_expect (bed->peer, "AT+CUSD=2");
  assert_done (""); /* until there can be another one */
  at_peer_say (bed->peer, "\r\nOK\r\n");
  assert_done ("Timeout");
  assert_state ("'idle'");
  begin_menu ();
}

/* The module does not even say OK. */
static void
test_silent (void **state G_GNUC_UNUSED)
{
  begin ();
  at_peer_expect (bed->peer, STAR_100);
  mu_timer_advance (30000);
  at_peer_answer (bed->peer, "AT", "OK");
  at_peer_answer (bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_done ("Timeout");
  assert_state ("'idle'");
}

static void
test_left (void **state G_GNUC_UNUSED)
{
  session_bed_cancel (bed, begin_and_wait ());
  assert_state ("'active'");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_done ("");
  assert_state ("'idle'");
  begin_menu ();
}

static void
test_left_before_ok (void **state G_GNUC_UNUSED)
{
  MuCall *call = begin ();

  at_peer_expect (bed->peer, STAR_100);
  session_bed_cancel (bed, call);
  at_peer_expect_nothing (bed->peer);
  at_peer_say (bed->peer, "\r\nOK\r\n");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_state ("'idle'");
  begin_menu ();
}

/* Somebody leaves while the session is being ended. */
static void
test_left_while_closing (void **state G_GNUC_UNUSED)
{
  MuCall *call = begin_and_wait ();
  MuCall *canceller = session_bed_call (bed, "Ussd1", "Cancel", "()");

  session_bed_cancel (bed, call);
  session_bed_cancel (bed, canceller);
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_state ("'idle'");
  at_peer_expect_nothing (bed->peer);
}

static void
test_notification (void **state G_GNUC_UNUSED)
{
  session_bed_say (bed, HELLO);
  assert_state ("'idle'");
  session_bed_say (bed, MENU);
  assert_state ("'waiting'");
  assert_string_equal (signals->str, "Notification('Hello',)|Notification('1\\n2',)|");
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, ONE, "OK");
  session_bed_say (bed, HELLO);
  assert_done ("('Hello',)");
  session_bed_say (bed, MENU "|+CUSD: 2"); /* the network's patience ends */
  assert_state ("'idle'");
}

static void
test_during_another_command (void **state G_GNUC_UNUSED)
{
  begin_and_wait ();
  session_bed_call (bed, "Network1", "Attach", "()");
  at_peer_expect (bed->peer, "AT+CGATT=1");
  session_bed_say (bed, MENU);
  assert_state ("'waiting'");
  session_bed_say (bed, "ERROR");
  assert_done ("Failed"); /* the last call's */
  assert_int_equal (bed->waiting->len, 0);
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  begin_and_wait ();
  session_bed_say (bed, "^SYSSTART");
  assert_done ("Aborted");
  assert_state ("'idle'");
  at_peer_sync (bed->peer);
  session_bed_play (bed, NULL, 0);
  begin_menu ();
}

static void
test_restart_while_closing (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  at_peer_expect (bed->peer, STAR_100);
  session_bed_say (bed, "^SYSSTART");
  assert_done ("Aborted");
  assert_int_equal (bed->waiting->len, 0);
  assert_state ("'idle'");
  at_peer_sync (bed->peer);
  session_bed_play (bed, NULL, 0);
  begin_menu ();
}

static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  begin ();
  at_peer_hang_up (bed->peer);
  assert_done ("Gone");
  assert_state ("'idle'");
}

static void
test_card_pulled (void **state G_GNUC_UNUSED)
{
  begin_and_wait ();
  session_bed_say (bed, "^SIMST:255,0");
  assert_done ("Aborted");
  assert_state ("'idle'");
  session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");
  assert_done ("SimMissing");
}

static void
test_no_network (void **state G_GNUC_UNUSED)
{
  session_bed_say (bed, "+CREG: 2|+CGREG: 2");
  at_peer_settle ();
  session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");
  assert_done ("NoNetwork");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_answer),
    TEST (test_before_ok),
    TEST (test_menu),
    TEST (test_outcomes),
    TEST (test_nonsense),
    TEST (test_texts),
    TEST (test_order),
    TEST (test_refused),
    TEST (test_cancel),
    TEST (test_cancel_waiting),
    TEST (test_cancel_before_ok),
    TEST (test_timeout),
    TEST (test_silent),
    TEST (test_left),
    TEST (test_left_before_ok),
    TEST (test_left_while_closing),
    TEST (test_notification),
    TEST (test_during_another_command),
    TEST (test_restart),
    TEST (test_restart_while_closing),
    TEST (test_unplugged),
    TEST (test_card_pulled),
    TEST (test_no_network),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

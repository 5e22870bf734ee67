/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How sessions end that the network does not end. */
#include "mu-timer.h"
#include "ussd-bed.h"

static void
test_cancel (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_menu ();
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
  ussd_bed_begin_and_wait ();
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
  ussd_bed_begin ();
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  at_peer_answer (bed->peer, USSD_STAR_100, "OK");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_done ("()");
  assert_int_equal (bed->waiting->len, 0);
  mu_timer_advance (100000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_timeout (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_and_wait ();
  mu_timer_advance (59000);
  at_peer_expect_nothing (bed->peer);
  mu_timer_advance (1000);
  at_peer_expect (bed->peer, "AT+CUSD=2");
  assert_done (""); /* until there can be another one */
  at_peer_say (bed->peer, "\r\nOK\r\n");
  assert_done ("Timeout");
  assert_state ("'idle'");
  ussd_bed_begin_menu ();
}

/* Nobody answers the network, and that it has given up is lost: the next one is not Busy for ever.
 */
static void
test_forgotten_menu (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_menu ();
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, USSD_ONE, "ERROR");
  assert_done ("Failed");
  assert_state ("'waiting'");
  mu_timer_advance (599000);
  at_peer_expect_nothing (bed->peer);
  mu_timer_advance (1000);
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  at_peer_settle ();
  assert_state ("'idle'");
  ussd_bed_begin_menu ();
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, USSD_ONE, "OK");
  session_bed_say (bed, USSD_HELLO);
  mu_timer_advance (600000);
  at_peer_expect_nothing (bed->peer);
}

/* The module does not even say OK. */
static void
test_silent (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin ();
  at_peer_expect (bed->peer, USSD_STAR_100);
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
  session_bed_cancel (bed, ussd_bed_begin_and_wait ());
  assert_state ("'active'");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_done ("");
  assert_state ("'idle'");
  ussd_bed_begin_menu ();
}

static void
test_left_before_ok (void **state G_GNUC_UNUSED)
{
  MuCall *call = ussd_bed_begin ();

  at_peer_expect (bed->peer, USSD_STAR_100);
  session_bed_cancel (bed, call);
  at_peer_expect_nothing (bed->peer);
  at_peer_say (bed->peer, "\r\nOK\r\n");
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_state ("'idle'");
  ussd_bed_begin_menu ();
}

/* Somebody leaves while the session is being ended. */
static void
test_left_while_closing (void **state G_GNUC_UNUSED)
{
  MuCall *call = ussd_bed_begin_and_wait ();
  MuCall *canceller = session_bed_call (bed, "Ussd1", "Cancel", "()");

  session_bed_cancel (bed, call);
  session_bed_cancel (bed, canceller);
  at_peer_answer (bed->peer, "AT+CUSD=2", "OK");
  assert_state ("'idle'");
  at_peer_expect_nothing (bed->peer);
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_and_wait ();
  session_bed_say (bed, "^SYSSTART");
  assert_done ("Aborted");
  assert_state ("'idle'");
  at_peer_sync (bed->peer);
  session_bed_play (bed, NULL, 0);
  ussd_bed_begin_menu ();
}

static void
test_restart_while_closing (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin ();
  session_bed_call (bed, "Ussd1", "Cancel", "()");
  at_peer_expect (bed->peer, USSD_STAR_100);
  session_bed_say (bed, "^SYSSTART");
  assert_done ("Aborted");
  assert_int_equal (bed->waiting->len, 0);
  assert_state ("'idle'");
  at_peer_sync (bed->peer);
  session_bed_play (bed, NULL, 0);
  ussd_bed_begin_menu ();
}

static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin ();
  at_peer_hang_up (bed->peer);
  assert_done ("Gone");
  assert_state ("'idle'");
}

static void
test_card_pulled (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_and_wait ();
  session_bed_say (bed, "^SIMST:255,0");
  assert_done ("Aborted");
  assert_state ("'idle'");
  session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");
  assert_done ("SimMissing");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_cancel),      TEST (test_cancel_waiting),        TEST (test_cancel_before_ok),
    TEST (test_timeout),     TEST (test_forgotten_menu),        TEST (test_silent),
    TEST (test_left),        TEST (test_left_before_ok),        TEST (test_left_while_closing),
    TEST (test_restart),     TEST (test_restart_while_closing), TEST (test_unplugged),
    TEST (test_card_pulled),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

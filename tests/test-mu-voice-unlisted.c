/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls that the module does not list, and those for help, which no other call is in the way of. */
#include "mu-emergency.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "voice-bed.h"

static void
assert_calls (const char *expected)
{
  at_peer_settle ();
  assert_property (voice_bed, "Voice1", "Calls", expected);
}

#define CALL(n) "'/org/mu709/modem/bed/call/" #n "'"

/* ---- no list ---- */

/* Whoever rings is there, and whoever has stopped is not. */
static void
test_ring_stops (void **state G_GNUC_UNUSED)
{
  session_bed_say (voice_bed, "RING");
  voice_bed_check ("ERROR");
  for (int i = 0; i < 5; i++)
    {
      mu_timer_advance (1500);
      at_peer_answer (voice_bed->peer, "AT+CLCC", "ERROR");
      session_bed_say (voice_bed, "RING");
    }
  assert_calls ("[" CALL (1) "]");
  for (int i = 0; i < 8; i++)
    {
      mu_timer_advance (1500);
      at_peer_answer (voice_bed->peer, "AT+CLCC", "ERROR");
    }
  assert_calls ("[]");
  mu_timer_advance (60000);
  at_peer_expect_nothing (voice_bed->peer);
}

/* RING itself may be lost. */
static void
test_only_clip (void **state G_GNUC_UNUSED)
{
  session_bed_say (voice_bed, "+CLIP: \"+4930123\",145,,,,0");
  assert_calls ("[" CALL (1) "]");
  voice_bed_check ("OK");
  mu_timer_advance (1500);
  at_peer_answer (voice_bed->peer, "AT+CLCC", "OK");
  assert_calls ("[]");
}

static void
connect_call (void)
{
  session_bed_call (voice_bed, "Voice1", "Dial", "('+4930123', @a{sv} {})");
  at_peer_answer (voice_bed->peer, "ATD+4930123;", "OK");
  session_bed_say (voice_bed, "^ORIG: 1,0|^CONF: 1|^CONN: 1,0");
  voice_bed_check ("ERROR");
  assert_calls ("[" CALL (1) "]");
}

/* The module has agreed to hang up, and that is all it says. */
static void
test_hung_up (void **state G_GNUC_UNUSED)
{
  connect_call ();
  session_bed_call_object (voice_bed, "Voice1", 1, "Hangup", "()");
  at_peer_answer (voice_bed->peer, "AT+CHUP", "OK");
  voice_bed_assert_done ("()");
  assert_calls ("[" CALL (1) "]"); /* it may yet say why */
  voice_bed_check ("ERROR");
  assert_calls ("[]");
}

static void
test_all_hung_up (void **state G_GNUC_UNUSED)
{
  connect_call ();
  session_bed_call (voice_bed, "Voice1", "HangupAll", "()");
  at_peer_answer (voice_bed->peer, "ATH", "OK");
  voice_bed_check ("ERROR");
  assert_calls ("[]");
}

static void
test_not_hung_up (void **state G_GNUC_UNUSED)
{
  connect_call ();
  session_bed_call (voice_bed, "Voice1", "HangupAll", "()");
  at_peer_answer (voice_bed->peer, "ATH", "ERROR");
  voice_bed_check ("ERROR");
  assert_calls ("[" CALL (1) "]");
}

/* ---- help ---- */

static void
test_emergency_numbers (void **state G_GNUC_UNUSED)
{
  assert_true (mu_emergency_is_number ("112"));
  assert_true (mu_emergency_is_number ("999"));
  assert_false (mu_emergency_is_number ("1120"));
  assert_false (mu_emergency_is_number (""));
}

static void
test_help_while_it_rings (void **state G_GNUC_UNUSED)
{
  session_bed_say (voice_bed, "RING");
  session_bed_call (voice_bed, "Voice1", "Dial", "('+4930123', @a{sv} {})");
  voice_bed_assert_done ("Busy");
  session_bed_call (voice_bed, "Voice1", "Dial", "('112', @a{sv} {})");
  at_peer_answer (voice_bed->peer, "ATD112;", "OK");
  voice_bed_assert_done ("(" CALL (2) ",)");
}

/* What is being dialled is aborted, and the objects are not mixed up. */
static void
test_help_while_dialling (void **state G_GNUC_UNUSED)
{
  session_bed_call (voice_bed, "Voice1", "Dial", "('+4930123', @a{sv} {})");
  at_peer_expect (voice_bed->peer, "ATD+4930123;");
  session_bed_call (voice_bed, "Voice1", "Dial", "('112', @a{sv} {})");
  mu_timer_advance (125);
  at_peer_expect (voice_bed->peer, "");
  session_bed_say (voice_bed, "NO CARRIER");
  at_peer_expect (voice_bed->peer, "ATD112;");
  session_bed_say (voice_bed, "^ORIG: 1,9|OK");
  voice_bed_assert_done ("(" CALL (1) ",)");
  assert_calls ("[" CALL (1) "]");
}

/* It has answered before it could be aborted. */
static void
test_help_while_dialled (void **state G_GNUC_UNUSED)
{
  session_bed_call (voice_bed, "Voice1", "Dial", "('+4930123', @a{sv} {})");
  at_peer_expect (voice_bed->peer, "ATD+4930123;");
  session_bed_say (voice_bed, "^ORIG: 1,0");
  at_peer_settle ();
  session_bed_call (voice_bed, "Voice1", "Dial", "('112', @a{sv} {})");
  session_bed_say (voice_bed, "OK");
  at_peer_answer (voice_bed->peer, "ATD112;", "^ORIG: 2,9|OK");
  voice_bed_assert_done ("(" CALL (2) ",)");
  assert_calls ("[" CALL (1) ", '/org/mu709/modem/bed/call/2']");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, voice_bed_set_up, voice_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_ring_stops),
    TEST (test_only_clip),
    TEST (test_hung_up),
    TEST (test_all_hung_up),
    TEST (test_not_hung_up),
    cmocka_unit_test (test_emergency_numbers),
    TEST (test_help_while_it_rings),
    TEST (test_help_while_dialling),
    TEST (test_help_while_dialled),
  };

  mu_timer_freeze ();
  return cmocka_run_group_tests (tests, NULL, NULL);
}

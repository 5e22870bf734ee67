/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recording and playing (guide 27). */
#include "mu-recorder.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "recorder-bed.h"

static void
test_record (void **state G_GNUC_UNUSED)
{
  FILES ("[]");
  recorder_bed_record ();
  assert_property (recorder_bed, "Recorder1", "Format", "3");
  FILES ("[{'name': <'REC1.AMR'>, 'storage': <'flash'>}]");
  assert_true (mu_session_holds (recorder_bed->session, MU_FACT_RECORDER));
  recorder_bed_call ("Stop", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0", "OK");
  assert_done ("");
  session_bed_say (recorder_bed, "^AUDEND: 0,0,412");
  assert_done ("(412,)");
  STATE ("'idle'");
  assert_false (mu_session_holds (recorder_bed->session, MU_FACT_RECORDER));
  FILES ("[{'name': <'REC1.AMR'>, 'size': <uint32 412>, 'storage': <'flash'>}]");
  recorder_bed_assert_finished ("Finished('recording', 'stopped', 412)");
  recorder_bed_call ("Start", "('RAM',)"); /* the format is known by now */
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=1,\"RAM\"", "OK");
  session_bed_say (recorder_bed, "^AUDEND: 0,1,61440");
  recorder_bed_assert_finished ("Finished('recording', 'full', 61440)");
  STATE ("'idle'");
}

/* The end is told before OK; or has come by itself meanwhile. */
static void
test_end_first (void **state G_GNUC_UNUSED)
{
  recorder_bed_record ();
  recorder_bed_call ("Stop", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0", "^AUDEND: 0,0,100|OK");
  assert_done ("(100,)");
  recorder_bed_call ("Start", "('REC1.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "OK");
  recorder_bed_call ("Stop", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0",
                  "^AUDEND: 0,1,307200|+CME ERROR: operation not allowed");
  assert_done ("(307200,)");
}

/* A recording that is over before it was said to have begun. */
static void
test_end_at_once (void **state G_GNUC_UNUSED)
{
  recorder_bed_play ();
  session_bed_say (recorder_bed, "^AUDEND: 1,1");
  recorder_bed_call ("Play", "('REC2.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=2,\"REC2.AMR\"", "^AUDEND: 0,0,5|^AUDEND: 1,1|OK");
  assert_done ("()");
  STATE ("'idle'");
  FILES ("[{'name': <'REC2.AMR'>, 'storage': <'flash'>}]");
}

static void
test_format (void **state G_GNUC_UNUSED)
{
  recorder_bed_call ("Start", "('REC1.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^RECCFG?", "^RECCFG: 0,1|^RECCFG: 1,5|OK");
  at_peer_answer (recorder_bed->peer, "AT^RECCFG=0,3", "+CME ERROR: Operation not supported");
  assert_done ("NotSupported");
  STATE ("'idle'");
  recorder_bed_call ("Start", "('REC1.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^RECCFG?", "^RECCFG: 0,1|OK");
  at_peer_answer (recorder_bed->peer, "AT^RECCFG=0,3", "OK");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "OK");
  assert_property (recorder_bed, "Recorder1", "Format", "3");
}

static void
test_format_unknown (void **state G_GNUC_UNUSED)
{
  recorder_bed_call ("Start", "('REC1.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^RECCFG?", "+CME ERROR: Operation not supported");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "+CME ERROR: memory full");
  assert_done ("MemoryFull");
  STATE ("'idle'");
  FILES ("[]");
}

static void
test_play (void **state G_GNUC_UNUSED)
{
  recorder_bed_play ();
  session_bed_say (recorder_bed, "^AUDEND: 1,1");
  recorder_bed_assert_finished ("Finished('playing', 'end', 0)");
  STATE ("'idle'");
  recorder_bed_play ();
  recorder_bed_call ("StopPlaying", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=3", "OK");
  session_bed_say (recorder_bed, "^AUDEND: 1,0");
  assert_done ("()");
  recorder_bed_assert_finished ("Finished('playing', 'stopped', 0)");
  recorder_bed_call ("Play", "('REC3.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=2,\"REC3.AMR\"",
                  "+CME ERROR: Operation not supported");
  assert_done ("NotFound");
  FILES ("[{'name': <'REC2.AMR'>, 'storage': <'flash'>}]");
}

/* Something is stopped that nobody knows of, and its end is not told: what is begun meanwhile would
 * be taken for it. */
static void
test_begun_while_stopping (void **state G_GNUC_UNUSED)
{
  recorder_bed_call ("Stop", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0", "OK");
  recorder_bed_assert_refused ("Play", "('REC2.AMR',)", "Busy");
  recorder_bed_assert_refused ("Start", "('REC1.AMR',)", "Busy");
  mu_timer_advance (5000);
  at_peer_settle ();
  recorder_bed_play ();
  mu_timer_advance (10000);
  STATE ("'playing'");
}

static void
test_names (void **state G_GNUC_UNUSED)
{
  static const char *const names[]
      = { "('',)", "('rec1.amr',)", "('REC6.AMR',)", "('ram',)", "('REC1.AMR\"',)", "('../x',)" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      recorder_bed_call ("Start", names[i]);
      assert_done ("InvalidArgument");
      recorder_bed_call ("Play", names[i]);
      assert_done ("InvalidArgument");
      recorder_bed_call ("Delete", names[i]);
      assert_done ("InvalidArgument");
    }
  at_peer_expect_nothing (recorder_bed->peer);
}

static void
test_busy (void **state G_GNUC_UNUSED)
{
  recorder_bed_record ();
  recorder_bed_assert_refused ("Start", "('RAM',)", "Busy");
  recorder_bed_assert_refused ("Play", "('RAM',)", "Busy");
  recorder_bed_assert_refused ("Delete", "('RAM',)", "Busy");
  recorder_bed_assert_refused ("Read", "('RAM', handle 0)", "Busy");
  recorder_bed_assert_refused ("StopPlaying", "()", "NotAllowed");
  session_bed_say (recorder_bed, "^AUDEND: 1,1|^AUDEND: 2,1|^AUDEND: x|^AUDEND");
  STATE ("'recording'");
  recorder_bed_call ("Stop", "()");
  at_peer_expect (recorder_bed->peer, "AT^AUDREC=0");
  recorder_bed_assert_refused ("Stop", "()", "Busy");
}

/* Something that began before the daemon did. */
static void
test_unknown_recording (void **state G_GNUC_UNUSED)
{
  recorder_bed_call ("Stop", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0", "OK");
  session_bed_say (recorder_bed, "^AUDEND: 0,0,77");
  assert_done ("(77,)");
  recorder_bed_assert_finished ("Finished('recording', 'stopped', 77)");
  FILES ("[]");
}

/* The module does not record any more, and has not said so. */
static void
test_state_corrected (void **state G_GNUC_UNUSED)
{
  recorder_bed_record ();
  recorder_bed_call ("Stop", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0", "+CME ERROR: operation not allowed");
  assert_done ("NotAllowed");
  STATE ("'idle'");
  recorder_bed_assert_finished ("Finished('recording', 'error', 0)");
}

static void
test_end_missing (void **state G_GNUC_UNUSED)
{
  recorder_bed_record ();
  recorder_bed_call ("Stop", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0", "OK");
  mu_timer_advance (6000);
  at_peer_settle ();
  assert_done ("Timeout");
  STATE ("'idle'");
  recorder_bed_play ();
  recorder_bed_call ("StopPlaying", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=3", "OK");
  mu_timer_advance (6000);
  at_peer_settle ();
  assert_done ("()");
}

/* The caller of Start leaves before it has begun: nobody would know that it records. */
static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  MuCall *start;

  recorder_bed_record ();
  session_bed_say (recorder_bed, "^AUDEND: 0,1,10");
  start = recorder_bed_call ("Start", "('REC1.AMR',)");
  at_peer_expect (recorder_bed->peer, "AT^AUDREC=1,\"REC1.AMR\"");
  session_bed_cancel (recorder_bed, start);
  session_bed_say (recorder_bed, "OK");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=0", "OK");
  STATE ("'idle'");
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  recorder_bed_record ();
  session_bed_say (recorder_bed, "^SYSSTART");
  STATE ("'idle'");
  FILES ("[]");
  assert_property (recorder_bed, "Recorder1", "Format", "0");
  recorder_bed_assert_finished ("Finished('recording', 'error', 0)");
}

static void
test_lost (void **state G_GNUC_UNUSED)
{
  recorder_bed_play ();
  recorder_bed_call ("StopPlaying", "()");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=3", "OK");
  at_peer_hang_up (recorder_bed->peer);
  at_peer_settle ();
  assert_done ("Gone");
  STATE ("'idle'");
  recorder_bed_assert_finished ("Finished('playing', 'error', 0)");
}

#define TEST(name)                                                                                 \
  cmocka_unit_test_setup_teardown (name, recorder_bed_set_up, recorder_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_record),
    TEST (test_end_first),
    TEST (test_end_at_once),
    TEST (test_format),
    TEST (test_format_unknown),
    TEST (test_play),
    TEST (test_begun_while_stopping),
    TEST (test_names),
    TEST (test_busy),
    TEST (test_unknown_recording),
    TEST (test_state_corrected),
    TEST (test_end_missing),
    TEST (test_caller_leaves),
    TEST (test_restart),
    TEST (test_lost),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

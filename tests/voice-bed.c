/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "voice-bed.h"

#include "mu-test.h"
#include "mu-timer.h"

#define CHECK_MS 300

SessionBed *voice_bed;

int
voice_bed_set_up (void **state G_GNUC_UNUSED)
{
  voice_bed = session_bed_new ();
  session_bed_start (voice_bed, NULL, 0);
  return 0;
}

int
voice_bed_tear_down (void **state G_GNUC_UNUSED)
{
  session_bed_free (voice_bed);
  return 0;
}

void
voice_bed_check (const char *answer)
{
  mu_timer_advance (CHECK_MS);
  at_peer_answer (voice_bed->peer, "AT+CLCC", answer);
  at_peer_settle ();
}

void
voice_bed_assert_done (const char *expected)
{
  at_peer_settle ();
  assert_string_equal (voice_bed->done->str, expected);
}

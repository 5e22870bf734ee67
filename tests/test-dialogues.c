/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* usage: test-dialogues FILE...     Each dialogue, see tests/dialogues/README.md: as it stands,
 * with the cable cut after every byte, with an unsolicited line at every byte. */
#include "dialogue.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

static char **files;

static void
as_written (Dialogue *dialogue)
{
  SessionBed *bed = session_bed_new ();

  dialogue_run (dialogue, bed, TRUE);
  session_bed_free (bed);
}

/* Whoever waits hears of it, once; nothing is touched that is not there any more. */
static void
cut_after (Dialogue *dialogue, gsize n)
{
  SessionBed *bed = session_bed_new ();

  at_peer_cut_after (bed->peer, n);
  dialogue_run (dialogue, bed, FALSE);
  assert_false (mu_session_is_started (bed->session));
  session_bed_call (bed, "Modem1", "Command", "('AT', uint32 0)");
  assert_string_equal (bed->done->str, "NotReady");
  session_bed_free (bed);
}

/* Until nothing more is asked: time-outs and all that follows from them run off. */
static void
settle (SessionBed *bed)
{
  static const AtPeerRow sync[]
      = { { "ATQ0V1E0", "OK" }, { "AT", "OK" }, { "AT+IPR?", "+IPR: 0|OK" } };

  for (int i = 0; i < 40; i++)
    {
      session_bed_play (bed, sync, G_N_ELEMENTS (sync));
      mu_timer_advance (10000);
    }
  session_bed_play (bed, sync, G_N_ELEMENTS (sync));
}

/* It may cost an answer, not the line: what is asked afterwards gets its own answer. */
static void
insert_at (Dialogue *dialogue, gsize n)
{
  SessionBed            *bed = session_bed_new ();
  static const AtPeerRow answer[] = { { "AT+MINE?", "+MINE: 42|OK" } };

  at_peer_insert_at (bed->peer, n, "\r\n^RSSI:7\r\n");
  dialogue_run (dialogue, bed, FALSE);
  settle (bed);
  session_bed_call (bed, "Modem1", "Command", "('AT+MINE?', uint32 0)");
  session_bed_play (bed, answer, 1);
  if (strcmp (bed->done->str, "(['+MINE: 42'],)") != 0)
    fail_msg ("with a line put in at byte %zu it came to %s after %s", n, bed->done->str,
              bed->seen->str);
  session_bed_free (bed);
}

static void
test_dialogues (void **state G_GNUC_UNUSED)
{
  for (char **file = files; *file != NULL; file++)
    {
      Dialogue *dialogue = dialogue_read (*file);
      gsize     first, said;

      print_message ("%s\n", *file);
      as_written (dialogue);
      said = dialogue_said (dialogue);
      first = file == files ? 0 : dialogue_said_before (dialogue); /* the same in all of them */
      for (gsize n = first; n < said; n++)
        cut_after (dialogue, n);
      for (gsize n = first; n <= said; n++)
        insert_at (dialogue, n);
      dialogue_free (dialogue);
    }
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_dialogues) };

  (void)argc;
  files = argv + 1;
  mu_log_init (g_getenv ("DBG") ? MU_LOG_DEBUG : MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}

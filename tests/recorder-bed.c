/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "recorder-bed.h"

#include "mu-test.h"

SessionBed *recorder_bed;

static GString *finished;

static void
on_changed (MuService *service G_GNUC_UNUSED, const MuProp *prop G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_emitted (MuService *service G_GNUC_UNUSED, const char *signal, GVariant *args,
            gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  g_string_append_printf (finished, "%s%s", signal, text);
}

static const MuServiceEvents events = { on_changed, on_emitted, NULL };

void
recorder_bed_assert_finished (const char *expected)
{
  assert_string_equal (finished->str, expected);
  g_string_truncate (finished, 0);
}

int
recorder_bed_set_up (void **state G_GNUC_UNUSED)
{
  recorder_bed = session_bed_new ();
  finished = g_string_new (NULL);
  mu_service_observe (session_bed_service (recorder_bed, "Recorder1"), &events, recorder_bed);
  session_bed_start (recorder_bed, NULL, 0);
  return 0;
}

int
recorder_bed_tear_down (void **state G_GNUC_UNUSED)
{
  mu_service_unobserve (session_bed_service (recorder_bed, "Recorder1"), recorder_bed);
  session_bed_free (recorder_bed);
  g_string_free (finished, TRUE);
  return 0;
}

MuCall *
recorder_bed_call (const char *method, const char *args)
{
  return session_bed_call (recorder_bed, "Recorder1", method, args);
}

void
recorder_bed_record (void)
{
  recorder_bed_call ("Start", "('REC1.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^RECCFG?", "^RECCFG: 0,3|^RECCFG: 1,5|OK");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=1,\"REC1.AMR\"", "OK");
  assert_done ("()");
  STATE ("'recording'");
}

void
recorder_bed_play (void)
{
  recorder_bed_call ("Play", "('REC2.AMR',)");
  at_peer_answer (recorder_bed->peer, "AT^AUDREC=2,\"REC2.AMR\"", "OK");
  assert_done ("()");
  STATE ("'playing'");
}

void
recorder_bed_assert_refused (const char *method, const char *args, const char *word)
{
  recorder_bed_call (method, args);
  assert_done (word);
  at_peer_expect_nothing (recorder_bed->peer);
}

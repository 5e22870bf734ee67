/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-speech.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "session-bed.h"

#include <string.h>

static SessionBed *bed;

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = session_bed_new ();
  session_bed_start (bed, NULL, 0);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  session_bed_free (bed);
  return 0;
}

#define SPEAKING(text)  assert_property (bed, "Speech1", "Speaking", text)
#define assert_done(to) assert_string_equal (bed->done->str, to)

static MuCall *
speak (const char *args)
{
  return session_bed_call (bed, "Speech1", "Speak", args);
}

/* "C4E3BAC3" is being said. */
static MuCall *
begin (void)
{
  MuCall *call = speak ("('你好', @a{sv} {})");

  at_peer_answer (bed->peer, "AT^TTS=1,\"C4E3BAC3\"", "OK");
  SPEAKING ("true");
  return call;
}

static void
assert_says (const char *args, const char *command)
{
  speak (args);
  at_peer_answer (bed->peer, command, "OK");
  assert_done ("");
  session_bed_say (bed, "^AUDEND:2,1");
  assert_done ("()");
  SPEAKING ("false");
}

static void
test_encodings (void **state G_GNUC_UNUSED)
{
  assert_says ("('你好', @a{sv} {})", "AT^TTS=1,\"C4E3BAC3\"");
  assert_says ("('ab', {'encoding': <'gbk'>})", "AT^TTS=1,\"6162\"");
  assert_says ("('abc', @a{sv} {})", "AT^TTS=1,\"61626320\"");
  assert_says ("('你a', {'encoding': <'unicode'>})", "AT^TTS=2,\"4F600061\"");
  assert_says ("('ñ', @a{sv} {})", "AT^TTS=2,\"00F1\"");
  assert_says ("('😀', @a{sv} {})", "AT^TTS=2,\"D83DDE00\"");
}

static void
refused (const char *args, const char *word)
{
  speak (args);
  assert_done (word);
  at_peer_expect_nothing (bed->peer);
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  refused ("('ñ', {'encoding': <'gbk'>})", "InvalidCharacters");
  refused ("('', @a{sv} {})", "InvalidArgument");
  refused ("('a', {'encoding': <'utf-8'>})", "InvalidArgument");
  refused ("('a', {'encoding': <1>})", "InvalidArgument");
  refused ("('a', {'voice': <'loud'>})", "InvalidArgument");
}

/* n bytes of one character, and what goes to the module. */
static void
assert_length (const char *character, guint n, const char *options, const char *command)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *args = NULL;

  while (n-- > 0)
    g_string_append (text, character);
  args = g_strdup_printf ("('%s', %s)", text->str, options);
  if (command == NULL)
    refused (args, "TooLong");
  else
    assert_says (args, command);
}

static char *
repeated (const char *head, const char *hex, guint n, const char *tail)
{
  GString *command = g_string_new (head);

  while (n-- > 0)
    g_string_append (command, hex);
  g_string_append (command, tail);
  return g_string_free (command, FALSE);
}

static void
test_lengths (void **state G_GNUC_UNUSED)
{
  g_autofree char *ascii = repeated ("AT^TTS=1,\"", "61", 1200, "\"");
  g_autofree char *odd = repeated ("AT^TTS=1,\"", "61", 1199, "20\"");
  g_autofree char *chinese = repeated ("AT^TTS=1,\"", "C4E3", 600, "\"");
  g_autofree char *unicode = repeated ("AT^TTS=2,\"", "0061", 600, "\"");

  assert_length ("a", 1200, "@a{sv} {}", ascii);
  assert_length ("a", 1199, "@a{sv} {}", odd);
  assert_length ("a", 1201, "@a{sv} {}", NULL);
  assert_length ("你", 600, "@a{sv} {}", chinese);
  assert_length ("你", 601, "@a{sv} {}", NULL);
  assert_length ("a", 600, "{'encoding': <'unicode'>}", unicode);
  assert_length ("a", 601, "{'encoding': <'unicode'>}", NULL);
  assert_length ("a", 100000, "@a{sv} {}", NULL);
}

static void
test_enabled (void **state G_GNUC_UNUSED)
{
  assert_property (bed, "Speech1", "Enabled", "false");
  session_bed_call (bed, "Speech1", "Enabled", "(true,)");
  at_peer_answer (bed->peer, "AT^TTSCFG=0,1", "OK");
  assert_done ("()");
  assert_property (bed, "Speech1", "Enabled", "true");
  begin ();
  session_bed_call (bed, "Speech1", "Enabled", "(false,)");
  assert_done ("Busy");
  session_bed_say (bed, "^AUDEND: 2,1");
  session_bed_call (bed, "Speech1", "Enabled", "(false,)");
  at_peer_answer (bed->peer, "AT^TTSCFG=0,0", "ERROR");
  assert_done ("Failed");
  assert_property (bed, "Speech1", "Enabled", "true");
}

/* Whoever wants to be heard learns why he is not. */
static void
test_not_enabled (void **state G_GNUC_UNUSED)
{
  speak ("('你好', @a{sv} {})");
  at_peer_answer (bed->peer, "AT^TTS=1,\"C4E3BAC3\"", "+CME ERROR: operation not allowed");
  assert_done ("NotAllowed");
  assert_non_null (strstr (bed->error->message, "Enabled"));
  SPEAKING ("false");
  begin ();
  assert_property (bed, "Speech1", "Enabled", "true");
}

static void
test_one_at_a_time (void **state G_GNUC_UNUSED)
{
  begin ();
  refused ("('b', @a{sv} {})", "Busy");
  session_bed_say (bed, "^AUDEND:0,0,412|^AUDEND: 1,1|^AUDEND|^AUDEND: 7,1");
  SPEAKING ("true");
  session_bed_say (bed, "^AUDEND: 2");
  SPEAKING ("false");
}

/* Guide 16.1.1 says OK first, another firmware may not. */
static void
test_stop (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_call (bed, "Speech1", "Stop", "()");
  at_peer_answer (bed->peer, "AT^TTS=0", "OK");
  assert_done ("");
  assert_int_equal (bed->waiting->len, 2);
  session_bed_say (bed, "^AUDEND:2,1");
  assert_done ("()");
  assert_int_equal (bed->waiting->len, 0);
  begin ();
  session_bed_call (bed, "Speech1", "Stop", "()");
  at_peer_answer (bed->peer, "AT^TTS=0", "^AUDEND:2,1|OK");
  assert_done ("()");
  SPEAKING ("false");
  session_bed_call (bed, "Speech1", "Stop", "()");
  at_peer_answer (bed->peer, "AT^TTS=0", "OK");
  assert_done ("()");
}

/* The speaker's own answer. */
static void
test_stopped (void **state G_GNUC_UNUSED)
{
  MuCall *stop;

  begin ();
  bed->n_calls--; /* it is not Stop's answer that is looked at */
  stop = session_bed_call (bed, "Speech1", "Stop", "()");
  at_peer_answer (bed->peer, "AT^TTS=0", "OK");
  session_bed_cancel (bed, stop);
  session_bed_say (bed, "^AUDEND:2,1");
  assert_done ("Aborted");
}

/* ^AUDEND does not come. */
static void
test_stop_unconfirmed (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_call (bed, "Speech1", "Stop", "()");
  at_peer_answer (bed->peer, "AT^TTS=0", "OK");
  mu_timer_advance (4000);
  SPEAKING ("true");
  mu_timer_advance (2000);
  at_peer_settle ();
  assert_done ("()");
  SPEAKING ("false");
  begin ();
}

static void
test_stop_fails (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_call (bed, "Speech1", "Stop", "()");
  at_peer_answer (bed->peer, "AT^TTS=0", "ERROR");
  assert_done ("Failed");
  SPEAKING ("true");
  session_bed_say (bed, "^AUDEND:2,1");
  assert_int_equal (bed->waiting->len, 0);
}

/* Stop comes while the text is on its way. */
static void
test_stop_early (void **state G_GNUC_UNUSED)
{
  speak ("('你好', @a{sv} {})");
  at_peer_expect (bed->peer, "AT^TTS=1,\"C4E3BAC3\"");
  session_bed_call (bed, "Speech1", "Stop", "()");
  session_bed_say (bed, "OK");
  at_peer_answer (bed->peer, "AT^TTS=0", "OK");
  session_bed_say (bed, "^AUDEND:2,1");
  assert_done ("()");
  assert_int_equal (bed->waiting->len, 0);
}

/* Whose text it was learns so, whichever of the two ends the module tells first. */
static void
test_stopped_early (void **state G_GNUC_UNUSED)
{
  static const char *const ends[] = { "OK|^AUDEND:2,1", "^AUDEND:2,1|OK" };

  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      speak ("('你好', @a{sv} {})");
      at_peer_expect (bed->peer, "AT^TTS=1,\"C4E3BAC3\"");
      session_bed_call (bed, "Speech1", "Stop", "()");
      bed->n_calls--; /* it is not Stop's answer that is looked at */
      session_bed_say (bed, "OK");
      at_peer_answer (bed->peer, "AT^TTS=0", ends[i]);
      assert_done ("Aborted");
    }
}

static void
test_broken_off (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_say (bed, "^AUDEND:2,0");
  assert_done ("Aborted");
}

/* A call ends it, and keeps it from beginning, whatever the module tells. */
static void
test_call (void **state G_GNUC_UNUSED)
{
  begin ();
  mu_session_set_fact (bed->session, MU_FACT_CALL, TRUE, MU_ERROR_NOT_READY);
  session_bed_say (bed, "^AUDEND:2,1");
  assert_done ("Aborted");
  refused ("('a', @a{sv} {})", "Busy");
  mu_session_set_fact (bed->session, MU_FACT_CALL, FALSE, MU_ERROR_NOT_READY);
  begin ();
  mu_session_set_fact (bed->session, MU_FACT_CALL, TRUE, MU_ERROR_NOT_READY);
  mu_timer_advance (6000);
  at_peer_settle ();
  assert_done ("Aborted");
  SPEAKING ("false");
}

static void
test_recorder_works (void **state G_GNUC_UNUSED)
{
  mu_session_set_fact (bed->session, MU_FACT_RECORDER, TRUE, MU_ERROR_NOT_READY);
  refused ("('a', @a{sv} {})", "Busy");
}

static void
test_never_ends (void **state G_GNUC_UNUSED)
{
  begin ();
  mu_timer_advance (31000);
  at_peer_settle ();
  SPEAKING ("true");
  mu_timer_advance (2000);
  at_peer_settle ();
  assert_done ("Timeout");
  speak ("('a', @a{sv} {})");
  assert_done ("Busy");
  at_peer_answer (bed->peer, "AT^TTS=0", "ERROR");
  SPEAKING ("false");
  begin ();
}

static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  session_bed_cancel (bed, begin ());
  at_peer_answer (bed->peer, "AT^TTS=0", "^AUDEND: 2,1|OK");
  SPEAKING ("false");
  begin ();
}

/* Whether the module speaks nobody knows: it is to be silent. */
static void
test_caller_leaves_early (void **state G_GNUC_UNUSED)
{
  MuCall *call = speak ("('你好', @a{sv} {})");

  at_peer_expect (bed->peer, "AT^TTS=1,\"C4E3BAC3\"");
  session_bed_cancel (bed, call);
  session_bed_say (bed, "OK");
  at_peer_answer (bed->peer, "AT^TTS=0", "OK");
  session_bed_say (bed, "^AUDEND: 2,1");
  begin ();
}

static void
test_lost (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_call (bed, "Speech1", "Stop", "()");
  at_peer_answer (bed->peer, "AT^TTS=0", "OK");
  at_peer_hang_up (bed->peer);
  at_peer_settle ();
  assert_done ("Gone");
  assert_int_equal (bed->waiting->len, 0);
  SPEAKING ("false");
  assert_property (bed, "Speech1", "Enabled", "false");
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  begin ();
  session_bed_say (bed, "^SYSSTART");
  assert_done ("Aborted");
  SPEAKING ("false");
  assert_property (bed, "Speech1", "Enabled", "false");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_encodings),
    TEST (test_refused),
    TEST (test_lengths),
    TEST (test_enabled),
    TEST (test_not_enabled),
    TEST (test_one_at_a_time),
    TEST (test_stop),
    TEST (test_stopped),
    TEST (test_stop_fails),
    TEST (test_stop_unconfirmed),
    TEST (test_stop_early),
    TEST (test_stopped_early),
    TEST (test_broken_off),
    TEST (test_call),
    TEST (test_recorder_works),
    TEST (test_never_ends),
    TEST (test_caller_leaves),
    TEST (test_lost),
    TEST (test_caller_leaves_early),
    TEST (test_restart),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "mu-timer.h"
#include "mu-voice.h"
#include "voice-bed.h"

#include <string.h>

#define CHECK_MS 300

static void
check (const char *listed)
{
  g_autofree char *lines = g_strconcat (listed, listed[0] != '\0' ? "|OK" : "OK", NULL);

  voice_bed_check (lines);
}

static void
begin_on (guint object, const char *method, const char *args)
{
  session_bed_call_object (voice_bed, "Voice1", object, method, args);
}

/* A property of a call, printed; "" if the call is gone. */
static void
assert_call (guint object, const char *property, const char *expected)
{
  MuService           *voice = session_bed_service (voice_bed, "Voice1");
  g_autoptr (GVariant) properties = voice->class->child->get (voice, object);
  g_autoptr (GVariant) value = NULL;
  g_autofree char     *text = NULL;

  if (properties != NULL)
    value = g_variant_lookup_value (properties, property, NULL);
  text = value != NULL ? g_variant_print (value, FALSE) : g_strdup ("");
  assert_string_equal (text, expected);
}

static void
dial (void)
{
  session_bed_call (voice_bed, "Voice1", "Dial", "('+4930123', @a{sv} {})");
  at_peer_answer (voice_bed->peer, "ATD+4930123;", "OK");
  at_peer_settle ();
}

static void
connect_call (void)
{
  dial ();
  session_bed_say (voice_bed, "^ORIG: 1,0|^CONF: 1|^CONN: 1,0");
  check ("+CLCC: 1,0,0,0,0,\"+4930123\",145");
  assert_call (1, "State", "'active'");
}

static void
test_outgoing (void **state G_GNUC_UNUSED)
{
  dial ();
  assert_true (g_str_has_suffix (voice_bed->done->str, "/call/1',)"));
  assert_call (1, "State", "'dialing'");
  session_bed_say (voice_bed, "^ORIG: 1,0");
  session_bed_say (voice_bed, "^CONF: 1");
  assert_call (1, "State", "'alerting'");
  assert_call (1, "Number", "'+4930123'");
  check ("+CLCC: 1,0,3,0,0,\"+4930123\",145");
  session_bed_say (voice_bed, "^CONN: 1,0");
  assert_call (1, "State", "'active'");
  check ("+CLCC: 1,0,0,0,0,\"+4930123\",145");
  session_bed_say (voice_bed, "^CEND: 1,6,104,16");
  assert_call (1, "State", "");
  assert_property (voice_bed, "Voice1", "Calls", "[]");
  at_peer_expect_nothing (voice_bed->peer);
}

/* The line is lost in a call, while what has been said of it is to be checked. */
static void
test_line_lost (void **state G_GNUC_UNUSED)
{
  connect_call ();
  session_bed_say (voice_bed, "^CEND: 1,6,104,16|RING");
  session_bed_unplug (voice_bed);
  mu_timer_advance (60 * 60 * 1000);
  at_peer_settle (); /* asks nobody */
  assert_property (voice_bed, "Voice1", "Calls", "[]");
}

/* A dialler that quits hangs up and does not wait: that is done, for nobody. */
static void
test_hangs_up_and_leaves (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint       object;
    const char *method, *command;
  } rows[] = { { 1, "Hangup", "AT+CHUP" }, { 0, "HangupAll", "ATH" } };

  connect_call ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MuCall *call;

      session_bed_call (voice_bed, "Modem1", "Command", "('AT+CSQ', uint32 0)");
      at_peer_expect (voice_bed->peer, "AT+CSQ");
      call = rows[i].object != 0 ? session_bed_call_object (voice_bed, "Voice1", rows[i].object,
                                                            rows[i].method, "()")
                                 : session_bed_call (voice_bed, "Voice1", rows[i].method, "()");
      session_bed_cancel (voice_bed, call);
      session_bed_say (voice_bed, "+CSQ: 17,99|OK");
      at_peer_answer (voice_bed->peer, rows[i].command, "OK");
    }
  at_peer_settle ();
}

static void
test_bad_numbers (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *args, *error;
  } rows[] = {
    { "('', @a{sv} {})", "InvalidArgument" },
    { "('+', @a{sv} {})", "InvalidArgument" },
    { "('12;+CFUN=0', @a{sv} {})", "InvalidCharacters" },
    { "('12\\r', @a{sv} {})", "InvalidCharacters" },
    { "('anna', @a{sv} {})", "InvalidCharacters" },
    { "('12345678901234567890123456789012345678901', @a{sv} {})", "TooLong" },
    { "('12', {'clir': <'maybe'>})", "InvalidArgument" },
    { "('12', {'hide': <true>})", "InvalidArgument" },
    { "('12', {'clir': <true>})", "InvalidArgument" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_call (voice_bed, "Voice1", "Dial", rows[i].args);
      voice_bed_assert_done (rows[i].error);
    }
  at_peer_expect_nothing (voice_bed->peer);
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  session_bed_call (voice_bed, "Voice1", "Dial", "('112', {'clir': <'hide'>})");
  at_peer_answer (voice_bed->peer, "ATD112I;", "NO CARRIER");
  voice_bed_assert_done ("NoCarrier");
  assert_property (voice_bed, "Voice1", "Calls", "[]");
  check ("");
  dial ();
  session_bed_call (voice_bed, "Voice1", "Dial", "('1', @a{sv} {})");
  voice_bed_assert_done ("Busy");
  session_bed_say (voice_bed, "^CEND: 1,0,21");
  assert_property (voice_bed, "Voice1", "Calls", "[]");
}

/* The module tells of the call, or even of its end, before it answers ATD. */
static void
test_late_answer (void **state G_GNUC_UNUSED)
{
  session_bed_call (voice_bed, "Voice1", "Dial", "('1', @a{sv} {})");
  at_peer_expect (voice_bed->peer, "ATD1;");
  session_bed_say (voice_bed, "^ORIG: 1,0|^CONF: 1|^CONN: 1,0");
  assert_call (1, "Number", "'1'");
  session_bed_call (voice_bed, "Voice1", "Dial", "('2', @a{sv} {})");
  voice_bed_assert_done ("Busy");
  session_bed_say (voice_bed, "^CEND: 1,0,104,16");
  session_bed_call (voice_bed, "Voice1", "Dial", "('3', @a{sv} {})");
  voice_bed_assert_done ("Busy");
  session_bed_say (voice_bed, "OK");
  assert_property (voice_bed, "Voice1", "Calls", "[]");
  check ("");
  dial ();
  assert_true (g_str_has_suffix (voice_bed->done->str, "/call/2',)"));
}

/* No answer to ATD, but a call. */
static void
test_no_answer (void **state G_GNUC_UNUSED)
{
  session_bed_call (voice_bed, "Voice1", "Dial", "('1', @a{sv} {})");
  at_peer_expect (voice_bed->peer, "ATD1;");
  session_bed_say (voice_bed, "^ORIG: 1,0");
  mu_timer_advance (60000);
  at_peer_settle ();
  assert_true (g_str_has_suffix (voice_bed->done->str, "/call/1',)"));
  assert_call (1, "Number", "'1'");
}

/* The end of the call before is lost, its id is used again. */
static void
test_id_again (void **state G_GNUC_UNUSED)
{
  connect_call ();
  dial ();
  assert_true (g_str_has_suffix (voice_bed->done->str, "/call/2',)"));
  session_bed_say (voice_bed, "^ORIG: 1,0");
  assert_call (1, "State", "");
  assert_call (2, "State", "'dialing'");
  session_bed_say (voice_bed, "^CONN: 1,0|^ORIG: 1,0");
  assert_call (2, "State", "");
  assert_call (3, "State", "'dialing'");
}

static void
test_incoming (void **state G_GNUC_UNUSED)
{
  session_bed_say (voice_bed, "RING|+CLIP: \"+4930456\",145,,,,0");
  assert_call (1, "State", "'incoming'");
  assert_call (1, "Number", "'+4930456'");
  assert_call (1, "Direction", "'incoming'");
  check ("+CLCC: 1,1,4,0,0,\"+4930456\",145");
  begin_on (1, "Answer", "()");
  at_peer_answer (voice_bed->peer, "ATA", "OK");
  voice_bed_assert_done ("()");
  session_bed_say (voice_bed, "^CONN: 1,0");
  assert_call (1, "State", "'active'");
  begin_on (1, "Answer", "()");
  voice_bed_assert_done ("NotAllowed");
  begin_on (7, "Answer", "()");
  voice_bed_assert_done ("NotFound");
  check ("+CLCC: 1,1,0,0,0,\"+4930456\",145");
  begin_on (1, "Hangup", "()");
  at_peer_answer (voice_bed->peer, "AT+CHUP", "OK|^CEND: 1,3,29,16");
  voice_bed_assert_done ("()");
  assert_property (voice_bed, "Voice1", "Calls", "[]");
}

/* The caller has given up, and the module has not said so: RING stops. */
static void
test_ring_stops (void **state G_GNUC_UNUSED)
{
  session_bed_say (voice_bed, "RING");
  check ("+CLCC: 1,1,4,0,0,\"\",128");
  mu_timer_advance (12000);
  at_peer_answer (voice_bed->peer, "AT+CLCC", "OK");
  at_peer_settle ();
  assert_call (1, "State", "'incoming'");
  mu_timer_advance (1500);
  at_peer_answer (voice_bed->peer, "AT+CLCC", "OK");
  at_peer_settle ();
  assert_call (1, "State", "");
  mu_timer_advance (600000);
  at_peer_expect_nothing (voice_bed->peer); /* nothing is asked without a call */
}

/* ^CEND is lost: the slow check finds out, and nothing else is asked meanwhile. */
static void
test_end_lost (void **state G_GNUC_UNUSED)
{
  connect_call ();
  for (int minute = 0; minute < 3; minute++)
    {
      mu_timer_advance (59999);
      at_peer_expect_nothing (voice_bed->peer);
      mu_timer_advance (1);
      at_peer_answer (voice_bed->peer, "AT+CLCC", "+CLCC: 1,0,0,0,0,\"+4930123\",145|OK");
      at_peer_settle ();
    }
  mu_timer_advance (60000);
  at_peer_answer (voice_bed->peer, "AT+CLCC", "OK");
  at_peer_settle ();
  assert_call (1, "State", "'active'"); /* it may be on its way */
  mu_timer_advance (1500);
  at_peer_answer (voice_bed->peer, "AT+CLCC", "OK");
  at_peer_settle ();
  assert_call (1, "State", "");
  mu_timer_advance (600000);
  at_peer_expect_nothing (voice_bed->peer);
}

static void
test_several (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *method, *command;
  } rows[] = {
    { "Swap", "AT+CHLD=2" },
    { "Join", "AT+CHLD=3" },
    { "Transfer", "AT+CHLD=4" },
  };

  connect_call ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_call (voice_bed, "Voice1", rows[i].method, "()");
      voice_bed_assert_done ("NotAllowed");
    }
  session_bed_say (voice_bed, "+CCWA: \"+4930456\",145,1");
  assert_call (2, "State", "'waiting'");
  session_bed_call (voice_bed, "Voice1", "Hold", "()");
  voice_bed_assert_done ("NotAllowed");
  session_bed_call (voice_bed, "Voice1", "HoldAndAnswer", "()");
  at_peer_answer (voice_bed->peer, "AT+CHLD=2", "OK");
  at_peer_answer (voice_bed->peer, "AT+CLCC",
                  "+CLCC: 1,0,1,0,0,\"+4930123\",145|+CLCC: 2,1,0,0,0,\"+4930456\",145|OK");
  voice_bed_assert_done ("()");
  assert_call (1, "State", "'held'");
  assert_call (2, "State", "'active'");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      session_bed_call (voice_bed, "Voice1", rows[i].method, "()");
      at_peer_answer (voice_bed->peer, rows[i].command, "+CME ERROR: 3");
      voice_bed_assert_done ("NotAllowed");
    }
  begin_on (1, "Hangup", "()");
  at_peer_answer (voice_bed->peer, "AT+CHLD=11", "OK|^CEND: 1,9,29,16");
  voice_bed_assert_done ("()");
  assert_call (1, "State", "");
  session_bed_call (voice_bed, "Voice1", "HangupAll", "()");
  at_peer_answer (voice_bed->peer, "ATH", "OK|^CEND: 2,9,29,16");
  voice_bed_assert_done ("()");
}

/* at-facts 15, quirk 19 */
static void
test_second_before_it_rings (void **state G_GNUC_UNUSED)
{
  connect_call ();
  dial (); /* the first is put on hold */
  begin_on (2, "Hangup", "()");
  voice_bed_assert_done ("NotReady");
  session_bed_say (voice_bed, "^ORIG: 2,0");
  begin_on (2, "Hangup", "()");
  voice_bed_assert_done ("NotReady");
  at_peer_expect_nothing (voice_bed->peer);
  session_bed_say (voice_bed, "^CONF: 2");
  begin_on (2, "Hangup", "()");
  at_peer_answer (voice_bed->peer, "AT+CHLD=12", "OK|^CEND: 2,0,29,16");
  voice_bed_assert_done ("()");
}

static void
test_tones (void **state G_GNUC_UNUSED)
{
  connect_call ();
  begin_on (1, "SendTones", "('1,#',)");
  begin_on (1, "SendTones", "('2',)");
  voice_bed_assert_done ("Busy");
  begin_on (1, "SendTones", "('12x',)");
  voice_bed_assert_done ("InvalidCharacters");
  begin_on (1, "SendTones", "('',)");
  voice_bed_assert_done ("InvalidArgument");
  at_peer_answer (voice_bed->peer, "AT+VTS=1", "OK");
  at_peer_expect_nothing (voice_bed->peer);
  mu_timer_advance (2000);
  at_peer_answer (voice_bed->peer, "AT+VTS=#", "OK");
  at_peer_settle ();
  begin_on (1, "SendTones", "('A',)");
  at_peer_answer (voice_bed->peer, "AT+VTS=A", "OK");
  voice_bed_assert_done ("()");
}

/* The call ends while its tones are being sent, and while one is on its way. */
static void
test_tones_cut_off (void **state G_GNUC_UNUSED)
{
  connect_call ();
  begin_on (1, "SendTones", "('12',)");
  at_peer_expect (voice_bed->peer, "AT+VTS=1");
  session_bed_say (voice_bed, "^CEND: 1,6,104,16");
  voice_bed_assert_done ("Aborted");
  session_bed_say (voice_bed, "OK");
  at_peer_settle ();
  at_peer_expect_nothing (voice_bed->peer);
}

/* Another call than theirs is talked on, or nobody waits for them in their pause. */
static void
test_tones_for_nobody (void **state G_GNUC_UNUSED)
{
  MuCall *call;

  connect_call ();
  session_bed_say (voice_bed, "+CCWA: \"+4930456\",145,1");
  begin_on (1, "SendTones", "('1,2',)");
  at_peer_answer (voice_bed->peer, "AT+VTS=1", "OK");
  at_peer_settle ();
  check ("+CLCC: 1,0,1,0,0,\"+4930123\",145|+CLCC: 2,1,0,0,0,\"+4930456\",145");
  voice_bed_assert_done ("Aborted");
  mu_timer_advance (2000);
  at_peer_expect_nothing (voice_bed->peer);
  call = session_bed_call_object (voice_bed, "Voice1", 2, "SendTones", "(',2',)");
  session_bed_cancel (voice_bed, call);
  mu_timer_advance (2000);
  at_peer_expect_nothing (voice_bed->peer);
  begin_on (2, "SendTones", "('3',)");
  at_peer_answer (voice_bed->peer, "AT+VTS=3", "OK");
  voice_bed_assert_done ("()");
}

/* Numbers that no call can have are of none; then the list says what there is. */
static void
test_impossible_ids (void **state G_GNUC_UNUSED)
{
  static const char *const news[] = {
    "^ORIG: 0,0",   "^CONF: 0",    "^CONN: 0,0",   "^CEND: 0,0,104,16",
    "^ORIG: 300,0", "^CONF: 10",   "^CONN: 300,0", "^CEND: 4294967295,0,104,16",
    "^ORIG: 10,0",  "^ORIG: -1,0",
  };

  session_bed_say (voice_bed, "RING");
  check ("+CLCC: 0,1,4,0,0,\"\",128|+CLCC: 300,1,4,0,0,\"\",128");
  for (gsize i = 0; i < G_N_ELEMENTS (news); i++)
    {
      session_bed_say (voice_bed, news[i]);
      assert_call (1, "State", "'incoming'");
      assert_call (2, "State", "");
    }
  check ("+CLCC: 1,1,4,0,0,\"\",128");
  assert_call (1, "State", "'incoming'");
}

/* RING is no reason to look later for what has happened. */
static void
test_ring_delays_nothing (void **state G_GNUC_UNUSED)
{
  session_bed_say (voice_bed, "RING");
  check ("+CLCC: 1,1,4,0,0,\"\",128");
  begin_on (1, "Answer", "()");
  at_peer_answer (voice_bed->peer, "ATA", "OK");
  session_bed_say (voice_bed, "RING");
  check ("+CLCC: 1,1,0,0,0,\"\",128");
  assert_call (1, "State", "'active'");
}

/* Without a call nothing is asked again and again. */
static void
test_no_list (void **state G_GNUC_UNUSED)
{
  session_bed_say (voice_bed, "RING");
  mu_timer_advance (CHECK_MS);
  at_peer_answer (voice_bed->peer, "AT+CLCC", "ERROR");
  at_peer_settle ();
  mu_timer_advance (1500);
  session_bed_say (voice_bed, "^CEND: 1,0,104,16");
  at_peer_answer (voice_bed->peer, "AT+CLCC", "+CME ERROR: SIM busy");
  at_peer_settle ();
  mu_timer_advance (1500);
  at_peer_answer (voice_bed->peer, "AT+CLCC", "ERROR");
  at_peer_settle ();
  mu_timer_advance (600000);
  at_peer_expect_nothing (voice_bed->peer);
}

/* The module goes in every state of a call. */
static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  static const char *const news[] = {
    "^ORIG: 1,0", "^ORIG: 1,0|^CONF: 1", "^ORIG: 1,0|^CONN: 1,0", "RING", "+CCWA: \"1\",129,1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (news); i++)
    {
      session_bed_say (voice_bed, news[i]);
      session_bed_call (voice_bed, "Voice1", "HangupAll", "()");
      at_peer_hang_up (voice_bed->peer);
      at_peer_settle ();
      voice_bed_tear_down (NULL);
      voice_bed_set_up (NULL);
      assert_property (voice_bed, "Voice1", "Calls", "[]");
    }
}

/* Guide 14.1: it would end the call. */
static void
test_message_waits (void **state G_GNUC_UNUSED)
{
  dial ();
  session_bed_call (voice_bed, "Messaging1", "Send", "('123', 'x', @a{sv} {})");
  at_peer_expect_nothing (voice_bed->peer);
  session_bed_say (voice_bed, "^ORIG: 1,0|^CONN: 1,0");
  at_peer_expect (voice_bed->peer, "AT+CMGS=10");
}

/* Guide 14.3: what was chosen holds over a restart of the module, as far as it can. */
static void
test_priority (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow consent[] = { { "AT^DVCFG=1", "OK" } };
  static const AtPeerRow refusal[] = { { "AT^DVCFG=1", "ERROR" } };

  assert_property (voice_bed, "Voice1", "IncomingPriority", "'calls'");
  session_bed_call (voice_bed, "Voice1", "IncomingPriority", "('both',)");
  voice_bed_assert_done ("InvalidArgument");
  session_bed_call (voice_bed, "Voice1", "IncomingPriority", "('data',)");
  at_peer_answer (voice_bed->peer, "AT^DVCFG=1", "+CME ERROR: 4");
  voice_bed_assert_done ("NotSupported");
  assert_property (voice_bed, "Voice1", "IncomingPriority", "'calls'");
  session_bed_call (voice_bed, "Voice1", "IncomingPriority", "('data',)");
  at_peer_answer (voice_bed->peer, "AT^DVCFG=1", "OK");
  voice_bed_assert_done ("()");
  assert_property (voice_bed, "Voice1", "IncomingPriority", "'data'");
  session_bed_say (voice_bed, "^SYSSTART");
  session_bed_settle (voice_bed, consent, G_N_ELEMENTS (consent));
  assert_property (voice_bed, "Voice1", "IncomingPriority", "'data'");
  session_bed_say (voice_bed, "^SYSSTART");
  session_bed_settle (voice_bed, refusal, G_N_ELEMENTS (refusal));
  assert_property (voice_bed, "Voice1", "IncomingPriority", "'calls'");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, voice_bed_set_up, voice_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_outgoing),
    TEST (test_bad_numbers),
    TEST (test_refused),
    TEST (test_incoming),
    TEST (test_ring_stops),
    TEST (test_several),
    TEST (test_second_before_it_rings),
    TEST (test_tones),
    TEST (test_tones_cut_off),
    TEST (test_unplugged),
    TEST (test_message_waits),
    TEST (test_end_lost),
    TEST (test_late_answer),
    TEST (test_no_answer),
    TEST (test_id_again),
    TEST (test_priority),
    TEST (test_line_lost),
    TEST (test_hangs_up_and_leaves),
    TEST (test_tones_for_nobody),
    TEST (test_impossible_ids),
    TEST (test_ring_delays_nothing),
    TEST (test_no_list),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several calls, and tones, on real processes (guide 8.3, 8.6; 22.030 6.5.5). */
#include "calls.h"

#include "../mu-test.h"

#include <string.h>

static House *house;

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = calls_house_new ();
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  calls_house_free (house);
  return 0;
}

static void
do_all (const char *method)
{
  assert_string_equal (house_call (house, "Voice1", method, "()"), "()");
}

/* As they are when the method has returned. */
static void
assert_states (const char *first, const char *second)
{
  g_autofree char *one = call_get (house, 1, "State");
  g_autofree char *two = call_get (house, 2, "State");

  assert_string_equal (one, first);
  assert_string_equal (two, second);
}

/* One that is active, and one that waits. */
static void
begin_waiting (void)
{
  call_dial (house, "100", "'active'");
  house_sim (house, "incoming-call +4930456 gives-up=0");
  calls_wait_told ("added 2");
  call_wait (house, 2, "State", "'waiting'");
  call_wait (house, 2, "Number", "'+4930456'");
  assert_string_equal (house_call (house, "Voice1", "Hold", "()"), "NotAllowed");
}

static void
test_hold_and_answer (void **state G_GNUC_UNUSED)
{
  begin_waiting ();
  do_all ("HoldAndAnswer");
  assert_states ("'held'", "'active'");
  do_all ("Swap");
  assert_states ("'active'", "'held'");
  assert_string_equal (call_do (house, 1, "Hangup", "()"), "()");
  calls_wait_told ("gone 1");
  assert_non_null (strstr (calls_told (), "\nremoved 1 local "));
  call_wait (house, 2, "State", "'held'");
  do_all ("Swap");
  call_wait (house, 2, "State", "'active'");
  house_wait (house, "Voice1", "Calls", "['" HOUSE_MODEM "/call/2']");
}

static void
test_release_and_answer (void **state G_GNUC_UNUSED)
{
  begin_waiting ();
  do_all ("ReleaseAndAnswer");
  call_wait (house, 2, "State", "'active'");
  calls_wait_told ("gone 1");
  assert_non_null (strstr (calls_told (), "\nremoved 1 local "));
}

/* What waits is answered and refused by its own methods, too. */
static void
test_waiting (void **state G_GNUC_UNUSED)
{
  begin_waiting ();
  assert_string_equal (call_do (house, 2, "Hangup", "()"), "()");
  calls_wait_told ("gone 2");
  call_wait (house, 1, "State", "'active'");
  house_sim (house, "incoming-call withheld gives-up=0");
  calls_wait_told ("added 3");
  call_wait (house, 3, "NumberHidden", "true");
  assert_string_equal (call_do (house, 3, "Answer", "()"), "()");
  call_wait (house, 3, "State", "'active'");
  call_wait (house, 1, "State", "'held'");
}

/* The caller gives up waiting. */
static void
test_waited_long_enough (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  house_sim (house, "incoming-call 200 gives-up=10");
  calls_wait_told ("gone 2");
  assert_non_null (strstr (calls_told (), "\nremoved 2 remote "));
  call_wait (house, 1, "State", "'active'");
}

static void
test_hold_and_dial (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  do_all ("Hold");
  call_wait (house, 1, "State", "'held'");
  assert_int_equal (call_dial (house, "200", "'active'"), 2);
  call_wait (house, 1, "State", "'held'");
}

static void
test_join (void **state G_GNUC_UNUSED)
{
  begin_waiting ();
  do_all ("HoldAndAnswer");
  call_wait (house, 1, "State", "'held'");
  call_wait (house, 2, "State", "'active'");
  do_all ("Join");
  for (guint i = 1; i <= 2; i++)
    {
      call_wait (house, i, "Multiparty", "true");
      call_wait (house, i, "State", "'active'");
    }
  do_all ("HangupAll");
  calls_wait_told ("gone 1");
  calls_wait_told ("gone 2");
  house_wait (house, "Voice1", "Calls", "[]");
}

static void
test_transfer (void **state G_GNUC_UNUSED)
{
  begin_waiting ();
  do_all ("HoldAndAnswer");
  call_wait (house, 1, "State", "'held'");
  call_wait (house, 2, "State", "'active'");
  do_all ("Transfer");
  calls_wait_told ("gone 1");
  calls_wait_told ("gone 2");
  assert_string_equal (house_sim (house, "calls"), "0");
}

/* Five in a conference, one besides; each has its object and its number to the end. */
static void
test_six (void **state G_GNUC_UNUSED)
{
  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u00", i);
      g_autofree char *printed = g_strdup_printf ("'%s'", number);

      if (i > 1)
        do_all ("Hold");
      if (i > 1)
        call_wait (house, 1, "State", "'held'");
      assert_int_equal (call_dial (house, number, "'active'"), i);
      call_wait (house, i, "Number", printed);
      if (i == 1 || i == 6)
        continue;
      do_all ("Join");
      call_wait (house, i, "Multiparty", "true");
      call_wait (house, 1, "State", "'active'");
    }
  assert_string_equal (call_do (house, 3, "Hangup", "()"), "()");
  calls_wait_told ("gone 3");
  call_wait (house, 6, "State", "'active'");
  call_wait (house, 5, "Number", "'500'");
  do_all ("HangupAll");
  for (guint i = 1; i <= 6; i++)
    {
      g_autofree char *gone = g_strdup_printf ("gone %u", i);

      calls_wait_told (gone);
    }
  assert_string_equal (house_sim (house, "calls"), "0");
  house_wait (house, "Voice1", "Calls", "[]");
}

/* ---- tones ---- */

static void
test_tones (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  assert_string_equal (call_do (house, 1, "SendTones", "('1,2p#*AD',)"), "()");
  assert_non_null (strstr (house_sim (house, "tones"), "12#*AD"));
  assert_string_equal (call_do (house, 1, "SendTones", "('x',)"), "InvalidCharacters");
}

static void
test_tones_cut_off (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  house->modem = HOUSE_MODEM "/call/1";
  house_begin (house, "Call1", "SendTones", "('1,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,2',)");
  house->modem = HOUSE_MODEM;
  while (strchr (house_sim (house, "tones"), '\n') == NULL) /* until the first has been heard */
    g_usleep (1000);
  house_sim (house, "remote 1 hangs-up");
  assert_string_equal (house_finish (house), "Aborted");
  calls_wait_told ("gone 1");
  assert_null (strstr (house_sim (house, "tones"), "12"));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_hold_and_answer), TEST (test_release_and_answer),
    TEST (test_waiting),         TEST (test_waited_long_enough),
    TEST (test_hold_and_dial),   TEST (test_join),
    TEST (test_transfer),        TEST (test_six),
    TEST (test_tones),           TEST (test_tones_cut_off),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls when something goes wrong: with what the module says, with the cable, with the daemon. */
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

/* After whatever has happened, what the bus shows is what there is. */
static void
assert_works (void)
{
  house_wait (house, "Modem1", "Healthy", "true");
  house_sim (house, "no-faults");
  house_call (house, "Voice1", "HangupAll", "()");
  house_wait (house, "Voice1", "Calls", "[]");
  assert_string_equal (house_sim (house, "calls"), "0");
  call_dial (house, "100", "'active'");
}

/* ---- what the module says, or does not ---- */

/* ATD is answered late or never; the call that has begun all the same is the one that is told. */
static void
test_dial_unanswered (void **state G_GNUC_UNUSED)
{
  house_sim (house, "late 8");
  assert_int_equal (call_dial (house, "100", "'active'"), 1);
  house_wait (house, "Voice1", "Calls", "['" HOUSE_MODEM "/call/1']");
  call_wait (house, 1, "Number", "'100'");
  assert_works ();
  assert_string_equal (house_call (house, "Voice1", "HangupAll", "()"), "()");
  calls_wait_told ("gone 2");
  house_sim (house, "ignore D");
  assert_int_equal (call_dial (house, "100", "'active'"), 3);
  call_wait (house, 3, "Number", "'100'");
  house_sim (house, "ignore");
  assert_works ();
}

static void
test_dial_garbled (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < 5; i++)
    {
      house_sim (house, "garbage 40");
      house_call (house, "Voice1", "Dial", "('100', @a{sv} {})");
      assert_works ();
      house_call (house, "Voice1", "HangupAll", "()");
      house_wait (house, "Voice1", "Calls", "[]");
    }
}

/* The line breaks in the middle of ^CEND. */
static void
test_end_cut_off (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  house_sim (house, "hang-up-after 5");
  house_sim (house, "remote 1 hangs-up");
  calls_wait_told ("gone 1");
  house_sim (house, "plug");
  house_ready (house);
  house_wait (house, "Voice1", "Calls", "[]");
  assert_works ();
}

/* All is said at once, late. */
static void
test_silence (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  house_sim (house, "silence 20");
  house_sim (house, "remote 1 hangs-up");
  calls_wait_told ("gone 1");
  assert_works ();
}

static void
test_ring_untold (void **state G_GNUC_UNUSED)
{
  house_sim (house, "incoming-call 200 gives-up=0");
  calls_wait_told ("added 1");
  house_sim (house, "urc ^CEND: 1,0,104,16"); /* which is not so */
  calls_wait_told ("gone 1");
  calls_wait_told ("added 2"); /* it rings again */
  assert_string_equal (call_do (house, 2, "Answer", "()"), "()");
  call_wait (house, 2, "State", "'active'");
}

/* Calls that there are not. */
static void
test_lies (void **state G_GNUC_UNUSED)
{
  static const char *const lies[] = { "^ORIG: 7,0",         "^CONN: 3,0", "^CEND: 5,0,29,16",
                                      "+CCWA: \"1\",129,1", "RING",       "^CONF: 2" };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    house_sim (house, "urc %s", lies[i]);
  calls_wait_told ("object 1");
  house_wait (house, "Voice1", "Calls", "[]");
  assert_works ();
}

/* ---- the cable ---- */

typedef struct
{
  const char *does; /* before it is dialled; NULL: it calls */
  const char *state;
} Situation;

static const Situation situations[] = {
  { "does=waits", "'dialing'" },
  { "answers=600", "'alerting'" },
  { "does=answers", "'active'" },
  { NULL, "'incoming'" },
};

static guint
enter (const Situation *situation)
{
  if (situation->does != NULL)
    {
      house_sim (house, "party 100 %s", situation->does);
      return call_dial (house, "100", situation->state);
    }
  house_sim (house, "incoming-call 200 gives-up=0");
  calls_wait_told ("added 1");
  return 1;
}

/* The module goes on by itself: the call is there again, as another object. */
static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (situations); i++)
    {
      enter (&situations[i]);
      house_sim (house, "unplug");
      calls_wait_told ("removed 1 gone 0 0");
      calls_wait_told ("gone 1");
      house_wait_object (house, FALSE);
      house_sim (house, "plug");
      house_ready (house);
      calls_wait_told ("added 2");
      call_wait (house, 2, "State", situations[i].state);
      assert_string_equal (house_call (house, "Voice1", "HangupAll", "()"), "()");
      house_wait (house, "Voice1", "Calls", "[]");
      tear_down (NULL);
      set_up (NULL);
    }
}

static void
test_unplugged_held (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  assert_string_equal (house_call (house, "Voice1", "Hold", "()"), "()");
  call_wait (house, 1, "State", "'held'");
  house_sim (house, "incoming-call 200 gives-up=0");
  calls_wait_told ("added 2");
  house_sim (house, "unplug");
  calls_wait_told ("gone 1");
  calls_wait_told ("gone 2");
  house_wait_object (house, FALSE);
  house_sim (house, "plug");
  house_ready (house);
  call_wait (house, 3, "State", "'held'");
  call_wait (house, 4, "State", "'waiting'");
}

/* The module restarts: nobody talks any more. */
static void
test_restarted (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  house_sim (house, "reset");
  calls_wait_told ("gone 1");
  house_wait (house, "Modem1", "Restarts", "1");
  house_ready (house);
  house_wait (house, "Voice1", "Calls", "[]");
  call_dial (house, "100", "'active'");
}

/* ---- the daemon ---- */

static void
test_killed (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (situations); i++)
    {
      guint call = enter (&situations[i]);

      house_kill_daemon (house);
      calls_forget_told ();
      house_start_daemon (house, NULL);
      house_ready (house);
      call_wait (house, 1, "State", situations[i].state);
      call_wait (house, 1, "Number", situations[i].does != NULL ? "'100'" : "'200'");
      call_wait (house, 1, "Direction", situations[i].does != NULL ? "'outgoing'" : "'incoming'");
      assert_string_equal (call_do (house, 1, "Hangup", "()"), "()");
      house_wait (house, "Voice1", "Calls", "[]");
      assert_int_equal (call, 1);
      tear_down (NULL);
      set_up (NULL);
    }
}

/* SIGTERM does not end a call either. */
static void
test_stopped (void **state G_GNUC_UNUSED)
{
  call_dial (house, "100", "'active'");
  house_stop_daemon (house);
  house_start_daemon (house, NULL);
  house_ready (house);
  call_wait (house, 1, "State", "'active'");
}

/* ---- nothing ---- */

static guint
count (const char *text, const char *what)
{
  guint n = 0;

  for (const char *s = text; (s = strstr (s, what)) != NULL; s += strlen (what))
    n++;
  return n;
}

/* A quiet call costs one question a minute, whose answer changes nothing. */
static void
test_quiet (void **state G_GNUC_UNUSED)
{
  g_autofree char *log = NULL;

  call_dial (house, "100", "'active'");
  house_sim (house, "advance 10");
  g_usleep (50000); /* what follows from the beginning is over */
  calls_forget_told ();
  house_sim (house, "urc +MARK");
  g_usleep (1500000); /* 150 s */
  log = g_strdup (strstr (house_sim (house, "log 60"), "+MARK"));
  assert_non_null (log);
  assert_in_range (count (log, "< AT"), 0, 4);
  assert_int_equal (count (log, "< AT"), count (log, "< AT+CLCC"));
  assert_string_equal (calls_told (), "\n");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_dial_unanswered), TEST (test_dial_garbled),   TEST (test_end_cut_off),
    TEST (test_silence),         TEST (test_ring_untold),    TEST (test_lies),
    TEST (test_unplugged),       TEST (test_unplugged_held), TEST (test_restarted),
    TEST (test_killed),          TEST (test_stopped),        TEST (test_quiet),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

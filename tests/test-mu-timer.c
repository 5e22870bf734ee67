/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "mu-timer.h"

static void
count (gpointer user_data)
{
  ++*(int *)user_data;
}

static void
run_until (int *fired, int times)
{
  while (*fired < times)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_fires_once (void **state G_GNUC_UNUSED)
{
  int     fired = 0;
  MuTimer timer;

  mu_timer_init (&timer, count, &fired);
  mu_timer_start (&timer, 30000); /* a thousand times faster here */
  run_until (&fired, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_int_equal (fired, 1);
  mu_timer_start (&timer, 1000);
  run_until (&fired, 2);
  mu_timer_clear (&timer);
}

static void
test_stop (void **state G_GNUC_UNUSED)
{
  int     stopped = 0, fired = 0;
  MuTimer a, b;

  mu_timer_init (&a, count, &stopped);
  mu_timer_init (&b, count, &fired);
  mu_timer_start (&a, 5000);
  mu_timer_start (&b, 10000);
  mu_timer_stop (&a);
  run_until (&fired, 1);
  assert_int_equal (stopped, 0);
  mu_timer_clear (&a);
  mu_timer_clear (&b);
}

static void
test_advance (void **state G_GNUC_UNUSED)
{
  int     fired = 0;
  gint64  before = mu_timer_now ();
  MuTimer timer;

  mu_timer_init (&timer, count, &fired);
  mu_timer_start (&timer, 3600 * 1000);
  mu_timer_advance (1800 * 1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_int_equal (fired, 0);
  mu_timer_advance (1800 * 1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_int_equal (fired, 1);
  assert_true (mu_timer_now () - before >= G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC);
  mu_timer_clear (&timer);
}

/* No time passes but the one that is given; this is the last test, for it stays so. */
static void
test_freeze (void **state G_GNUC_UNUSED)
{
  int     fired = 0;
  gint64  before;
  MuTimer timer;

  mu_timer_init (&timer, count, &fired);
  mu_timer_start (&timer, 60000); /* 60 ms at this speed */
  mu_timer_freeze ();
  before = mu_timer_now ();
  mu_timer_start (&timer, 10); /* less than a tick */
  g_usleep (1000);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_int_equal (fired, 0);
  assert_true (mu_timer_now () == before);
  mu_timer_advance (9);
  assert_false (g_main_context_iteration (NULL, FALSE));
  mu_timer_advance (1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  assert_int_equal (fired, 1);
  assert_true (mu_timer_now () == before + 10000);
  mu_timer_clear (&timer);
}

static MuTimer early, late;

static void
stop_late (gpointer user_data)
{
  if (user_data != NULL)
    mu_timer_start (&late, 1000);
  else
    mu_timer_stop (&late);
}

/* GLib has found both of them due before it calls the first: what that one stops does not fire, and
 * what it starts anew fires later. */
static void
test_stopped_when_due (void **state G_GNUC_UNUSED)
{
  static int anew;
  void      *rows[] = { NULL, &anew };

  mu_timer_freeze ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      int fired = 0;

      mu_timer_init (&early, stop_late, rows[i]);
      mu_timer_init (&late, count, &fired);
      mu_timer_start (&early, 1000);
      mu_timer_start (&late, 1000);
      mu_timer_advance (1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      assert_int_equal (fired, 0);
      mu_timer_advance (1000);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      assert_int_equal (fired, rows[i] != NULL);
      mu_timer_clear (&early);
      mu_timer_clear (&late);
    }
}

static void
test_never_started (void **state G_GNUC_UNUSED)
{
  MuTimer timer;

  mu_timer_init (&timer, count, NULL);
  mu_timer_stop (&timer);
  mu_timer_clear (&timer);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fires_once), cmocka_unit_test (test_stop),
    cmocka_unit_test (test_advance),    cmocka_unit_test (test_never_started),
    cmocka_unit_test (test_freeze),     cmocka_unit_test (test_stopped_when_due),
  };

  g_setenv ("MU709D_CLOCK_SPEED", "1000", TRUE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}

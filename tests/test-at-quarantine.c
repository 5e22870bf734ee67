/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-quarantine.h"
#include "mu-test.h"
#include "mu-timer.h"

static void
test_two_strikes (void **state G_GNUC_UNUSED)
{
  AtQuarantine q = { 0 };

  at_quarantine_timed_out (&q, "AT^FOO=1");
  assert_false (at_quarantine_holds (&q, "AT^FOO=1"));
  at_quarantine_timed_out (&q, "AT^FOO?");
  assert_true (at_quarantine_holds (&q, "AT^foo=2"));
  assert_false (at_quarantine_holds (&q, "AT^FOOBAR"));
  mu_timer_advance (61 * 1000);
  assert_false (at_quarantine_holds (&q, "AT^FOO"));
  at_quarantine_timed_out (&q, "AT^FOO");
  assert_true (at_quarantine_holds (&q, "AT^FOO"));
}

/* A minute, two, four, eight, and then ten. */
static void
test_terms (void **state G_GNUC_UNUSED)
{
  static const guint minutes[] = { 1, 2, 4, 8, 10, 10, 10 };
  AtQuarantine       q = { 0 };

  at_quarantine_timed_out (&q, "AT^FOO");
  for (gsize i = 0; i < G_N_ELEMENTS (minutes); i++)
    {
      at_quarantine_timed_out (&q, "AT^FOO");
      mu_timer_advance (minutes[i] * 60 * 1000 - 1000);
      assert_true (at_quarantine_holds (&q, "AT^FOO"));
      mu_timer_advance (2000);
      assert_false (at_quarantine_holds (&q, "AT^FOO"));
    }
}

static void
test_answer_clears (void **state G_GNUC_UNUSED)
{
  AtQuarantine q = { 0 };

  at_quarantine_timed_out (&q, "AT+CSQ");
  at_quarantine_answered (&q, "AT+CSQ");
  at_quarantine_timed_out (&q, "AT+CSQ");
  assert_false (at_quarantine_holds (&q, "AT+CSQ"));
}

static void
test_full (void **state G_GNUC_UNUSED)
{
  AtQuarantine q = { 0 };

  for (guint i = 0; i < 3 * AT_QUARANTINE_SLOTS; i++)
    {
      g_autofree char *text = g_strdup_printf ("AT^C%u", i);

      at_quarantine_timed_out (&q, text);
      at_quarantine_timed_out (&q, text);
      assert_true (at_quarantine_holds (&q, text));
      mu_timer_advance (1);
    }
  assert_false (at_quarantine_holds (&q, "AT^C0"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_two_strikes),
    cmocka_unit_test (test_terms),
    cmocka_unit_test (test_answer_clears),
    cmocka_unit_test (test_full),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

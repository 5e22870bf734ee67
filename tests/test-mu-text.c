/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "mu-text.h"

static void
test_fit (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mu_text_fit ("", 0, 1), 0);
  assert_int_equal (mu_text_fit ("abc", 3, 4), 3);
  assert_int_equal (mu_text_fit ("abc", 3, 3), 2);
  assert_int_equal (mu_text_fit ("abc", 2, 4), 2);
  assert_int_equal (mu_text_fit ("abc", 3, 1), 0);
}

/* "a€b": the character in the middle is of three bytes. */
static void
test_characters (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mu_text_fit ("a\xe2\x82\xac"
                                 "b",
                                 5, 6),
                    5);
  assert_int_equal (mu_text_fit ("a\xe2\x82\xac"
                                 "b",
                                 5, 5),
                    4);
  assert_int_equal (mu_text_fit ("a\xe2\x82\xac"
                                 "b",
                                 5, 4),
                    1);
  assert_int_equal (mu_text_fit ("a\xe2\x82\xac"
                                 "b",
                                 5, 3),
                    1);
}

static void
test_time (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 ("2014-08-05T04:00:21.5-03:30", NULL);
  g_autofree char      *text = mu_text_time (time);

  assert_string_equal (text, "2014-08-05T04:00:21-03:30");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fit),
    cmocka_unit_test (test_characters),
    cmocka_unit_test (test_time),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

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

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fit),
    cmocka_unit_test (test_characters),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

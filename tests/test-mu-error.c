/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"

static void
test_words (void **state G_GNUC_UNUSED)
{
  for (int code = 0; code <= MU_ERROR_MODEM; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (MU_ERROR, code, "");

      assert_non_null (mu_error_word (error));
      assert_true (g_ascii_isupper (mu_error_word (error)[0]));
    }
}

static void
test_foreign (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_IO, "");

  assert_string_equal (mu_error_word (error), "Failed");
  error->domain = MU_ERROR;
  error->code = MU_ERROR_MODEM + 1;
  assert_string_equal (mu_error_word (error), "Failed");
}

static void
test_fail (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  assert_false (mu_fail (NULL, MU_ERROR_BUSY, "nobody asks"));
  assert_false (mu_fail (&error, MU_ERROR_BUSY, "%d calls", 3));
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_BUSY));
  assert_string_equal (error->message, "3 calls");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words),
    cmocka_unit_test (test_foreign),
    cmocka_unit_test (test_fail),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-pdp-cause.h"
#include "mu-test.h"

#include <string.h>

static const struct
{
  guint       cause;
  const char *word;
  gboolean    permanent;
} rows[] = {
  { 0, "NetworkRejected", FALSE },  { 8, "NetworkRejected", FALSE },
  { 26, "NetworkRejected", FALSE }, { 27, "InvalidArgument", TRUE },
  { 28, "InvalidArgument", TRUE },  { 29, "AuthenticationFailed", TRUE },
  { 30, "NetworkRejected", FALSE }, { 31, "NetworkRejected", FALSE },
  { 32, "NotSubscribed", TRUE },    { 33, "NotSubscribed", TRUE },
  { 34, "NetworkRejected", FALSE }, { 36, "NetworkRejected", FALSE },
  { 38, "NetworkRejected", FALSE }, { 50, "NetworkRejected", FALSE },
  { 77, "NetworkRejected", FALSE }, { G_MAXUINT, "NetworkRejected", FALSE },
};

static void
test_words (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = mu_pdp_cause_error (rows[i].cause);
      g_autofree char   *number = g_strdup_printf ("Cause %u: ", rows[i].cause);

      assert_string_equal (mu_error_word (error), rows[i].word);
      assert_int_equal (mu_pdp_cause_is_permanent (rows[i].cause), rows[i].permanent);
      assert_true (rows[i].cause == 0 || g_str_has_prefix (error->message, number));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

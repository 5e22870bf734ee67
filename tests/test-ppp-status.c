/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "ppp-status.h"

#include <string.h>

#define assert_error(error, word) assert_string_equal (mu_error_word (error), word)

typedef struct
{
  int         status;
  const char *word;
} Row;

static void
test_words (void **state G_GNUC_UNUSED)
{
  static const Row rows[] = {
    { -1, "Aborted" },         { 0, "NoCarrier" },
    { 2, "Failed" },           { 4, "NotSupported" },
    { 5, "Aborted" },          { 6, "Busy" },
    { 10, "NetworkRejected" }, { 15, "NoCarrier" },
    { 16, "NoCarrier" },       { 19, "AuthenticationFailed" },
    { 20, "Failed" },          { 255, "Failed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = ppp_status_error (rows[i].status);

      assert_error (error, rows[i].word);
    }
}

/* Each has its own text, with the number that pppd's manual explains. */
static void
test_texts (void **state G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int status = -1; status <= 25; status++)
    {
      g_autoptr (GError) error = ppp_status_error (status);
      g_autofree char   *number = g_strdup_printf ("%d", status);

      assert_non_null (strstr (error->message, number));
      assert_true (g_hash_table_add (texts, g_strdup (error->message)));
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words),
    cmocka_unit_test (test_texts),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "sim-text.h"

static void
test_escape (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sim_escape (out, "\r\n\t\\a\0\xff \"", 9);
  assert_string_equal (out->str, "\\r\\n\\t\\\\a\\x00\\xff \"");
}

static void
test_every_byte (void **state G_GNUC_UNUSED)
{
  for (int byte = 0; byte < 256; byte++)
    {
      g_autoptr (GString) text = g_string_new (NULL), back = g_string_new (NULL);
      const char          c = (char)byte;

      sim_escape (text, &c, 1);
      assert_true (sim_unescape (text->str, back, NULL));
      assert_int_equal (back->len, 1);
      assert_int_equal (back->str[0], c);
    }
}

static void
test_wrong_escapes (void **state G_GNUC_UNUSED)
{
  static const char *const wrong[] = { "\\", "\\q", "\\x", "\\x1", "\\xg0", "a\\" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GError)  error = NULL;

      assert_false (sim_unescape (wrong[i], out, &error));
      assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_ARGUMENT));
    }
}

static void
test_hex (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString)    out = g_string_new (NULL);

  assert_true (sim_unhex ("00aBFf", bytes));
  sim_hex (out, bytes->data, bytes->len);
  assert_string_equal (out->str, "00ABFF");
  assert_true (sim_unhex ("", bytes));
  assert_false (sim_unhex ("0", bytes));
  assert_false (sim_unhex ("0g", bytes));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_escape),
    cmocka_unit_test (test_every_byte),
    cmocka_unit_test (test_wrong_escapes),
    cmocka_unit_test (test_hex),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "sim-keys.h"

typedef struct
{
  char     text[5], digits[5], number[5];
  gboolean yes;
  guint    decimal, hex, word;
  double   level;
} Thing;

static const char *const words[] = { "red", "green", NULL };

static const SimKey keys[] = {
  { "text", SIM_KEY_TEXT, offsetof (Thing, text), 1, 4, NULL },
  { "digits", SIM_KEY_DIGITS, offsetof (Thing, digits), 2, 4, NULL },
  { "number", SIM_KEY_NUMBER, offsetof (Thing, number), 0, 4, NULL },
  { "yes", SIM_KEY_YES_NO, offsetof (Thing, yes), 0, 0, NULL },
  { "decimal", SIM_KEY_DECIMAL, offsetof (Thing, decimal), 1, 9, NULL },
  { "hex", SIM_KEY_HEX, offsetof (Thing, hex), 1, 0xff, NULL },
  { "word", SIM_KEY_WORD, offsetof (Thing, word), 0, 0, words },
  { "level", SIM_KEY_LEVEL, offsetof (Thing, level), -10, 0, NULL },
};

static gboolean
set (Thing *thing, const char *text, GError **error)
{
  return sim_keys_set (keys, G_N_ELEMENTS (keys), text, thing, sizeof *thing, error);
}

static void
test_all (void **state G_GNUC_UNUSED)
{
  Thing thing = { .decimal = 7 };

  assert_true (set (&thing,
                    "  text=a\\x20b digits=0123 number=+12 yes=yes  hex=fF word=green level=-2.5 ",
                    NULL));
  assert_string_equal (thing.text, "a b");
  assert_string_equal (thing.digits, "0123");
  assert_string_equal (thing.number, "+12");
  assert_true (thing.yes);
  assert_int_equal (thing.decimal, 7);
  assert_int_equal (thing.hex, 0xff);
  assert_int_equal (thing.word, 1);
  assert_true (thing.level == -2.5);
  assert_true (set (&thing, "", NULL));
}

/* One wrong word, and nothing has changed. */
static void
test_wrong (void **state G_GNUC_UNUSED)
{
  static const char *const wrong[] = {
    "text",     "=",         "colour=red", "text=",     "text=abcde", "text=\\q",  "text=a\\x00",
    "digits=1", "digits=1a", "number=1+",  "yes=maybe", "decimal=10", "decimal=x", "hex=0",
    "hex=100",  "hex=0x1",   "hex=",       "word=blue", "level=1",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char   *text = g_strconcat ("decimal=3 ", wrong[i], NULL);
      g_autoptr (GError) error = NULL;
      Thing              thing = { .decimal = 7 };

      assert_false (set (&thing, text, &error));
      assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_INVALID_ARGUMENT));
      assert_int_equal (thing.decimal, 7);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_all),
    cmocka_unit_test (test_wrong),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

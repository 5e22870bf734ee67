/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-args.h"

static int
setup (void **state)
{
  SimArgs *args = g_new (SimArgs, 1);

  sim_args_init (args);
  *state = args;
  return 0;
}

static int
teardown (void **state)
{
  sim_args_clear (*state);
  g_free (*state);
  return 0;
}

static void
test_all_kinds (void **state)
{
  SimArgs *args = *state;

  sim_args_start (args, "1,,\"a,b\",bare,");
  assert_int_equal (sim_arg_uint (args, 0, 2), 1);
  assert_int_equal (sim_arg_uint_or (args, 7, 0, 9), 7);
  assert_string_equal (sim_arg_text (args, 3), "a,b");
  assert_false (sim_args_end (args));
  assert_string_equal (sim_arg_text_or (args, "none", 4), "bare");
  assert_string_equal (sim_arg_text_or (args, "none", 4), "none");
  assert_string_equal (sim_arg_text_or (args, "none", 4), "none");
  assert_true (sim_args_end (args));
}

static void
test_empty_text (void **state)
{
  SimArgs *args = *state;

  sim_args_start (args, "\"\"");
  assert_string_equal (sim_arg_text (args, 0), "");
  assert_true (sim_args_end (args));
}

/* Once wrong, always wrong, and nothing more is taken. */
static void
test_sticky (void **state)
{
  SimArgs *args = *state;

  sim_args_start (args, "x,2");
  assert_int_equal (sim_arg_uint (args, 1, 2), 1);
  assert_int_equal (sim_arg_uint (args, 1, 2), 1);
  assert_string_equal (sim_arg_text (args, 9), "");
  assert_false (sim_args_end (args));
}

static void
test_wrong (void **state)
{
  static const char *const numbers[]
      = { "", ",", "x", "3", "-1", "1x", "\"1\"", "99999999999999999999" };
  static const char *const texts[] = { "", "\"abc", "\"abcd\"", "abcd", "a\"b", "\"a\"b" };
  SimArgs                 *args = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      sim_args_start (args, numbers[i]);
      (void)sim_arg_uint (args, 0, 2);
      assert_false (sim_args_end (args));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      sim_args_start (args, texts[i]);
      (void)sim_arg_text (args, 3);
      assert_false (sim_args_end (args));
    }
  sim_args_start (args, "1,2");
  (void)sim_arg_uint (args, 0, 2);
  assert_false (sim_args_end (args)); /* one too many */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_all_kinds, setup, teardown),
    cmocka_unit_test_setup_teardown (test_empty_text, setup, teardown),
    cmocka_unit_test_setup_teardown (test_sticky, setup, teardown),
    cmocka_unit_test_setup_teardown (test_wrong, setup, teardown),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

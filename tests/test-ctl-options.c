/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-error.h"
#include "ctl-options.h"
#include "mu-test.h"

#include <string.h>

/* Parses and returns the arguments that are left, with blanks between them, or the error. */
static char *
parse (CtlOptions *options, const char *const *argv)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_autoptr (GError)    error = NULL;

  *options = (CtlOptions){ 0 };
  if (!ctl_options_parse (options, argv, rest, &error))
    {
      assert_int_equal (ctl_error_status (error), CTL_ERROR_USAGE);
      return g_strdup (error->message);
    }
  g_ptr_array_add (rest, NULL);
  return g_strjoinv (" ", (char **)rest->pdata);
}

static void
assert_parsed (const char *const *argv, const char *expected)
{
  g_auto (CtlOptions) options = { 0 };
  g_autofree char    *text = parse (&options, argv);

  assert_string_equal (text, expected);
}

static void
test_order (void **state G_GNUC_UNUSED)
{
  g_auto (CtlOptions) options = { 0 };
  g_autofree char *rest = parse (&options, (const char *[]){ "--modem", "a", "at", "--json", "ATI",
                                                             "--timeout=1.5", "--modem=b", NULL });

  assert_string_equal (rest, "at ATI");
  assert_true (options.json);
  assert_string_equal (options.modem, "b"); /* the last one wins */
  assert_true (options.timeout == 1.5);
  assert_false (options.session);
}

/* What looks like an option and is none. */
static void
test_arguments (void **state G_GNUC_UNUSED)
{
  assert_parsed ((const char *[]){ NULL }, "");
  assert_parsed ((const char *[]){ "call", "5", "-95", "-", NULL }, "call 5 -95 -");
  assert_parsed ((const char *[]){ "at", "--", "--json", "-h", "--", NULL }, "at --json -h --");
  assert_parsed ((const char *[]){ "--modem", "--json", "x", NULL }, "x");
  assert_parsed ((const char *[]){ "", NULL }, "");
}

static void
test_errors (void **state G_GNUC_UNUSED)
{
  assert_parsed ((const char *[]){ "--jsno", NULL },
                 "There is no option --jsno; did you mean --json?");
  assert_parsed ((const char *[]){ "-json", NULL },
                 "There is no option -json; did you mean --json?");
  assert_parsed ((const char *[]){ "--frobnicate", NULL },
                 "There is no option --frobnicate; an argument that begins so goes after --");
  assert_parsed ((const char *[]){ "--json=1", NULL }, "--json has no value");
  assert_parsed ((const char *[]){ "--modem", NULL }, "--modem wants a value: MODULE");
  assert_parsed ((const char *[]){ "--session", "--system", NULL },
                 "It is either --session or --system");
  assert_parsed ((const char *[]){ "a", "b\xff", NULL },
                 "Argument 2, 'b\xef\xbf\xbd', is not valid UTF-8");
}

static void
test_timeout (void **state G_GNUC_UNUSED)
{
  static const char *const wrong[] = { "", "x", "1x", "0", "-1", "nan", "inf", "1e9" };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (CtlOptions) options = { 0 };
      g_autofree char    *text = parse (&options, (const char *[]){ "--timeout", wrong[i], NULL });

      assert_true (g_str_has_prefix (text, "--timeout is a number of seconds, not"));
    }
}

static void
test_help (void **state G_GNUC_UNUSED)
{
  g_auto (CtlOptions) options = { 0 };
  g_autofree char    *rest = parse (&options, (const char *[]){ "sim", "-h", NULL });

  assert_true (options.help);
  assert_string_equal (rest, "sim");
}

/* --json holds for an error in an option before it. */
static void
test_json_of_errors (void **state G_GNUC_UNUSED)
{
  g_auto (CtlOptions) options = { 0 };
  g_autofree char    *text = parse (&options, (const char *[]){ "--frobnicate", "--json", NULL });

  assert_true (options.json);
  assert_non_null (strstr (text, "--frobnicate"));
}

static gboolean
uses_session (const char *variable, const char *option)
{
  g_auto (CtlOptions) options = { 0 };
  g_autofree char    *rest = NULL;

  g_setenv ("MU709CTL_BUS", variable, TRUE);
  rest = parse (&options, (const char *[]){ option, NULL });
  g_unsetenv ("MU709CTL_BUS");
  assert_string_equal (rest, "");
  return options.session;
}

static void
test_bus (void **state G_GNUC_UNUSED)
{
  assert_true (uses_session ("session", NULL));
  assert_true (uses_session ("session", "--session"));
  assert_true (uses_session ("system", "--session"));
  assert_false (uses_session ("session", "--system"));
  assert_false (uses_session ("system", NULL));
  assert_false (uses_session ("", NULL));
  g_setenv ("MU709CTL_BUS", "tram", TRUE);
  assert_parsed ((const char *[]){ NULL }, "MU709CTL_BUS is session or system");
  g_unsetenv ("MU709CTL_BUS");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_order),  cmocka_unit_test (test_arguments),
    cmocka_unit_test (test_errors), cmocka_unit_test (test_timeout),
    cmocka_unit_test (test_help),   cmocka_unit_test (test_json_of_errors),
    cmocka_unit_test (test_bus),
  };

  g_unsetenv ("MU709CTL_BUS");
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-parser.h"

/* NAME<form>ARGS and a blank for each command, ! for an error: "+COPS=0 +CREG? +COPS=? ATI" */
static char *
commands_of (const char *line)
{
  static const char *const marks[] = {
    [SIM_FORM_EXEC] = ".",
    [SIM_FORM_READ] = "?",
    [SIM_FORM_TEST] = "=?",
    [SIM_FORM_SET] = "=",
  };
  GString *out = g_string_new (NULL);
  SimText  text = { .args = g_string_new (NULL) };
  SimParse parsed;

  while ((parsed = sim_parse_next (&line, &text)) == SIM_PARSE_COMMAND)
    g_string_append_printf (out, "%s%s%s ", text.name, marks[text.form],
                            text.form == SIM_FORM_SET ? text.args->str : "");
  if (parsed == SIM_PARSE_ERROR)
    g_string_append_c (out, '!');
  g_string_free (text.args, TRUE);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *line, *commands;
} Case;

static const Case cases[] = {
  { "", "" },
  { "E0Q0V1S0=0", "E=0 Q=0 V=1 S0=0 " },
  { "ezi", "E= Z= I= " },
  { "S0?", "S0? " },
  { "&C1&D2&f", "&C=1 &D=2 &F= " },
  { "+CFUN?", "+CFUN? " },
  { "+cops=?", "+COPS=? " },
  { "+COPS = 1 , 2 ,\"001 01\"", "+COPS=1,2,\"001 01\" " }, /* blanks count in quotes only */
  { "^SYSINFO", "^SYSINFO. " },
  { "E0+CREG=1;+CREG?;^HCSQ?", "E=0 +CREG=1 +CREG? ^HCSQ? " },
  { "+CREG=1;E0", "+CREG=1 E=0 " },
  { "+CPIN=\"1;2\";I", "+CPIN=\"1;2\" I= " }, /* ';' in quotes */
  { "D*99#;+X", "D=*99#;+X " },               /* the dial string is all the rest */
  { "+CRSM=176,12258,0,0,10", "+CRSM=176,12258,0,0,10 " },
  { "+X=", "+X= " },
  { "*PSW^A_1", "!" }, /* ... nothing may follow a name but its form */
  { "&CA", "!" },
  { "&1", "!" },
  { "S0", "!" },
  { "S", "!" },
  { "1", "!" },
  { "+CREG?x", "!" },
  { "+ABCDEFGHIJKLMNOPQRSTUVWXYZ", "!" },
  { "S1234567890123456789012345=1", "!" },
  { "I,", "I= !" },
};

static void
test_cases (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *commands = commands_of (cases[i].line);

      assert_string_equal (commands, cases[i].commands);
    }
}

/* Whatever the line, it comes to an end. */
static void
test_any_bytes (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  static const char letters[] = "AESD&+^=?;,\" 019\x7f\xff";

  for (int n = 0; n < 20000; n++)
    {
      char             line[24] = "";
      g_autofree char *commands = NULL;
      int              length = g_rand_int_range (random, 0, 23);

      for (int i = 0; i < length; i++)
        line[i] = letters[g_rand_int_range (random, 0, (gint32)sizeof letters - 1)];
      commands = commands_of (line);
      assert_non_null (commands);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_cases),
    cmocka_unit_test (test_any_bytes),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-line.h"

#include <string.h>

/* Each line's text in brackets, '!' for one too long, '/' for A/. */
static char *
lines_of (const char *input)
{
  GString *out = g_string_new (NULL);
  SimLine  line;

  sim_line_init (&line);
  for (; *input != '\0'; input++)
    switch (sim_line_feed (&line, *input))
      {
      case SIM_LINE_MORE: break;
      case SIM_LINE_READY: g_string_append_printf (out, "[%s]", line.text->str); break;
      case SIM_LINE_AGAIN: g_string_append_c (out, '/'); break;
      case SIM_LINE_TOO_LONG: g_string_append_c (out, '!'); break;
      }
  sim_line_clear (&line);
  return g_string_free (out, FALSE);
}

typedef struct
{
  const char *input, *lines;
} Case;

static const Case cases[] = {
  { "AT\r", "[]" },
  { "at+cfun?\r", "[+cfun?]" },
  { "AT+CFUN?\r\nAT\r\n", "[+CFUN?][]" },
  { "xyz\x1a\x1b AT\r", "[]" },     /* garbage before it */
  { "AAAT\r", "[]" },               /* A may come twice */
  { "XTT\rAT\r", "[]" },            /* T alone is none */
  { "A\rT\rAT\r", "[]" },           /* broken by CR */
  { "ATE1\b0\r", "[E0]" },          /* backspace edits ... */
  { "AT\b\b\b\bI\r", "[I]" },       /* ... what was typed behind AT only */
  { "AT\x01I\x7fQ\r", "[I\x7fQ]" }, /* control characters do not count */
  { "ATI\rA/", "[I]/" },
  { "ATI\rA/A/\r", "[I]//" },
  { "AT", "" },
  { "\r\r\n\r", "" },
};

static void
test_cases (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *lines = lines_of (cases[i].input);

      assert_string_equal (lines, cases[i].lines);
    }
}

static void
test_too_long (void **state G_GNUC_UNUSED)
{
  g_autofree char *most = g_strnfill (SIM_MAX_LINE, 'x');
  g_autofree char *right = g_strdup_printf ("AT%s\r", most);
  g_autofree char *wrong = g_strdup_printf ("AT%sx\rATI\r", most);
  g_autofree char *right_lines = lines_of (right), *wrong_lines = lines_of (wrong);

  assert_int_equal (strlen (right_lines), SIM_MAX_LINE + 2);
  assert_string_equal (wrong_lines, "![I]");
}

static void
test_reset (void **state G_GNUC_UNUSED)
{
  SimLine line;

  sim_line_init (&line);
  for (const char *c = "AT+CO"; *c != '\0'; c++)
    assert_int_equal (sim_line_feed (&line, *c), SIM_LINE_MORE);
  sim_line_reset (&line);
  assert_int_equal (sim_line_feed (&line, '\r'), SIM_LINE_MORE);
  sim_line_clear (&line);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_cases),
    cmocka_unit_test (test_too_long),
    cmocka_unit_test (test_reset),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-command.h"
#include "mu-test.h"

#include <string.h>

static gboolean
owns (const char *text, AtLines lines, const char *line)
{
  return at_command_owns (text, lines, &(AtLine){ .text = line, .len = strlen (line) });
}

static void
test_timeouts (void **state G_GNUC_UNUSED)
{
  assert_int_equal (at_command_timeout_ms ("AT+CSQ"), 30000);
  assert_int_equal (at_command_timeout_ms ("AT+CMGS=23"), 60000);
  assert_int_equal (at_command_timeout_ms ("at+cmss=1"), 60000);
  assert_int_equal (at_command_timeout_ms ("AT+COPS=?"), 120000);
  assert_int_equal (at_command_timeout_ms ("AT+COPS?"), 30000);
}

static void
test_abortive (void **state G_GNUC_UNUSED)
{
  static const char *const abortive[] = { "ATD112;",
                                          "ATA",
                                          "AT+COPS=?",
                                          "AT+CLCC",
                                          "AT+CLIP=1",
                                          "AT+CLCK=\"SC\",2",
                                          "AT^IPSENDEX=1,1,\"00\"",
                                          "AT^SSLO=1" };
  static const char *const steady[]
      = { "AT", "AT+COPS?", "AT+COPS=0", "AT+CPIN=\"1234\"", "AT+CHUP" };

  for (gsize i = 0; i < G_N_ELEMENTS (abortive); i++)
    assert_true (at_command_is_abortive (abortive[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (steady); i++)
    assert_false (at_command_is_abortive (steady[i]));
}

static void
test_owns (void **state G_GNUC_UNUSED)
{
  assert_true (owns ("AT+CSQ", AT_LINES_OWN, "+CSQ: 1,2"));
  assert_false (owns ("AT+CSQ", AT_LINES_NONE, "+CSQ: 1,2"));
  assert_false (owns ("AT+CSQ", AT_LINES_OWN, "+CSQX: 1,2"));
  assert_false (owns ("AT+CSQ", AT_LINES_OWN, "^RSSI: 1"));
  assert_true (owns ("AT^NDISSTATQRY?", AT_LINES_OWN, "^NDISSTATQry:1"));
  assert_true (owns ("AT+CLCK=\"SC\",2", AT_LINES_OWN, "+CLCK: 1"));
  assert_true (owns ("AT+CGSN", AT_LINES_OWN, "867989010000017"));
  assert_false (owns ("AT+CGSN", AT_LINES_OWN, "^RSSI: 1"));
  assert_false (owns ("AT+CGSN", AT_LINES_ANY, "RING"));
  assert_false (owns ("AT+CSQ", AT_LINES_OWN, "bare"));
  assert_true (owns ("AT+FOO", AT_LINES_ANY, "bare"));
  assert_true (owns ("AT+CSQ;+CREG?", AT_LINES_ANY, "+CREG: 2,1"));
}

static void
test_walk (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text, *parts;
  } rows[] = {
    { "", "" },
    { "E0V1Q0", "E0|V1|Q0|" },
    { "E&C1S0=0+CMEE=2;^CURC?", "E|&C1|S0=0|+CMEE=2|^CURC?|" },
    { "+X=\"a;b\";+Y", "+X=\"a;b\"|+Y|" },
    { "D*99#;+CMEE=0", "D*99#|+CMEE=0|" },
    { ";; +A;", "+A|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) parts = g_string_new (NULL);
      const char         *start;
      gsize               len;

      for (const char *s = rows[i].text; (s = at_command_next (s, &start, &len)) != NULL;)
        g_string_append_printf (parts, "%.*s|", (int)len, start);
      assert_string_equal (parts->str, rows[i].parts);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_timeouts),
    cmocka_unit_test (test_abortive),
    cmocka_unit_test (test_owns),
    cmocka_unit_test (test_walk),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

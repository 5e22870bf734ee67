/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-raw.h"
#include "mu-test.h"

#include <string.h>

static void
refused (const char *text, int code)
{
  g_autoptr (GError) error = NULL;

  if (mu_raw_check (text, 0, &error))
    fail_msg ("'%s' passes", text);
  assert_true (g_error_matches (error, MU_ERROR, code));
}

static void
test_pass (void **state G_GNUC_UNUSED)
{
  static const char *const texts[] = { "AT",
                                       "AT+CSQ",
                                       "at+csq",
                                       "AT+CMEE?",
                                       "AT^CURC=?",
                                       "AT+CREG?",
                                       "AT+COPS=0",
                                       "AT+CSQ;+CREG?",
                                       "ATD112;",
                                       "ATD>1;",
                                       "ATI",
                                       "ATH",
                                       "AT+FOO=\"a;b\"",
                                       "AT^RESET",
                                       "AT+CPIN=\"1234\"",
                                       "AT+CLCK=\"SC\",2",
                                       "AT+CMGF?",
                                       "AT+CNMI=?",
                                       "AT^UNKNOWN=1,2" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!mu_raw_check (texts[i], 0, NULL))
      fail_msg ("'%s' does not pass", texts[i]);
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  static const char *const texts[] = { "ATE1",
                                       "ATV0",
                                       "ATZ",
                                       "AT&F",
                                       "ATQ1",
                                       "AT+CMEE=0",
                                       "AT^CURC=0",
                                       "at^curc=0",
                                       "AT+CREG=0",
                                       "AT+CSQ;+CMEE=0",
                                       "AT+CSQ;E1",
                                       "ATS0=1",
                                       "AT+IPR=9600",
                                       "ATD*99#",
                                       "ATD*99***1#",
                                       "ATDT*99#",
                                       "ATD12345",
                                       "ATO",
                                       "AT+CGDATA=\"PPP\",1",
                                       "AT^IPENTRANS=1",
                                       "AT+CMGS=12",
                                       "AT+CMGW=12",
                                       "AT^FWLOAD",
                                       "ATI;E1",
                                       "ATHE1",
                                       "AT+X=\"a;b\";E1",
                                       "AT+CMUX=0" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    refused (texts[i], MU_ERROR_NOT_ALLOWED);
}

static void
test_bad (void **state G_GNUC_UNUSED)
{
  g_autofree char *long_text = g_strnfill (1025, 'A');

  long_text[1] = 'T';
  refused ("", MU_ERROR_INVALID_ARGUMENT);
  refused ("A", MU_ERROR_INVALID_ARGUMENT);
  refused ("+CSQ", MU_ERROR_INVALID_ARGUMENT);
  refused ("AT+CSQ\rATE1", MU_ERROR_INVALID_CHARACTERS);
  refused ("AT+CSQ\n", MU_ERROR_INVALID_CHARACTERS);
  refused ("AT+X=\x1a", MU_ERROR_INVALID_CHARACTERS);
  refused (long_text, MU_ERROR_TOO_LONG);
}

static void
test_timeout (void **state G_GNUC_UNUSED)
{
  assert_true (mu_raw_check ("AT", 100, NULL));
  assert_true (mu_raw_check ("AT", 600000, NULL));
  assert_false (mu_raw_check ("AT", 99, NULL));
  assert_false (mu_raw_check ("AT", 600001, NULL));
}

static void
test_body (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) text
      = g_variant_ref_sink (mu_raw_body (&(AtLine){ .text = "", .body = "0791", .body_len = 4 }));
  g_autoptr (GVariant) hex = g_variant_ref_sink (
      mu_raw_body (&(AtLine){ .text = "", .body = "\xff\0a", .body_len = 3 }));

  assert_string_equal (g_variant_get_string (text, NULL), "0791");
  assert_string_equal (g_variant_get_string (hex, NULL), "FF0061");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pass),    cmocka_unit_test (test_refused), cmocka_unit_test (test_bad),
    cmocka_unit_test (test_timeout), cmocka_unit_test (test_body),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

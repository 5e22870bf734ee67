/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-result.h"
#include "mu-test.h"

static void
check (const char *line, AtResult expected, int code, const char *message)
{
  g_autoptr (GError) error = NULL;

  assert_int_equal (at_result_parse (line, &error), expected);
  assert_int_equal (at_result_parse (line, NULL), expected);
  if (expected != AT_RESULT_ERROR)
    {
      assert_null (error);
      return;
    }
  assert_true (g_error_matches (error, MU_ERROR, code));
  assert_string_equal (error->message, message);
}

static void
test_plain (void **state G_GNUC_UNUSED)
{
  check ("OK", AT_RESULT_OK, 0, NULL);
  check ("CONNECT", AT_RESULT_CONNECT, 0, NULL);
  check ("CONNECT 21600000", AT_RESULT_CONNECT, 0, NULL);
  check ("ERROR", AT_RESULT_ERROR, MU_ERROR_FAILED, "ERROR");
  check ("NO CARRIER", AT_RESULT_ERROR, MU_ERROR_NO_CARRIER, "NO CARRIER");
  check ("COMMAND NOT SUPPORT", AT_RESULT_ERROR, MU_ERROR_NOT_SUPPORTED, "COMMAND NOT SUPPORT");
  check ("TOO MANY PARAMETERS", AT_RESULT_ERROR, MU_ERROR_INVALID_ARGUMENT, "TOO MANY PARAMETERS");
}

static void
test_not_final (void **state G_GNUC_UNUSED)
{
  static const char *const lines[]
      = { "", "OKAY", "ok", "+CSQ: 1,1", "+CMEE: 2", "ERRORS", "RING", "+CME", "^CEND: 1,0,29,16" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    check (lines[i], AT_RESULT_NONE, 0, NULL);
}

static void
test_codes (void **state G_GNUC_UNUSED)
{
  check ("+CME ERROR: 14", AT_RESULT_ERROR, MU_ERROR_NOT_READY, "+CME ERROR: 14 (SIM busy)");
  check ("+CME ERROR:14", AT_RESULT_ERROR, MU_ERROR_NOT_READY, "+CME ERROR:14 (SIM busy)");
  check ("+CME ERROR: SIM busy", AT_RESULT_ERROR, MU_ERROR_NOT_READY, "+CME ERROR: SIM busy (14)");
  check ("+CME ERROR: SIM BUSY", AT_RESULT_ERROR, MU_ERROR_NOT_READY, "+CME ERROR: SIM BUSY (14)");
  check ("+CME ERROR: incorrect password", AT_RESULT_ERROR, MU_ERROR_WRONG_PASSWORD,
         "+CME ERROR: incorrect password (16)");
  check ("+CME ERROR: NETWORK NOT ALLOWED \xe2\x80\x93 EMERGENCY CALLS ONLY", AT_RESULT_ERROR,
         MU_ERROR_NETWORK_REJECTED,
         "+CME ERROR: NETWORK NOT ALLOWED \xe2\x80\x93 EMERGENCY CALLS ONLY (32)");
  check ("+CME ERROR: The network has been opened already", AT_RESULT_ERROR, MU_ERROR_BUSY,
         "+CME ERROR: The network has been opened already");
  check ("+CME ERROR: 4711", AT_RESULT_ERROR, MU_ERROR_MODEM, "+CME ERROR: 4711");
  check ("+CME ERROR: the moon is full", AT_RESULT_ERROR, MU_ERROR_MODEM,
         "+CME ERROR: the moon is full");
  check ("+CME ERROR:", AT_RESULT_ERROR, MU_ERROR_MODEM, "+CME ERROR:");
  check ("+CMS ERROR: 304", AT_RESULT_ERROR, MU_ERROR_INVALID_ARGUMENT,
         "+CMS ERROR: 304 (invalid PDU mode parameter)");
  check ("+CMS ERROR: memory full", AT_RESULT_ERROR, MU_ERROR_MEMORY_FULL,
         "+CMS ERROR: memory full (322)");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plain),
    cmocka_unit_test (test_not_final),
    cmocka_unit_test (test_codes),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

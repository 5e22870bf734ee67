/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-mask.h"
#include "mu-log.h"
#include "mu-test.h"

static void
check (const char *text, const char *expected)
{
  g_autofree char *masked = at_mask (text);

  assert_string_equal (masked, expected);
}

static void
test_masked (void **state G_GNUC_UNUSED)
{
  check ("AT+CPIN=\"1234\"", "AT+CPIN=\"***\"");
  check ("AT+CPIN=12345678,1234", "AT+CPIN=***,***");
  check ("867989010000017", "***");
  check ("ATD+491234567;", "ATD+***;");
  check ("+CNUM: \"Me\",\"+491\",145", "+CNUM: \"***\",\"***\",145");
  check ("0791448720003023", "***");
  check ("AT+CMSS=3,\"+4912\"", "AT+CMSS=3,\"***\"");
  check ("+CLIP: \"017012345\",129", "+CLIP: \"***\",129");
  check ("AT+CMEE=2;+CPIN=\"1234\"", "AT+CMEE=2;+CPIN=\"***\"");
  check ("AT^NDISDUP=1,1,\"apn\",\"me\",\"secret\",2", "AT^NDISDUP=1,1,\"***\",\"***\",\"***\",2");
  check ("AT+VTS=5", "AT+VTS=***");
  check ("AT+CMEE=2;+vts=#;+VTS=1", "AT+CMEE=2;+VTS=***");
  check ("", "");
}

static void
test_technical (void **state G_GNUC_UNUSED)
{
  check ("+COPS: 0,0,\"A Network\",2", "+COPS: 0,0,\"A Network\",2");
  check ("^HCSQ: \"WCDMA\",30,30,58", "^HCSQ: \"WCDMA\",30,30,58");
  check ("OK", "OK");
  check ("+CME ERROR: SIM busy", "+CME ERROR: SIM busy");
  check ("AT+CSQ", "AT+CSQ");
}

/* Secrets never are. */
static void
test_asked_for (void **state G_GNUC_UNUSED)
{
  mu_log_init (MU_LOG_INFO, TRUE);
  check ("ATD+491234567;", "ATD+491234567;");
  check ("+CLIP: \"017012345\",129", "+CLIP: \"017012345\",129");
  check ("+CPIN: SIM PIN", "+CPIN: SIM PIN");
  check ("AT+CPIN=\"1234\"", "AT+CPIN=\"***\"");
  check ("at+cpin=1234", "at+cpin=***");
  check ("AT+CMEE=2;+CPIN=\"1234\"", "AT+CMEE=2;+CPIN=\"***\"");
  check ("AT+CPWD=\"SC\",\"1234\",\"4321\"", "AT+CPWD=\"***\",\"***\",\"***\"");
  check ("AT+CLCK=\"AO\",1,\"1234\"", "AT+CLCK=\"***\",1,\"***\"");
  check ("AT^CPIN=\"1234\"", "AT^CPIN=\"***\"");
  check ("AT+CPIN2=12345678,\"1234\"", "AT+CPIN2=***,\"***\"");
  check ("AT^CARDLOCK=\"12345678\"", "AT^CARDLOCK=\"***\"");
  check ("AT^AUTHDATA=1,2,\"\",\"secret\",\"me\"", "AT^AUTHDATA=1,2,\"\",\"***\",\"***\"");
  check ("AT+CGAUTH=1,1,\"me\",\"secret\"", "AT+CGAUTH=1,1,\"***\",\"***\"");
  check ("AT^NDISDUP=1,1,\"apn\",\"me\",\"secret\",2", "AT^NDISDUP=1,1,\"***\",\"***\",\"***\",2");
  mu_log_init (MU_LOG_INFO, FALSE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_masked),
    cmocka_unit_test (test_technical),
    cmocka_unit_test (test_asked_for),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.3 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_guide (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+VTS=1", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask_for (host, 4, "ATD10086;",
                    OK "\r\n^ORIG: 1,0\r\n\r\n^CONF: 1\r\n\r\n^CONN: 1,0\r\n");
  sim_host_ask_for (host, 0.2, "AT+VTS=1", OK);
  sim_host_ask_for (host, 0.2, "AT+VTS=3", OK);
  sim_host_advance (host, 4.95);
  sim_host_ask_for (host, 0.2, "AT+CHUP", OK "\r\n^CEND: 1,6,29,16\r\n");
  sim_host_answers (host, "tones", "ok 1\n10086 13");
}

static void
test_strings (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "incoming-call withheld", "ok 1");
  sim_host_ask_for (host, 1, "ATA", "\r\nRING\r\n" OK "\r\n^CONN: 1,0\r\n");
  sim_host_ask_for (host, 2, "AT+VTS=\"12*#ad\";+VTS=B,3", OK);
  sim_host_ask (host, "AT+VTS=E", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+VTS=\"\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+VTS=\"12", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_answers (host, "tones", "ok 1\nwithheld 12*#ADB");
  sim_host_ask (host, "AT+VTS=?", "\r\n+VTS: (0-9,A-D,*,#)\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide),
    WITH_HOST (test_strings),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_settings (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CMGF?;+CSMS?;+CSDH?;+CMMS?",
                "\r\n+CMGF: 0\r\n\r\n+CSMS: 0,1,1,1\r\n\r\n+CSDH: 0\r\n\r\n+CMMS: 0\r\n" OK);
  sim_host_ask (host, "AT+CMGF=1;+CSDH=1;+CMMS=2", OK);
  sim_host_ask (host, "AT+CMGF?;+CSDH?;+CMMS?",
                "\r\n+CMGF: 1\r\n\r\n+CSDH: 1\r\n\r\n+CMMS: 2\r\n" OK);
  sim_host_ask (host, "AT+CMGF=2", "\r\nERROR\r\n");
  sim_host_ask (host, "AT+CMGF=?;+CSMS=?", "\r\n+CMGF: (0,1)\r\n\r\n+CSMS: (0,1)\r\n" OK);
  sim_host_ask (host, "AT+CSMS=1", "\r\n+CSMS: 1,1,1\r\n" OK);
  sim_host_ask (host, "AT+CSMP?", "\r\n+CSMP: 17,167,0,0\r\n" OK);
  sim_host_ask (host, "AT+CSMP=,,0,8;+CSMP?", "\r\n+CSMP: 17,167,0,8\r\n" OK); /* guide 9.3.1 */
  sim_host_ask (host, "AT+CSMP=4", "\r\nERROR\r\n");                           /* a DELIVER */
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT+CMGF?;+CSMS?", "\r\n+CMGF: 0\r\n\r\n+CSMS: 0,1,1,1\r\n" OK);
}

/* The centre is the card's. */
static void
test_csca (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CSCA?", "\r\n+CSCA: \"+15550199\",145\r\n" OK);
  sim_host_ask (host, "AT+CSCA=\"8613800688509\",145;+CSCA?",
                "\r\n+CSCA: \"+8613800688509\",145\r\n" OK); /* guide 9.3.1 */
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT+CSCA?", "\r\n+CSCA: \"+8613800688509\",145\r\n" OK);
  sim_host_ask (host, "AT+CSCS=\"UCS2\";+CSCA=\"003100320033\";+CSCA?",
                "\r\n+CSCA: \"003100320033\",129\r\n" OK);
  sim_host_ask (host, "AT+CSCA=\"12\"", "\r\nERROR\r\n"); /* no UCS2 */
  sim_host_ask (host, "AT+CSCS=\"GSM\";+CSCA=\"\";+CSCA?", "\r\n+CSCA: \"\",129\r\n" OK);
  sim_host_ask (host, "AT+CSCA=\"12a\"", "\r\nERROR\r\n");
  sim_host_do (host, "remove-sim");
  sim_host_do (host, "insert-sim service-centre=777");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CSCA?", "\r\n+CSCA: \"777\",129\r\n" OK);
}

/* Guide 9.1.2; 27.005 3.2.5 */
static void
test_refusals (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "remove-sim");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CPMS?", "\r\n+CME ERROR: SIM failure\r\n");
  sim_host_do (host, "sms-errors standard");
  sim_host_ask (host, "AT+CPMS?", "\r\n+CMS ERROR: (U)SIM not inserted\r\n");
  sim_host_do (host, "insert-sim locked=yes pin=1234");
  sim_host_ask (host, "AT+CMGL", "\r\n+CMS ERROR: (U)SIM busy\r\n");
  sim_host_advance (host, 3);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CMGL", "\r\n+CMS ERROR: (U)SIM PIN required\r\n");
  sim_host_do (host, "sms-errors guide");
  sim_host_ask (host, "AT+CMGL", "\r\n+CME ERROR: SIM PIN required\r\n");
  sim_host_ask (host, "AT+CPIN=\"1234\"", OK);
  sim_host_ask (host, "AT+CMGL", "\r\n+CMS ERROR: 500\r\n");
  sim_host_ask (host, "AT+CMGF=1", OK); /* needs no card */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_settings),
    WITH_HOST (test_csca),
    WITH_HOST (test_refusals),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

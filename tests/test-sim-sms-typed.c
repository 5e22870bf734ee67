/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define PROMPT "\r\n> "
#define CTRL_Z "\x1a"

static void
send (SimHost *host, const char *command, const char *text)
{
  sim_host_ask (host, command, PROMPT);
  sim_host_send (host, SIM_PORT_PCUI, text);
}

/* Guide 9.3.1 */
static void
test_text (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CMGF=1;+CSMP=,,0,8;+CSCA=\"8613800688509\",145;+CSCS=\"UCS2\"", OK);
  send (host, "AT+CMGS=\"00310033003300310032003300340035003600370038\"", "534E4E3A" CTRL_Z);
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMGS: 0\r\n" OK);
  send (host, "AT+CMGS=\"0031\"", "534E4E3" CTRL_Z);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMS ERROR: 305\r\n"); /* guide 9.3.2 */
  sim_host_ask (host, "AT+CSMP=,,0,0;+CSCS=\"GSM\"", OK);
  send (host, "AT+CMGS=\"13312345678\"", "huawei" CTRL_Z);
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMGS: 1\r\n" OK);
  sim_host_ask (host, "AT+CSCS=\"IRA\"", OK);
  send (host, "AT+CMGS=\"+123\"", "a\r");
  sim_host_expect (host, SIM_PORT_PCUI, PROMPT);
  sim_host_send (host, SIM_PORT_PCUI, "bx\bc" CTRL_Z);
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMGS: 2\r\n" OK);
  sim_host_answers (host, "sms-sent",
                    "ok 3\n0891683108608805F911000B813113325476F80008A704534E4E3A\n"
                    "0891683108608805F911010B813113325476F80000A706E87AF85E4E03\n"
                    "0891683108608805F9110203912"
                    "1F30000A704"
                    "6185780C");
  sim_host_ask (host, "AT+CMGS=\"123\",300", "\r\n+CMS ERROR: 305\r\n");
  sim_host_ask (host, "AT+CMGS=12x", "\r\n+CMS ERROR: 305\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_text),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

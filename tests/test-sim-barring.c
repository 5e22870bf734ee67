/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.7 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
ask (SimHost *host, const char *command, const char *reply)
{
  sim_host_ask_for (host, 1, command, reply);
}

/* Guide 8.7.1 */
static void
test_guide (void **state)
{
  SimHost *host = *state;

  ask (host, "AT+CPWD=\"AO\",\"0000\",\"1111\"", OK);
  ask (host, "AT+CLCK=\"AO\",1,\"1111\",1", OK);
  ask (host, "AT+CLCK=\"AO\",2", "\r\n+CLCK: 1,1\r\n" OK);
  sim_host_ask_for (host, 4, "ATD13903710453;",
                    OK "\r\n^ORIG: 1,0\r\n\r\n^CONF: 1\r\n\r\n^CEND: 1,0,100,21\r\n");
  ask (host, "AT+CLCK=\"AO\",0,\"1111\",1", OK);
  sim_host_ask_for (host, 2, "ATD13903710453;", OK "\r\n^ORIG: 1,0\r\n\r\n^CONF: 1\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,29,16\r\n");
  ask (host, "AT+CLCK=\"AI\",1,\"1111\",1", OK);
  ask (host, "AT+CLCK=\"AI\",2", "\r\n+CLCK: 1,1\r\n" OK);
  sim_host_answers (host, "incoming-call 13903710453", "ok barred");
  ask (host, "AT+CLCK=\"AI\",0,\"1111\",1", OK);
  sim_host_answers (host, "incoming-call 13903710453", "ok 1");
}

static void
test_abroad (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "party any does=waits");
  ask (host, "AT+CLCK=\"OI\",1,\"0000\"", OK);
  ask (host, "AT+CLCK=\"OI\",2,,1", "\r\n+CLCK: 1,1\r\n" OK);
  sim_host_ask_for (host, 4, "ATD+4930123456;",
                    OK "\r\n^ORIG: 1,0\r\n\r\n^CONF: 1\r\n\r\n^CEND: 1,0,100,21\r\n");
  sim_host_ask_for (host, 4, "ATD+8613903710453;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,29,16\r\n");
  ask (host, "AT+CLCK=\"AG\",0,\"0000\"", OK);
  ask (host, "AT+CLCK=\"OI\",2", "\r\n+CLCK: 0,7\r\n" OK);
  ask (host, "AT+CLCK=\"AG\",1,\"0000\"", "\r\n+CME ERROR: operation not allowed\r\n");
  ask (host, "AT+CLCK=\"IR\",1,\"0000\"", OK);
  sim_host_do (host, "roaming on");
  sim_host_advance (host, 5);
  sim_host_answers (host, "incoming-call 13903710453", "ok barred");
}

static void
test_password (void **state)
{
  SimHost *host = *state;

  ask (host, "AT+CLCK=\"AO\",1,\"0001\"", "\r\n+CME ERROR: incorrect password\r\n");
  ask (host, "AT+CLCK=\"AO\",1,\"0000\"", OK); /* three in a row are counted */
  ask (host, "AT+CLCK=\"AO\",0,\"0001\"", "\r\n+CME ERROR: incorrect password\r\n");
  ask (host, "AT+CLCK=\"AO\",0,\"0001\"", "\r\n+CME ERROR: incorrect password\r\n");
  ask (host, "AT+CPWD=\"AB\",\"0001\",\"1111\"", "\r\n+CME ERROR: incorrect password\r\n");
  ask (host, "AT+CLCK=\"AO\",0,\"0000\"", "\r\n+CME ERROR: network rejected request\r\n");
  sim_host_answers (host, "state barring-password-tries", "ok 0");
  ask (host, "AT+CLCK=\"AO\",2,,1", "\r\n+CLCK: 1,1\r\n" OK);
  sim_host_do (host, "barring-password 4321");
  ask (host, "AT+CLCK=\"AO\",0,\"4321\"", OK);
  sim_host_answers (host, "barring-password 43210", "error a password has 4 digits");
  ask (host, "AT+CLCK=\"AO\",0,\"43210\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
  ask (host, "AT+CLCK=\"AO\",0", "\r\n+CME ERROR: Incorrect parameters\r\n");
  ask (host, "AT+CPWD=\"AO\",\"4321\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

/* Guide 1.2.2 */
static void
test_abort (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CLCK=\"AO\",1,\"0000\"", "");
  sim_host_advance (host, 0.2);
  sim_host_send (host, SIM_PORT_PCUI, "AT\r");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nERROR\r\n" OK);
  ask (host, "AT+CLCK=\"AO\",2,,1", "\r\n+CLCK: 0,1\r\n" OK);
  sim_host_do (host, "service barring refused");
  ask (host, "AT+CLCK=\"AO\",2", "\r\n+CME ERROR: network rejected request\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide),
    WITH_HOST (test_abroad),
    WITH_HOST (test_password),
    WITH_HOST (test_abort),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

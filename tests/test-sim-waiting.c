/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.6; what is announced is in test-sim-hold.c. */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_ccwa (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CCWA?", "\r\n+CCWA: 0\r\n" OK);
  sim_host_ask_for (host, 1, "AT+CCWA=1,2", "\r\n+CCWA: 1,1\r\n" OK);
  sim_host_ask_for (host, 1, "AT+CCWA=,1,5", OK);
  sim_host_ask_for (host, 1, "AT+CCWA=1,2", "\r\n+CCWA: 1,1\r\n+CCWA: 1,4\r\n" OK);
  sim_host_ask_for (host, 1, "AT+CCWA=1,0", OK);
  sim_host_ask_for (host, 1, "AT+CCWA=1,2", "\r\n+CCWA: 0,7\r\n" OK);
  sim_host_ask (host, "AT+CCWA?", "\r\n+CCWA: 1\r\n" OK);
  sim_host_ask (host, "AT+CCWA=2", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

/* Guide 8.6.2 */
static void
test_not_subscribed (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "service waiting refused");
  sim_host_ask_for (host, 1, "AT+CCWA=1,1,1", "\r\n+CME ERROR: network rejected request\r\n");
  sim_host_do (host, "service waiting silent");
  sim_host_ask_for (host, 25, "AT+CCWA=1,1,1", "\r\n+CME ERROR: NETWORK TIMEOUT\r\n");
  sim_host_ask (host, "AT+CFUN=0;^CURC=0", "\r\n^MODE: 0,0\r\n" OK);
  sim_host_ask (host, "AT+CCWA=1,1,1", "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
}

static void
test_busy_without (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 1, "AT+CCWA=1,0,1", OK);
  sim_host_ask_for (host, 4, "ATD10086;",
                    OK "\r\n^ORIG: 1,0\r\n\r\n^CONF: 1\r\n\r\n^CONN: 1,0\r\n");
  sim_host_answers (host, "incoming-call 10010", "ok busy");
  sim_host_ask_for (host, 1, "AT+CCWA=1,1", OK);
  sim_host_answers (host, "incoming-call 10010", "ok 2");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CCWA: \"10010\",129,1,,0\r\n");
  sim_host_answers (host, "incoming-call 10011", "ok busy"); /* one may wait */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_ccwa),
    WITH_HOST (test_not_subscribed),
    WITH_HOST (test_busy_without),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

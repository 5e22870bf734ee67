/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.5 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
ccfc (SimHost *host, const char *args, const char *reply)
{
  g_autofree char *line = g_strconcat ("AT+CCFC=", args, NULL);

  sim_host_ask_for (host, 1, line, reply);
}

/* Guide 8.5.1 */
static void
test_all (void **state)
{
  SimHost *host = *state;

  ccfc (host, "0,3,\"13903710453\",129,1", OK);
  ccfc (host, "0,2", "\r\n+CCFC: 1,1,\"+8613903710453\",145,,,\r\n" OK);
  sim_host_answers (host, "incoming-call 10086", "ok forwarded +8613903710453");
  ccfc (host, "0,0", OK);
  ccfc (host, "0,2", "\r\n+CCFC: 0,7\r\n" OK);
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  sim_host_ask_for (host, 0.2, "ATH", "\r\nRING\r\n" OK "\r\n^CEND: 1,0,102,17\r\n");
  ccfc (host, "0,1", "\r\n+CME ERROR: operation not allowed\r\n"); /* fax has no number */
  ccfc (host, "0,1,,,1", OK);
  ccfc (host, "0,4", OK);
  ccfc (host, "0,1,,,1", "\r\n+CME ERROR: operation not allowed\r\n");
}

static void
test_busy (void **state)
{
  SimHost *host = *state;

  ccfc (host, "1,3,\"13903710453\",129,1", OK);
  sim_host_ask_for (host, 4, "ATD13903711234;",
                    OK "\r\n^ORIG: 1,0\r\n\r\n^CONF: 1\r\n\r\n^CONN: 1,0\r\n");
  sim_host_answers (host, "incoming-call 10086", "ok 2"); /* it can wait */
  sim_host_answers (host, "incoming-call 10086", "ok forwarded +8613903710453");
}

static void
test_other_conditions (void **state)
{
  SimHost *host = *state;

  ccfc (host, "2,3,\"+4930123456\",145,1,,,10", OK);
  ccfc (host, "2,2", "\r\n+CCFC: 1,1,\"+4930123456\",145,,,10\r\n" OK);
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  sim_host_advance (host, 10.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\nRING\r\n\r\n^CEND: 1,0,104,16\r\n");
  ccfc (host, "3,3,\"004930999\",129", OK);
  ccfc (host, "3,2",
        "\r\n+CCFC: 1,1,\"+4930999\",145,,,\r\n+CCFC: 1,2,\"+4930999\",145,,,\r\n"
        "+CCFC: 1,4,\"+4930999\",145,,,\r\n" OK);
  sim_host_do (host, "network lost");
  sim_host_answers (host, "incoming-call 10086", "ok forwarded +4930999");
  sim_host_do (host, "network found");
  sim_host_advance (host, 5);
  sim_host_forget (host);
  ccfc (host, "5,4", OK);
  ccfc (host, "3,2", "\r\n+CCFC: 0,7\r\n" OK);
  ccfc (host, "4,3,\"10010\"", OK);
  ccfc (host, "1,2,,,1", "\r\n+CCFC: 1,1,\"10010\",145,,,\r\n" OK);
}

static void
test_refused (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "service forwarding refused");
  ccfc (host, "0,2", "\r\n+CME ERROR: network rejected request\r\n");
  ccfc (host, "4,2", "\r\n+CME ERROR: operation not allowed\r\n");
  ccfc (host, "6,2", "\r\n+CME ERROR: Incorrect parameters\r\n");
  ccfc (host, "0,3", "\r\n+CME ERROR: Incorrect parameters\r\n");
  ccfc (host, "0,3,\"bob\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CCFC=?", "\r\n+CCFC: (0-5)\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_all),
    WITH_HOST (test_busy),
    WITH_HOST (test_other_conditions),
    WITH_HOST (test_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

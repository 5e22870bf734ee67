/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.6, and 22.030's operations on several calls. */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

/* Dials, and the other end answers. */
static void
call (SimHost *host, const char *number, guint id)
{
  g_autofree char *line = g_strdup_printf ("ATD%s;", number);
  g_autofree char *said
      = g_strdup_printf (OK "\r\n^ORIG: %u,0\r\n\r\n^CONF: %u\r\n\r\n^CONN: %u,0\r\n", id, id, id);

  sim_host_ask_for (host, 4, line, said);
}

static void
chld (SimHost *host, const char *n, const char *reply)
{
  g_autofree char *line = g_strconcat ("AT+CHLD=", n, NULL);

  sim_host_ask_for (host, 1, line, reply);
}

/* Guide 8.6.1 */
static void
test_guide (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 1, "AT+CCWA=1,1,1", OK);
  call (host, "13903702766", 1);
  chld (host, "2", OK);
  call (host, "13903710453", 2);
  sim_host_ask (host, "AT+CLCC",
                "\r\n+CLCC: 1,0,1,0,0,\"13903702766\",129\r\n"
                "+CLCC: 2,0,0,0,0,\"13903710453\",129\r\n" OK);
}

static void
test_swap_and_release (void **state)
{
  SimHost *host = *state;

  call (host, "111222", 1);
  call (host, "333444", 2); /* holds the first */
  chld (host, "2", OK);
  sim_host_answers (host, "calls", "ok 2\n1 active to 111222\n2 held to 333444");
  sim_host_ask (host, "ATD555666;", "\r\n+CME ERROR: operation not allowed\r\n");
  chld (host, "1", OK "\r\n^CEND: 1,6,29,16\r\n");
  sim_host_answers (host, "calls", "ok 1\n2 active to 333444");
  chld (host, "2", OK);
  sim_host_answers (host, "calls", "ok 1\n2 held to 333444");
  chld (host, "2", OK);
  chld (host, "2", OK);
  chld (host, "0", OK "\r\n^CEND: 2,6,29,16\r\n");
  chld (host, "2", "\r\n+CME ERROR: operation not allowed\r\n");
}

static void
test_conference (void **state)
{
  SimHost *host = *state;

  call (host, "1001", 1);
  for (guint id = 2; id <= 5; id++)
    {
      g_autofree char *number = g_strdup_printf ("100%u", id);

      call (host, number, id);
      chld (host, "3", OK);
    }
  sim_host_answers (host, "calls",
                    "ok 5\n1 active to 1001 multiparty\n2 active to 1002 multiparty\n"
                    "3 active to 1003 multiparty\n4 active to 1004 multiparty\n"
                    "5 active to 1005 multiparty");
  call (host, "1006", 6);
  chld (host, "3", "\r\n+CME ERROR: operation not allowed\r\n"); /* five are all */
  sim_host_do (host, "remote 6 hangs-up");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CEND: 6,1,104,16\r\n");
  chld (host, "2", OK);
  chld (host, "23", OK);
  sim_host_answers (host, "calls",
                    "ok 5\n1 held to 1001 multiparty\n2 held to 1002 multiparty\n"
                    "3 active to 1003\n4 held to 1004 multiparty\n5 held to 1005 multiparty");
  chld (host, "24", "\r\n+CME ERROR: operation not allowed\r\n");
  chld (host, "3", OK);
  sim_host_ask_for (host, 1, "AT+CHLD=12", OK "\r\n^CEND: 2,26,29,16\r\n");
}

static void
test_waiting (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CCWA=1", OK);
  call (host, "1001", 1);
  sim_host_answers (host, "incoming-call 1002", "ok 2");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CCWA: \"1002\",129,1,,0\r\n");
  chld (host, "0", OK "\r\n^CEND: 2,0,102,17\r\n");
  sim_host_answers (host, "incoming-call 1002", "ok 2");
  chld (host, "2", "\r\n+CCWA: \"1002\",129,1,,0\r\n" OK "\r\n^CONN: 2,0\r\n");
  sim_host_answers (host, "incoming-call 1003", "ok 3");
  chld (host, "2", "\r\n+CCWA: \"1003\",129,1,,0\r\n\r\n+CME ERROR: operation not allowed\r\n");
  chld (host, "1", OK "\r\n^CEND: 2,1,29,16\r\n\r\n^CONN: 3,0\r\n");
  sim_host_answers (host, "calls", "ok 2\n1 held to 1001\n3 active from 1003");
  chld (host, "11", OK "\r\n^CEND: 1,5,29,16\r\n");
  chld (host, "11", "\r\n+CME ERROR: operation not allowed\r\n");
}

static void
test_transfer (void **state)
{
  SimHost *host = *state;

  call (host, "1001", 1);
  chld (host, "4", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_do (host, "party any does=silent");
  sim_host_ask_for (host, 2, "ATD1002;", OK "\r\n^ORIG: 2,0\r\n\r\n^CONF: 2\r\n");
  chld (host, "2", "\r\n+CME ERROR: operation not allowed\r\n"); /* nothing to hold yet */
  chld (host, "4", OK "\r\n^CEND: 2,0,104,16\r\n\r\n^CEND: 1,5,104,16\r\n");
  sim_host_answers (host, "calls", "ok 0");
}

static void
test_refused (void **state)
{
  SimHost *host = *state;

  call (host, "1001", 1);
  sim_host_do (host, "service hold refused");
  sim_host_do (host, "service multiparty silent");
  chld (host, "2", "\r\n+CME ERROR: network rejected request\r\n");
  sim_host_ask (host, "ATD1002;", "\r\n+CME ERROR: network rejected request\r\n");
  sim_host_ask_for (host, 30, "AT+CHLD=3", "\r\n+CME ERROR: NETWORK TIMEOUT\r\n");
  chld (host, "5", "\r\n+CME ERROR: Incorrect parameters\r\n");
  chld (host, "27", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CHLD=?", "\r\n+CHLD: (0,1,1x,2,2x,3,4)\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide),   WITH_HOST (test_swap_and_release), WITH_HOST (test_conference),
    WITH_HOST (test_waiting), WITH_HOST (test_transfer),         WITH_HOST (test_refused),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

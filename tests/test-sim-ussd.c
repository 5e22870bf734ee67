/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
plain (SimHost *host)
{
  sim_host_ask (host, "AT^USSDMODE=1;+CUSD=1", OK);
}

/* OK at once, the answer 1.5 s later. */
static void
ask (SimHost *host, const char *string, const char *answer)
{
  g_autofree char *command = g_strdup_printf ("AT+CUSD=1,\"%s\",15", string);

  sim_host_ask (host, command, OK);
  sim_host_advance (host, 1.4);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, answer);
}

static void
test_balance (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CUSD?;+CUSD=?;^USSDMODE?",
                "\r\n+CUSD: 0\r\n\r\n+CUSD: (0-2)\r\n\r\n^USSDMODE: 0\r\n" OK);
  ask (host, "AA180C3602", "\r\n+CUSD: 0,\"C2303BEC1E9775A098CC35A3818A5529\",15\r\n");
  ask (host, "AA182C3602", "\r\n+CUSD: 0,\"5474D8BD9E871A\",15\r\n");
}

static void
test_menu (void **state)
{
  SimHost *host = *state;

  plain (host);
  ask (host, "*123#", "\r\n+CUSD: 1,\"1 Balance\n2 Tariffs\n3 Language\n0 Exit\",15\r\n");
  sim_host_answers (host, "state ussd-session", "ok menu");
  ask (host, "7",
       "\r\n+CUSD: 1,\"Wrong choice.\n1 Balance\n2 Tariffs\n3 Language\n0 Exit\",15\r\n");
  ask (host, "2", "\r\n+CUSD: 1,\"1 Day\n2 Month\n9 Back\",15\r\n");
  ask (host, "9", "\r\n+CUSD: 1,\"1 Balance\n2 Tariffs\n3 Language\n0 Exit\",15\r\n");
  ask (host, "3",
       "\r\n+CUSD: 0,\"0412044B043104400430043D002004400443044104410"
       "43A043804390020044F0437044B043A002E\",72\r\n");
  sim_host_answers (host, "state ussd-session", "ok none");
  ask (host, "*123#", "\r\n+CUSD: 1,\"1 Balance\n2 Tariffs\n3 Language\n0 Exit\",15\r\n");
  sim_host_ask (host, "AT+CUSD=2", OK);
  ask (host, "2", "\r\n+CUSD: 4\r\n"); /* no longer a choice */
}

static void
test_failures (void **state)
{
  SimHost *host = *state;

  plain (host);
  ask (host, "*555#", "\r\n+CUSD: 4\r\n");
  sim_host_do (host, "ussd-fail 5");
  ask (host, "*100#", "\r\n+CUSD: 5\r\n");
  ask (host, "*100#", "\r\n+CUSD: 0,\"Balance: 12.34 EUR\",15\r\n");
  sim_host_ask (host, "AT+CUSD=1,\"*100#\"", OK);
  sim_host_ask (host, "AT+CUSD=1,\"*100#\"", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CUSD=2", OK);
  sim_host_advance (host, 10);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT+CUSD=3", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CUSD=1,\"\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT^USSDMODE=0", OK);
  sim_host_ask (host, "AT+CUSD=1,\"*100#\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_do (host, "network lost");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CUSD=1,\"AA180C3602\"", "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
}

static void
test_time_outs (void **state)
{
  SimHost *host = *state;

  plain (host);
  sim_host_ask (host, "AT+CUSD=1,\"*199#\"", OK);
  sim_host_advance (host, 29.9);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CUSD: 5\r\n");
  sim_host_ask (host, "AT+CUSD=1,\"*123#\"", OK);
  sim_host_advance (host, 1.5);
  sim_host_forget (host);
  sim_host_advance (host, 60);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CUSD: 2\r\n");
}

static void
test_network (void **state)
{
  SimHost *host = *state;

  plain (host);
  sim_host_do (host, "ussd-notify Hello\\nyou");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CUSD: 0,\"Hello\nyou\",15\r\n");
  sim_host_do (host, "ussd-request Your name?");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CUSD: 1,\"Your name?\",15\r\n");
  sim_host_answers (host, "ussd-request Again?", "error there is a session");
  ask (host, "Mu", "\r\n+CUSD: 0,\"Thank you.\",15\r\n");
  sim_host_answers (host, "state ussd-last", "ok Mu");
  sim_host_answers (host, "ussd-end", "error there is no session");
  sim_host_do (host, "ussd-request Your name?");
  sim_host_do (host, "ussd-end 3");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CUSD: 1,\"Your name?\",15\r\n\r\n+CUSD: 3\r\n");
  sim_host_do (host, "ussd-request Your name?");
  sim_host_forget (host);
  sim_host_do (host, "network lost");
  sim_host_expect_end (host, SIM_PORT_PCUI, "\r\n+CUSD: 5\r\n");
  sim_host_answers (host, "ussd-notify x", "error the module is not registered");
}

static void
test_forms (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CUSD=1", OK);
  sim_host_do (host, "ussd-form ucs2");
  ask (host, "002A0031003000310023", "\r\n+CUSD: 0,\"005400680061006E006B00730021\",15\r\n");
  sim_host_do (host, "ussd-dcs missing");
  sim_host_do (host, "ussd-form plain");
  ask (host, "*101#", "\r\n+CUSD: 0,\"Thanks!\"\r\n");
  sim_host_do (host, "ussd-dcs 0");
  ask (host, "*101#", "\r\n+CUSD: 0,\"Thanks!\",0\r\n");
  sim_host_do (host, "ussd-dcs right");
  ask (host, "*101#", "\r\n+CUSD: 0,\"Thanks!\",15\r\n");
}

/* The form is kept, what is shown is not; nor is a session. */
static void
test_state (void **state)
{
  SimHost *host = *state;

  plain (host);
  sim_host_ask (host, "AT+CUSD=0,\"*123#\"", OK);
  sim_host_advance (host, 2);
  sim_host_expect_nothing (host, SIM_PORT_PCUI); /* nobody wants to know */
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT^USSDMODE?;+CUSD?", "\r\n^USSDMODE: 1\r\n\r\n+CUSD: 0\r\n" OK);
  sim_host_answers (host, "state ussd-session", "ok none");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_balance),   WITH_HOST (test_menu),    WITH_HOST (test_failures),
    WITH_HOST (test_time_outs), WITH_HOST (test_network), WITH_HOST (test_forms),
    WITH_HOST (test_state),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guide's dialogues of 8.2, and what ATD, ATA, ATH and +CHUP do in other circumstances. */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
dial (SimHost *host, const char *command, const char *reply)
{
  sim_host_ask_for (host, 0.35, command, reply);
}

/* Guide 8.2.1: user 1, then user 2. */
static void
test_call (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATD13912345678;", "");
  sim_host_advance (host, 0.3);
  sim_host_expect (host, SIM_PORT_PCUI, OK);
  sim_host_advance (host, 0.05);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^ORIG: 1,0\r\n");
  sim_host_ask (host, "AT+CLCC", "\r\n+CLCC: 1,0,2,0,0,\"13912345678\",129\r\n" OK);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CONF: 1\r\n");
  sim_host_ask (host, "AT+CLCC", "\r\n+CLCC: 1,0,3,0,0,\"13912345678\",129\r\n" OK);
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CONN: 1,0\r\n");
  sim_host_ask (host, "AT+CLCC", "\r\n+CLCC: 1,0,0,0,0,\"13912345678\",129\r\n" OK);
  sim_host_advance (host, 6);
  sim_host_ask_for (host, 0.2, "AT+CHUP", OK "\r\n^CEND: 1,6,29,16\r\n");
  sim_host_ask (host, "AT+CLCC", OK);
  sim_host_expect_nothing (host, SIM_PORT_MODEM); /* what is of one port's call is said there */
}

static void
test_called (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "incoming-call +8613903702766", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
  sim_host_expect (host, SIM_PORT_MODEM, "\r\nRING\r\n");
  sim_host_ask_for (host, 0.4, "ATA", OK "\r\n^CONN: 1,0\r\n");
  sim_host_ask (host, "AT+CLCC", "\r\n+CLCC: 1,1,0,0,0,\"+8613903702766\",145\r\n" OK);
  sim_host_advance (host, 6);
  sim_host_do (host, "remote 1 hangs-up");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CEND: 1,6,104,16\r\n");
  sim_host_expect_nothing (host, SIM_PORT_MODEM);
}

/* Guide 14.3.1 */
static void
test_decline (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "incoming-call withheld", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
  sim_host_ask_for (host, 0.2, "AT+CHUP", OK "\r\n^CEND: 1,0,102,17\r\n");
  sim_host_ask_for (host, 0.4, "ATA", "\r\nNO CARRIER\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK);
}

/* Guide 8.2.2 */
static void
test_no_network (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^CURC=0", OK);
  sim_host_do (host, "network lost");
  sim_host_ask (host, "AT^CURC=1", OK);
  dial (host, "ATD10086;", OK "\r\n^CEND: 1,0,21\r\n");
  sim_host_ask (host, "AT+CFUN=0", OK);
  dial (host, "ATD10086;", OK "\r\n^CEND: 1,0,0\r\n");
  sim_host_do (host, "remove-sim");
  sim_host_forget (host);
  sim_host_ask (host, "ATD10086;", "\r\n+CME ERROR: SIM failure\r\n");
}

static void
test_pin (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "pin on");
  sim_host_do (host, "reset");
  sim_host_advance (host, 8);
  sim_host_forget (host);
  sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
  sim_host_expect_end (host, SIM_PORT_PCUI, OK);
  sim_host_ask (host, "ATD10086;", "\r\n+CME ERROR: SIM PIN required\r\n");
  dial (host, "ATD112;", OK "\r\n^ORIG: 1,9\r\n");
  sim_host_advance (host, 5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CONF: 1\r\n\r\n^CONN: 1,9\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,2,29,16\r\n");
}

/* Guide 1.2.2: the next byte aborts it. */
static void
test_abort (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATD10086;", "");
  sim_host_advance (host, 0.2);
  sim_host_send (host, SIM_PORT_PCUI, "AT\r");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nNO CARRIER\r\n" OK);
  sim_host_advance (host, 5);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
  sim_host_ask (host, "ATA", "");
  sim_host_advance (host, 0.2);
  sim_host_send (host, SIM_PORT_PCUI, "A");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nNO CARRIER\r\n\r\n^CEND: 1,0,102,17\r\n");
}

static void
test_dial_strings (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "party any does=waits");
  dial (host, "ATDT+86 (139) 1234-5678iG;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_answers (host, "calls", "ok 1\n1 dialing to +8613912345678");
  sim_host_ask_for (host, 0.2, "ATH0", OK "\r\n^CEND: 1,0,29,16\r\n");
  dial (host, "ATDL;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,29,16\r\n");
  dial (host, "ATD10086I;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_answers (host, "calls", "ok 1\n1 dialing to 10086 hidden");
  sim_host_ask (host, "ATD10010;", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,29,16\r\n");
  dial (host, "ATD*31#10086;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_answers (host, "calls", "ok 1\n1 dialing to 10086 hidden");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,29,16\r\n");
  sim_host_ask (host, "ATD10086", "\r\nNO CARRIER\r\n");
  sim_host_ask (host, "ATD*100#;", "\r\n+CME ERROR: operation not supported\r\n");
  sim_host_ask (host, "ATD;", "\r\n+CME ERROR: invalid characters in dial string\r\n");
  sim_host_ask (host, "ATD12x4;", "\r\n+CME ERROR: invalid characters in dial string\r\n");
  sim_host_ask (host, "ATD11111111112222222222333333333344444444445;",
                "\r\n+CME ERROR: dial string too long\r\n");
  sim_host_ask (host, "ATA1", "\r\nERROR\r\n");
  sim_host_ask (host, "ATH1", "\r\nERROR\r\n");
}

/* A call that waits rings when +CHUP has ended the others; ATH ends it, too. */
static void
test_hang_up_with_waiting (void **state)
{
  SimHost *host = *state;

  dial (host, "ATD10086;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_advance (host, 5);
  sim_host_forget (host);
  sim_host_answers (host, "incoming-call 10010", "ok 2");
  sim_host_ask_for (host, 0.2, "AT+CHUP", OK "\r\n^CEND: 1,2,29,16\r\n\r\nRING\r\n");
  sim_host_answers (host, "calls", "ok 1\n2 incoming from 10010");
  sim_host_ask_for (host, 0.4, "ATA", OK "\r\n^CONN: 2,0\r\n");
  sim_host_answers (host, "incoming-call 10011", "ok 1");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,102,17\r\n\r\n^CEND: 2,0,29,16\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_call),         WITH_HOST (test_called),
    WITH_HOST (test_decline),      WITH_HOST (test_no_network),
    WITH_HOST (test_pin),          WITH_HOST (test_abort),
    WITH_HOST (test_dial_strings), WITH_HOST (test_hang_up_with_waiting),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

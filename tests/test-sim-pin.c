/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
restart (SimHost *host)
{
  sim_host_do (host, "reset");
  sim_host_advance (host, 5);
  sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
  sim_host_expect_end (host, SIM_PORT_PCUI, "ATE0\r" OK);
}

/* Guide 11.1: what is switched on asks from the next start on. */
static void
test_enable (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CLCK=\"SC\",2", "\r\n+CLCK: 0\r\n" OK);
  sim_host_ask (host, "AT+CPWD=\"SC\",\"1234\",\"4321\"",
                "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CLCK=\"SC\",1,\"1234\"", OK);
  sim_host_ask (host, "AT+CLCK=\"SC\",1,\"1234\"", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CLCK=\"SC\",2;+CPIN?", "\r\n+CLCK: 1\r\n\r\n+CPIN: READY\r\n" OK);
  sim_host_ask (host, "AT+CPIN=\"1234\"", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CPWD=\"SC\",\"1234\",\"4321\"", OK);
  restart (host);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CPIN?", "\r\n+CPIN: SIM PIN\r\n" OK);
  sim_host_ask (host, "AT+CIMI", "\r\n+CME ERROR: SIM PIN required\r\n");
  sim_host_ask (host, "AT+CLCK=\"SC\",0,\"4321\"", "\r\n+CME ERROR: SIM PIN required\r\n");
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 0,0\r\n" OK);
  sim_host_ask (host, "AT^CPIN=\"4321\"", OK);
  sim_host_ask (host, "AT+CPIN?", "\r\n+CME ERROR: SIM busy\r\n");
  sim_host_ask (host, "AT+CIMI", "\r\n+CME ERROR: SIM busy\r\n");
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SIMST: 1\r\n");
  sim_host_ask (host, "AT+CPIN?;+CIMI", "\r\n+CPIN: READY\r\n\r\n001010123456789\r\n" OK);
  sim_host_ask (host, "AT+CLCK=\"SC\",0,\"4321\"", OK);
  restart (host);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CPIN?", "\r\n+CPIN: READY\r\n" OK);
}

static void
test_pin_to_puk (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "pin on");
  restart (host);
  sim_host_forget (host);
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: SIM PIN,3,10,3,10,3\r\n" OK);
  sim_host_ask (host, "AT+CPIN=\"12\"",
                "\r\n+CME ERROR: Incorrect parameters\r\n"); /* costs nothing */
  sim_host_ask (host, "AT+CPIN=\"1234\",\"1111\"", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CPIN=\"0000\"", "\r\n+CME ERROR: incorrect password\r\n");
  sim_host_ask (host, "AT+CPIN=0000", "\r\n+CME ERROR: incorrect password\r\n");
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: SIM PIN,1,10,1,10,3\r\n" OK);
  sim_host_ask (host, "AT+CPIN=\"0000\"", "\r\n+CME ERROR: SIM PUK required\r\n");
  sim_host_ask (host, "AT+CPIN?;^CPIN?",
                "\r\n+CPIN: SIM PUK\r\n\r\n^CPIN: SIM PUK,10,10,0,10,3\r\n" OK);
  sim_host_ask (host, "AT+CIMI", "\r\n+CME ERROR: SIM PUK required\r\n");
  sim_host_ask (host, "AT+CPIN=\"1234\"", "\r\n+CME ERROR: SIM PUK required\r\n");
  sim_host_ask (host, "AT+CPIN=\"00000000\",\"1111\"", "\r\n+CME ERROR: incorrect password\r\n");
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: SIM PUK,9,9,0,10,3\r\n" OK);
  restart (host); /* the counters survive */
  sim_host_forget (host);
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: SIM PUK,9,9,0,10,3\r\n" OK);
  sim_host_ask (host, "AT+CPIN=\"12345678\",\"1111\"", OK);
  sim_host_advance (host, 2);
  sim_host_forget (host);
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: READY,,10,3,10,3\r\n" OK);
  restart (host);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CPIN=\"1111\"", OK);
}

static void
test_blocked_for_ever (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^SIMST=0", OK);
  sim_host_do (host, "pin-tries 0 2");
  sim_host_ask (host, "AT+CPIN=\"00000000\",\"1111\"", "\r\n+CME ERROR: incorrect password\r\n");
  sim_host_ask (host, "AT+CPIN=\"00000000\",\"1111\"", "\r\n+CME ERROR: SIM failure\r\n");
  sim_host_ask (host, "AT+CPIN=\"12345678\",\"1111\"", "\r\n+CME ERROR: SIM failure\r\n");
  sim_host_ask (host, "AT+CPIN?", "\r\n+CME ERROR: SIM failure\r\n");
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: SIM PUK,0,0,0,10,3\r\n" OK);
  restart (host);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CIMI", "\r\n+CME ERROR: SIM failure\r\n");
}

/* The attempts are the same whoever asks: guide 11.1.2. */
static void
test_other_ways_to_err (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^SIMST=0", OK);
  sim_host_do (host, "pin on");
  sim_host_do (host, "pin-code 2468 13579246");
  sim_host_ask (host, "AT+CPWD=\"SC\",\"1234\",\"9999\"", "\r\n+CME ERROR: incorrect password\r\n");
  sim_host_ask (host, "AT+CLCK=\"SC\",0,\"1234\"", "\r\n+CME ERROR: SIM PIN required\r\n");
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: SIM PIN,2,10,2,10,3\r\n" OK);
  sim_host_ask (host, "AT+CPIN=\"2468\"", OK);
  sim_host_advance (host, 2);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CPWD=\"P2\",\"5678\",\"8765\"", OK);
  sim_host_ask (host, "AT+CPWD=\"P2\",\"5678\",\"8765\"", "\r\n+CME ERROR: incorrect password\r\n");
  sim_host_ask (host, "AT^CPIN?", "\r\n^CPIN: READY,,10,3,10,2\r\n" OK);
  sim_host_ask (host, "AT+CLCK=\"XX\",2", "\r\n+CME ERROR: operation not supported\r\n");
  sim_host_ask (host, "AT+CLCK=\"SC\",1", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_answers (host, "pin-code 12", "error a code has 4 to 8 digits");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_enable),
    WITH_HOST (test_pin_to_puk),
    WITH_HOST (test_blocked_for_ever),
    WITH_HOST (test_other_ways_to_err),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_identity (void **state)
{
  SimHost *host = *state;

  sim_host_ask (
      host, "AT+CIMI;^ICCID?;^CARDMODE",
      "\r\n001010123456789\r\n\r\n^ICCID: 980001010000000010F2\r\n\r\n^CARDMODE: 2\r\n" OK);
  sim_host_ask (host, "AT+CNUM", "\r\n+CNUM: \"Line 1\",\"+15550100\",145\r\n" OK);
}

static void
test_hot_swap (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CREG=1", OK);
  sim_host_do (host, "remove-sim");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SIMST: 255\r\n\r\n+CREG: 0\r\n");
  sim_host_answers (host, "remove-sim", "error there is no card");
  sim_host_do (host, "insert-sim");
  sim_host_ask (host, "AT+CPIN?", "\r\n+CME ERROR: SIM busy\r\n");
  sim_host_answers (host, "state sim", "ok busy");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SIMST: 1\r\n\r\n+CREG: 2\r\n");
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CREG: 1\r\n\r\n^PLMN: 001,01\r\n");
  sim_host_answers (host, "insert-sim", "error there is a card already");
}

static void
test_other_cards (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "remove-sim");
  sim_host_answers (host, "insert-sim imsi=12", "error imsi has 14 to 15 characters");
  sim_host_answers (host, "insert-sim pin=abcd", "error pin is digits");
  sim_host_answers (host, "insert-sim kind=esim", "error esim is none of sim, usim");
  sim_host_do (host, "insert-sim iccid=89880123456789012345 imsi=99907112345678 mnc-digits=3 "
                     "kind=sim number=0123456 pin=0815 locked=yes");
  sim_host_advance (host, 1);
  sim_host_forget (host);
  sim_host_ask (
      host, "AT^ICCID?;^CARDMODE;+CPIN?",
      "\r\n^ICCID: 98881032547698103254\r\n\r\n^CARDMODE: 1\r\n\r\n+CPIN: SIM PIN\r\n" OK);
  sim_host_ask (host, "AT+CPIN=\"0815\"", OK);
  sim_host_advance (host, 2);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CIMI;+CNUM",
                "\r\n99907112345678\r\n\r\n+CNUM: \"Line 1\",\"0123456\",129\r\n" OK);
  sim_host_ask (host, "AT+CRSM=176,28589,0,0,4", "\r\n+CRSM: 144,0,\"00000003\"\r\n" OK);
  sim_host_do (host, "remove-sim");
  sim_host_do (host, "insert-sim"); /* the same one, locked again */
  sim_host_advance (host, 1);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CPIN?", "\r\n+CPIN: SIM PIN\r\n" OK);
}

static void
test_busy (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sim-busy 5");
  sim_host_ask (host, "AT+CIMI", "\r\n+CME ERROR: SIM busy\r\n");
  sim_host_ask (host, "AT^CPIN?", "\r\n+CME ERROR: SIM busy\r\n");
  sim_host_advance (host, 5);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CIMI", "\r\n001010123456789\r\n" OK);
  sim_host_do (host, "remove-sim");
  sim_host_answers (host, "sim-busy 5", "error there is no card");
}

static void
test_reports (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^SIMST=0;^SIMST=?", "\r\n^SIMST: (0-1)\r\n" OK);
  sim_host_do (host, "remove-sim");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT^SIMST=2", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_identity), WITH_HOST (test_hot_swap), WITH_HOST (test_other_cards),
    WITH_HOST (test_busy),     WITH_HOST (test_reports),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define SIGNAL "\r\n^RSSI: 21\r\n\r\n^HCSQ: \"WCDMA\",50,44,53\r\n"

static void
test_start (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "time none");
  sim_host_ask (host, "ATE0", OK);
  sim_host_do (host, "reset");
  sim_host_advance (host, 2);
  sim_host_forget (host);
  sim_host_ask (host, "ATE0+CREG=1;+CGREG=2", "ATE0+CREG=1;+CGREG=2\r" OK);
  sim_host_advance (host, 0.9);
  sim_host_ask (host, "AT+CPIN?", "\r\n+CME ERROR: SIM busy\r\n");
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 1,0\r\n" OK);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SIMST: 1\r\n\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n");
  sim_host_ask (host, "AT^SYSINFO", "\r\n^SYSINFO: 0,4,0,0,1,,0\r\n" OK);
  sim_host_advance (host, 1);
  sim_host_expect (
      host, SIM_PORT_PCUI,
      "\r\n+CREG: 1\r\n\r\n+CGREG: 0\r\n\r\n^PLMN: 001,01\r\n\r\n^MODE: 5,7\r\n" SIGNAL);
  sim_host_advance (host, 0.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CGREG: 1,\"1A2B\",\"12D687\",6\r\n");
}

/* Guide 2.3.2 */
static void
test_without_card (void **state)
{
  static const char *const commands[]
      = { "AT+CREG?", "AT+COPS?",  "AT+CGATT?", "AT+CIMI", "AT+CPIN?",
          "AT^CPIN?", "AT+COPS=?", "AT^ICCID?", "AT+CNUM", "AT+CREG=1" };
  SimHost *host = *state;

  sim_host_do (host, "remove-sim");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SIMST: 255\r\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    sim_host_ask (host, commands[i], "\r\n+CME ERROR: SIM failure\r\n");
  sim_host_ask (host, "AT^CARDMODE;^SYSINFO",
                "\r\n^CARDMODE: 0\r\n\r\n^SYSINFO: 1,0,0,5,255,,7\r\n" OK);
  sim_host_ask (host, "AT^HCSQ?", "\r\n^HCSQ: \"WCDMA\",50,44,53\r\n" OK); /* emergency calls */
}

static void
test_lost_and_found (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CREG=2;+CGREG=1;^SRVST=1;^MODE=0", OK);
  sim_host_do (host, "network lost");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\n^SRVST: 0\r\n");
  sim_host_ask (host, "AT+COPS?;+CSQ", "\r\n+COPS: 0\r\n\r\n+CSQ: 99,99\r\n" OK);
  sim_host_do (host, "network found");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 2.5);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CREG: 1,\"1A2B\",\"12D687\",6\r\n\r\n+CGREG: 0\r\n\r\n^PLMN: 001,01\r\n"
                   "\r\n^SRVST: 2\r\n\r\n^HCSQ: \"WCDMA\",50,44,53\r\n\r\n+CGREG: 1\r\n");
}

static void
test_denied (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CREG=1;+CGREG=1", OK);
  sim_host_do (host, "network denied");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CREG: 3\r\n\r\n+CGREG: 3\r\n");
  sim_host_ask (host, "AT^SYSINFO", "\r\n^SYSINFO: 1,0,0,5,1,,7\r\n" OK);
  sim_host_do (host, "network register");
  sim_host_advance (host, 10);
  sim_host_ask (
      host, "AT+CREG?",
      "\r\n+CREG: 2\r\n\r\n+CGREG: 2\r\n\r\n+CREG: 1\r\n\r\n+CGREG: 0\r\n\r\n^PLMN: 001,01\r\n"
      "\r\n+CGREG: 1\r\n\r\n+CREG: 1,1\r\n" OK);
}

static void
test_roaming (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "roaming on");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (
      host, "AT+CREG?;+COPS?;^SYSINFO",
      "\r\n+CREG: 0,5\r\n\r\n+COPS: 0,0,\"Roam Mobile\",2\r\n\r\n^SYSINFO: 2,3,1,5,1,,9\r\n" OK);
  sim_host_ask (host, "AT^SYSCFG=2,0,3FFFFFFF,0,3", OK); /* not allowed */
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 0,3\r\n" OK);
  sim_host_do (host, "roaming off");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 0,1\r\n" OK);
}

static void
test_cells (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CREG=2", OK);
  sim_host_do (host, "cell 2");
  sim_host_expect (
      host, SIM_PORT_PCUI,
      "\r\n+CREG: 1,\"1A2B\",\"12D688\",6\r\n\r\n^RSSI: 15\r\n\r\n^HCSQ: \"WCDMA\",38,29,47\r\n");
  sim_host_do (host, "cell 2 lac=1 ci=fffffff technology=umts");
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CREG: 1,\"0001\",\"FFFFFFF\",2\r\n\r\n^MODE: 5,4\r\n");
  sim_host_do (host, "technology edge");
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CREG: 1,\"1A2C\",\"4F21\",3\r\n\r\n^MODE: 3,3\r\n\r\n^RSSI: 24\r\n"
                   "\r\n^HCSQ: \"GSM\",56\r\n");
  sim_host_do (host, "technology gsm"); /* carries no packets */
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CREG: 1,\"1A2C\",\"4F21\",0\r\n\r\n^MODE: 3,1\r\n");
  sim_host_ask (host, "AT+CGATT?", "\r\n+CGATT: 0\r\n" OK);
  sim_host_do (host, "cell new operator=99970 rssi=-50 technology=hspa+");
  sim_host_answers (host, "cell 9", "error not a number from 1 to 7: 9");
  sim_host_answers (host, "cell new operator=12345", "error no such operator: 12345");
  sim_host_answers (host, "cell 1 lac=xyz", "error lac: no such hexadecimal number: xyz");
  sim_host_answers (host, "cell 1 colour=red", "error no such key: colour");
}

static void
test_syscfg (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^SYSCFG?", "\r\n^SYSCFG: 2,0,3FFFFFFF,1,3\r\n" OK);
  sim_host_ask (host, "AT^SYSCFG=13,0,3FFFFFFF,1,2",
                "\r\n^MODE: 3,3\r\n\r\n^RSSI: 24\r\n\r\n^HCSQ: \"GSM\",56\r\n" OK);
  sim_host_ask (host, "AT^SYSCFG=16,3,40000000,2,4;^SYSCFG?",
                "\r\n^SYSCFG: 13,0,3FFFFFFF,1,2\r\n" OK); /* no change */
  sim_host_ask (host, "AT^SYSCFG=15,0,3FFFFFFF,1,2", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT^SYSCFG=2,1,3FFFFFFF,1,1", OK); /* GSM first: it stays; packets only */
  sim_host_ask (host, "AT+CREG?;+CGREG?", "\r\n+CREG: 0,0\r\n\r\n+CGREG: 0,1\r\n" OK);
}

static void
test_attach (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGREG=1;+CGATT?", "\r\n+CGATT: 1\r\n" OK);
  sim_host_ask (host, "AT+CGATT=0", "\r\n+CGREG: 0\r\n");
  sim_host_advance (host, 0.5);
  sim_host_expect (host, SIM_PORT_PCUI, OK);
  sim_host_ask (host, "AT+CGATT?;+CGATT=0", "");
  sim_host_advance (host, 0.5);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CGATT=1", "");
  sim_host_advance (host, 0.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CGREG: 1\r\n" OK);
  sim_host_ask (host, "AT+CGATT=1", OK);
  sim_host_do (host, "network lost");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CGATT=1", "");
  sim_host_advance (host, 20);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
  sim_host_ask (host, "AT+CGATT=2", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_start),  WITH_HOST (test_without_card), WITH_HOST (test_lost_and_found),
    WITH_HOST (test_denied), WITH_HOST (test_roaming),      WITH_HOST (test_cells),
    WITH_HOST (test_syscfg), WITH_HOST (test_attach),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

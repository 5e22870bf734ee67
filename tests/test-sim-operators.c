/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_read (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+COPS?", "\r\n+COPS: 0,0,\"Home Mobile\",2\r\n" OK);
  sim_host_ask (host, "AT+COPS=3,1;+COPS?", "\r\n+COPS: 0,1,\"Home\",2\r\n" OK);
  sim_host_ask (host, "AT+COPS=3,2;+COPS?", "\r\n+COPS: 0,2,\"00101\",2\r\n" OK);
  sim_host_ask (host, "AT^PLMN?", "\r\n^PLMN: 001,01\r\n" OK);
}

static void
test_manual (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+COPS=1,2,\"99970\"", "\r\n^MODE: 0,0\r\n");
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n^PLMN: 999,70\r\n" OK
                   "\r\n^MODE: 5,9\r\n\r\n^RSSI: 17\r\n\r\n^HCSQ: \"WCDMA\",42,35,51\r\n");
  sim_host_ask (host, "AT+COPS?", "\r\n+COPS: 1,0,\"Roam Mobile\",2\r\n" OK);
  sim_host_ask (host, "AT+COPS=1,0,\"Roam Mobile\",0",
                "\r\n^MODE: 3,2\r\n\r\n^HCSQ: \"GSM\",46\r\n" OK); /* the same network's GSM */
  sim_host_ask (host, "AT+COPS=0", "\r\n^MODE: 0,0\r\n" OK);
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "AT+COPS?", "\r\n+COPS: 0,0,\"Home Mobile\",2\r\n" OK);
}

static void
test_manual_fails (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^CURC=0;+COPS=1,2,\"999071\"",
                "\r\n+CME ERROR: NETWORK NOT ALLOWED - EMERGENCY CALLS ONLY\r\n");
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 0,3\r\n" OK);
  sim_host_ask (host, "AT+COPS=1,2,\"12345\"", "");
  sim_host_advance (host, 60);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
  sim_host_ask (host, "AT+COPS?", "\r\n+COPS: 1\r\n" OK);
  sim_host_ask (host, "AT+COPS=4,2,\"12345\"", ""); /* falls back */
  sim_host_advance (host, 2);
  sim_host_expect_end (host, SIM_PORT_PCUI, OK);
  sim_host_ask (host, "AT+COPS=1", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+COPS=5", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

static void
test_deregister (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CREG=1;+COPS=2", "\r\n+CREG: 0\r\n" OK);
  sim_host_ask (host, "AT+COPS?", "\r\n+COPS: 2\r\n" OK);
  sim_host_ask (host, "AT+COPS=0", "\r\n+CREG: 2\r\n" OK);
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CREG: 1\r\n\r\n^PLMN: 001,01\r\n");
}

static void
test_list (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "operator 999071 covered=no");
  sim_host_do (host, "operator 310410 name=North\\x20Star short=NStar forbidden=yes");
  sim_host_do (host, "cell new operator=310410 technology=gsm lac=10 ci=20");
  sim_host_ask (host, "AT+COPS=?", "");
  sim_host_advance (host, 30);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+COPS: (2,\"Home Mobile\",\"Home\",\"00101\",2),"
                   "(1,\"Home Mobile\",\"Home\",\"00101\",0),"
                   "(1,\"Roam Mobile\",\"Roam\",\"99970\",2),"
                   "(1,\"Roam Mobile\",\"Roam\",\"99970\",0),"
                   "(3,\"North Star\",\"NStar\",\"310410\",0),,(0-4),(0-2)\r\n" OK);
  sim_host_ask (host, "AT+CFUN=0", "\r\n^MODE: 0,0\r\n" OK);
  sim_host_ask (host, "AT+COPS=?", "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_read),       WITH_HOST (test_manual), WITH_HOST (test_manual_fails),
    WITH_HOST (test_deregister), WITH_HOST (test_list),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

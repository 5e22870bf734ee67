/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_settings (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATV0", "0\r");
  sim_host_ask (host, "AT+CFUN?", "+CFUN: 1\r\n0\r");
  sim_host_ask (host, "AT+CFUN=9", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CMEE=0", "0\r");
  sim_host_ask (host, "AT+CFUN=9", "4\r");
  sim_host_ask (host, "ATV1Q1", "");
  sim_host_ask (host, "AT+CMEE?", "\r\n+CMEE: 0\r\n");
  sim_host_ask (host, "AT+CMEE=1;Q0", OK);
  sim_host_ask (host, "AT+CFUN=9", "\r\n+CME ERROR: 50\r\n");
  sim_host_ask (host, "ATE2", "\r\nERROR\r\n");
  sim_host_ask (host, "AT&F", OK);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT+CMEE?;+CMEE=?", "\r\n+CMEE: 2\r\n\r\n+CMEE: (0-2)\r\n" OK);
  sim_host_ask (host, "ATE0Q0V1S0=0X1", OK);
  sim_host_ask (host, "ATX5", "\r\nERROR\r\n");
}

/* What is said on one port does not change another. */
static void
test_per_port (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_MODEM, "ATE1+CMEE=0\r");
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  sim_host_ask (host, "AT+CMEE?", "\r\n+CMEE: 2\r\n" OK);
  sim_host_ask (host, "ATZ", OK);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_send (host, SIM_PORT_MODEM, "AT+CMEE?\r");
  sim_host_expect (host, SIM_PORT_MODEM, "AT+CMEE?\r\r\n+CMEE: 0\r\n" OK);
}

static void
test_registers (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATS0?", "\r\n000\r\n" OK);
  sim_host_ask (host, "ATS0=3S0?", "\r\n003\r\n" OK);
  sim_host_ask (host, "ATS3=13;S3?", "\r\n013\r\n" OK);
  sim_host_ask (host, "ATS3=10", "\r\nERROR\r\n");
  sim_host_ask (host, "ATS0=256", "\r\nERROR\r\n");
  sim_host_ask (host, "ATS99?", "\r\nCOMMAND NOT SUPPORT\r\n");
}

/* Guide 10.2 */
static void
test_cscs (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CSCS=?;+CSCS?",
                "\r\n+CSCS: (\"IRA\",\"GSM\",\"UCS2\")\r\n\r\n+CSCS: \"IRA\"\r\n" OK);
  sim_host_ask (host, "AT+CSCS=\"ucs2\"", OK);
  sim_host_ask (host, "AT+CSCS?", "\r\n+CSCS: \"UCS2\"\r\n" OK);
  sim_host_ask (host, "AT+CNUM",
                "\r\n+CNUM: \"004C0069006E006500200031\",\"+15550100\",145\r\n" OK);
  sim_host_ask (host, "AT+CSCS=\"UTF8\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

static void
test_curc (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^CURC=?;^CURC?", "\r\n^CURC: (0-1)\r\n\r\n^CURC: 1\r\n" OK);
  sim_host_ask (host, "AT^CURC=0;+CREG=1", OK);
  sim_host_do (host, "signal -95");
  sim_host_do (host, "network lost");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CREG: 2\r\n"); /* +CREG is not gated */
  sim_host_expect (
      host, SIM_PORT_MODEM,
      "\r\n^RSSI: 9\r\n\r\n^HCSQ: \"WCDMA\",26,20,53\r\n\r\n+CREG: 2\r\n\r\n^MODE: 0,0\r\n");
  sim_host_ask (host, "AT^CURC=2", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_settings), WITH_HOST (test_per_port), WITH_HOST (test_registers),
    WITH_HOST (test_cscs),     WITH_HOST (test_curc),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

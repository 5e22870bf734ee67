/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* ^DSFLOWRPT, ^DSFLOWQRY, ^DSFLOWCLR */
#include "mu-test.h"
#include "sim-host.h"

#define OK          "\r\nOK\r\n"
#define BAD         "\r\n+CME ERROR: Incorrect parameters\r\n"
#define NOT_ALLOWED "\r\n+CME ERROR: operation not allowed\r\n"

#define UP    "\r\n^NDISSTAT: 1,,,IPV4\r\n"
#define RATES ",0057E400,00DBBA00\r\n"

static void
connect_ecm (SimHost *host)
{
  sim_host_ask_for (host, 1.05, "AT^NDISDUP=1,1", OK UP);
}

static void
test_reports (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^DSFLOWRPT?", "\r\n^DSFLOWRPT: 0\r\n" OK);
  sim_host_ask (host, "AT^DSFLOWRPT=1;^DSFLOWRPT?", "\r\n^DSFLOWRPT: 1\r\n" OK);
  sim_host_advance (host, 5);
  sim_host_expect_nothing (host, SIM_PORT_PCUI); /* nothing is connected */
  connect_ecm (host);
  sim_host_do (host, "flow 4096 1000000");
  sim_host_advance (host, 2);
  sim_host_expect (
      host, SIM_PORT_PCUI,
      "\r\n^DSFLOWRPT:00000002,00000800,0007A120,0000000000001000,00000000000F4240" RATES);
  sim_host_advance (host, 2);
  sim_host_expect (
      host, SIM_PORT_PCUI,
      "\r\n^DSFLOWRPT:00000004,00000000,00000000,0000000000001000,00000000000F4240" RATES);
  sim_host_ask (host, "AT^CURC=0", OK);
  sim_host_advance (host, 2);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT^CURC=1;^NDISDUP=1,0", OK);
  sim_host_advance (host, 10);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^NDISSTAT:0,0,,IPV4\r\n");
}

static void
test_query (void **state)
{
  SimHost *host = *state;

  connect_ecm (host);
  sim_host_do (host, "flow 1 2");
  sim_host_advance (host, 10);
  sim_host_ask_for (host, 0.2, "AT^NDISDUP=1,0", OK "\r\n^NDISSTAT:0,0,,IPV4\r\n");
  sim_host_advance (host, 100);
  connect_ecm (host);
  sim_host_do (host, "flow 16 32");
  sim_host_advance (host, 5);
  sim_host_ask (host, "AT^DSFLOWQRY",
                "\r\n^DSFLOWQRY: 00000005,0000000000000010,0000000000000020,"
                "0000000F,0000000000000011,0000000000000022\r\n" OK);
  sim_host_ask (host, "AT^DSFLOWCLR;^DSFLOWQRY?",
                "\r\n^DSFLOWQRY: 00000000,0000000000000000,0000000000000000,"
                "00000000,0000000000000000,0000000000000000\r\n" OK);
  sim_host_answers (host, "flow -1 2", "error not a number from 0 to 1e+15: -1");
  sim_host_ask (host, "AT^DSFLOWRPT=2", BAD);
  sim_host_ask (host, "AT^DSFLOWRPT=", BAD);
}

/* Guide 14.3: on GSM a voice call suspends data, on UMTS it does not. */
static void
test_suspended (void **state)
{
  SimHost *host = *state;

  connect_ecm (host);
  sim_host_ask (host, "AT^DSFLOWRPT=1;^DVCFG=1;^DVCFG?", "\r\n^DVCFG: 1\r\n" OK);
  sim_host_answers (host, "incoming-call 10086 gives-up=0", "ok 1");
  sim_host_advance (host, 2);
  sim_host_expect_end (host, SIM_PORT_PCUI, RATES);
  sim_host_do (host, "technology edge");
  sim_host_forget (host);
  sim_host_advance (host, 4);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,102,17\r\n");
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n^DSFLOWRPT:00000008,00000000,00000000,0000000000000000,0000000000000000,"
                   "0001CE80,00039D00\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_reports),
    WITH_HOST (test_query),
    WITH_HOST (test_suspended),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

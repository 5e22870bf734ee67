/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 26; contexts that the network ends */
#include "mu-test.h"
#include "sim-host.h"

#define OK          "\r\nOK\r\n"
#define BAD         "\r\n+CME ERROR: Incorrect parameters\r\n"
#define NOT_ALLOWED "\r\n+CME ERROR: operation not allowed\r\n"

#define UP "\r\n^NDISSTAT: 1,,,IPV4\r\n"

/* Guide 26.2: neither 3 nor 5. */
static void
test_cids (void **state)
{
  SimHost *host = *state;

  for (int cid = 1; cid <= 12; cid++)
    {
      g_autofree char *dial = g_strdup_printf ("AT^NDISDUP=%d,1", cid);
      g_autofree char *leave = g_strdup_printf ("AT^NDISDUP=%d,0", cid);
      gboolean         right = cid != 3 && cid != 5 && cid != 12;

      sim_host_ask (host, dial, right ? OK : BAD);
      sim_host_ask (host, leave, right ? OK : BAD);
      sim_host_advance (host, 0.2);
      sim_host_forget (host);
    }
}

/* Guide 26.2: more than three at once take longer, that is all. */
static void
test_many (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host,
                "AT+CGDCONT=1,\"IP\",\"a\";+CGDCONT=2,\"IP\",\"b\";+CGDCONT=4,\"IP\",\"c\";"
                "+CGDCONT=6,\"IP\",\"d\"",
                OK);
  sim_host_ask_for (host, 3, "AT+CGACT=1,1,2,4", OK);
  sim_host_ask (host, "AT+CGACT=1,6", "");
  sim_host_advance (host, 1.9);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, OK);
}

/* The same context for +CGACT and for ECM; each lets go of its own. */
static void
test_shared (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"a\"", OK);
  sim_host_ask_for (host, 1, "AT+CGACT=1,1", OK);
  sim_host_ask (host, "AT^NDISDUP=1,1,\"b\"", NOT_ALLOWED);
  sim_host_ask_for (host, 0.1, "AT^NDISDUP=1,1", OK UP);
  sim_host_answers (host, "contexts", "ok 1\n1 up apn=a context ecm");
  sim_host_ask_for (host, 0.2, "AT^NDISDUP=1,0", OK "\r\n^NDISSTAT:0,0,,IPV4\r\n");
  sim_host_answers (host, "contexts", "ok 1\n1 up apn=a context");
  sim_host_ask_for (host, 0.1, "AT^NDISDUP=1,1", OK UP);
  sim_host_ask_for (host, 0.4, "AT+CGACT=0,1", OK "\r\n^NDISSTAT: 0,36,,IPV4\r\n");
  sim_host_answers (host, "contexts", "ok 0");
}

static void
test_dropped (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 2, "AT^NDISDUP=2,1", OK UP);
  sim_host_do (host, "context drop 2 26");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^NDISSTAT: 0,26,,IPV4\r\n");
  sim_host_answers (host, "context drop 2", "error no such context: 2");
  sim_host_answers (host, "context drop 17", "error not a number from 1 to 16: 17");
  sim_host_answers (host, "context lift 1", "error lift is none of drop");
  sim_host_ask_for (host, 2, "AT^NDISDUP=2,1", OK UP);
  sim_host_do (host, "network lost");
  sim_host_advance (host, 0.1);
  sim_host_forget (host);
  sim_host_ask (host, "AT^NDISSTATQRY?", "\r\n^NDISSTATQRY: 0,0,,IPV4\r\n" OK);
  sim_host_ask (host, "AT^NDISDUP=2,1", "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
}

/* 24.008: an own detach ends them as an own deactivation does. */
static void
test_detached (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 2, "AT^NDISDUP=2,1", OK UP);
  sim_host_ask_for (host, 0.5, "AT+CGATT=0", "\r\n^NDISSTAT: 0,36,,IPV4\r\n" OK);
  /* dialling attaches by itself: guide 4.2 */
  sim_host_ask_for (host, 2.5, "AT^NDISDUP=2,1", OK UP);
  sim_host_ask (host, "AT+CGATT?", "\r\n+CGATT: 1\r\n" OK);
}

/* Nothing but GSM without packets is there: the wait ends. */
static void
test_no_packets (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "technology gsm");
  sim_host_forget (host);
  sim_host_ask (host, "AT^NDISDUP=2,1", OK);
  sim_host_advance (host, 19);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 3);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^NDISSTAT: 0,38,,IPV4\r\n\r\n^NDISEND:2,38\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_cids),    WITH_HOST (test_many),     WITH_HOST (test_shared),
    WITH_HOST (test_dropped), WITH_HOST (test_detached), WITH_HOST (test_no_packets),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

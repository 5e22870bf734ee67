/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 4, 14.2, 26.2 */
#include "mu-test.h"
#include "ppp-host.h"

#define OK         "\r\nOK\r\n"
#define NO_CARRIER "\r\nNO CARRIER\r\n"
#define CONNECT    "\r\nCONNECT 14400000\r\n"

static void
modem (SimHost *host, const char *command, const char *reply)
{
  g_autofree char *line = g_strconcat (command, "\r", NULL);

  sim_host_send (host, SIM_PORT_MODEM, line);
  sim_host_advance (host, 0.4);
  sim_host_expect (host, SIM_PORT_MODEM, reply);
}

static void
dial (SimHost *host)
{
  modem (host, "ATD*99#", CONNECT);
}

static void
escape (SimHost *host)
{
  sim_host_advance (host, 1);
  sim_host_send (host, SIM_PORT_MODEM, "+++");
  sim_host_advance (host, 1);
}

/* Guide 4.2.1 */
static void
test_connect (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"1234\"", OK);
  dial (host);
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  modem (host, "ATH", OK);
  modem (host, "AT+CGDATA=\"PPP\",1", "\r\nCONNECT\r\n");
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  modem (host, "ATH;X0", OK);
  modem (host, "ATD*99***2#", "\r\nCONNECT\r\n");
}

/* Guide 4.4 */
static void
test_escape (void **state)
{
  SimHost *host = *state;

  dial (host);
  sim_host_send (host, SIM_PORT_MODEM, "+++"); /* no silence before */
  sim_host_advance (host, 5);
  sim_host_send (host, SIM_PORT_MODEM, "AT\r+++ATH\r"); /* nor behind */
  sim_host_advance (host, 5);
  sim_host_expect_nothing (host, SIM_PORT_MODEM);
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  modem (host, "AT", OK);
  modem (host, "ATO", "\r\nCONNECT\r\n");
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  sim_host_ask (host, "ATO", NO_CARRIER); /* another port */
  modem (host, "ATH", OK);
  modem (host, "ATO", NO_CARRIER);
  modem (host, "ATO1", "\r\nERROR\r\n");
}

static void
test_network (void **state)
{
  SimHost *host = *state;

  dial (host);
  sim_host_answers (host, "contexts", "ok 0"); /* guide 4.2: PPP comes first */
  ppp_host_bring_up (host);
  sim_host_answers (host, "contexts", "ok 1\n1 up apn= modem");
  ppp_host_ping (host);
  ppp_host_expect_pong (host);
}

/* Guide 4.5.1: PPP ended by the host, ATH, +CGACT=0 on another port. */
static void
test_ends (void **state)
{
  SimHost *host = *state;

  dial (host);
  ppp_host_bring_up (host);
  ppp_host_say (host, PPP_HOST_LCP, "05090004");
  sim_host_advance (host, 0.1);
  ppp_host_expect (host, "C021:06090004" NO_CARRIER);
  sim_host_answers (host, "contexts", "ok 0");
  modem (host, "AT", OK);
  dial (host);
  ppp_host_bring_up (host);
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  sim_host_answers (host, "contexts", "ok 1\n1 up apn= modem");
  modem (host, "ATH", OK);
  sim_host_answers (host, "contexts", "ok 0");
  dial (host);
  ppp_host_bring_up (host);
  sim_host_ask_for (host, 0.3, "AT+CGACT=0,1", OK);
  ppp_host_say (host, PPP_HOST_LCP, "06010004");
  sim_host_advance (host, 0.1);
  ppp_host_expect (host, "C021:05010004" NO_CARRIER);
}

/* The network ends the context: in data mode, the host being deaf, and on the command line. */
static void
test_dropped (void **state)
{
  SimHost *host = *state;

  dial (host);
  ppp_host_bring_up (host);
  sim_host_do (host, "context drop 1 38");
  ppp_host_expect (host, "C021:05010004");
  sim_host_advance (host, 1.1);
  ppp_host_expect (host, NO_CARRIER);
  dial (host);
  ppp_host_bring_up (host);
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  sim_host_do (host, "network lost");
  sim_host_expect_end (host, SIM_PORT_MODEM, NO_CARRIER);
  sim_host_answers (host, "state data-call", "ok none");
}

/* The network does not want us, or the host does not say the right name. */
static void
test_rejected (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "apn any cause=33");
  dial (host);
  ppp_host_link (host);
  sim_host_advance (host, 1);
  ppp_host_expect (host, "C021:05010004");
  sim_host_advance (host, 1.1);
  ppp_host_expect (host, NO_CARRIER);
  sim_host_do (host, "apn any cause=0 auth=pap user=u password=p");
  dial (host);
  ppp_host_link (host);
  ppp_host_say (host, PPP_HOST_PAP, "0101000801750171"); /* u, q */
  ppp_host_expect (host, "C023:0301000500 C021:05010004");
  sim_host_advance (host, 1.1);
  ppp_host_expect (host, NO_CARRIER);
  dial (host);
  ppp_host_link (host);
  ppp_host_say (host, PPP_HOST_PAP, "0101000801750170");
  ppp_host_expect (host, "C023:0201000500");
  sim_host_advance (host, 1);
  sim_host_answers (host, "contexts", "ok 1\n1 up apn= modem");
}

/* DTR drops when the port is closed, or its rate is 0; &D0 says that it does not matter. */
static void
test_dtr (void **state)
{
  SimHost *host = *state;

  dial (host);
  sim_host_close (host, SIM_PORT_MODEM);
  sim_host_answers (host, "state data-call", "ok none");
  sim_host_open (host, SIM_PORT_MODEM);
  sim_host_expect_nothing (host, SIM_PORT_MODEM);
  modem (host, "AT&D0", OK);
  dial (host);
  sim_host_close (host, SIM_PORT_MODEM);
  sim_host_answers (host, "state data-call", "ok online");
  sim_host_open (host, SIM_PORT_MODEM);
  modem (host, "AT", ""); /* it is stuck in data mode */
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  modem (host, "AT&D2", OK);
  sim_host_close (host, SIM_PORT_MODEM); /* on the command line it counts, too */
  sim_host_answers (host, "state data-call", "ok none");
  sim_host_open (host, SIM_PORT_MODEM);
}

static void
test_rate_0 (void **state)
{
  SimHost *host = *state;

  dial (host);
  sim_host_set_dtr (host, SIM_PORT_MODEM, FALSE);
  sim_host_advance (host, 0.3);
  sim_host_set_dtr (host, SIM_PORT_MODEM, TRUE);
  ppp_host_expect (host, NO_CARRIER);
}

/* Guide 4.1.1, 26.2 */
static void
test_refused (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATD*99#", NO_CARRIER); /* not PCUI */
  modem (host, "ATD*99***3#", NO_CARRIER);
  modem (host, "ATD*99***12#", NO_CARRIER);
  modem (host, "AT+CGDATA=\"PPP\",17", "\r\n+CME ERROR: Incorrect parameters\r\n");
  modem (host, "AT+CGDATA=\"X25\",1", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=2,1", OK "\r\n^NDISSTAT: 1,,,IPV4\r\n");
  modem (host, "ATD*99#", NO_CARRIER); /* the same access point */
  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"other\"", OK);
  dial (host);
  ppp_host_bring_up (host);
  sim_host_answers (host, "contexts", "ok 2\n1 up apn=other modem\n2 up apn= ecm");
  sim_host_ask_for (host, 0.2, "AT^NDISDUP=2,0", OK "\r\n^NDISSTAT:0,0,,IPV4\r\n");
  sim_host_ask (host, "AT^NDISDUP=2,1,\"other\"", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_send (host, SIM_PORT_UART, "ATE0\r");
  sim_host_expect_end (host, SIM_PORT_UART, OK);
  sim_host_send (host, SIM_PORT_UART, "ATD*99***2#\r"); /* there is one already */
  sim_host_expect (host, SIM_PORT_UART, NO_CARRIER);
}

static void
test_without (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "network lost");
  sim_host_forget (host);
  modem (host, "ATD*99#", NO_CARRIER);
  sim_host_do (host, "remove-sim");
  sim_host_forget (host);
  modem (host, "ATD*99#", "\r\n+CME ERROR: SIM failure\r\n");
  modem (host, "AT+CGDATA=\"PPP\",1", "\r\n+CME ERROR: SIM failure\r\n");
}

/* Typed on before CONNECT: V.250 5.6.1. */
static void
test_aborted (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_MODEM, "ATD*99#\r");
  sim_host_advance (host, 0.2);
  sim_host_send (host, SIM_PORT_MODEM, "\r");
  sim_host_expect (host, SIM_PORT_MODEM, NO_CARRIER);
  sim_host_advance (host, 5);
  modem (host, "AT", OK);
}

/* Guide 14.2: the other ports go on; nothing unsolicited gets into PPP. */
static void
test_other_ports (void **state)
{
  SimHost *host = *state;

  dial (host);
  ppp_host_bring_up (host);
  sim_host_ask (host, "AT", OK);
  sim_host_do (host, "signal -60");
  sim_host_expect_end (host, SIM_PORT_PCUI, "\r\n");
  sim_host_do (host, "urc ^TEST: 1");
  sim_host_expect_end (host, SIM_PORT_PCUI, "\r\n^TEST: 1\r\n");
  ppp_host_expect (host, "");
  escape (host);
  sim_host_expect (host, SIM_PORT_MODEM, OK); /* and nothing of it afterwards */
}

static void
test_flow (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^DSFLOWRPT=1", OK);
  dial (host);
  ppp_host_bring_up (host);
  ppp_host_ping (host);
  ppp_host_expect_pong (host);
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n^DSFLOWRPT:00000002,0000000F,0000000F,000000000000001F,000000000000001F,"
                   "0057E400,00DBBA00\r\n");
}

/* Guide 14.3: a voice call on GSM; what came meanwhile is answered after it. */
static void
test_suspended (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "technology edge");
  sim_host_forget (host);
  modem (host, "ATD*99#", "\r\nCONNECT 236800\r\n");
  ppp_host_bring_up (host);
  sim_host_answers (host, "incoming-call 10086 gives-up=0", "ok 1");
  ppp_host_ping (host);
  ppp_host_expect (host, "");
  sim_host_advance (host, 0.1);
  sim_host_forget (host);
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,102,17\r\n");
  ppp_host_expect_pong (host);
  sim_host_answers (host, "state data-call", "ok online"); /* ATH was for the voice call */
}

/* Guide 14.2 */
static void
test_message_suspends (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "technology edge");
  sim_host_forget (host);
  modem (host, "ATD*99#", "\r\nCONNECT 236800\r\n");
  ppp_host_bring_up (host);
  sim_host_ask (host, "AT+CMGF=1", OK);
  sim_host_ask (host, "AT+CMGS=\"10086\"", "\r\n> ");
  ppp_host_ping (host);
  ppp_host_expect_pong (host); /* it is being written yet */
  sim_host_send (host, SIM_PORT_PCUI, "hello\x1a");
  ppp_host_ping (host);
  ppp_host_expect (host, "");
  sim_host_advance (host, 2);
  ppp_host_expect_pong (host);
}

static void
test_verbs (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "ppp terminate", "error there is no data call");
  sim_host_do (host, "ppp silent");
  dial (host);
  ppp_host_say (host, PPP_HOST_LCP, "01010004");
  ppp_host_expect (host, "");
  sim_host_do (host, "ppp answers");
  ppp_host_bring_up (host);
  sim_host_do (host, "ppp terminate");
  ppp_host_expect (host, "C021:05010004");
  ppp_host_say (host, PPP_HOST_LCP, "06010004");
  sim_host_advance (host, 0.1);
  ppp_host_expect (host, NO_CARRIER);
}

static void
test_restart (void **state)
{
  SimHost *host = *state;

  dial (host);
  ppp_host_bring_up (host);
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_send (host, SIM_PORT_MODEM, "ATE0\r");
  sim_host_forget (host);
  dial (host);
  ppp_host_bring_up (host);
  sim_host_do (host, "unplug");
  sim_host_listen (host);
  sim_host_answers (host, "state data-call", "ok none");
  sim_host_do (host, "power off");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_connect), WITH_HOST (test_escape),           WITH_HOST (test_network),
    WITH_HOST (test_ends),    WITH_HOST (test_dropped),          WITH_HOST (test_rejected),
    WITH_HOST (test_dtr),     WITH_HOST (test_rate_0),           WITH_HOST (test_refused),
    WITH_HOST (test_without), WITH_HOST (test_aborted),          WITH_HOST (test_other_ports),
    WITH_HOST (test_flow),    WITH_HOST (test_suspended),        WITH_HOST (test_verbs),
    WITH_HOST (test_restart), WITH_HOST (test_message_suspends),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

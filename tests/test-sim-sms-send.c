/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

/* Guide 9.2.1, without its service centre. */
#define TPDU   "11000B813109730137F10000FF07EDF27C1E3E9701"
#define PROMPT "\r\n> "
#define CTRL_Z "\x1a"
#define ESC    "\x1b"

static void
send (SimHost *host, const char *command, const char *text)
{
  sim_host_ask (host, command, PROMPT);
  sim_host_send (host, SIM_PORT_PCUI, text);
}

static void
test_pdu (void **state)
{
  SimHost *host = *state;

  send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMGS: 0\r\n" OK);
  send (host, "AT+CMGS=21", "0891683108608805F9" TPDU CTRL_Z);
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMGS: 1\r\n" OK);
  sim_host_answers (host, "sms-sent",
                    "ok 2\n0591515510"
                    "9911000B813109730137F10000FF07EDF27C1E3E9701\n"
                    "0891683108608805F911010B813109730137F10000FF07EDF27C1E3E9701");
  sim_host_do (host, "sms-sent forget");
  sim_host_answers (host, "sms-sent", "ok 0");
  for (int i = 2; i <= 256; i++)
    {
      g_autofree char *answer = g_strdup_printf ("\r\n+CMGS: %d\r\n" OK, i % 256);

      send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
      sim_host_advance (host, 1.5);
      sim_host_expect (host, SIM_PORT_PCUI, answer);
    }
}

static void
test_wrong (void **state)
{
  static const char *const wrong[] = {
    "00" TPDU "00" CTRL_Z, /* longer than announced */
    "01" TPDU CTRL_Z,      /* the service centre takes a byte of it */
    "0" TPDU  CTRL_Z,      /* half a byte */
    "00"
    "XX000B813109730137F10000FF07EDF27C1E3E9701" CTRL_Z,
    "00"
    "10000B813109730137F10000FF07EDF27C1E3E9701" CTRL_Z, /* a DELIVER */
    "00"
    "11000B813109730137F10000FF08EDF27C1E3E9701" CTRL_Z, /* fits, but is no eight */
    CTRL_Z,
  };
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      send (host, "AT+CMGS=21", wrong[i]);
      if (i == 5) /* eight septets are as many bytes as seven */
        sim_host_advance (host, 1.5);
      sim_host_expect (host, SIM_PORT_PCUI,
                       i == 5 ? "\r\n+CMGS: 0\r\n" OK : "\r\n+CMS ERROR: 304\r\n");
    }
  sim_host_ask (host, "AT+CMGS=0", "\r\n+CMS ERROR: 304\r\n");
  sim_host_ask (host, "AT+CMGS=165", "\r\n+CMS ERROR: 304\r\n");
  sim_host_ask (host, "AT+CMGS=\"123\"", "\r\n+CMS ERROR: 304\r\n");
  send (host, "AT+CMGS=21", "00" TPDU ESC);
  sim_host_expect (host, SIM_PORT_PCUI, OK);
  send (host, "AT+CMGS=21", "00" TPDU);
  sim_host_advance (host, 60);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMS ERROR: 500\r\n");
  sim_host_ask (host, "AT", OK);
}

static void
test_network (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "network lost");
  sim_host_forget (host);
  send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMS ERROR: no network service\r\n");
  sim_host_do (host, "network found");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
  sim_host_do (host, "network lost");
  sim_host_forget (host);
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMS ERROR: network timeout\r\n");
  sim_host_do (host, "network found");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CSCA=\"\"", OK);
  send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMS ERROR: 330\r\n");
  sim_host_answers (host, "sms-sent", "ok 0");
}

static void
test_faults (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-fail 38 2");
  for (int i = 0; i < 2; i++)
    {
      send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
      sim_host_advance (host, 1.5);
      sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMS ERROR: Network out of order\r\n");
    }
  sim_host_answers (host, "state sms-sent", "ok 0");
  sim_host_do (host, "sms-silent received");
  send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
  sim_host_advance (host, 100);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_answers (host, "state sms-sent", "ok 1");
  sim_host_do (host, "sms-silent lost");
  send (host, "AT+CMGS=21", "00" TPDU CTRL_Z);
  sim_host_advance (host, 1.5);
  sim_host_ask (host, "AT", OK);
  sim_host_answers (host, "state sms-sent", "ok 1");
  sim_host_do (host, "ignore +CMGS"); /* there is no prompt then */
  sim_host_ask (host, "AT+CMGS=21", "");
  sim_host_ask (host, "AT", OK);
}

/* Guide 14.1: a call that is not yet connected gives way. */
static void
test_call (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 0 00" TPDU " unsent");
  sim_host_send (host, SIM_PORT_PCUI, "ATD13912345;\r");
  sim_host_advance (host, 0.5);
  sim_host_forget (host);
  sim_host_send (host, SIM_PORT_PCUI, "AT+CMSS=0\r");
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CEND: 1,0,100,17\r\n\r\n+CMSS: 0\r\n" OK);
}

static void
test_channel (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 0 00" TPDU " unsent");
  sim_host_do (host, "sms-channel busy");
  sim_host_ask (host, "AT+CMSS=0", "");
  sim_host_advance (host, 30);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_do (host, "sms-channel free");
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMSS: 0\r\n" OK);
  sim_host_answers (host, "sms-slots", "ok 1\n0 sent 00" TPDU);
  sim_host_do (host, "sms-channel busy");
  sim_host_ask (host, "AT+CMSS=0", "");
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_do (host, "sms-channel free"); /* nobody waits any more */
}

static void
test_cmss (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 3 00" TPDU " unsent");
  sim_host_do (host, "sms-slot 4 0004038121F300006250112132058002C834");
  sim_host_ask (host, "AT+CMSS=0", "\r\n+CMS ERROR: invalid memory index\r\n");
  sim_host_ask (host, "AT+CMSS=4", "\r\n+CMS ERROR: operation not allowed\r\n");
  sim_host_ask (host, "AT+CMSS=3,\"+4915\"", "");
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMSS: 0\r\n" OK);
  sim_host_answers (host, "sms-sent", "ok 1\n0591515510991100049194510000FF07EDF27C1E3E9701");
  sim_host_ask (host, "AT+CMSS=3,x", "\r\n+CMS ERROR: 304\r\n");
}

/* With +CMMS the link is kept for five seconds. */
static void
test_cmms (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 0 00" TPDU " unsent");
  sim_host_ask (host, "AT+CMMS=2;+CMSS=0", "");
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMSS: 0\r\n" OK);
  sim_host_ask (host, "AT+CMSS=0", "");
  sim_host_advance (host, 0.4);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMSS: 1\r\n" OK);
  sim_host_advance (host, 5);
  sim_host_ask (host, "AT+CMSS=0", "");
  sim_host_advance (host, 1.4);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMSS: 2\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_pdu),    WITH_HOST (test_wrong),   WITH_HOST (test_network),
    WITH_HOST (test_faults), WITH_HOST (test_channel), WITH_HOST (test_call),
    WITH_HOST (test_cmss),   WITH_HOST (test_cmms),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

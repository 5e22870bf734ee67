/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define SUBMIT  "000100038121F300000141"
#define DELIVER "0004038121F300006250112132058002C834"
#define PROMPT  "\r\n> "
#define CTRL_Z  "\x1a"

static void
write_one (SimHost *host, const char *command, const char *text, const char *answer)
{
  g_autofree char *typed = g_strconcat (text, CTRL_Z, NULL);

  sim_host_ask (host, command, PROMPT);
  sim_host_send (host, SIM_PORT_PCUI, typed);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, answer);
}

static void
test_cmgw (void **state)
{
  SimHost *host = *state;

  write_one (host, "AT+CMGW=10", SUBMIT, "\r\n+CMGW: 0\r\n" OK);
  write_one (host, "AT+CMGW=10,3", SUBMIT, "\r\n+CMGW: 1\r\n" OK);
  write_one (host, "AT+CMGW=17,0", DELIVER, "\r\n+CMGW: 2\r\n" OK);
  write_one (host, "AT+CMGW=17", DELIVER, "\r\n+CMS ERROR: 304\r\n");
  write_one (host, "AT+CMGW=10,1", SUBMIT, "\r\n+CMS ERROR: 304\r\n");
  sim_host_ask (host, "AT+CMGW=10,4", "\r\n+CMS ERROR: 304\r\n");
  sim_host_answers (host, "sms-slots",
                    "ok 3\n0 unsent " SUBMIT "\n1 sent " SUBMIT "\n2 unread " DELIVER);
}

static void
test_full (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-fill 40");
  write_one (host, "AT+CMGW=10", SUBMIT,
             "\r\n^SMMEMFULL: \"SM\"\r\n\r\n+CMS ERROR: memory full\r\n");
}

static void
test_text (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CMGF=1;+CSMP=1", OK);
  write_one (host, "AT+CMGW=\"123\"", "A", "\r\n+CMGW: 0\r\n" OK);
  sim_host_answers (host, "sms-slots", "ok 1\n0 unsent " SUBMIT);
}

static void
test_fill (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 5 " SUBMIT " unsent");
  sim_host_do (host, "sms-fill 2");
  sim_host_ask (host, "AT+CMGD=?", "\r\n+CMGD: (0,5),(0-4)\r\n" OK);
  sim_host_ask (host, "AT+CMGF=1;+CMGR=5", "\r\n+CMGR: \"STO UNSENT\",\"123\",\r\nA\r\n" OK);
  sim_host_do (host, "sms-fill 1");
  sim_host_ask (host, "AT+CMGD=?", "\r\n+CMGD: (0),(0-4)\r\n" OK);
  sim_host_answers (host, "sms-slot 1 0", "error not hex of up to 175 bytes: 0");
  sim_host_answers (host, "sms-slot 1 00 new", "error new is none of unread, read, unsent, sent");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_cmgw),
    WITH_HOST (test_full),
    WITH_HOST (test_text),
    WITH_HOST (test_fill),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

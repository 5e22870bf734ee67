/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define TIME " time=26/05/11,12:23:50+08 "
#define SCTS "62501121320580"

/* A class, where +CNMI=2,MT puts it: on the card or to the host. */
static void
check_class (SimHost *host, const char *mt, const char *class, gboolean to_host)
{
  g_autofree char *cnmi = g_strconcat ("AT+CNMI=2,", mt, ",0,0,0", NULL);
  g_autofree char *sms = g_strconcat ("sms 1 class=", class, " A", NULL);

  sim_host_do (host, "sms-fill 0");
  sim_host_ask (host, cnmi, OK);
  sim_host_do (host, sms);
  sim_host_advance (host, 1);
  sim_host_forget (host);
  sim_host_answers (host, "state sms-used", to_host ? "ok 0" : "ok 1");
  sim_host_answers (host, "state sms-waiting", "ok 0");
}

static void
test_cmti (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CNMI=?", "\r\n+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)\r\n" OK);
  sim_host_ask (host, "AT+CNMI?", "\r\n+CNMI: 0,0,0,0,0\r\n" OK);
  sim_host_do (host, "sms 1 silence");
  sim_host_advance (host, 1);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT+CNMI=2,1,0,0,0", OK); /* guide 9.4.1 */
  sim_host_do (host, "sms 1 two");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",1\r\n");
  sim_host_expect (host, SIM_PORT_MODEM, "\r\n+CMTI: \"SM\",1\r\n");
  sim_host_ask (host, "AT+CNMI=1,2;+CNMI?", "\r\n+CNMI: 1,2,0,0,0\r\n" OK);
  sim_host_ask (host, "AT+CNMI=3", "\r\nERROR\r\n");
  sim_host_ask (host, "AT+CNMI=2,1,1", "\r\nERROR\r\n");
}

static void
test_classes (void **state)
{
  SimHost *host = *state;

  check_class (host, "0", "0", FALSE);
  check_class (host, "1", "0", TRUE);
  check_class (host, "1", "1", FALSE);
  check_class (host, "2", "none", TRUE);
  check_class (host, "2", "0", TRUE);
  check_class (host, "2", "2", FALSE);
  check_class (host, "2", "3", TRUE);
  sim_host_do (host, "sms 1 class=0" TIME "A");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CMT: ,15\r\n059151551099040181F10010" SCTS "0141\r\n");
}

static void
test_mt_3 (void **state)
{
  SimHost *host = *state;

  check_class (host, "3", "none", FALSE);
  check_class (host, "3", "2", FALSE);
  check_class (host, "3", "3", TRUE);
}

/* The network keeps what does not fit. */
static void
test_full (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CNMI=2,1", OK);
  sim_host_do (host, "sms-fill 39");
  sim_host_do (host, "sms 1 last");
  sim_host_do (host, "sms 1 more");
  sim_host_do (host, "sms 1 even more");
  sim_host_advance (host, 10);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",39\r\n\r\n^SMMEMFULL: \"SM\"\r\n");
  sim_host_answers (host, "state sms-waiting", "ok 2");
  sim_host_ask (host, "AT+CMGD=7", "");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, OK "\r\n+CMTI: \"SM\",7\r\n\r\n^SMMEMFULL: \"SM\"\r\n");
  sim_host_do (host, "sms-fill 38");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",38\r\n");
}

static void
test_buffer (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CNMI=0,1", OK);
  sim_host_do (host, "sms 1 one");
  sim_host_do (host, "sms 1 two");
  sim_host_advance (host, 10);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT+CNMI=2", "\r\n+CMTI: \"SM\",0\r\n\r\n+CMTI: \"SM\",1\r\n" OK);
  sim_host_ask (host, "AT+CNMI=0", OK);
  sim_host_do (host, "sms 1 three");
  sim_host_advance (host, 10);
  sim_host_ask (host, "AT+CNMI=1,1,0,0,1", OK); /* dropped */
  sim_host_ask (host, "AT+CMGS=20", "\r\n> ");
  sim_host_do (host, "sms 1 four");
  sim_host_advance (host, 1);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_expect (host, SIM_PORT_MODEM,
                   "\r\n+CMTI: \"SM\",0\r\n\r\n+CMTI: \"SM\",1\r\n"
                   "\r\n+CMTI: \"SM\",3\r\n");
  sim_host_send (host, SIM_PORT_PCUI, "\x1b");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",3\r\n" OK);
}

static void
test_cnma (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CNMA", "\r\n+CMS ERROR: no +CNMA acknowledgement expected\r\n");
  sim_host_ask (host, "AT+CSMS=1;+CNMI=2,2", "\r\n+CSMS: 1,1,1\r\n" OK);
  sim_host_do (host, "sms 1" TIME "A");
  sim_host_do (host, "sms 2" TIME "A");
  sim_host_advance (host, 10);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CMT: ,15\r\n059151551099040181F10000" SCTS "0141\r\n");
  sim_host_ask (host, "AT+CNMA", OK);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CMT: ,15\r\n059151551099040181F20000" SCTS "0141\r\n");
  sim_host_ask (host, "AT+CNMA=2", OK); /* refused: it comes again */
  sim_host_advance (host, 29);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 1);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CNMA=1,3", "\r\n> ");
  sim_host_send (host, SIM_PORT_PCUI, "000000\x1a");
  sim_host_expect (host, SIM_PORT_PCUI, OK);
  sim_host_answers (host, "state sms-waiting", "ok 0");
  sim_host_ask (host, "AT+CNMA=3", "\r\n+CMS ERROR: 304\r\n");
}

/* 27.005 3.4.1: then it is stored. */
static void
test_no_ack (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CSMS=1;+CNMI=2,2,0,1", "\r\n+CSMS: 1,1,1\r\n" OK);
  sim_host_do (host, "sms 1" TIME "A");
  sim_host_advance (host, 1);
  sim_host_forget (host);
  sim_host_advance (host, 15);
  sim_host_ask (host, "AT+CNMI?", "\r\n+CNMI: 2,0,0,0,0\r\n" OK);
  sim_host_ask (host, "AT+CNMA", "\r\n+CMS ERROR: no +CNMA acknowledgement expected\r\n");
  sim_host_answers (host, "state sms-waiting", "ok 1");
  sim_host_advance (host, 30);
  sim_host_answers (host, "sms-slots", "ok 1\n0 unread 059151551099040181F10000" SCTS "0141");
  sim_host_ask (host, "AT+CNMI=2,2", OK);
  sim_host_do (host, "sms 1" TIME "B");
  sim_host_advance (host, 1);
  sim_host_do (host, "reset"); /* what nobody answered for is not lost */
  sim_host_advance (host, 30);
  sim_host_answers (host, "state sms-used", "ok 2");
}

static void
test_reports (void **state)
{
  static const char report[] = "sms-pdu 0006110B915155101010F0625011213200806250112132058000";
  SimHost          *host = *state;

  sim_host_do (host, report);
  sim_host_advance (host, 1);
  sim_host_answers (host, "state sms-waiting", "ok 0"); /* nobody wanted it */
  sim_host_ask (host, "AT+CNMI=2,1,0,1", OK);
  sim_host_do (host, report);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CDS: 25\r\n0006110B915155101010F0625011213200806250112132058000\r\n");
  sim_host_ask (host, "AT+CNMI=2,1,0,2", OK);
  sim_host_do (host, report);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CDSI: \"SM\",0\r\n");
  sim_host_ask (host, "AT+CMGR=0",
                "\r\n+CMGR: 0,,25\r\n0006110B915155101010F0625011213200806250112132058000\r\n" OK);
}

/* What is no message, one of type 0, a page. */
static void
test_odd (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CNMI=2,1,2", OK);
  sim_host_do (host, "sms-pdu FF00");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",0\r\n");
  sim_host_answers (host, "sms-slots", "ok 1\n0 unread FF00");
  sim_host_ask (host, "AT+CNMI=2,2", OK);
  sim_host_do (host, "sms-pdu 0003");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMT: ,1\r\n0003\r\n");
  sim_host_do (host, "sms 1 pid=64 nothing");
  sim_host_advance (host, 1);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_answers (host, "state sms-waiting", "ok 0");
  sim_host_do (host, "cell-broadcast 001000110101");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CBM: 6\r\n001000110101\r\n");
  sim_host_ask (host, "AT+CNMI=2,2,0", OK);
  sim_host_do (host, "cell-broadcast 001000110101");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_cmti),   WITH_HOST (test_classes), WITH_HOST (test_mt_3),
    WITH_HOST (test_full),   WITH_HOST (test_buffer),  WITH_HOST (test_cnma),
    WITH_HOST (test_no_ack), WITH_HOST (test_reports), WITH_HOST (test_odd),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

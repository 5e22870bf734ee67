/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define PDU  "05915155109904038121F300006250112132058002C834"
#define SENT "0591515510990100038121F300000141"

static void
test_cpms (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CPMS=?", "\r\n+CPMS: (\"SM\"),(\"SM\"),(\"SM\")\r\n" OK);
  sim_host_do (host, "sms-fill 3");
  sim_host_ask (host, "AT+CPMS=\"SM\",\"SM\",\"SM\"", "\r\n+CPMS: 3,40,3,40,3,40\r\n" OK);
  sim_host_ask (host, "AT+CPMS=\"SM\"", "\r\n+CPMS: 3,40,3,40,3,40\r\n" OK);
  sim_host_ask (host, "AT+CPMS?",
                "\r\n+CPMS: \"SM\",3,40,\"SM\",3,40,\"SM\",3,40\r\n" OK); /* guide 9.1.1 */
  sim_host_ask (host, "AT+CPMS=\"ME\"", "\r\nERROR\r\n");
  sim_host_do (host, "sms-fill 1");
  sim_host_answers (host, "state sms-used", "ok 1");
}

static void
test_cmgr (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 4 " PDU);
  sim_host_ask (host, "AT+CMGR=4", "\r\n+CMGR: 0,,17\r\n" PDU "\r\n" OK);
  sim_host_ask (host, "AT+CMGR=4", "\r\n+CMGR: 1,,17\r\n" PDU "\r\n" OK); /* it is read now */
  sim_host_ask (host, "AT+CMGR=5", "\r\n+CMS ERROR: invalid memory index\r\n");
  sim_host_ask (host, "AT+CMGR=40", "\r\n+CMS ERROR: invalid memory index\r\n");
  sim_host_ask (host, "AT+CMGR", "\r\nERROR\r\n");
  sim_host_do (host, "sms-slot 0 0204 unread"); /* it breaks off in the service centre */
  sim_host_ask (host, "AT+CMGR=0", "\r\n+CMGR: 0,,0\r\n0204\r\n" OK);
  sim_host_do (host, "sms-slot 4");
  sim_host_answers (host, "sms-slots", "ok 1\n0 read 0204");
  sim_host_answers (host, "sms-slot 40 00", "error not a number from 0 to 39: 40");
}

static void
test_cmgl (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CMGL=4", OK);
  sim_host_do (host, "sms-slot 0 " PDU);
  sim_host_do (host, "sms-slot 1 " PDU " read");
  sim_host_do (host, "sms-slot 2 " SENT " unsent");
  sim_host_do (host, "sms-slot 39 " SENT " sent");
  sim_host_ask (host, "AT+CMGL=2", "\r\n+CMGL: 2,2,,10\r\n" SENT "\r\n" OK);
  sim_host_ask (host, "AT+CMGL=3", "\r\n+CMGL: 39,3,,10\r\n" SENT "\r\n" OK);
  sim_host_ask (host, "AT+CMGL=1", "\r\n+CMGL: 1,1,,17\r\n" PDU "\r\n" OK);
  sim_host_ask (host, "AT+CMGL", "\r\n+CMGL: 0,0,,17\r\n" PDU "\r\n" OK);
  sim_host_ask (host, "AT+CMGL=0", OK); /* read now */
  sim_host_ask (host, "AT+CMGL=4",
                "\r\n+CMGL: 0,1,,17\r\n" PDU "\r\n+CMGL: 1,1,,17\r\n" PDU
                "\r\n+CMGL: 2,2,,10\r\n" SENT "\r\n+CMGL: 39,3,,10\r\n" SENT "\r\n" OK);
  sim_host_ask (host, "AT+CMGL=?", "\r\n+CMGL: (0-4)\r\n" OK);
  sim_host_ask (host, "AT+CMGL=\"ALL\"", "\r\nERROR\r\n"); /* guide 9.4.2 */
  sim_host_ask (host, "AT+CMGF=1;+CMGL=4", "\r\nERROR\r\n");
}

static void
test_cmgd (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 0 " PDU);
  sim_host_do (host, "sms-slot 1 " PDU " read");
  sim_host_do (host, "sms-slot 2 " SENT " unsent");
  sim_host_do (host, "sms-slot 3 " SENT " sent");
  sim_host_do (host, "sms-slot 4 " PDU " read");
  sim_host_ask (host, "AT+CMGD=?", "\r\n+CMGD: (0,1,2,3,4),(0-4)\r\n" OK);
  sim_host_ask (host, "AT+CMGD=4", "");
  sim_host_advance (host, 0.05);
  sim_host_expect (host, SIM_PORT_PCUI, OK);
  sim_host_ask (host, "AT+CMGD=4", OK); /* nothing to do */
  for (guint flag = 1; flag <= 4; flag++)
    {
      static const char *const left[] = { "(0,2,3)", "(0,2)", "(0)", "()" };
      g_autofree char *delete = g_strdup_printf ("AT+CMGD=0,%u", flag);
      g_autofree char *list = g_strdup_printf ("\r\n+CMGD: %s,(0-4)\r\n" OK, left[flag - 1]);

      sim_host_ask (host, delete, "");
      sim_host_advance (host, 0.05);
      sim_host_expect (host, SIM_PORT_PCUI, OK);
      sim_host_ask (host, "AT+CMGD=?", list);
    }
  sim_host_ask (host, "AT+CMGD=40", "\r\n+CMS ERROR: invalid memory index\r\n");
  sim_host_ask (host, "AT+CMGD=0,5", "\r\nERROR\r\n");
  sim_host_do (host, "sms-fill 40");
  sim_host_ask (host, "AT+CMGD=1,4", "");
  sim_host_advance (host, 1.9);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, OK);
}

/* They are the card's. */
static void
test_cards (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 7 " PDU);
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT+CMGD=?", "\r\n+CMGD: (7),(0-4)\r\n" OK);
  sim_host_do (host, "remove-sim");
  sim_host_do (host, "insert-sim");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CMGD=?", "\r\n+CMGD: (7),(0-4)\r\n" OK);
  sim_host_do (host, "remove-sim");
  sim_host_answers (host, "sms-slots", "error there is no card");
  sim_host_do (host, "insert-sim iccid=89001010000000000137");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "AT+CMGD=?", "\r\n+CMGD: (),(0-4)\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_cpms), WITH_HOST (test_cmgr),  WITH_HOST (test_cmgl),
    WITH_HOST (test_cmgd), WITH_HOST (test_cards),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

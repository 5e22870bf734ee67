/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define PDU  "05915155109904038121F300006250112132058002C834"
#define SENT "0591515510990100038121F300000141"

static void
test_text (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-slot 0 " PDU);
  sim_host_do (host, "sms-slot 1 " SENT " unsent");
  sim_host_do (host, "sms-slot 2 00FF read");
  sim_host_ask (host, "AT+CMGF=1;+CMGL=\"ALL\"",
                "\r\n+CMGL: 0,\"REC UNREAD\",\"123\",,\"26/05/11,12:23:50+08\"\r\nHi\r\n"
                "+CMGL: 1,\"STO UNSENT\",\"123\",,\r\nA\r\n"
                "+CMGL: 2,\"REC READ\",\"\",,\"\"\r\n00\r\n" OK);
  sim_host_ask (host, "AT+CMGR=0",
                "\r\n+CMGR: \"REC READ\",\"123\",,\"26/05/11,12:23:50+08\"\r\nHi\r\n" OK);
  sim_host_ask (host, "AT+CSDH=1;+CMGR=0",
                "\r\n+CMGR: \"REC READ\",\"123\",,\"26/05/11,12:23:50+08\",129,4,0,0,"
                "\"+15550199\",145,2\r\nHi\r\n" OK);
  sim_host_ask (host, "AT+CMGR=1;+CMGL=\"STO UNSENT\"",
                "\r\n+CMGR: \"STO UNSENT\",\"123\",,129,1,0,0,,\"+15550199\",145,1\r\nA\r\n"
                "\r\n+CMGL: 1,\"STO UNSENT\",\"123\",,,129,1\r\nA\r\n" OK);
  sim_host_ask (host, "AT+CSDH=0;+CSCS=\"UCS2\";+CMGR=0",
                "\r\n+CMGR: \"REC READ\",\"003100320033\",,\"26/05/11,12:23:50+08\"\r\n"
                "00480069\r\n" OK);
}

/* Guide 9.4.1; a report has no text. */
static void
test_arriving (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CMGF=1;+CNMI=1,2,0,1,0", OK);
  sim_host_do (host, "sms +8613312345678 time=12/05/05,18:10:36+00 huawei");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CMT: \"+8613312345678\",,\"12/05/05,18:10:36+00\"\r\nhuawei\r\n");
  sim_host_do (host, "sms Bank time=12/05/05,18:10:36-14 ö€");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CMT: \"Bank\",,\"12/05/05,18:10:36-14\"\r\n??\r\n"); /* IRA */
  sim_host_do (host, "sms 1 time=12/05/05,18:10:36+00 split=2 abc");
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CMT: \"1\",,\"12/05/05,18:10:36+00\"\r\n050003000201C262\r\n"
                   "\r\n+CMT: \"1\",,\"12/05/05,18:10:36+00\"\r\n050003000202C6\r\n");
  sim_host_do (host, "sms-pdu 0006110B915155101010F0625011213200806250112132058000");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CDS: 6,17,\"+15550101010\",145,\"26/05/11,12:23:00+08\","
                   "\"26/05/11,12:23:50+08\",0\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_text),
    WITH_HOST (test_arriving),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

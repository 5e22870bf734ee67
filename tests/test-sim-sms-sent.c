/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"
#include "sim-sms-centre.h"

#define OK "\r\nOK\r\n"

#define PROMPT "\r\n> "
#define CTRL_Z "\x1a"

static void
send (SimHost *host, const char *pdu, guint length, guint reference)
{
  g_autofree char *command = g_strdup_printf ("AT+CMGS=%u", length);
  g_autofree char *text = g_strconcat (pdu, CTRL_Z, NULL);
  g_autofree char *answer = g_strdup_printf ("\r\n+CMGS: %u\r\n" OK, reference);

  sim_host_ask (host, command, PROMPT);
  sim_host_send (host, SIM_PORT_PCUI, text);
  sim_host_advance (host, 1.5);
  sim_host_expect (host, SIM_PORT_PCUI, answer);
}

static void
test_own_number (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "time 26/05/11,12:23:48+08");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CNMI=2,1", OK);
  send (host,
        "000100089151551000000001"
        "41",
        12, 0); /* +15550100 */
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",0\r\n");
  sim_host_answers (host, "sms-slots",
                    "ok 1\n0 unread 059151551099"
                    "040891515510000000"
                    "62501121329480"
                    "0141");
  send (host,
        "0001000791515510F00000"
        "0141",
        12, 1); /* one digit less */
  sim_host_advance (host, 10);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
}

static void
test_reports (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "time 26/05/11,12:23:48+08");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CNMI=2,1,0,1", OK);
  sim_host_answers (host, "sms-report 0", "error no such message was sent");
  send (host,
        "00210003A121F30000"
        "0141",
        10, 0);
  sim_host_advance (host, 3);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CDS: 21\r\n059151551099"
                   "060003A121F3"
                   "62501121329480"
                   "62501121329480"
                   "00\r\n");
  sim_host_do (host, "sms-reports off");
  send (host,
        "00210003A121F30000"
        "0141",
        10, 1);
  send (host,
        "00010003A121F30000"
        "0141",
        10, 2);
  sim_host_advance (host, 30);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_do (host, "sms-report 70 1"); /* 0x46: validity expired */
  sim_host_advance (host, 1);
  sim_host_expect_end (host, SIM_PORT_PCUI, "46\r\n");
  sim_host_do (host, "sms-report 48");
  sim_host_advance (host, 1);
  sim_host_expect_end (host, SIM_PORT_PCUI, "30\r\n");
  sim_host_answers (host, "sms-report 48 9", "error no such message was sent");
  sim_host_answers (host, "sms-reports 256", "error not a number from 0 to 255: 256");
}

/* The centre has a clock, whatever the network tells; west of it the zone's sign is a bit. */
static void
test_time (void **state)
{
  SimHost *host = *state;
  guint8   now[7];

  sim_host_do (host, "time 26/05/11,12:23:48-14");
  sim_sms_centre_time (host->module, now);
  assert_memory_equal (now, "\x62\x50\x11\x21\x32\x84\x49", 7);
  sim_host_do (host, "time none");
  sim_sms_centre_time (host->module, now);
  assert_int_not_equal (now[0], 0x07); /* 1970 */
  assert_int_equal (now[6], 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_own_number),
    WITH_HOST (test_reports),
    WITH_HOST (test_time),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

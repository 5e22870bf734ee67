/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define TIME   "time=26/05/11,12:23:50+08 "
#define SCTS   "62501121320580"
#define CENTRE "059151551099"

static void
check (SimHost *host, const char *line, const char *pdu)
{
  g_autofree char *slots = g_strconcat ("ok 1\n0 unread ", pdu, NULL);

  sim_host_do (host, "sms-fill 0");
  sim_host_do (host, line);
  sim_host_advance (host, 1);
  sim_host_answers (host, "sms-slots", slots);
}

static void
test_texts (void **state)
{
  SimHost *host = *state;

  check (host, "sms +123 " TIME "A", CENTRE "04039121F30000" SCTS "0141");
  check (host, "sms 123 " TIME "class=2 pid=57 短", CENTRE "04038121F3391A" SCTS "0277ED");
  check (host, "sms 123 " TIME "alphabet=ucs2 A", CENTRE "04038121F30008" SCTS "020041");
  check (host, "sms 123 " TIME "alphabet=8bit A\\n", CENTRE "04038121F30004" SCTS "02410A");
  check (host, "sms Bank " TIME "-- class=0", CENTRE "0407D0C2B07B0D0000" SCTS "076376783EEFC100");
}

static void
test_parts (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms 1 " TIME "split=2 ref=200 parts=3,1,1 abcdef");
  sim_host_advance (host, 10);
  sim_host_answers (host, "sms-slots",
                    "ok 3\n0 unread " CENTRE "440181F10000" SCTS "09050003C80303CA66\n"
                    "1 unread " CENTRE "440181F10000" SCTS "09050003C80301C262\n"
                    "2 unread " CENTRE "440181F10000" SCTS "09050003C80301C262");
}

static void
test_wrong (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "sms 1", "error usage: sms FROM TEXT...");
  sim_host_answers (host, "sms 123456789012345678901 x",
                    "error nobody is called 123456789012345678901");
  sim_host_answers (host, "sms 1 class=7 x", "error 7 is none of none, 0, 1, 2, 3");
  sim_host_answers (host, "sms 1 parts=2 x", "error not a number from 1 to 1: 2");
  sim_host_answers (host, "sms 1 alphabet=gsm7 短",
                    "error the text is not in that alphabet or too long");
  sim_host_answers (host, "sms 1 time=26/05/11,12:23:50*08 x",
                    "error not yy/MM/dd,hh:mm:ss+zz: 26/05/11,12:23:50*08");
  sim_host_answers (host, "sms 1 \\xff", "error the text is not UTF-8");
  sim_host_answers (host, "state sms-waiting", "ok 0");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_texts),
    WITH_HOST (test_parts),
    WITH_HOST (test_wrong),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

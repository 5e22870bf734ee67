/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 27.4, 27.5 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define HEADER        "2321414D520A"
#define NOT_SUPPORTED "\r\n+CME ERROR: Operation not supported\r\n"
#define BAD           "\r\n+CME ERROR: Error command parameters\r\n"

static void
ask (SimHost *host, const char *args, const char *reply)
{
  g_autofree char *line = g_strconcat ("AT^FILEIO=", args, NULL);

  sim_host_ask_for (host, 0.1, line, reply);
}

/* Guide 27.4.1; its first packet lacks the header that its notes demand. */
static void
test_guide (void **state)
{
  SimHost *host = *state;

  ask (host, "2,\"REC1.AMR\",1,,1,3,\"AD2A3AB12BAD2A3AB12BAD2A3AB12B\"",
       "\r\n+CME ERROR: 65290\r\n");
  ask (host, "2,\"REC1.AMR\",1,,1,3,\"" HEADER "3AB12BAD2A3AB12B2B\"", "\r\n^FILEIO: 1,15\r\n" OK);
  ask (host, "2,\"REC1.AMR\",1,,2,3,\"AD2A3AB12BAD2A3AB12BAD2A3AB12B\"",
       "\r\n^FILEIO: 2,15\r\n" OK);
  ask (host, "2,\"REC1.AMR\",1,,3,3,\"AD2A3AB12BAD2A3AB12BAD2A3AB12B\"",
       "\r\n^FILEIO: 3,15\r\n" OK);
  ask (host, "1,\"REC1.AMR\",1,,0,15",
       "\r\n^FILEIO: 15,45 \"" HEADER "3AB12BAD2A3AB12B2B\"\r\n" OK);
  ask (host, "1,\"REC1.AMR\",1,,41,100", "\r\n^FILEIO: 4,45 \"2A3AB12B\"\r\n" OK);
  ask (host, "3,\"REC1.AMR\"", OK);
  ask (host, "3,\"REC1.AMR\"", OK);
  ask (host, "1,\"REC1.AMR\",1,,0,100", NOT_SUPPORTED);
}

static void
test_order (void **state)
{
  SimHost *host = *state;

  ask (host, "2,\"REC2.AMR\",1,,2,3,\"AD2A\"", BAD);
  ask (host, "2,\"REC2.AMR\",1,,1,3,\"" HEADER "\"", "\r\n^FILEIO: 1,6\r\n" OK);
  ask (host, "2,\"REC2.AMR\",1,,3,3,\"AD2A\"", BAD);
  ask (host, "2,\"REC2.AMR\",1,,4,3,\"AD2A\"", BAD);
  ask (host, "2,\"REC2.AMR\",1,,2,3,\"AD2\"", BAD);
  ask (host, "2,\"REC2.AMR\",1,,2,3", BAD);
  ask (host, "1,\"REC2.AMR\",1,,6,1", BAD);
  ask (host, "1,\"REC2.AMR\",1,,0,513", BAD);
  ask (host, "3,\"REC2.AMR\",1", BAD);
  ask (host, "3,\"REC7.AMR\"", BAD);
  sim_host_answers (host, "recordings", "ok 1\nREC2.AMR 6");
}

/* Whole packets until the flash memory is full: 600 of them. */
static void
test_full (void **state)
{
  SimHost         *host = *state;
  g_autofree char *rest = g_strnfill (1024 - sizeof HEADER + 1, '7');

  for (guint i = 1; i <= 600; i++)
    {
      g_autofree char *args = g_strdup_printf ("2,\"REC3.AMR\",1,,%u,600,\"%s%s\"", i,
                                               i == 1 ? HEADER : "777777777777", rest);
      g_autofree char *reply = g_strdup_printf ("\r\n^FILEIO: %u,512\r\n" OK, i);

      ask (host, args, reply);
    }
  ask (host, "2,\"REC4.AMR\",1,,1,1,\"" HEADER "\"", "\r\n+CME ERROR: memory full\r\n");
  sim_host_answers (host, "recordings", "ok 1\nREC3.AMR 307200");
}

/* What was read of RAM is gone. */
static void
test_ram (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"RAM\"", OK);
  ask (host, "1,\"RAM\",1,,0,6", "\r\n+CME ERROR: operation not allowed\r\n");
  sim_host_advance (host, 0.505);
  sim_host_ask_for (host, 0.13, "AT^AUDREC=0", OK "\r\n^AUDEND: 0,0,741\r\n");
  ask (host, "1,\"RAM\",1,,1,6", "\r\nERROR\r\n");
  ask (host, "1,\"RAM\",1,,0,6", "\r\n^FILEIO: 6,741 \"" HEADER "\"\r\n" OK);
  ask (host, "1,\"RAM\",1,,0,1", "\r\n^FILEIO: 1,735 \"2C\"\r\n" OK);
  sim_host_send (host, SIM_PORT_PCUI, "AT^FILEIO=1,\"RAM\",1,,0,512;^FILEIO=1,\"RAM\",1,,0,512\r");
  sim_host_advance (host, 0.2);
  sim_host_expect_end (host, SIM_PORT_PCUI, "\"\r\n" OK);
  ask (host, "1,\"RAM\",1,,0,1", NOT_SUPPORTED);
  sim_host_answers (host, "recordings", "ok 0");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide),
    WITH_HOST (test_order),
    WITH_HOST (test_full),
    WITH_HOST (test_ram),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

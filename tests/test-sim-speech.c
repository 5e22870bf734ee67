/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 16.1 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define NOT_ALLOWED "\r\n+CME ERROR: operation not allowed\r\n"
#define BAD         "\r\n+CME ERROR: Incorrect parameters\r\n"

static void
enable (SimHost *host)
{
  sim_host_ask (host, "AT^TTSCFG=0,1", OK);
}

/* Guide 16.1.1 */
static void
test_guide (void **state)
{
  SimHost *host = *state;

  enable (host);
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"CED2C3C7CAC7C4A3BFE9D7E9A1A3\"", OK);
  sim_host_ask (host, "AT^TTSCFG=0,0", "\r\nERROR\r\n");
  sim_host_ask_for (host, 0.2, "AT^TTS=0", OK "\r\n^AUDEND:2,1\r\n");
  sim_host_answers (host, "spoken", "ok 1\ngbk CED2C3C7CAC7C4A3BFE9D7E9A1A3");
  sim_host_ask_for (host, 0.1, "AT^TTS=0", OK);
  sim_host_ask (host, "AT^TTSCFG?", "\r\n^TTSCFG: 0,1\r\n" OK);
}

/* A longer text takes longer; the next one waits for ^AUDEND. */
static void
test_time (void **state)
{
  SimHost *host = *state;

  enable (host);
  sim_host_ask_for (host, 0.1, "AT^TTS=2,\"00480061006C006C006F\"", OK);
  sim_host_ask (host, "AT^TTS=1,\"C4E3BAC3\"", NOT_ALLOWED);
  sim_host_advance (host, 1.1);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^AUDEND:2,1\r\n");
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E3BAC3\"", OK);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^AUDEND:2,1\r\n");
  sim_host_answers (host, "spoken", "ok 2\nunicode 00480061006C006C006F\ngbk C4E3BAC3");
}

/* Guide 16.1.3 */
static void
test_refused (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E3BAC3\"", NOT_ALLOWED);
  enable (host);
  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"RAM\"", OK);
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E3BAC3\"", NOT_ALLOWED);
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
  sim_host_forget (host);
  sim_host_ask (host, "AT^TTSCFG?", "\r\n^TTSCFG: 0,0\r\n" OK);
}

static void
test_gives_way (void **state)
{
  SimHost *host = *state;

  enable (host);
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E3BAC3\"", OK);
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\n^AUDEND:2,0\r\n");
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E3BAC3\"", NOT_ALLOWED);
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,102,17\r\n");
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E3BAC3\"", OK);
  sim_host_ask_for (host, 0.2, "AT^AUDREC=1,\"RAM\"", OK "\r\n^AUDEND:2,0\r\n");
}

static void
test_limits (void **state)
{
  SimHost         *host = *state;
  g_autofree char *longest = g_strnfill (2400, 'A'), *too_long = g_strnfill (2404, 'A');
  g_autofree char *good = g_strdup_printf ("AT^TTS=1,\"%s\"", longest);
  g_autofree char *bad = g_strdup_printf ("AT^TTS=1,\"%s\"", too_long);

  enable (host);
  sim_host_ask_for (host, 0.1, bad, BAD);
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E3BA\"", BAD);
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"C4E\"", BAD);
  sim_host_ask_for (host, 0.1, "AT^TTS=1,\"\"", BAD);
  sim_host_ask_for (host, 0.1, "AT^TTS=0,\"C4E3\"", BAD);
  sim_host_ask_for (host, 0.1, "AT^TTS=3,\"C4E3\"", BAD);
  sim_host_ask_for (host, 0.1, "AT^TTSCFG=1,1", BAD);
  sim_host_ask_for (host, 0.1, good, OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide),     WITH_HOST (test_time),   WITH_HOST (test_refused),
    WITH_HOST (test_gives_way), WITH_HOST (test_limits),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

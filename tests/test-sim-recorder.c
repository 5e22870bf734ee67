/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 27.1 to 27.3 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define NOT_ALLOWED   "\r\n+CME ERROR: operation not allowed\r\n"
#define NOT_SUPPORTED "\r\n+CME ERROR: Operation not supported\r\n"
#define BAD           "\r\n+CME ERROR: Error command parameters\r\n"

static void
test_options (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^RECCFG=0,3", OK);
  sim_host_ask (host, "AT^RECCFG?", "\r\n^RECCFG: 0,3\r\n^RECCFG: 1,5\r\n" OK);
  sim_host_ask (host, "AT^RECCFG=0,2", NOT_SUPPORTED);
  sim_host_ask (host, "AT^RECCFG=1,8", NOT_SUPPORTED);
  sim_host_ask (host, "AT^RECCFG=2,0", BAD);
}

/* Guide 27.2.1: 412 bytes are 29 frames of mode 1. */
static void
test_record (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^RECCFG=1,1", OK);
  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"REC1.AMR\"", OK);
  sim_host_advance (host, 0.485);
  sim_host_ask_for (host, 0.13, "AT^AUDREC=0", OK "\r\n^AUDEND: 0,0,412\r\n");
  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"RAM\"", OK);
  sim_host_advance (host, 90);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^AUDEND: 0,1,61440\r\n");
  sim_host_answers (host, "recordings", "ok 2\nRAM 61440\nREC1.AMR 412");
}

/* Five files share 300 KB. */
static void
test_flash_full (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"REC2.AMR\"", OK);
  sim_host_advance (host, 200);
  sim_host_ask_for (host, 0.13, "AT^AUDREC=0", OK "\r\n^AUDEND: 0,0,210111\r\n");
  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"REC5.AMR\"", OK);
  sim_host_advance (host, 200);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^AUDEND: 0,1,97089\r\n");
  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"REC1.AMR\"", "\r\n+CME ERROR: memory full\r\n");
  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"RAM\"", OK);
  sim_host_do (host, "reset");
  sim_host_advance (host, 5);
  sim_host_answers (host, "recordings", "ok 2\nREC2.AMR 210111\nREC5.AMR 97089");
}

static void
test_play (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 0.1, "AT^AUDREC=2,\"REC1.AMR\"", NOT_SUPPORTED);
  sim_host_ask_for (host, 0.1, "AT^AUDREC=1,\"REC1.AMR\"", OK);
  sim_host_ask_for (host, 0.1, "AT^AUDREC=2,\"REC1.AMR\"", NOT_ALLOWED);
  sim_host_ask_for (host, 0.1, "AT^AUDREC=3", NOT_ALLOWED);
  sim_host_ask (host, "AT^RECCFG=1,1", NOT_SUPPORTED);
  sim_host_advance (host, 1.705);
  sim_host_ask_for (host, 0.13, "AT^AUDREC=0", OK "\r\n^AUDEND: 0,0,2106\r\n");
  sim_host_ask_for (host, 0.1, "AT^AUDREC=2,\"REC1.AMR\"", OK);
  sim_host_advance (host, 1.9);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^AUDEND: 1,1\r\n");
  sim_host_ask_for (host, 0.1, "AT^AUDREC=2,\"REC1.AMR\"", OK);
  sim_host_ask_for (host, 0.1, "AT^AUDREC=0", NOT_ALLOWED);
  sim_host_ask_for (host, 0.13, "AT^AUDREC=3", OK "\r\n^AUDEND: 1,0\r\n");
}

/* Guide 27.2.2 */
static void
test_parameters (void **state)
{
  static const char *const wrong[]
      = { "AT^AUDREC=1", "AT^AUDREC=2",         "AT^AUDREC=0,\"RAM\"",     "AT^AUDREC=1,\"X\"",
          "AT^AUDREC=4", "AT^AUDREC=1,\"ram\"", "AT^AUDREC=1,\"REC6.AMR\"" };
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    sim_host_ask (host, wrong[i], BAD);
  sim_host_ask (host, "AT+CMEE=1", OK);
  sim_host_ask (host, wrong[0], "\r\n+CME ERROR: 3\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_options), WITH_HOST (test_record),     WITH_HOST (test_flash_full),
    WITH_HOST (test_play),    WITH_HOST (test_parameters),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

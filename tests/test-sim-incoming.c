/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"
#include "sim-incoming.h"

#define OK "\r\nOK\r\n"

static void
comes (SimHost *host, const char *id)
{
  sim_host_answers (host, "incoming-call 10086", id);
  sim_host_advance (host, 0.1);
}

static void
test_rings (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATV0", "0\r");
  comes (host, "ok 1");
  sim_host_expect (host, SIM_PORT_PCUI, "2\r"); /* RING is a result code */
  sim_host_expect (host, SIM_PORT_MODEM, "\r\nRING\r\n");
  sim_host_advance (host, 10);
  sim_host_expect (host, SIM_PORT_PCUI, "2\r2\r");
  sim_host_answers (host, "incoming-call 10010", "ok busy");
}

static void
test_given_up (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "incoming-call 10086 gives-up=7", "ok 1");
  sim_host_advance (host, 7.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\nRING\r\n\r\n^CEND: 1,0,104,16\r\n");
  sim_host_answers (host, "incoming-call 10086 gives-up=7 hangs-up=20", "ok 1");
  sim_host_ask_for (host, 0.5, "ATA", "\r\nRING\r\n" OK "\r\n^CONN: 1,0\r\n");
  sim_host_advance (host, 19);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 2);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CEND: 1,20,104,16\r\n");
}

/* V.250 6.3.8 */
static void
test_answers_by_itself (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATS0=2", OK);
  comes (host, "ok 1");
  sim_host_advance (host, 10.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\nRING\r\n\r\n^CONN: 1,0\r\n");
}

static void
test_unreachable (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "network lost");
  sim_host_answers (host, "incoming-call 10086", "ok unreachable");
  sim_host_answers (host, "incoming-call bob", "error no telephone number: bob");
  sim_host_answers (host, "incoming-call 1 sings=1", "error no such key: sings");
}

/* Guide 14.3.1 */
static void
test_data_first (void **state)
{
  SimHost *host = *state;

  sim_incoming_set_transparent (host->module, TRUE);
  sim_host_ask (host, "AT^DVCFG=1;^DVCFG?", "\r\n^DVCFG: 1\r\n" OK);
  comes (host, "ok 1");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^CEND: 1,0,29,16\r\n");
  sim_incoming_set_transparent (host->module, FALSE);
  comes (host, "ok 1");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
}

static void
test_emergency_is_not_disturbed (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 4, "ATD112;", OK "\r\n^ORIG: 1,9\r\n\r\n^CONF: 1\r\n\r\n^CONN: 1,9\r\n");
  comes (host, "ok busy");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_rings),
    WITH_HOST (test_given_up),
    WITH_HOST (test_answers_by_itself),
    WITH_HOST (test_unreachable),
    WITH_HOST (test_data_first),
    WITH_HOST (test_emergency_is_not_disturbed),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

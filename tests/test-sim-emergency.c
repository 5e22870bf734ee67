/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 22.101 10.1.1 */
#include "mu-test.h"
#include "sim-emergency.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

/* The default card lists 112, 911 and 08. */
static void
test_with_card (void **state)
{
  SimHost *host = *state;

  assert_true (sim_emergency_number (host->module, "112"));
  assert_true (sim_emergency_number (host->module, "911"));
  assert_true (sim_emergency_number (host->module, "08"));
  assert_false (sim_emergency_number (host->module, "999"));
  assert_false (sim_emergency_number (host->module, "1122"));
  assert_false (sim_emergency_number (host->module, ""));
}

static void
test_without_card (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "remove-sim");
  assert_true (sim_emergency_number (host->module, "112"));
  assert_true (sim_emergency_number (host->module, "999"));
  assert_false (sim_emergency_number (host->module, "10086"));
  sim_host_forget (host);
  sim_host_ask_for (host, 4, "ATD999;", OK "\r\n^ORIG: 1,9\r\n\r\n^CONF: 1\r\n\r\n^CONN: 1,9\r\n");
  sim_host_do (host, "network lost");
  sim_host_advance (host, 0.1);
  sim_host_expect_end (host, SIM_PORT_PCUI, "^CEND: 1,0,22,171\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_with_card),
    WITH_HOST (test_without_card),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

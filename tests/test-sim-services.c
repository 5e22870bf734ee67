/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the network answers; what it says about each service is in that service's test. */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_answers (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "service forwarding refused");
  sim_host_ask_for (host, 1, "AT+CCFC=0,2", "\r\n+CME ERROR: network rejected request\r\n");
  sim_host_do (host, "service forwarding silent");
  sim_host_ask (host, "AT+CCFC=0,2", "");
  sim_host_advance (host, 24);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CME ERROR: NETWORK TIMEOUT\r\n");
  sim_host_do (host, "service forwarding provided");
  sim_host_ask_for (host, 1, "AT+CCFC=0,2", "\r\n+CCFC: 0,7\r\n" OK);
  sim_host_do (host, "network lost");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CCFC=0,2", "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
}

static void
test_words (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "service hold maybe", "error maybe is none of provided, refused, silent");
  sim_host_answers (host, "service pizza provided",
                    "error pizza is none of forwarding, waiting, hold, multiparty, transfer, "
                    "barring, clip, clir");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_answers),
    WITH_HOST (test_words),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

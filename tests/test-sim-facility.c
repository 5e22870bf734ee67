/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Who answers +CLCK and +CPWD: the card (test-sim-pin.c) or the network (test-sim-barring.c). */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_shared (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CLCK=\"SC\",2", "\r\n+CLCK: 0\r\n" OK);
  sim_host_ask_for (host, 1, "AT+CLCK=AO,2", "\r\n+CLCK: 0,7\r\n" OK);
  sim_host_ask (host, "AT+CLCK=\"FD\",2", "\r\n+CME ERROR: operation not supported\r\n");
  sim_host_ask (host, "AT+CLCK=\"SCC\",2", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CLCK=", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CPWD=\"FD\",\"1234\",\"1234\"",
                "\r\n+CME ERROR: operation not supported\r\n");
  sim_host_ask (
      host, "AT+CLCK=?",
      "\r\n+CLCK: (\"SC\",\"AO\",\"OI\",\"OX\",\"AI\",\"IR\",\"AG\",\"AC\",\"AB\")\r\n" OK);
  sim_host_do (host, "remove-sim");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CLCK=\"AO\",2", "\r\n+CME ERROR: SIM failure\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_shared),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

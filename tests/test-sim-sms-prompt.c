/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define PROMPT "\r\n> "
#define CTRL_Z "\x1a"
#define ESC    "\x1b"

/* What comes while somebody types comes afterwards; the host may go while it types. */
static void
test_prompt (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "ATE1", OK);
  sim_host_ask (host, "AT+CMGS=21", "AT+CMGS=21\r" PROMPT);
  sim_host_do (host, "urc RING");
  sim_host_send (host, SIM_PORT_PCUI, "00");
  sim_host_expect (host, SIM_PORT_PCUI, "00");
  sim_host_expect (host, SIM_PORT_MODEM, "\r\nRING\r\n");
  sim_host_send (host, SIM_PORT_PCUI, ESC);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n" OK);
  sim_host_ask (host, "AT+CMGS=21", "AT+CMGS=21\r" PROMPT);
  sim_host_close (host, SIM_PORT_PCUI);
  sim_host_open (host, SIM_PORT_PCUI);
  sim_host_forget (host);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT+CMGS=21", PROMPT);
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_forget (host);
  sim_host_ask (host, "AT", "AT\r" OK);
}

/* An unplugged port takes its prompt along. */
static void
test_unplug (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CMGS=21", PROMPT);
  sim_host_do (host, "unplug");
  for (int role = 0; role < SIM_N_PORTS; role++)
    sim_host_close (host, (SimRole)role);
  sim_host_do (host, "plug");
  for (int role = 0; role < SIM_N_PORTS; role++)
    sim_host_open (host, (SimRole)role);
  sim_host_ask (host, "AT", OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_prompt),
    WITH_HOST (test_unplug),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

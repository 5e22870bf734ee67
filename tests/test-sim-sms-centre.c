/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_out_of_reach (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CNMI=2,1", OK);
  sim_host_do (host, "network lost");
  sim_host_do (host, "sms 1 one");
  sim_host_forget (host);
  sim_host_advance (host, 100);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_do (host, "network found");
  sim_host_advance (host, 2);
  sim_host_expect_end (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",0\r\n");
  sim_host_do (host, "sms 1 two");
  sim_host_do (host, "sim-busy 5");
  sim_host_advance (host, 4);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 10);
  sim_host_answers (host, "state sms-used", "ok 2");
}

/* A message is for the subscriber, not for the module. */
static void
test_subscribers (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms 1 one");
  sim_host_do (host, "remove-sim");
  sim_host_do (host, "insert-sim imsi=001019999999999");
  sim_host_advance (host, 30);
  sim_host_answers (host, "state sms-used", "ok 0");
  sim_host_answers (host, "state sms-waiting", "ok 1");
  sim_host_do (host, "remove-sim");
  sim_host_do (host, "sms 1 for whoever comes");
  sim_host_do (host, "insert-sim imsi=001010123456789");
  sim_host_advance (host, 30);
  sim_host_answers (host, "state sms-used", "ok 2");
}

static void
test_restart (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms 1 one");
  sim_host_do (host, "power off");
  sim_host_do (host, "sms 1 two");
  sim_host_advance (host, 100);
  sim_host_answers (host, "state sms-waiting", "ok 2");
  sim_host_do (host, "power on");
  sim_host_advance (host, 30);
  sim_host_answers (host, "state sms-used", "ok 2");
}

static void
test_many (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "sms-fill 40");
  for (int i = 0; i < 1000; i++)
    sim_host_do (host, "sms-pdu 00");
  sim_host_answers (host, "sms-pdu 00", "error 1000 wait already");
  sim_host_answers (host, "sms 1 x", "error too many messages wait already");
  sim_host_answers (host, "sms-pdu 0", "error not hex of up to 176 bytes: 0");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_out_of_reach),
    WITH_HOST (test_subscribers),
    WITH_HOST (test_restart),
    WITH_HOST (test_many),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

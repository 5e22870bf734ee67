/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 4.1, 4.5; 27.007 10.1 */
#include "mu-test.h"
#include "sim-host.h"

#define OK          "\r\nOK\r\n"
#define BAD         "\r\n+CME ERROR: Incorrect parameters\r\n"
#define NOT_ALLOWED "\r\n+CME ERROR: operation not allowed\r\n"

/* Guide 4.1.1 */
static void
test_guide (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"1234\"", OK);
  sim_host_ask (host, "AT+CGATT?", "\r\n+CGATT: 1\r\n" OK);
  sim_host_ask (host, "AT+CGDCONT?", "\r\n+CGDCONT: 1,\"IP\",\"1234\",\"0.0.0.0\",0,0\r\n" OK);
  sim_host_ask (host, "AT+CGDCONT=?", "\r\n+CGDCONT: (1-16),\"IP\",,,(0-2),(0-3)\r\n" OK);
}

static void
test_definitions (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGDCONT?", OK);
  sim_host_ask (host, "AT+CGDCONT=16,\"ip\",\"a\",\"1.2.3.4\",1,3;+CGDCONT=2,\"IP\"", OK);
  sim_host_ask (host, "AT+CGDCONT?",
                "\r\n+CGDCONT: 2,\"IP\",\"\",\"0.0.0.0\",0,0\r\n"
                "+CGDCONT: 16,\"IP\",\"a\",\"1.2.3.4\",1,3\r\n" OK);
  sim_host_ask (host, "AT+CGACT?", "\r\n+CGACT: 2,0\r\n+CGACT: 16,0\r\n" OK);
  sim_host_ask (host, "AT+CGPADDR=?", "\r\n+CGPADDR: (2,16)\r\n" OK);
  sim_host_ask (host, "AT+CGDCONT=16", OK);
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CGDCONT?", "\r\n+CGDCONT: 2,\"IP\",\"\",\"0.0.0.0\",0,0\r\n" OK);
}

static void
test_wrong (void **state)
{
  static const char *const wrong[] = {
    "AT+CGDCONT=0",         "AT+CGDCONT=17", "AT+CGDCONT=1,\"IPV6\"", "AT+CGDCONT=1,\"IP\",\"a",
    "AT+CGDCONT=1,,,,3",    "AT+CGACT=2",    "AT+CGACT=1,0",          "AT+CGACT=1,1,",
    "AT+CGDCONT=,\"IP\"",   "AT+CGACT",      "AT+CGACT=1,4",          "AT+CGPADDR=17",
    "AT+CGDCONT=1,,,,,,1,9"
  };
  SimHost         *host = *state;
  g_autofree char *name = g_strnfill (101, 'a');
  g_autofree char *long_name = g_strdup_printf ("AT+CGDCONT=1,\"IP\",\"%s\"", name);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    sim_host_ask (host, wrong[i], g_str_equal (wrong[i], "AT+CGACT") ? "\r\nERROR\r\n" : BAD);
  sim_host_ask (host, long_name, BAD);
  sim_host_ask (host, "AT+CGDCONT?", OK);
}

/* Guide 4.5.1, process 2 */
static void
test_activate (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "apn 1234 address=10.0.0.7");
  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"1234\"", OK);
  sim_host_ask_for (host, 1, "AT+CGACT=1,1", OK);
  sim_host_ask (host, "AT+CGACT?;+CGPADDR",
                "\r\n+CGACT: 1,1\r\n\r\n+CGPADDR: 1,\"10.0.0.7\"\r\n" OK);
  sim_host_ask (host, "AT+CGACT=1,1", OK);
  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"x\"", NOT_ALLOWED);
  sim_host_answers (host, "contexts", "ok 1\n1 up apn=1234 context");
  sim_host_ask_for (host, 0.3, "AT+CGACT=0,1", OK);
  sim_host_ask (host, "AT+CGACT?;+CGPADDR=1",
                "\r\n+CGACT: 1,0\r\n\r\n+CGPADDR: 1,\"0.0.0.0\"\r\n" OK);
  sim_host_ask_for (host, 0.3, "AT+CGACT=0", OK);
}

/* All that are defined, one after the other: the one that is refused ends it. */
static void
test_all (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "apn bad cause=33");
  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"a\";+CGDCONT=2,\"IP\",\"bad\";+CGDCONT=4,\"IP\",\"c\"",
                OK);
  sim_host_ask (host, "AT+CGACT=1", "");
  sim_host_advance (host, 1);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI,
                   "\r\n+CME ERROR: requested service option not subscribed\r\n");
  sim_host_ask (host, "AT+CGACT?", "\r\n+CGACT: 1,1\r\n+CGACT: 2,0\r\n+CGACT: 4,0\r\n" OK);
  sim_host_ask_for (host, 1, "AT+CGACT=1,1,4", OK);
  sim_host_ask_for (host, 0.3, "AT+CGACT=0", OK);
  sim_host_answers (host, "contexts", "ok 0");
}

static void
test_refusals (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"a\"", OK);
  sim_host_do (host, "apn a auth=pap user=u password=p");
  sim_host_ask_for (host, 1, "AT+CGACT=1,1", "\r\n+CME ERROR: PDP authentication failure\r\n");
  sim_host_do (host, "apn a cause=27");
  sim_host_ask_for (host, 1, "AT+CGACT=1,1", "\r\n+CME ERROR: unspecified GPRS error\r\n");
  sim_host_do (host, "apn-forget");
  sim_host_ask_for (host, 1, "AT+CGACT=1,1", OK);
  sim_host_do (host, "remove-sim");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CGACT=1,1", "\r\n+CME ERROR: SIM failure\r\n");
  sim_host_answers (host, "contexts", "ok 0");
}

/* A restart while it waits. */
static void
test_restart (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CGDCONT=1,\"IP\",\"a\"", OK);
  sim_host_ask (host, "AT+CGACT=1,1", "");
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
  sim_host_forget (host);
  sim_host_ask (host, "AT+CGACT?", "\r\n+CGACT: 1,0\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide),    WITH_HOST (test_definitions), WITH_HOST (test_wrong),
    WITH_HOST (test_activate), WITH_HOST (test_all),         WITH_HOST (test_refusals),
    WITH_HOST (test_restart),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 7 */
#include "mu-test.h"
#include "sim-host.h"

#define OK          "\r\nOK\r\n"
#define BAD         "\r\n+CME ERROR: Incorrect parameters\r\n"
#define NOT_ALLOWED "\r\n+CME ERROR: operation not allowed\r\n"

#define UP   "\r\n^NDISSTAT: 1,,,IPV4\r\n"
#define DOWN "\r\n^NDISSTAT:0,0,,IPV4\r\n"

/* Guide 7.1.1 */
static void
test_dial (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^NDISDUP=?", "\r\n^NDISDUP: (1-11),(0-1)\r\n" OK);
  sim_host_ask (host, "AT^NDISDUP=1,1,\"1234\"", OK);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 1.1);
  sim_host_expect (host, SIM_PORT_PCUI, UP);
  sim_host_expect_nothing (host, SIM_PORT_MODEM);
  sim_host_ask_for (host, 0.2, "AT^NDISDUP=1,0", OK DOWN);
  sim_host_do (host, "apn 4321 auth=pap user=huawei password=huawei");
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1,\"4321\",\"huawei\",\"huawei\",1", OK UP);
}

/* Guide 7.1.2 */
static void
test_failures (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "apn 4321 auth=pap user=huawei password=huawei shown=33");
  sim_host_do (host, "apn abcd cause=33");
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1,\"4321\",\"huaei\",\"huawei\",1",
                    OK "\r\n^NDISSTAT: 0,33,,IPV4\r\n\r\n^NDISEND:1,29\r\n");
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1,\"abcd\"",
                    OK "\r\n^NDISSTAT: 0,33,,IPV4\r\n\r\n^NDISEND:1,33\r\n");
  sim_host_do (host, "remove-sim");
  sim_host_forget (host);
  sim_host_ask (host, "AT^NDISDUP=1,1,\"1234\"", "\r\n+CME ERROR: SIM failure\r\n");
}

/* Guide 7.2.1, 7.3.1 */
static void
test_state (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^NDISSTATQRY?", "\r\n^NDISSTATQRY: 0,0,,IPV4\r\n" OK);
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", OK UP);
  sim_host_ask (host, "AT^NDISSTATQRY?", "\r\n^NDISSTATQRY: 1,,,IPV4\r\n" OK);
  sim_host_answers (host, "state ecm", "ok up");
  sim_host_ask (host, "AT^NDISDUP=1,0", OK);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.2);
  sim_host_expect (host, SIM_PORT_PCUI, DOWN);
  sim_host_ask (host, "AT^NDISSTATQRY?", "\r\n^NDISSTATQRY: 0,0,,IPV4\r\n" OK);
}

/* The word comes to the port that dialled, whoever else is there. */
static void
test_port (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_MODEM, "AT^NDISDUP=2,1\r");
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  sim_host_advance (host, 1.1);
  sim_host_expect (host, SIM_PORT_MODEM, UP);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT^NDISDUP=1,0", NOT_ALLOWED); /* it is another one */
  sim_host_ask (host, "AT^NDISDUP=1,1", NOT_ALLOWED);
  sim_host_ask_for (host, 0.2, "AT^NDISDUP=2,0", OK DOWN);
  sim_host_expect_nothing (host, SIM_PORT_MODEM);
  sim_host_ask (host, "AT^NDISDUP=2,0", NOT_ALLOWED);
}

/* Hung up before the network has answered; then a network that answers late. */
static void
test_impatient (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 0.5, "AT^NDISDUP=1,1", OK);
  sim_host_ask (host, "AT^NDISDUP=1,0", OK);
  sim_host_ask (host, "AT^NDISDUP=1,1", NOT_ALLOWED);
  sim_host_advance (host, 5);
  sim_host_expect (host, SIM_PORT_PCUI, DOWN);
  sim_host_do (host, "apn any takes=40");
  sim_host_do (host, "ndis-delay 5");
  sim_host_ask (host, "AT^NDISDUP=1,1;^NDISDUP?", OK);
  sim_host_advance (host, 44);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 1.1);
  sim_host_expect (host, SIM_PORT_PCUI, UP);
}

/* It goes between the network's consent and the word about it. */
static void
test_dropped_meanwhile (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "ndis-delay 5");
  sim_host_ask_for (host, 2, "AT^NDISDUP=1,1", OK);
  sim_host_do (host, "context drop 1 38");
  sim_host_advance (host, 10);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^NDISSTAT: 0,38,,IPV4\r\n\r\n^NDISEND:1,38\r\n");
}

static void
test_lost (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "ndis-lost");
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", OK);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT^NDISSTATQRY?", "\r\n^NDISSTATQRY: 1,,,IPV4\r\n" OK);
  sim_host_ask_for (host, 0.2, "AT^NDISDUP=1,0", OK DOWN);
}

static void
test_forms (void **state)
{
  static const char *const forms[][5] = {
    { "firmware", "\r\n^NDISSTAT:1,,,\"IPV4\"\r\n", "\r\n^NDISSTAT:0,36,,\"IPV4\"\r\n",
      "\r\n^NDISSTATQRY:0,,,\"IPV4\"\r\n", "\r\n^NDISSTATQRY:1,,,\"IPV4\"\r\n" },
    { "dual", "\r\n^NDISSTAT:1,,,\"IPV4\"\r\n\r\n^NDISSTAT:0,50,,\"IPV6\"\r\n",
      "\r\n^NDISSTAT:0,36,,\"IPV4\"\r\n\r\n^NDISSTAT:0,36,,\"IPV6\"\r\n",
      "\r\n^NDISSTATQRY: 0,,,\"IPV4\",0,,,\"IPV6\"\r\n",
      "\r\n^NDISSTATQRY: 1,,,\"IPV4\",0,,,\"IPV6\"\r\n" },
    { "short", "\r\n^NDISSTAT:1,,,\"IPV4\"\r\n", "\r\n^NDISSTAT:0,36,,\"IPV4\"\r\n",
      "\r\n^NDISSTATQry:0\r\n", "\r\n^NDISSTATQry:1\r\n" },
    { "cid", "\r\n^NDISSTAT:1,,,\"IPV4\"\r\n", "\r\n^NDISSTAT:0,36,,\"IPV4\"\r\n",
      "\r\n^NDISSTATQRY: 1,0,,,\"IPV4\"\r\n", "\r\n^NDISSTATQRY: 1,1,,,\"IPV4\"\r\n" },
  };
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *verb = g_strconcat ("ndis-form ", forms[i][0], NULL);
      g_autofree char *up = g_strconcat (OK, forms[i][1], NULL);
      g_autofree char *down = g_strconcat (OK, forms[i][2], NULL);
      g_autofree char *is_down = g_strconcat (forms[i][3], OK, NULL);
      g_autofree char *is_up = g_strconcat (forms[i][4], OK, NULL);

      sim_host_do (host, verb);
      sim_host_ask (host, "AT^NDISSTATQRY?", is_down);
      sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", up);
      sim_host_ask (host, "AT^NDISSTATQRY?", is_up);
      sim_host_ask (host, "AT^NDISSTATQRY=1", is_up);
      sim_host_ask_for (host, 0.2, "AT^NDISDUP=1,0", down);
    }
}

static void
test_query (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", OK UP);
  sim_host_do (host, "ndis-query zero");
  sim_host_ask (host, "AT^NDISSTATQRY=1", "\r\n^NDISSTATQRY: 0,0,,IPV4\r\n" OK);
  sim_host_do (host, "ndis-query refused");
  sim_host_ask (host, "AT^NDISSTATQRY=1", "\r\nERROR\r\n");
  sim_host_ask (host, "AT^NDISSTATQRY?", "\r\n^NDISSTATQRY: 1,,,IPV4\r\n" OK);
  sim_host_ask (host, "AT^NDISSTATQRY=12", BAD);
}

static void
test_dhcp (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "apn any address=10.20.30.9 gateway=10.20.30.1 dns1=8.8.4.4 dns2=1.2.3.4");
  sim_host_ask (host, "AT^DHCP?", "\r\nERROR\r\n");
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", OK UP);
  sim_host_ask (host, "AT^DHCP?",
                "\r\n^DHCP: 091E140A,00FFFFFF,011E140A,011E140A,04040808,04030201,14400000,5760000"
                "\r\n" OK);
  sim_host_do (host, "dhcp-form short");
  sim_host_ask (host, "AT^DHCP?",
                "\r\n^DHCP: 91E140A,FFFFFF,11E140A,11E140A,4040808,4030201,14400000,5760000"
                "\r\n" OK);
  sim_host_do (host, "dhcp-form prefixed");
  sim_host_ask (host, "AT^DHCP?",
                "\r\n^DHCP: 0x091e140a,0x00ffffff,0x011e140a,0x011e140a,0x04040808,0x04030201,"
                "14400000,5760000\r\n" OK);
}

static void
test_wrong (void **state)
{
  static const char *const wrong[] = { "AT^NDISDUP=0,1",
                                       "AT^NDISDUP=1,2",
                                       "AT^NDISDUP=1",
                                       "AT^NDISDUP=",
                                       "AT^NDISDUP=1,1,\"a\",\"b\",\"c\",3",
                                       "AT^NDISDUP=1,1,\"a",
                                       "AT^NDISDUP=1,1,,,,,1" };
  SimHost                 *host = *state;
  g_autofree char         *name = g_strnfill (100, 'a');
  g_autofree char         *long_name = g_strdup_printf ("AT^NDISDUP=1,1,\"%s\"", name);

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    sim_host_ask (host, wrong[i], BAD);
  sim_host_ask (host, long_name, BAD);
  sim_host_ask (host, "AT^NDISDUP", "\r\nERROR\r\n");
  sim_host_answers (host, "apn a address=1.2.3", "error address has 7 to 15 characters");
  sim_host_answers (host, "apn a address=1.2.3.256", "error no IPv4 address: 1.2.3.256");
  sim_host_answers (host, "ndis-form odd",
                    "error odd is none of guide, firmware, dual, short, cid");
  sim_host_answers (host, "contexts", "ok 0");
}

/* Power goes in the middle: nothing is said any more, and the next start begins without it. */
static void
test_restart (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", OK UP);
  sim_host_ask (host, "AT^NDISDUP=1,0", OK);
  sim_host_do (host, "reset");
  sim_host_advance (host, 10);
  sim_host_send (host, SIM_PORT_PCUI, "ATE0\r");
  sim_host_forget (host);
  sim_host_ask_for (host, 1.1, "AT^NDISDUP=1,1", OK UP);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_dial), WITH_HOST (test_failures),  WITH_HOST (test_state),
    WITH_HOST (test_port), WITH_HOST (test_impatient), WITH_HOST (test_dropped_meanwhile),
    WITH_HOST (test_lost), WITH_HOST (test_forms),     WITH_HOST (test_query),
    WITH_HOST (test_dhcp), WITH_HOST (test_wrong),     WITH_HOST (test_restart),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

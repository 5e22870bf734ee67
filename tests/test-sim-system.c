/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

typedef struct
{
  const char *technology, *sysinfo, *sysinfoex, *act;
} Case;

static const Case cases[] = {
  { "gsm", "2,1,0,3,1,,1", "2,1,0,1,,1,\"GSM\",1,\"GSM\"", "0" },
  { "gprs", "2,3,0,3,1,,2", "2,3,0,1,,1,\"GSM\",2,\"GPRS\"", "0" },
  { "edge", "2,3,0,3,1,,3", "2,3,0,1,,1,\"GSM\",3,\"EDGE\"", "3" },
  { "umts", "2,3,0,5,1,,4", "2,3,0,1,,3,\"WCDMA\",41,\"WCDMA\"", "2" },
  { "hsdpa", "2,3,0,5,1,,5", "2,3,0,1,,3,\"WCDMA\",42,\"HSDPA\"", "4" },
  { "hsupa", "2,3,0,5,1,,6", "2,3,0,1,,3,\"WCDMA\",43,\"HSUPA\"", "5" },
  { "hspa", "2,3,0,5,1,,7", "2,3,0,1,,3,\"WCDMA\",44,\"HSPA\"", "6" },
  { "hspa+", "2,3,0,5,1,,9", "2,3,0,1,,3,\"WCDMA\",45,\"HSPA+\"", "6" },
};

static void
test_technologies (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CREG=2", OK);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *verb = g_strconcat ("technology ", cases[i].technology, NULL);
      g_autofree char *answer = g_strdup_printf ("\r\n^SYSINFO: %s\r\n\r\n^SYSINFOEX: %s\r\n" OK,
                                                 cases[i].sysinfo, cases[i].sysinfoex);
      g_autofree char *act = g_strconcat (",", cases[i].act, "\r\n" OK, NULL);

      sim_host_do (host, verb);
      sim_host_advance (host, 1); /* GPRS attaches again */
      sim_host_forget (host);
      sim_host_ask (host, "AT^SYSINFO;^SYSINFOEX", answer);
      sim_host_send (host, SIM_PORT_PCUI, "AT+CREG?\r");
      sim_host_expect_end (host, SIM_PORT_PCUI, act);
    }
}

static void
test_states (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "network lost");
  sim_host_forget (host);
  sim_host_ask (host, "AT^SYSINFO;^SYSINFOEX",
                "\r\n^SYSINFO: 0,4,0,0,1,,0\r\n\r\n^SYSINFOEX: 0,4,0,1,,0,\"NO SERVICE\",0,\"NO "
                "SERVICE\"\r\n" OK);
  sim_host_ask (host, "AT+CFUN=4;^SYSINFO", "\r\n^SYSINFO: 0,0,0,0,1,,0\r\n" OK);
}

static void
test_switches (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^SRVST=1;^MODE=0;^SRVST=?;^MODE=?",
                "\r\n^SRVST: (0,1)\r\n\r\n^MODE: (0,1)\r\n" OK);
  sim_host_do (host, "network denied");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SRVST: 1\r\n");
  sim_host_do (host, "network lost");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^SRVST: 0\r\n");
  sim_host_ask (host, "AT^SRVST=2", "\r\n+CME ERROR: Incorrect parameters\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_technologies),
    WITH_HOST (test_states),
    WITH_HOST (test_switches),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

typedef struct
{
  const char *levels, *hcsq, *csq;
} Case;

/* Codes of rssi, rscp = rssi + ecio, ecio; +CSQ */
static const Case cases[] = {
  { "-71 -6", "50,44,53", "21" },  { "-121 -0.5", "0,0,64", "0" },
  { "-120 0", "1,1,65", "0" },     { "-119.5 -1", "1,0,63", "0" },
  { "-113 -32", "8,0,1", "0" },    { "-111 -32.1", "10,0,0", "1" },
  { "-51 -20", "70,50,25", "31" }, { "-25 -0.1", "96,95,64", "31" },
};

static void
test_codes (void **state)
{
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *verb = g_strconcat ("signal ", cases[i].levels, NULL);
      g_autofree char *answer = g_strdup_printf (
          "\r\n^HCSQ: \"WCDMA\",%s\r\n\r\n+CSQ: %s,99\r\n" OK, cases[i].hcsq, cases[i].csq);

      sim_host_do (host, verb);
      sim_host_forget (host);
      sim_host_ask (host, "AT^HCSQ?;+CSQ", answer);
    }
  sim_host_do (host, "signal -80 -7.5");
  sim_host_forget (host);
  sim_host_ask (host, "AT^CSNR", "\r\n^CSNR: -88,-8\r\n" OK);
}

/* ^RSSI every 5 dB, ^HCSQ with every code */
static void
test_reports (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "signal -71.3");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^HCSQ: \"WCDMA\",49,43,53\r\n");
  sim_host_do (host, "signal -71.5");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_do (host, "signal -75.9");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^HCSQ: \"WCDMA\",45,39,53\r\n");
  sim_host_do (host, "signal -76");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^RSSI: 18\r\n");
  sim_host_do (host, "signal -76 -8");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^HCSQ: \"WCDMA\",45,37,49\r\n");
}

static void
test_no_service (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "network lost");
  sim_host_forget (host);
  sim_host_ask (host, "AT^HCSQ?;+CSQ", "\r\n^HCSQ: \"NOSERVICE\"\r\n\r\n+CSQ: 99,99\r\n" OK);
  sim_host_ask (host, "AT^CSNR", "\r\n+CME ERROR: NO NETWORK SERVICE\r\n");
  sim_host_answers (host, "signal -70", "error the module is on no cell");
  sim_host_answers (host, "technology gsm", "error the module is on no cell");
}

/* However weak: the serving cell stays. */
static void
test_weak (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "signal -115 -20");
  sim_host_forget (host);
  sim_host_answers (host, "state ci", "ok 12D687");
  sim_host_ask (host, "AT^HCSQ?", "\r\n^HCSQ: \"WCDMA\",6,0,25\r\n" OK);
  sim_host_answers (host, "signal 5", "error not a number from -130 to -20: 5");
  sim_host_answers (host, "technology lte", "error no such technology: lte");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_codes),
    WITH_HOST (test_reports),
    WITH_HOST (test_no_service),
    WITH_HOST (test_weak),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define FF8  "FFFFFFFFFFFFFFFF"
#define FF80 FF8 FF8 FF8 FF8 FF8 FF8 FF8 FF8 FF8 FF8

typedef struct
{
  const char *command, *answer;
} Case;

/* Guide 11.2 */
static const Case guide[] = {
  { "176,12258,0,0,10", "144,0,\"980001010000000010F2\"" },
  { "178,28476,1,4,176,,\"7F10\"", "144,0,\"00" FF80 FF80 FF8 "FFFFFFFFFFFFFF\"" },
  { "192,12258", "144,0,\"62148202412183022FE28A01058B036F06038002000A\"" },
  { "214,28421,0,0,2,\"0012\"", "144,0,\"\"" },
  { "176,28421,0,0,4", "144,0,\"0012FFFF\"" },
  { "220,28476,1,4,176,\"1111\",\"7F10\"", "144,0,\"\"" },
  { "178,28476,1,4,176", "144,0,\"1111" FF80 FF80 FF8 "FFFFFFFFFFFF\"" },
  { "178,12258,0,0,10", "105,129,\"\"" },
};

static const Case others[] = {
  { "242", "144,0,\"62108202782183023F008A01058B036F0603\"" },
  { "192,28476,0,0,255,,\"3F007F10\"", "144,0,\"621782054221"
                                       "00B02883026F3C8A01058B036F060280021B80\"" },
  { "242", "144,0,\"62108202782183027F108A01058B036F0603\"" }, /* where the last file was */
  { "192,28476,0,0,2", "144,0,\"6217\"" },
  { "176,28423,0,0,9", "144,0,\"080910101032547698\"" }, /* EF IMSI */
  { "176,28423,0,0,9,,\"7FFF\"", "144,0,\"080910101032547698\"" },
  { "176,28423,0,2,0", "144,0,\"10101032547698\"" },
  { "176,28423,0,9,1", "107,0,\"\"" },
  { "176,28423,0,0,10", "108,9,\"\"" },
  { "176,28589,0,0,4", "144,0,\"00000002\"" }, /* EF AD */
  { "178,28599,1,4,4", "144,0,\"11F2FF00\"" }, /* EF ECC */
  { "178,28599,4,4,4", "106,131,\"\"" },
  { "178,28599,1,4,3", "108,4,\"\"" },
  { "176,28486,0,0,17", "144,0,\"00486F6D65204D6F62696C65FFFFFFFFFF\"" },
  { "178,28480,1,4,28", "144,0,\"4C696E652031" FF8 "059151551000FFFFFFFFFFFFFFFF\"" },
  { "176,1234", "106,130,\"\"" },
  { "176,28423,0,0,9,,\"7F20\"", "144,0,\"080910101032547698\"" },
  { "176,28423,0,0,9,,\"7F11\"", "106,130,\"\"" },
  { "214,12258,0,0,1,\"00\"", "105,130,\"\"" },
  { "214,28421,0,3,2,\"0012\"", "103,0,\"\"" },
  { "220,28599,1,4,4,\"00\"", "105,130,\"\"" },
};

static void
run_cases (SimHost *host, const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autofree char *command = g_strdup_printf ("AT+CRSM=%s", cases[i].command);
      g_autofree char *answer = g_strdup_printf ("\r\n+CRSM: %s\r\n" OK, cases[i].answer);

      sim_host_ask (host, command, answer);
    }
}

static void
test_guide (void **state)
{
  run_cases (*state, guide, G_N_ELEMENTS (guide));
}

static void
test_others (void **state)
{
  run_cases (*state, others, G_N_ELEMENTS (others));
}

/* Files that want the PIN say so themselves: guide 11.2.2. */
static void
test_locked (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "pin on");
  sim_host_do (host, "reset");
  sim_host_advance (host, 3);
  sim_host_forget (host);
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT+CRSM=220,28476,1,4,176,\"1111\",\"7F10\"",
                "\r\n+CRSM: 105,130,\"\"\r\n" OK);
  sim_host_ask (host, "AT+CRSM=176,28423,0,0,9", "\r\n+CRSM: 105,130,\"\"\r\n" OK);
  sim_host_ask (host, "AT+CRSM=176,12258,0,0,10",
                "\r\n+CRSM: 144,0,\"980001010000000010F2\"\r\n" OK);
}

static void
test_wrong (void **state)
{
  static const char *const wrong[] = {
    "+CRSM=",
    "+CRSM=177",
    "+CRSM=256",
    "+CRSM=176,70000",
    "+CRSM=214,28421,0,0,1,\"0\"",
    "+CRSM=214,28421,0,0,1,\"zz\"",
    "+CRSM=176,28423,0,0,9,,\"7Fxx\"",
    "+CRSM=176,1,1,1,1,,,1",
    "+CSIM=4,\"00A4A4\"",
    "+CSIM=3,\"00A\"",
    "+CSIM=4",
  };
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *command = g_strconcat ("AT", wrong[i], NULL);

      sim_host_ask (host, command, "\r\n+CME ERROR: Incorrect parameters\r\n");
    }
}

static void
test_csim (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CSIM=14,\"00A40000022FE2\"", "\r\n+CSIM: 4,\"6116\"\r\n" OK);
  sim_host_ask (host, "AT+CSIM=10,\"00B000000A\"",
                "\r\n+CSIM: 24,\"980001010000000010F29000\"\r\n" OK);
  sim_host_ask (host, "AT^SIMST=0", OK);
  sim_host_do (host, "pin on");
  sim_host_ask (host,
                "AT+CSIM=26,\"00200001083030303"
                "0FFFFFFFF\"",
                "\r\n+CSIM: 4,\"63C2\"\r\n" OK);
  sim_host_ask (host, "AT+CPIN?", "\r\n+CPIN: SIM PIN\r\n" OK);
  sim_host_ask (host,
                "AT+CSIM=26,\"00200001083132333"
                "4FFFFFFFF\"",
                "\r\n+CSIM: 4,\"9000\"\r\n" OK);
  sim_host_ask (host, "AT+CPIN?", "\r\n+CME ERROR: SIM busy\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide), WITH_HOST (test_others), WITH_HOST (test_locked),
    WITH_HOST (test_wrong), WITH_HOST (test_csim),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

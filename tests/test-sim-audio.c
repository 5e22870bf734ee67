/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.1, 8.8 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

#define RESPONSE                                                                                   \
  "010001000D004800C2FFF3FEC1FFB6FF2DFEE9FC20F931FC3DFACBE8CE0FFF7F000000000000000000000000000000" \
  "00"

/* Guide 8.1.1, 8.8.1 */
static const char *const dialogue[] = {
  "AT^CPCM=0,0,0,0,0",
  "AT^CPCM=0,1,0,0,0",
  "AT^SMUT=0",
  "AT+CMIC=5",
  "AT+CLVL=5",
  "AT^NSSWITCH=1",
  "AT^STN=1",
  "AT^ECHOEX=1,320,0,86,4096",
  "AT^PCMFR=\"" RESPONSE "\"",
};

static void
test_guide (void **state)
{
  SimHost *host = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (dialogue); i++)
    sim_host_ask (host, dialogue[i], OK);
  sim_host_ask (host, "AT^CPCM?;^SMUT?;+CMIC?;+CLVL?",
                "\r\n^CPCM: 0,1,0,0,0\r\n\r\n^SMUT: 0\r\n\r\n+CMIC: 5\r\n\r\n+CLVL: 5\r\n" OK);
  sim_host_ask (host, "AT^NSSWITCH?;^STN?;^ECHOEX?;^PCMFR?",
                "\r\n^NSSWITCH: 1\r\n\r\n^STN: 1\r\n\r\n^ECHOEX: 1,320,0,86,4096\r\n"
                "\r\n^PCMFR: \"" RESPONSE "\"\r\n" OK);
}

/* Guide 8.8.2 */
static void
test_in_a_call (void **state)
{
  SimHost *host = *state;

  sim_host_ask_for (host, 0.4, "ATD10086;", OK "\r\n^ORIG: 1,0\r\n");
  sim_host_ask (host, "AT^NSSWITCH=0", "\r\nERROR\r\n");
  sim_host_ask (host, "AT^STN=0", "\r\nERROR\r\n");
  sim_host_ask (host, "AT^ECHOEX=0,320,0,86,4096", "\r\nERROR\r\n");
  sim_host_ask (host, "AT^PCMFR=\"0001\"", "\r\nERROR\r\n");
  sim_host_ask (host, "AT^CPCM=0,0,0,0,0", "\r\nERROR\r\n");
  sim_host_ask (host, "AT+CLVL=1;+CMIC=1;^SMUT=1", OK);
}

static void
test_ranges (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT^CPCM=?;+CLVL=?",
                "\r\n^CPCM: (0-1),(0-2),(0-4),(0),(0)\r\n\r\n+CLVL: (0-5)\r\n" OK);
  sim_host_ask (host, "AT+CLVL=6", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT^CPCM=0,0,0,0", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT^PCMFR=\"001\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT^PCMFR=\"wxyz\"", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CLVL?", "\r\n+CLVL: 3\r\n" OK);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_guide),
    WITH_HOST (test_in_a_call),
    WITH_HOST (test_ranges),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

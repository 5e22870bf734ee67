/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.4 */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

/* Guide 8.4.1, user 1 */
static void
test_clip (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CLIP=1", OK);
  sim_host_ask_for (host, 1, "AT+CLIP?", "\r\n+CLIP: 1,1\r\n" OK);
  sim_host_answers (host, "incoming-call +8613903702766", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\n+CLIP: \"+8613903702766\",145,,,,0\r\n");
  sim_host_advance (host, 5);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\n+CLIP: \"+8613903702766\",145,,,,0\r\n");
  sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,102,17\r\n");
  sim_host_answers (host, "incoming-call withheld", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\n+CLIP: \"\",128,,,,1\r\n");
  sim_host_ask (host, "AT+CLCC", "\r\n+CLCC: 1,1,4,0,0,\"\",128\r\n" OK);
}

static void
test_no_clip (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "service clip refused");
  sim_host_ask (host, "AT+CLIP=1;+CLIP?", "\r\n+CLIP: 1,0\r\n" OK);
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\n+CLIP: \"\",128,,,,2\r\n");
}

/* Guide 8.4.1, user 2 */
static void
test_clir (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "clir permanent");
  sim_host_ask_for (host, 1, "AT+CLIR?", "\r\n+CLIR: 0,1\r\n" OK);
  sim_host_do (host, "clir allowed");
  sim_host_ask (host, "AT+CLIR=2", OK);
  sim_host_ask_for (host, 1, "AT+CLIR?", "\r\n+CLIR: 2,4\r\n" OK);
  sim_host_do (host, "service clir refused");
  sim_host_ask_for (host, 1, "AT+CLIR?", "\r\n+CME ERROR: network rejected request\r\n");
  sim_host_ask (host, "AT+CLIR=3", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT+CLIR=?", "\r\n+CLIR: (0-2)\r\n" OK);
}

/* What the other end sees, for each provision and each wish. */
static void
test_hidden (void **state)
{
  static const struct
  {
    const char *provision, *dial;
    gboolean    hidden;
  } rows[] = {
    { "absent", "ATD10086I;", FALSE },        { "permanent", "ATD10086i;", TRUE },
    { "restricted", "ATD10086;", TRUE },      { "restricted", "ATD10086i;", FALSE },
    { "allowed", "ATD10086;", FALSE },        { "allowed", "ATD10086I;", TRUE },
    { "allowed", "AT+CLIR=1;D10086;", TRUE },
  };
  SimHost *host = *state;

  sim_host_do (host, "party any does=waits");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *line = g_strconcat ("clir ", rows[i].provision, NULL);

      sim_host_do (host, line);
      sim_host_ask_for (host, 0.4, rows[i].dial, OK "\r\n^ORIG: 1,0\r\n");
      sim_host_answers (host, "calls",
                        rows[i].hidden ? "ok 1\n1 dialing to 10086 hidden"
                                       : "ok 1\n1 dialing to 10086");
      sim_host_ask_for (host, 0.2, "ATH", OK "\r\n^CEND: 1,0,29,16\r\n");
    }
}

static void
test_cring (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CRC=1;+CRC?", "\r\n+CRC: 1\r\n" OK);
  sim_host_answers (host, "incoming-call 10086", "ok 1");
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CRING: VOICE\r\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_clip),   WITH_HOST (test_no_clip), WITH_HOST (test_clir),
    WITH_HOST (test_hidden), WITH_HOST (test_cring),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

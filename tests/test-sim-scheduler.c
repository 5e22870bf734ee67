/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One command at a time across the ports: guide 1.2.2. */
#include "mu-test.h"
#include "sim-host.h"

#include <string.h>

#define OK "\r\nOK\r\n"
#define LIST                                                                                       \
  "\r\n+COPS: (2,\"Home Mobile\",\"Home\",\"00101\",2),(1,\"Home Mobile\",\"Home\",\"00101\",0),"  \
  "(1,\"Roam Mobile\",\"Roam\",\"99970\",2),(1,\"Roam Mobile\",\"Roam\",\"99970\",0),"             \
  "(3,\"Forbidden Mobile\",\"Forbid\",\"999071\",2),,(0-4),(0-2)\r\n"

static void
test_others_wait (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+COPS=?\r");
  sim_host_send (host, SIM_PORT_MODEM, "AT+CGMM\r");
  sim_host_advance (host, 29.9);
  sim_host_expect_nothing (host, SIM_PORT_MODEM);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, LIST OK);
  sim_host_expect (host, SIM_PORT_MODEM, "\r\nMU709s-2\r\n" OK);
}

static void
test_typed_ahead (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+CGMM\rAT+CFUN?\rAT\r");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nMU709s-2\r\n" OK "\r\n+CFUN: 1\r\n" OK OK);
  sim_host_send (host, SIM_PORT_PCUI, "AT+CGATT=0\rAT+CGATT?\r"); /* it takes half a second */
  sim_host_send (host, SIM_PORT_PCUI, "AT+CFUN?\r");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, OK "\r\n+CGATT: 0\r\n" OK "\r\n+CFUN: 1\r\n" OK);
}

/* Whose turn it is depends on who came first, not on the port. */
static void
test_fairness (void **state)
{
  SimHost            *host = *state;
  char                tail[4096];
  g_autoptr (GString) log = g_string_new (NULL);

  sim_host_send (host, SIM_PORT_PCUI, "AT+CGATT=0\rAT+CGMM\r");
  sim_host_send (host, SIM_PORT_MODEM, "AT+CGMI\r");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, OK "\r\nMU709s-2\r\n" OK);
  sim_host_expect (host, SIM_PORT_MODEM, "\r\nHuawei Technologies Co., Ltd.\r\n" OK);
  assert_int_equal (sim_transcript_tail (host->module->transcript, 2, log), 2);
  (void)g_strlcpy (tail, log->str, sizeof tail);
  assert_true (strstr (tail, "modem >") < strstr (tail, "pcui >"));
}

static void
test_abort (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+COPS=?\r");
  sim_host_send (host, SIM_PORT_PCUI, "\n"); /* too early to mean anything: V.250 5.6.1 */
  sim_host_advance (host, 0.124);
  sim_host_send (host, SIM_PORT_PCUI, " ");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.001);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_send (host, SIM_PORT_PCUI, "A"); /* and begins the next command */
  sim_host_expect (host, SIM_PORT_PCUI, OK);
  sim_host_send (host, SIM_PORT_PCUI, "T+CGMM\r");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nMU709s-2\r\n" OK);
  sim_host_advance (host, 60); /* the list does not come after all */
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
}

static void
test_early_command_waits (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+COPS=?\rAT+CGMM\r");
  sim_host_advance (host, 30);
  sim_host_expect (host, SIM_PORT_PCUI, LIST OK "\r\nMU709s-2\r\n" OK);
}

static void
test_other_port_does_not_abort (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+COPS=?\r");
  sim_host_advance (host, 1);
  sim_host_send (host, SIM_PORT_MODEM, "AT\r");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 29);
  sim_host_expect (host, SIM_PORT_PCUI, LIST OK);
  sim_host_expect (host, SIM_PORT_MODEM, OK);
}

static void
test_not_abortive (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+CGATT=0\r");
  sim_host_advance (host, 0.4);
  sim_host_send (host, SIM_PORT_PCUI, "AT+CGMM\r");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, OK "\r\nMU709s-2\r\n" OK);
}

/* A host that leaves takes its search with it, its unfinished line too. */
static void
test_host_leaves (void **state)
{
  SimHost *host = *state;

  sim_host_send (host, SIM_PORT_PCUI, "AT+COPS=?\r");
  sim_host_close (host, SIM_PORT_PCUI);
  sim_host_send (host, SIM_PORT_MODEM, "AT\r");
  sim_host_expect (host, SIM_PORT_MODEM, OK);
  sim_host_open (host, SIM_PORT_PCUI);
  sim_host_send (host, SIM_PORT_PCUI, "AT+CO");
  sim_host_close (host, SIM_PORT_PCUI);
  sim_host_open (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT+CFUN?", "\r\n+CFUN: 1\r\n" OK);
}

static void
test_chain (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CFUN?;+CGMM;E0", "\r\n+CFUN: 1\r\n\r\nMU709s-2\r\n" OK);
  sim_host_ask (host, "AT+CFUN?;+CFUN=9;+CGMM",
                "\r\n+CFUN: 1\r\n\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_ask (host, "AT^NOPE;+CGMM", "\r\nCOMMAND NOT SUPPORT\r\n");
  sim_host_ask (host, "AT+CGMI=1", "\r\nERROR\r\n"); /* there is no such form */
  sim_host_ask (host, "AT+CGMI=?", OK);
  sim_host_ask (host, "AT+CGATT=0;+CGATT?;+CFUN", "");
  sim_host_advance (host, 1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CGATT: 0\r\n\r\nERROR\r\n");
}

static void
test_again (void **state)
{
  SimHost *host = *state;

  sim_host_ask (host, "AT+CFUN?", "\r\n+CFUN: 1\r\n" OK);
  sim_host_send (host, SIM_PORT_PCUI, "A/");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CFUN: 1\r\n" OK);
}

/* However the bytes come, the answer is the same. */
static void
test_every_split (void **state)
{
  static const char input[] = "\r\nxxATE0+CFUN?;+CSCS=\"IR\bRA\";+CSCS?\r\nat^nope\rAT\r";
  static const char answer[]
      = "\r\n+CFUN: 1\r\n\r\n+CSCS: \"IRA\"\r\n" OK "\r\nCOMMAND NOT SUPPORT\r\n" OK;
  SimHost *host = *state;

  for (gsize split = 0; split <= strlen (input); split++)
    {
      g_autofree char *first = g_strndup (input, split);

      sim_host_send (host, SIM_PORT_PCUI, first);
      sim_host_send (host, SIM_PORT_PCUI, input + split);
      sim_host_expect (host, SIM_PORT_PCUI, answer);
    }
}

static guint
writes_of (SimHost *host, const char *port)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_auto (GStrv)      lines = NULL;
  guint               n = 0;

  (void)sim_transcript_tail (host->module->transcript, 256, log);
  lines = g_strsplit (log->str, port, -1);
  for (guint i = 1; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], " >"))
      n++;
  return n;
}

/* Echo, information and result are one write. */
static void
test_one_write (void **state)
{
  SimHost *host = *state;
  guint    before;

  sim_host_ask (host, "ATE1", OK);
  before = writes_of (host, "pcui");
  sim_host_ask (
      host, "ATI;+CREG?;+COPS?",
      "ATI;+CREG?;+COPS?\r\r\nManufacturer: Huawei Technologies Co., Ltd.\r\n"
      "Model: MU709s-2\r\nRevision: 11.652.65.00.00\r\nIMEI: 865261010004010\r\n"
      "+GCAP: +CGSM,+DS,+ES\r\n\r\n+CREG: 0,1\r\n\r\n+COPS: 0,0,\"Home Mobile\",2\r\n" OK);
  assert_int_equal (writes_of (host, "pcui"), before + 1);
}

/* Many lines at once are worked off without growing the stack. */
static void
test_thousands (void **state)
{
  SimHost            *host = *state;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) answers = g_string_new (NULL);

  for (int i = 0; i < 1000; i++)
    {
      g_string_append (lines, "AT\r");
      g_string_append (answers, OK);
    }
  sim_host_send (host, SIM_PORT_PCUI, lines->str);
  sim_host_expect (host, SIM_PORT_PCUI, answers->str);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_others_wait),
    WITH_HOST (test_typed_ahead),
    WITH_HOST (test_fairness),
    WITH_HOST (test_abort),
    WITH_HOST (test_early_command_waits),
    WITH_HOST (test_other_port_does_not_abort),
    WITH_HOST (test_not_abortive),
    WITH_HOST (test_host_leaves),
    WITH_HOST (test_chain),
    WITH_HOST (test_again),
    WITH_HOST (test_every_split),
    WITH_HOST (test_one_write),
    WITH_HOST (test_thousands),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

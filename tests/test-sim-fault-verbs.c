/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#define OK "\r\nOK\r\n"

static void
test_silence (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "silence 40");
  sim_host_send (host, SIM_PORT_PCUI, "AT+CFUN?\rAT\r");
  sim_host_do (host, "urc RING");
  sim_host_advance (host, 39.9);
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CFUN: 1\r\n" OK OK "\r\nRING\r\n");
  sim_host_do (host, "silence 1000");
  sim_host_send (host, SIM_PORT_PCUI, "AT\r");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_do (host, "silence 0");
  sim_host_expect (host, SIM_PORT_PCUI, OK);
}

/* Only the reply waits, and with it the commands behind it. */
static void
test_late (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "late 31");
  sim_host_send (host, SIM_PORT_PCUI, "AT+CFUN?\r");
  sim_host_advance (host, 30.9);
  sim_host_do (host, "urc RING");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
  sim_host_send (host, SIM_PORT_PCUI, "AT\r");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_advance (host, 0.1);
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CFUN: 1\r\n" OK OK);
  sim_host_ask (host, "AT", OK);
}

static void
test_garbage (void **state)
{
  SimHost *host = *state;
  gsize    length;

  sim_host_do (host, "garbage 7");
  sim_host_send (host, SIM_PORT_PCUI, "AT\r");
  sim_host_expect_end (host, SIM_PORT_PCUI, OK);
  sim_host_ask (host, "AT", OK);
  sim_host_do (host, "garbage 100 now");
  while (host->heard[SIM_PORT_MODEM]->len < 100 || host->heard[SIM_PORT_PCUI]->len < 100)
    sim_host_send (host, SIM_PORT_DIAG, "x"); /* the main loop turns */
  length = host->heard[SIM_PORT_MODEM]->len;
  assert_int_equal (length, 100);
  sim_host_answers (host, "garbage 1 later", "error later is none of now");
}

static void
test_urc_at (void **state)
{
  static const char reply[] = "\r\n+CFUN: 1\r\n" OK;
  SimHost          *host = *state;

  for (gsize k = 0; k <= sizeof reply; k++)
    {
      g_autofree char *line = g_strdup_printf ("urc-at %zu ^RSSI: 9", k);
      g_autofree char *head = g_strndup (reply, k);
      g_autofree char *all
          = g_strconcat (head, "\r\n^RSSI: 9\r\n", k < sizeof reply ? reply + k : "", NULL);

      sim_host_do (host, line);
      sim_host_ask (host, "AT+CFUN?", all);
    }
  sim_host_ask (host, "AT", OK);
}

/* After every byte. */
static void
test_hang_up_after (void **state)
{
  static const char all[] = "\r\nRING\r\n\r\n+CFUN: 1\r\n" OK;
  SimHost          *host = *state;

  for (gsize k = 0; k < sizeof all; k++)
    {
      g_autofree char *line = g_strdup_printf ("hang-up-after %zu", k);
      g_autofree char *head = g_strndup (all, k);
      g_autofree char *link = g_build_filename (host->directory, "pcui", NULL);

      sim_host_do (host, line);
      sim_host_do (host, "urc RING");
      if (k > 8)
        sim_host_send (host, SIM_PORT_PCUI, "AT+CFUN?\r"); /* RING alone is not enough */
      sim_host_expect (host, SIM_PORT_PCUI, head);
      while (g_file_test (link, G_FILE_TEST_IS_SYMLINK))
        g_main_context_iteration (NULL, TRUE);
      sim_host_close (host, SIM_PORT_PCUI);
      sim_host_do (host, "plug");
      sim_host_open (host, SIM_PORT_PCUI);
    }
  sim_host_ask (host, "AT", OK);
}

/* It is plugged in again before its host has read what was said last: it stays. */
static void
test_plug_at_once (void **state)
{
  SimHost         *host = *state;
  g_autofree char *link = g_build_filename (host->directory, "pcui", NULL);
  g_autofree char *before = g_file_read_link (link, NULL);
  g_autofree char *after = NULL;

  sim_host_do (host, "hang-up-after 3");
  sim_host_do (host, "urc RING");
  sim_host_do (host, "plug");
  after = g_file_read_link (link, NULL);
  assert_string_not_equal (before, after);
  sim_host_close (host, SIM_PORT_PCUI);
  sim_host_open (host, SIM_PORT_PCUI);
  sim_host_ask (host, "AT", OK);
}

static void
test_error_next (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "error-next");
  sim_host_ask (host, "AT+CREG=2", "\r\nERROR\r\n");
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 0,1\r\n" OK); /* it was not executed */
  sim_host_do (host, "error-next +CME ERROR: SIM busy");
  sim_host_ask (host, "AT", "\r\n+CME ERROR: SIM busy\r\n");
  sim_host_ask (host, "AT", OK);
}

static void
test_ignore (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "ignore +creg");
  sim_host_send (host, SIM_PORT_PCUI, "AT+CREG=1\rAT+CFUN?\r");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CFUN: 1\r\n" OK);
  sim_host_do (host, "ignore");
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 1,1\r\n" OK);
}

static void
test_echo (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "echo on");
  sim_host_ask (host, "ATE0", "ATE0\r" OK);
  sim_host_ask (host, "AT", "AT\r" OK);
  sim_host_do (host, "echo off");
  sim_host_ask (host, "ATE1", OK);
  sim_host_ask (host, "AT", OK);
  sim_host_do (host, "echo as-set");
  sim_host_ask (host, "AT", "AT\r" OK);
}

/* Names, the number of fields and the result stay as they are. */
static void
test_nonsense (void **state)
{
  SimHost    *host = *state;
  const char *reply;

  sim_host_do (host, "nonsense on");
  for (int i = 0; i < 20; i++)
    {
      guint commas = 0;

      sim_host_send (host, SIM_PORT_PCUI, "AT+CREG?;+CGMM\r");
      while (!g_str_has_suffix (host->heard[SIM_PORT_PCUI]->str, "\r\nMU709s-2\r\n" OK))
        sim_host_send (host, SIM_PORT_DIAG, "x");
      reply = host->heard[SIM_PORT_PCUI]->str;
      assert_true (g_str_has_prefix (reply, "\r\n+CREG:"));
      for (; *reply != '\0'; reply++)
        if (*reply == ',')
          commas++;
      assert_int_equal (commas, 1);
      sim_host_forget (host);
    }
  sim_host_ask (host, "AT+NOPE", "\r\nCOMMAND NOT SUPPORT\r\n");
  sim_host_ask (host, "AT+CFUN=9", "\r\n+CME ERROR: Incorrect parameters\r\n");
  sim_host_do (host, "no-faults");
  sim_host_ask (host, "AT+CREG?", "\r\n+CREG: 0,1\r\n" OK);
}

static void
test_lines (void **state)
{
  SimHost            *host = *state;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GString) log = g_string_new (NULL);

  sim_host_do (host, "urc +CMT: ,3\\r\\n0011\\x32");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMT: ,3\r\n00112\r\n");
  sim_host_ask (host, "AT^CURC=0", OK);
  sim_host_do (host, "urc ^ODD"); /* a line that somebody wants comes */
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n^ODD\r\n");
  sim_host_forget (host);
  for (int i = 1; i <= 40; i++)
    g_string_append_printf (all, "\r\n+CMTI: \"SM\",%d\r\n", i);
  sim_host_do (host, "burst 40 +CMTI: \"SM\",%d");
  sim_host_expect (host, SIM_PORT_PCUI, all->str);
  sim_host_expect (host, SIM_PORT_MODEM, all->str);
  assert_true (sim_transcript_tail (host->module->transcript, 2, log) == 2);
  sim_host_do (host, "burst 2 RING");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n\r\nRING\r\n");
  sim_host_answers (host, "urc \\q", "error no such escape: \\q");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_silence),    WITH_HOST (test_late),          WITH_HOST (test_garbage),
    WITH_HOST (test_urc_at),     WITH_HOST (test_hang_up_after), WITH_HOST (test_plug_at_once),
    WITH_HOST (test_error_next), WITH_HOST (test_ignore),        WITH_HOST (test_echo),
    WITH_HOST (test_nonsense),   WITH_HOST (test_lines),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

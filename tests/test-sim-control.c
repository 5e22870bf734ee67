/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-host.h"

#include <string.h>

#define OK "\r\nOK\r\n"

static void
test_answers (void **state)
{
  SimHost *host = *state;

  sim_host_answers (host, "", "error no such verb:  (help lists them)");
  sim_host_answers (host, "dance", "error no such verb: dance (help lists them)");
  sim_host_answers (host, "  reset  ", "ok");
  sim_host_answers (host, "reset now", "error usage: reset");
  sim_host_answers (host, "late", "error usage: late SECONDS");
  sim_host_answers (host, "late x", "error not a number from 0 to 1e+06: x");
  sim_host_answers (host, "late -1", "error not a number from 0 to 1e+06: -1");
  sim_host_answers (host, "late nan", "error not a number from 0 to 1e+06: nan");
  sim_host_answers (host, "pin perhaps", "error perhaps is none of off, on");
  sim_host_answers (host, "state nothing", "error no such key: nothing");
  sim_host_answers (host, "state imei", "ok 865261010004010");
}

/* Every verb is in the list, and "ok N" counts the lines. */
static void
test_help (void **state)
{
  SimHost         *host = *state;
  g_autofree char *answer = sim_control_do (host->module, "help");
  g_auto (GStrv)   lines = g_strsplit (answer, "\n", -1);
  g_autofree char *first = g_strdup_printf ("ok %u", g_strv_length (lines) - 1);
  GHashTableIter   verbs;
  gpointer         name;

  assert_string_equal (lines[0], first);
  g_hash_table_iter_init (&verbs, host->module->verbs);
  while (g_hash_table_iter_next (&verbs, &name, NULL))
    {
      gboolean found = FALSE;

      for (guint i = 1; lines[i] != NULL; i++)
        found |= g_str_has_prefix (lines[i], name);
      assert_true (found);
    }
}

/* Without arguments, with far too many, with nonsense: every verb says something and nothing
 * breaks. */
static void
test_every_verb_badly (void **state)
{
  static const char *const args[]
      = { "", " ", " x", " -1", " 1 2 3 4 5", " x=y", " \\q", " 99999999999" };
  SimHost         *host = *state;
  g_autofree char *help = sim_control_do (host->module, "help");
  g_auto (GStrv)   lines = g_strsplit (help, "\n", -1);

  for (guint i = 1; lines[i] != NULL; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (args); k++)
      {
        g_auto (GStrv)   words = g_strsplit_set (lines[i], " :", 2);
        g_autofree char *line = g_strconcat (words[0], args[k], NULL);
        g_autofree char *answer = sim_control_do (host->module, line);

        assert_true (g_str_has_prefix (answer, "ok") || g_str_has_prefix (answer, "error "));
      }
  sim_host_do (host, "no-faults");
  sim_host_do (host, "plug");
}

static void
test_at (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "at 5 urc RING");
  sim_host_do (host, "at 2 at 1 urc +CMTI: \"SM\",1");
  sim_host_answers (host, "at 1 dance", "error no such verb: dance (help lists them)");
  sim_host_answers (host, "at 1", "error usage: at SECONDS VERB...");
  sim_host_do (host, "advance 2.9");
  sim_host_expect_nothing (host, SIM_PORT_PCUI);
  sim_host_do (host, "advance 0.1");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\n+CMTI: \"SM\",1\r\n");
  sim_host_do (host, "advance 2");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
  for (int i = 0; i < 256; i++)
    sim_host_do (host, "at 100 urc RING"); /* forgotten with the module */
  sim_host_answers (host, "at 100 urc RING", "error 256 lines wait already");
}

static void
test_speed (void **state)
{
  SimHost *host = *state;

  sim_host_do (host, "at 1000 urc RING");
  sim_host_do (host, "speed 10000");
  sim_host_expect (host, SIM_PORT_PCUI, "\r\nRING\r\n");
  sim_host_answers (host, "speed 20000", "error not a number from 0 to 10000: 20000");
}

static void
test_log (void **state)
{
  SimHost         *host = *state;
  g_autofree char *answer = NULL;

  sim_host_ask (host, "AT", OK);
  answer = sim_control_do (host->module, "log 3");
  assert_true (g_str_has_prefix (answer, "ok 3\n"));
  assert_non_null (strstr (answer, " pcui < AT\\r\n"));
  assert_non_null (strstr (answer, " pcui > \\r\\nOK\\r\\n\n"));
  assert_true (g_str_has_suffix (answer, " control < log 3"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_HOST (test_answers), WITH_HOST (test_help),  WITH_HOST (test_every_verb_badly),
    WITH_HOST (test_at),      WITH_HOST (test_speed), WITH_HOST (test_log),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

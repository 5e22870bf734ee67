/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* usage: test-sim-dialogues FILE...     The guide's dialogues with the simulator, this test being
 * the host, see tests/dialogues/README.md. */
#include "mu-log.h"
#include "mu-test.h"
#include "ppp-host.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE 1000 /* so often is the module listened to */

typedef struct
{
  SimHost    *host;
  const char *file;
  guint       line;
  GString    *expected[SIM_N_PORTS]; /* and not looked for yet */
} Run;

static char **files;

typedef void (*Step) (Run *run, SimRole role, const char *rest);

/* ---- what the module says ---- */

static void
hear_port (Run *run, SimRole role)
{
  GString *heard = run->host->heard[role], *expected = run->expected[role];

  for (int i = 0; i < PATIENCE && heard->len < expected->len; i++)
    sim_host_listen (run->host);
  if (!g_string_equal (heard, expected))
    {
      g_autofree char *came = g_strescape (heard->str, NULL);
      g_autofree char *wanted = g_strescape (expected->str, NULL);

      fail_msg ("%s:%u: before this, %s said '%s', not '%s'", run->file, run->line,
                sim_port_kinds[role].name, came, wanted);
    }
  g_string_truncate (heard, 0);
  g_string_truncate (expected, 0);
}

/* On every port exactly what was written, and nothing else. */
static void
hear_all (Run *run)
{
  sim_host_listen (run->host);
  for (int role = 0; role < SIM_N_PORTS; role++)
    hear_port (run, (SimRole)role);
}

static void
step_hear (Run *run, SimRole role, const char *rest)
{
  g_string_append_printf (run->expected[role], "\r\n%s\r\n", rest);
}

/* ---- what the host does ---- */

static void
step_send (Run *run, SimRole role, const char *rest)
{
  g_autofree char *line = g_strconcat (rest, "\r", NULL);

  hear_all (run);
  sim_host_send (run->host, role, line);
}

static void
step_type (Run *run, SimRole role, const char *rest)
{
  hear_all (run);
  sim_host_send (run->host, role, rest);
}

static void
step_dtr (Run *run, SimRole role, const char *rest)
{
  hear_all (run);
  sim_host_set_dtr (run->host, role, g_str_equal (rest, "high"));
}

static void
step_wait (Run *run, SimRole role G_GNUC_UNUSED, const char *rest)
{
  hear_all (run);
  sim_host_advance (run->host, atoi (rest) / 1000.0);
}

static void
step_world (Run *run, SimRole role G_GNUC_UNUSED, const char *rest)
{
  g_auto (GStrv)   parts = g_strsplit (rest, "|", 2);
  g_autofree char *answer = g_strcompress (parts[1] != NULL ? parts[1] : "ok");

  hear_all (run);
  sim_host_answers (run->host, parts[0], answer);
}

/* ---- PPP on the MODEM port ---- */

static void
step_ppp_up (Run *run, SimRole role G_GNUC_UNUSED, const char *rest G_GNUC_UNUSED)
{
  hear_all (run);
  ppp_host_bring_up (run->host);
}

static void
step_ppp_ping (Run *run, SimRole role G_GNUC_UNUSED, const char *rest G_GNUC_UNUSED)
{
  hear_all (run);
  ppp_host_ping (run->host);
  ppp_host_expect_pong (run->host);
}

static void
step_ppp_terminate (Run *run, SimRole role G_GNUC_UNUSED, const char *rest G_GNUC_UNUSED)
{
  hear_all (run);
  ppp_host_say (run->host, PPP_HOST_LCP, "05090004");
  ppp_host_expect (run->host, "C021:06090004");
}

/* By the module; what other ports are to say may be on its way. */
static void
step_ppp_terminated (Run *run, SimRole role G_GNUC_UNUSED, const char *rest G_GNUC_UNUSED)
{
  ppp_host_expect (run->host, "C021:05010004");
  ppp_host_say (run->host, PPP_HOST_LCP, "06010004");
}

/* ---- files ---- */

static const struct
{
  const char *word;
  Step        step;
} steps[] = {
  { "> ", step_send },
  { "< ", step_hear },
  { "type ", step_type },
  { "dtr ", step_dtr },
  { "wait ", step_wait },
  { "world ", step_world },
  { "ppp up", step_ppp_up },
  { "ppp ping", step_ppp_ping },
  { "ppp terminated", step_ppp_terminated },
  { "ppp terminate", step_ppp_terminate },
};

/* A step may begin with the port that it is on; else it is PCUI. */
static SimRole
cut_port (const char **line)
{
  for (int role = 0; role < SIM_N_PORTS; role++)
    {
      const char *name = sim_port_kinds[role].name;

      if (g_str_has_prefix (*line, name) && (*line)[strlen (name)] == ' ')
        {
          *line += strlen (name) + 1;
          return (SimRole)role;
        }
    }
  return SIM_PORT_PCUI;
}

static void
run_step (Run *run, const char *line)
{
  SimRole role = cut_port (&line);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_has_prefix (line, steps[i].word))
      {
        steps[i].step (run, role, line + strlen (steps[i].word));
        return;
      }
  if (line[0] != '\0' && line[0] != '#')
    fail_msg ("%s:%u: not a step: %s", run->file, run->line, line);
}

static void
run_file (const char *file)
{
  Run              run = { .host = sim_host_new_ready (), .file = file };
  g_autofree char *text = NULL;
  g_auto (GStrv)   lines = NULL;

  sim_host_send (run.host, SIM_PORT_UART, "ATE0\r");
  sim_host_expect_end (run.host, SIM_PORT_UART, "\r\nOK\r\n");
  assert_true (g_file_get_contents (file, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (int role = 0; role < SIM_N_PORTS; role++)
    run.expected[role] = g_string_new (NULL);
  for (run.line = 1; lines[run.line - 1] != NULL; run.line++)
    run_step (&run, lines[run.line - 1]);
  hear_all (&run);
  for (int role = 0; role < SIM_N_PORTS; role++)
    g_string_free (run.expected[role], TRUE);
  sim_host_free (run.host);
}

static void
test_dialogues (void **state G_GNUC_UNUSED)
{
  for (char **file = files; *file != NULL; file++)
    {
      print_message ("%s\n", *file);
      run_file (*file);
    }
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_dialogues) };

  (void)argc;
  files = argv + 1;
  mu_log_init (g_getenv ("DBG") ? MU_LOG_DEBUG : MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Hands on the wire: lines that the module did not mean to say, and faults (sim-fault.h). */
#include "sim-fault-verbs.h"

#include "mu-error.h"
#include "sim-module.h"
#include "sim-text.h"

#include <string.h>

#define MAX_SECONDS 1e6
#define MAX_BURST   10000
#define MAX_GARBAGE 4096
#define MAX_BYTES   1e9

static const char *const off_on[] = { "off", "on", NULL };

/* A line without the control characters' escapes; the caller frees it. */
static char *
take_line (const char *text, GError **error)
{
  GString *line = g_string_new (NULL);
  gboolean right = sim_unescape (text, line, error);

  return g_string_free (line, !right);
}

static gboolean
do_urc (SimOrder *order, GError **error)
{
  g_autofree char *line = take_line (order->args[0], error);

  if (line != NULL)
    sim_urc (order->module, SIM_URC_ALWAYS, "%s", line);
  return line != NULL;
}

static void
cork_all (SimModule *module, gboolean cork)
{
  for (int i = 0; i < SIM_N_PORTS; i++)
    if (cork)
      sim_port_cork (&module->ports[i]);
    else
      sim_port_uncork (&module->ports[i]);
}

/* burst N LINE: %d in it counts */
static gboolean
do_burst (SimOrder *order, GError **error)
{
  double           n;
  g_autofree char *line = NULL;
  g_auto (GStrv)   parts = NULL;

  if (!sim_number (order->args[0], 1, MAX_BURST, &n, error)
      || (line = take_line (order->args[1], error)) == NULL)
    return FALSE;
  parts = g_strsplit (line, "%d", 2);
  cork_all (order->module, TRUE);
  for (guint i = 1; i <= (guint)n; i++)
    if (parts[0] != NULL && parts[1] != NULL)
      sim_urc (order->module, SIM_URC_ALWAYS, "%s%u%s", parts[0], i, parts[1]);
    else
      sim_urc (order->module, SIM_URC_ALWAYS, "%s", line);
  cork_all (order->module, FALSE);
  return TRUE;
}

static gboolean
do_silence (SimOrder *order, GError **error)
{
  SimFaults *faults = &order->module->faults;
  double     seconds;

  if (!sim_number (order->args[0], 0, MAX_SECONDS, &seconds, error))
    return FALSE;
  sim_faults_set_silence (faults, SIM_SECONDS (seconds));
  return TRUE;
}

static gboolean
do_late (SimOrder *order, GError **error)
{
  double seconds;

  if (!sim_number (order->args[0], 0, MAX_SECONDS, &seconds, error))
    return FALSE;
  order->module->faults.late = SIM_SECONDS (seconds);
  return TRUE;
}

static gboolean
do_garbage (SimOrder *order, GError **error)
{
  static const char *const words[] = { "now", NULL };
  SimModule               *module = order->module;
  g_autoptr (GString)      noise = g_string_new (NULL);
  double                   n;
  guint                    word;

  if (!sim_number (order->args[0], 0, MAX_GARBAGE, &n, error)
      || (order->n_args > 1 && !sim_word (order->args[1], words, &word, error)))
    return FALSE;
  if (order->n_args == 1)
    {
      module->faults.garbage = (guint)n;
      return TRUE;
    }
  sim_faults_noise (&module->faults, noise, (guint)n);
  for (int i = 0; i < SIM_N_PORTS; i++)
    if (sim_port_kinds[i].at)
      sim_port_write (&module->ports[i], noise->str, noise->len);
  return TRUE;
}

static gboolean
do_urc_at (SimOrder *order, GError **error)
{
  SimFaults *faults = &order->module->faults;
  double     at;
  char      *line;

  if (!sim_number (order->args[0], 0, MAX_BYTES, &at, error)
      || (line = take_line (order->args[1], error)) == NULL)
    return FALSE;
  g_free (faults->urc);
  faults->urc = line;
  faults->urc_at = (gsize)at;
  return TRUE;
}

static gboolean
do_hang_up_after (SimOrder *order, GError **error)
{
  static const char *const words[] = { "pcui", "modem", "uart", "diag", NULL };
  double                   n;
  guint                    role = SIM_PORT_PCUI;

  if (!sim_number (order->args[0], 0, MAX_BYTES, &n, error)
      || (order->n_args > 1 && !sim_word (order->args[1], words, &role, error)))
    return FALSE;
  sim_port_hang_up_after (&order->module->ports[role], (gint64)n);
  return TRUE;
}

static gboolean
do_error_next (SimOrder *order, GError **error)
{
  char *text = take_line (order->n_args > 0 ? order->args[0] : "ERROR", error);

  if (text == NULL)
    return FALSE;
  g_free (order->module->faults.error);
  order->module->faults.error = text;
  return TRUE;
}

/* ignore [COMMAND]: one more, or none any more */
static gboolean
do_ignore (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  GHashTable *ignored = order->module->faults.ignored;

  if (order->n_args == 0)
    g_hash_table_remove_all (ignored);
  else
    g_hash_table_add (ignored, g_ascii_strup (order->args[0], -1));
  return TRUE;
}

static gboolean
do_echo (SimOrder *order, GError **error)
{
  static const char *const words[] = { "as-set", "on", "off", NULL };
  guint                    word;

  if (!sim_word (order->args[0], words, &word, error))
    return FALSE;
  order->module->faults.echo = (SimEcho)word;
  return TRUE;
}

static gboolean
do_nonsense (SimOrder *order, GError **error)
{
  guint on;

  if (!sim_word (order->args[0], off_on, &on, error))
    return FALSE;
  order->module->faults.nonsense = on != 0;
  return TRUE;
}

static gboolean
do_no_faults (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  sim_faults_none (&order->module->faults);
  return TRUE;
}

static const SimVerb verbs[] = {
  { "urc LINE...", "sends that line, unsolicited", do_urc },
  { "burst N LINE...", "sends it N times in one piece; %d in it counts", do_burst },
  { "silence SECONDS", "says nothing for so long, then all of it; 0: ends that", do_silence },
  { "late SECONDS", "the next reply comes so late, others wait for it", do_late },
  { "garbage N [now]", "N random bytes before the next reply, or now", do_garbage },
  { "urc-at K LINE...", "puts that line in the next reply, after byte K", do_urc_at },
  { "hang-up-after K [PORT]", "hangs up after so many more bytes; the port is pcui by default",
    do_hang_up_after },
  { "error-next [TEXT...]", "the next command line ends in ERROR, or in that", do_error_next },
  { "ignore [COMMAND]", "executes it and says nothing; without a name: ignores none", do_ignore },
  { "echo on|off|as-set", "is stuck, whatever ATE says", do_echo },
  { "nonsense on|off", "fields of replies are of the wrong type", do_nonsense },
  { "no-faults", "ends them all", do_no_faults },
};

const SimChapter sim_fault_chapter = {
  .name = "fault",
  SIM_ROWS (verbs, verbs),
};

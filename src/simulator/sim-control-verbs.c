/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The verbs about verbs, about the clock and about the simulator itself. */
#include "mu-error.h"
#include "mu-log.h"
#include "sim-control.h"
#include "sim-module.h"

#include <string.h>

#define MAX_SCHEDULED 256u
#define MAX_SECONDS   1e6

/* at SECONDS VERB... */

typedef struct
{
  SimModule *module;
  char      *line;
  SimTimer   timer;
} Scheduled;

static void
scheduled_free (gpointer scheduled)
{
  Scheduled *self = scheduled;

  sim_timer_stop (&self->timer);
  g_free (self->line);
  g_free (self);
}

void
sim_control_forget (SimModule *module)
{
  g_queue_clear_full (&module->scheduled, scheduled_free);
}

static void
on_scheduled (gpointer scheduled)
{
  Scheduled       *self = scheduled;
  g_autofree char *answer = NULL;

  g_queue_remove (&self->module->scheduled, self);
  answer = sim_control_do (self->module, self->line);
  if (!g_str_has_prefix (answer, "ok"))
    mu_log (MU_LOG_WARNING, NULL, "%s: %s", self->line, answer);
  scheduled_free (self);
}

static gboolean
do_at (SimOrder *order, GError **error)
{
  const char *line = order->args[1];
  double      seconds;
  Scheduled  *scheduled;

  if (!sim_number (order->args[0], 0, MAX_SECONDS, &seconds, error)
      || sim_control_verb (order->module, &line, error) == NULL)
    return FALSE;
  if (order->module->scheduled.length == MAX_SCHEDULED)
    return mu_fail (error, MU_ERROR_MEMORY_FULL, "%u lines wait already", MAX_SCHEDULED);
  scheduled = g_new (Scheduled, 1);
  scheduled->module = order->module;
  scheduled->line = g_strdup (order->args[1]);
  sim_timer_init (&scheduled->timer, order->module->clock, on_scheduled, scheduled);
  sim_timer_start (&scheduled->timer, SIM_SECONDS (seconds));
  g_queue_push_tail (&order->module->scheduled, scheduled);
  return TRUE;
}

/* the other verbs about verbs */

static gboolean
do_help (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; order->module->chapters[i] != NULL; i++)
    for (gsize k = 0; k < order->module->chapters[i]->n_verbs; k++)
      g_string_append_printf (text, "%s: %s\n", order->module->chapters[i]->verbs[k].usage,
                              order->module->chapters[i]->verbs[k].help);
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static gboolean
do_state (SimOrder *order, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv)      lines = NULL;
  g_autofree char    *prefix = NULL;

  sim_module_dump (order->module, text);
  if (order->n_args == 0)
    {
      sim_control_lines (order->answer, text->str);
      return TRUE;
    }
  lines = g_strsplit (text->str, "\n", -1);
  prefix = g_strconcat (order->args[0], "=", NULL);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], prefix))
      {
        g_string_append (order->answer, lines[i] + strlen (prefix));
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_NOT_FOUND, "no such key: %s", order->args[0]);
}

static gboolean
do_log (SimOrder *order, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double              n = 20;

  if (order->n_args > 0 && !sim_number (order->args[0], 1, 1e6, &n, error))
    return FALSE;
  (void)sim_transcript_tail (order->module->transcript, (guint)n, text);
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static gboolean
do_speed (SimOrder *order, GError **error)
{
  double speed;

  if (!sim_number (order->args[0], 0, SIM_MAX_SPEED, &speed, error))
    return FALSE;
  sim_clock_set_speed (order->module->clock, speed);
  return TRUE;
}

static gboolean
do_advance (SimOrder *order, GError **error)
{
  double seconds;

  if (!sim_number (order->args[0], 0, MAX_SECONDS, &seconds, error))
    return FALSE;
  sim_clock_advance (order->module->clock, SIM_SECONDS (seconds));
  return TRUE;
}

static const SimVerb verbs[] = {
  { "help", "lists the verbs", do_help },
  { "at SECONDS VERB...", "does that later, in simulated time", do_at },
  { "state [KEY]", "everything as key=value, or one value", do_state },
  { "log [N]", "the newest N lines of the transcript", do_log },
  { "speed FACTOR", "simulated seconds in a second; 0: the clock stands still", do_speed },
  { "advance SECONDS", "lets that much simulated time pass at once", do_advance },
};

const SimChapter sim_control_chapter = {
  .name = "control",
  SIM_ROWS (verbs, verbs),
};

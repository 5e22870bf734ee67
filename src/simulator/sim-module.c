/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-module.h"

#include <string.h>

/* chapters */

gpointer
sim_state (SimModule *self, const SimChapter *chapter)
{
  for (gsize i = 0; self->chapters[i] != NULL; i++)
    if (self->chapters[i] == chapter)
      return self->states[i];
  g_assert_not_reached ();
}

void
sim_event (SimModule *self, SimEvent event)
{
  for (gsize i = 0; self->chapters[i] != NULL; i++)
    if (self->chapters[i]->event != NULL)
      self->chapters[i]->event (self, self->states[i], event);
}

SimResult
sim_module_guard (SimModule *self, SimNeeds needs)
{
  SimResult result = SIM_OK;

  for (gsize i = 0; result == SIM_OK && needs != SIM_NEEDS_NOTHING && self->chapters[i] != NULL;
       i++)
    if (self->chapters[i]->guard != NULL)
      result = self->chapters[i]->guard (self, self->states[i], needs);
  return result;
}

void
sim_module_dump (SimModule *self, GString *out)
{
  sim_dump (out, "power", "%s", self->running ? "on" : self->powered ? "starting" : "off");
  sim_dump (out, "speed", "%g", sim_clock_speed (self->clock));
  sim_dump (out, "clock", "%.3f", (double)sim_clock_now (self->clock) / 1e6);
  sim_dump (out, "net-interface", "%s", self->net_interface != NULL ? self->net_interface : "");
  for (gsize i = 0; self->chapters[i] != NULL; i++)
    if (self->chapters[i]->dump != NULL)
      self->chapters[i]->dump (self, self->states[i], out);
}

static void
add_rows (SimModule *self, const SimChapter *chapter, gpointer state)
{
  for (gsize i = 0; i < chapter->n_commands; i++)
    {
      SimCommandEntry *entry = g_new (SimCommandEntry, 1);

      *entry = (SimCommandEntry){ &chapter->commands[i], state };
      if (!g_hash_table_insert (self->commands, (gpointer)entry->row->name, entry))
        g_error ("two chapters have %s", entry->row->name);
    }
  for (gsize i = 0; i < chapter->n_verbs; i++)
    {
      SimVerbEntry *entry = g_new (SimVerbEntry, 1);
      char *name = g_strndup (chapter->verbs[i].usage, strcspn (chapter->verbs[i].usage, " "));

      *entry = (SimVerbEntry){ &chapter->verbs[i], state };
      if (!g_hash_table_insert (self->verbs, name, entry))
        g_error ("two chapters have the verb %s", chapter->verbs[i].usage);
    }
}

static void
add_chapters (SimModule *self, const SimChapter *const *chapters)
{
  gsize n = 0;

  while (chapters[n] != NULL)
    n++;
  self->chapters = chapters;
  self->states = g_new0 (gpointer, n);
  for (gsize i = 0; i < n; i++)
    {
      self->states[i] = g_malloc0 (MAX (chapters[i]->state_size, 1));
      add_rows (self, chapters[i], self->states[i]);
    }
  for (gsize i = 0; i < n; i++)
    if (chapters[i]->init != NULL)
      chapters[i]->init (self, self->states[i]);
}

const SimCommandEntry *
sim_module_command (SimModule *self, const char *name)
{
  return g_hash_table_lookup (self->commands, name);
}

const SimVerbEntry *
sim_module_verb (SimModule *self, const char *name)
{
  return g_hash_table_lookup (self->verbs, name);
}

/* unsolicited lines */

void
sim_urc (SimModule *self, SimUrc kind, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list          args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  sim_urc_to (self, NULL, kind, line);
}

void
sim_urc_to (SimModule *self, SimPort *port, SimUrc kind, const char *line)
{
  for (int i = 0; self->running && i < SIM_N_PORTS; i++)
    if (port == NULL || port == &self->ports[i])
      sim_port_urc (&self->ports[i], kind, line);
}

void
sim_ring (SimModule *self)
{
  for (int i = 0; self->running && i < SIM_N_PORTS; i++)
    sim_port_ring (&self->ports[i]);
}

/* power */

static void
run_hooks (SimModule *self, gboolean start)
{
  for (gsize i = 0; self->chapters[i] != NULL; i++)
    {
      const SimChapter *chapter = self->chapters[i];

      if (start && chapter->start != NULL)
        chapter->start (self, self->states[i]);
      else if (!start && chapter->stop != NULL)
        chapter->stop (self, self->states[i]);
    }
}

static void
stop (SimModule *self)
{
  if (!self->running)
    return;
  self->running = FALSE;
  run_hooks (self, FALSE);
  sim_scheduler_reset (&self->scheduler);
  for (int i = 0; i < SIM_N_PORTS; i++)
    sim_port_reset (&self->ports[i]);
}

/* Guide 2.1.  The ports' settings are still those of delivery. */
static void
start (SimModule *self)
{
  self->running = TRUE;
  sim_urc (self, SIM_URC_ALWAYS, "^SYSSTART");
  run_hooks (self, TRUE);
}

static void
on_start_timer (gpointer module)
{
  SimModule *self = module;

  if (!self->running)
    {
      start (self);
      return;
    }
  stop (self);
  sim_timer_start (&self->start, SIM_START_TIME);
}

void
sim_module_restart (SimModule *self, gint64 delay)
{
  if (self->running)
    sim_timer_start (&self->start, delay);
}

gboolean
sim_module_power_on (SimModule *self, GError **error)
{
  if (self->powered)
    return TRUE;
  self->powered = TRUE;
  if (!sim_module_plug (self, error))
    {
      sim_module_power_off (self);
      return FALSE;
    }
  start (self);
  return TRUE;
}

void
sim_module_power_off (SimModule *self)
{
  sim_timer_stop (&self->start);
  stop (self);
  self->powered = FALSE;
  for (int i = 0; i < SIM_N_PORTS; i++)
    if (sim_port_kinds[i].usb)
      sim_port_unplug (&self->ports[i]);
}

gboolean
sim_module_plug (SimModule *self, GError **error)
{
  for (int i = 0; i < SIM_N_PORTS; i++)
    if ((self->powered || !sim_port_kinds[i].usb) && !sim_port_plug (&self->ports[i], error))
      return FALSE;
  return TRUE;
}

void
sim_module_unplug (SimModule *self)
{
  for (int i = 0; i < SIM_N_PORTS; i++)
    sim_port_unplug (&self->ports[i]);
}

/* life */

SimModule *
sim_module_new (const SimConfig *config)
{
  SimModule *self = g_new0 (SimModule, 1);

  self->directory = g_strdup (config->directory);
  self->net_interface = g_strdup (config->net_interface);
  self->clock = sim_clock_new (config->speed);
  self->transcript = sim_transcript_new ();
  self->random = g_rand_new_with_seed (config->seed);
  self->commands = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->verbs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&self->scheduled);
  sim_timer_init (&self->start, self->clock, on_start_timer, self);
  sim_faults_init (&self->faults, self);
  sim_scheduler_init (&self->scheduler, self);
  for (int i = 0; i < SIM_N_PORTS; i++)
    sim_port_init (&self->ports[i], self, (SimRole)i);
  add_chapters (self, config->chapters != NULL ? config->chapters : sim_chapters);
  return self;
}

static void
clear_chapters (SimModule *self)
{
  for (gsize i = 0; self->chapters[i] != NULL; i++)
    {
      if (self->chapters[i]->clear != NULL)
        self->chapters[i]->clear (self, self->states[i]);
      g_free (self->states[i]);
    }
  g_free (self->states);
}

void
sim_module_free (SimModule *self)
{
  if (self == NULL)
    return;
  sim_control_forget (self);
  sim_module_power_off (self);
  for (int i = 0; i < SIM_N_PORTS; i++)
    sim_port_clear (&self->ports[i]);
  clear_chapters (self);
  sim_scheduler_clear (&self->scheduler);
  sim_faults_clear (&self->faults);
  g_hash_table_unref (self->commands);
  g_hash_table_unref (self->verbs);
  g_rand_free (self->random);
  sim_transcript_free (self->transcript);
  sim_clock_free (self->clock);
  g_free (self->net_interface);
  g_free (self->directory);
  g_free (self);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-fault.h"

#include "sim-module.h"

#include <string.h>

static void
on_silence_over (gpointer faults)
{
  SimFaults *self = faults;

  for (int i = 0; i < SIM_N_PORTS; i++)
    sim_port_flush (&self->module->ports[i]);
}

void
sim_faults_set_silence (SimFaults *self, gint64 us)
{
  sim_timer_stop (&self->silence);
  if (us > 0)
    sim_timer_start (&self->silence, us);
  else
    on_silence_over (self);
}

void
sim_faults_init (SimFaults *self, SimModule *module)
{
  *self = (SimFaults){ .module = module };
  self->ignored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sim_timer_init (&self->silence, module->clock, on_silence_over, self);
}

void
sim_faults_none (SimFaults *self)
{
  g_clear_pointer (&self->urc, g_free);
  g_clear_pointer (&self->error, g_free);
  g_hash_table_remove_all (self->ignored);
  self->late = 0;
  self->garbage = 0;
  self->echo = SIM_ECHO_AS_SET;
  self->nonsense = FALSE;
  for (int i = 0; i < SIM_N_PORTS; i++)
    self->module->ports[i].cut_after = -1;
  sim_faults_set_silence (self, 0);
}

void
sim_faults_clear (SimFaults *self)
{
  sim_timer_stop (&self->silence);
  g_free (self->urc);
  g_free (self->error);
  g_hash_table_unref (self->ignored);
}

gboolean
sim_faults_silent (const SimFaults *self)
{
  return sim_timer_running (&self->silence);
}

gboolean
sim_faults_echo (const SimFaults *self, gboolean wanted)
{
  return self->echo == SIM_ECHO_AS_SET ? wanted : self->echo == SIM_ECHO_STUCK_ON;
}

char *
sim_faults_take_error (SimFaults *self)
{
  return g_steal_pointer (&self->error);
}

gint64
sim_faults_take_late (SimFaults *self)
{
  gint64 late = self->late;

  self->late = 0;
  return late;
}

void
sim_faults_noise (SimFaults *self, GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, (char)g_rand_int_range (self->module->random, 0, 256));
}

/* What a field becomes: each of another type than most fields are. */
static const char *const nonsense[] = { "", "-1", "\"\"", "99999999999", "x", "\"\xff\"", "1.5" };

static gboolean
is_information (const char *line)
{
  return (line[0] == '+' || line[0] == '^') && strchr (line, ':') != NULL
         && !g_str_has_prefix (line, "+CME") && !g_str_has_prefix (line, "+CMS");
}

static void
append_nonsense (SimFaults *self, GString *out, const char *line)
{
  gint32 kinds = (gint32)G_N_ELEMENTS (nonsense);

  g_string_append_len (out, line, strchr (line, ':') + 1 - line);
  for (; line != NULL; line = strchr (line, ','))
    {
      if (*line++ == ',')
        g_string_append_c (out, ',');
      g_string_append (out, nonsense[g_rand_int_range (self->module->random, 0, kinds)]);
    }
}

static void
make_nonsense (SimFaults *self, GString *reply)
{
  g_auto (GStrv)      lines = g_strsplit (reply->str, "\r\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (out, "\r\n");
      if (is_information (lines[i]))
        append_nonsense (self, out, lines[i]);
      else
        g_string_append (out, lines[i]);
    }
  g_string_assign (reply, out->str);
}

void
sim_faults_spoil (SimFaults *self, GString *reply)
{
  g_autoptr (GString) noise = g_string_new (NULL);

  if (self->nonsense)
    make_nonsense (self, reply);
  if (self->urc != NULL)
    {
      g_autofree char *framed = g_strdup_printf ("\r\n%s\r\n", self->urc);

      g_string_insert (reply, (gssize)MIN (self->urc_at, reply->len), framed);
      g_clear_pointer (&self->urc, g_free);
    }
  sim_faults_noise (self, noise, self->garbage);
  self->garbage = 0;
  g_string_prepend_len (reply, noise->str, (gssize)noise->len);
}

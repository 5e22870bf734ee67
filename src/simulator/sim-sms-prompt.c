/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-sms-prompt.h"

#include "sim-module.h"

#include <string.h>

#define PROMPT_TIME SIM_SECONDS (60) /* guide 1.2.3: the host waits no longer either */
#define MAX_TEXT    4096u
#define PROMPT      "\r\n> "
#define CTRL_Z      0x1a
#define ESC         0x1b
#define BACKSPACE   0x08

typedef struct
{
  SimCall    *call; /* NULL: none */
  gboolean    lines;
  SimPrompted done;
  GString    *text;
} SimSmsPrompt;

static SimCall *
take_call (SimSmsPrompt *self)
{
  SimCall *call = self->call;

  self->call = NULL;
  sim_port_set_reader (call->port, NULL, NULL);
  return call;
}

static void
finish (SimSmsPrompt *self, gboolean wanted)
{
  SimCall  *call = take_call (self);
  SimResult result = wanted ? self->done (call, self->text->str) : SIM_OK;

  if (result != SIM_LATER)
    sim_call_finish (call, result);
}

static SimResult
on_timeout (SimCall *call)
{
  (void)take_call (sim_state (call->module, &sim_sms_prompt_chapter));
  return SIM_CMS_UNKNOWN;
}

static void
take_byte (SimSmsPrompt *self, SimPort *port, char byte)
{
  gboolean line_end = byte == '\r' && self->lines;

  if (sim_faults_echo (&port->module->faults, port->settings.echo) && !line_end)
    sim_port_write (port, &byte, 1);
  if (line_end)
    {
      sim_port_write (port, PROMPT, strlen (PROMPT));
      g_string_append_c (self->text, '\n');
    }
  else if (byte == BACKSPACE)
    g_string_truncate (self->text, self->text->len > 0 ? self->text->len - 1 : 0);
  else if (byte != '\r' && byte != '\n' && self->text->len < MAX_TEXT)
    g_string_append_c (self->text, byte);
}

static gsize
on_bytes (SimPort *port, const char *bytes, gsize n_bytes, gpointer prompt)
{
  SimSmsPrompt *self = prompt;

  if (n_bytes == 0)
    finish (self, FALSE);
  for (gsize i = 0; i < n_bytes; i++)
    {
      if (bytes[i] == CTRL_Z || bytes[i] == ESC)
        {
          finish (self, bytes[i] == CTRL_Z);
          return i + 1;
        }
      take_byte (self, port, bytes[i]);
    }
  return n_bytes;
}

/* A host that is not to be answered sees no prompt either, and the module goes on. */
SimResult
sim_sms_prompt (SimCall *call, gboolean lines, SimPrompted done)
{
  SimSmsPrompt *self = sim_state (call->module, &sim_sms_prompt_chapter);

  if (sim_call_is_mute (call))
    return SIM_ERROR;
  self->call = call;
  self->lines = lines;
  self->done = done;
  g_string_truncate (self->text, 0);
  sim_call_say (call, PROMPT);
  sim_port_set_reader (call->port, on_bytes, self);
  return sim_call_wait (call, PROMPT_TIME, on_timeout, NULL);
}

gboolean
sim_sms_prompts (const SimPort *port)
{
  return port->reader == on_bytes;
}

static void
prompt_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimSmsPrompt *)state)->text = g_string_new (NULL);
}

static void
prompt_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimSmsPrompt *)state)->call = NULL;
}

static void
prompt_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_string_free (((SimSmsPrompt *)state)->text, TRUE);
}

const SimChapter sim_sms_prompt_chapter = {
  .name = "sms-prompt",
  .state_size = sizeof (SimSmsPrompt),
  .init = prompt_init,
  .stop = prompt_stop,
  .clear = prompt_clear,
};

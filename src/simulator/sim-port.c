/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-port.h"

#include "mu-log.h"
#include "sim-module.h"

#include <string.h>

#define MAX_TYPED_AHEAD 16384u
#define MAX_OUTPUT      65536u
#define MAX_HELD        4096u

/* Guide 1.2.1; the ECM port is a network interface and takes no commands here. */
const SimPortKind sim_port_kinds[SIM_N_PORTS] = {
  [SIM_PORT_PCUI] = { .name = "pcui", .at = TRUE, .usb = TRUE },
  [SIM_PORT_MODEM] = { .name = "modem", .at = TRUE, .usb = TRUE },
  [SIM_PORT_UART] = { .name = "uart", .at = TRUE, .usb = FALSE },
  [SIM_PORT_DIAG] = { .name = "diag", .at = FALSE, .usb = TRUE },
};

const SimSettings sim_default_settings
    = { .echo = TRUE, .verbose = TRUE, .quiet = FALSE, .cmee = 2, .curc = TRUE };

static const SimPortKind *
kind (const SimPort *self)
{
  return &sim_port_kinds[self->role];
}

/* to the host */

static void
write_now (SimPort *self, gsize n_bytes)
{
  gboolean cut = self->cut_after >= 0 && (gsize)self->cut_after <= n_bytes;

  if (cut)
    n_bytes = (gsize)self->cut_after;
  if (self->cut_after >= 0)
    self->cut_after -= (gint64)n_bytes;
  if (n_bytes > 0)
    {
      sim_transcript_add (self->module->transcript, kind (self)->name, '>', self->output->str,
                          n_bytes);
      sim_pty_write (self->pty, self->output->str, n_bytes);
    }
  if (cut)
    sim_pty_hang_up (self->pty);
}

void
sim_port_flush (SimPort *self)
{
  if (self->corks > 0 || self->output->len == 0 || sim_faults_silent (&self->module->faults))
    return;
  write_now (self, self->output->len);
  g_string_truncate (self->output, 0);
}

void
sim_port_write (SimPort *self, const char *bytes, gsize n_bytes)
{
  if (self->pty == NULL)
    return;
  g_string_append_len (self->output, bytes, (gssize)MIN (n_bytes, MAX_OUTPUT - self->output->len));
  sim_port_flush (self);
}

void
sim_port_cork (SimPort *self)
{
  self->corks++;
}

void
sim_port_uncork (SimPort *self)
{
  self->corks--;
  sim_port_flush (self);
}

void
sim_port_result (SimPort *self, SimResult result)
{
  g_autoptr (GString) out = g_string_new (NULL);

  sim_result_format (out, result, self->settings.verbose, self->settings.cmee);
  if (!self->settings.quiet)
    sim_port_write (self, out->str, out->len);
}

/* Unsolicited; later if the port is not a command line just now. */
static void
tell (SimPort *self, const char *framed)
{
  if (self->reader == NULL)
    sim_port_write (self, framed, strlen (framed));
  else if (self->held->len + strlen (framed) <= MAX_HELD)
    g_string_append (self->held, framed);
}

void
sim_port_urc (SimPort *self, SimUrc urc, const char *line)
{
  g_autofree char *framed = g_strdup_printf ("\r\n%s\r\n", line);

  if (kind (self)->at && (urc != SIM_URC_GATED || self->settings.curc))
    tell (self, framed);
}

/* V.250 5.7.2: RING is a result code, so ATV0 and ATQ1 rule it. */
void
sim_port_ring (SimPort *self)
{
  g_autoptr (GString) framed = g_string_new (NULL);

  sim_result_format (framed, SIM_RING, self->settings.verbose, 0);
  if (kind (self)->at && !self->settings.quiet)
    tell (self, framed->str);
}

/* from the host */

static void
take_line (SimPort *self, SimLineEvent event)
{
  if (event == SIM_LINE_TOO_LONG)
    sim_port_result (self, SIM_ERROR);
  if (event != SIM_LINE_READY && event != SIM_LINE_AGAIN)
    return;
  self->busy = TRUE;
  sim_scheduler_submit (&self->module->scheduler, self);
}

void
sim_port_type (SimPort *self, char byte)
{
  if (sim_faults_echo (&self->module->faults, self->settings.echo))
    sim_port_write (self, &byte, 1);
  take_line (self, sim_line_feed (&self->line, byte));
}

void
sim_port_consume (SimPort *self)
{
  if (self->consuming)
    return;
  self->consuming = TRUE;
  sim_port_cork (self);
  while (self->used < self->input->len && (self->reader != NULL || !self->busy))
    if (self->reader != NULL)
      self->used += self->reader (self, self->input->str + self->used,
                                  self->input->len - self->used, self->reader_data);
    else
      sim_port_type (self, self->input->str[self->used++]);
  g_string_erase (self->input, 0, (gssize)self->used);
  self->used = 0;
  self->consuming = FALSE;
  sim_port_uncork (self);
}

static void
on_bytes (gpointer port, const char *bytes, gsize n_bytes)
{
  SimPort *self = port;

  sim_transcript_add (self->module->transcript, kind (self)->name, '<', bytes, n_bytes);
  if (!kind (self)->at || !self->module->running)
    return;
  if (self->baud != 0 && sim_pty_baud (self->pty) != self->baud)
    return; /* at the wrong rate it is noise */
  if (self->input->len + n_bytes > MAX_TYPED_AHEAD)
    mu_log (MU_LOG_WARNING, kind (self)->name, "too much typed ahead: bytes are lost");
  g_string_append_len (self->input, bytes,
                       (gssize)MIN (n_bytes, MAX_TYPED_AHEAD - self->input->len));
  sim_port_cork (self);
  sim_scheduler_interrupt (&self->module->scheduler, self, FALSE);
  sim_port_consume (self);
  sim_port_uncork (self);
}

void
sim_port_set_reader (SimPort *self, SimReader reader, gpointer user_data)
{
  self->reader = reader;
  self->reader_data = user_data;
  if (reader != NULL)
    return;
  sim_port_write (self, self->held->str, self->held->len);
  g_string_truncate (self->held, 0);
}

/* life */

static void
tell_closed (SimPort *self)
{
  if (!self->module->running)
    return;
  self->closing = TRUE;
  sim_event (self->module, SIM_EVENT_CLOSED);
  self->closing = FALSE;
}

static void
on_closed (gpointer port)
{
  SimPort *self = port;

  if (self->module->running)
    sim_scheduler_interrupt (&self->module->scheduler, self, TRUE);
  if (self->reader != NULL)
    (void)self->reader (self, "", 0, self->reader_data);
  tell_closed (self);
  sim_line_reset (&self->line); /* the next host does not go on with this one's line */
}

static void
on_hung_up (gpointer port)
{
  sim_port_unplug (port);
}

static const SimPtyHandlers pty_handlers = { on_bytes, on_closed, on_hung_up };

void
sim_port_init (SimPort *self, SimModule *module, SimRole role)
{
  *self = (SimPort){ .module = module, .role = role, .cut_after = -1 };
  sim_line_init (&self->line);
  self->input = g_string_new (NULL);
  self->output = g_string_new (NULL);
  self->held = g_string_new (NULL);
  self->settings = sim_default_settings;
}

void
sim_port_clear (SimPort *self)
{
  sim_port_unplug (self);
  sim_line_clear (&self->line);
  g_string_free (self->input, TRUE);
  g_string_free (self->output, TRUE);
  g_string_free (self->held, TRUE);
}

gboolean
sim_port_plug (SimPort *self, GError **error)
{
  g_autofree char *link = g_build_filename (self->module->directory, kind (self)->name, NULL);

  if (self->pty != NULL && sim_pty_is_hanging_up (self->pty))
    sim_port_unplug (self); /* else it would go after it has come back */
  if (self->pty == NULL)
    self->pty = sim_pty_new (link, &pty_handlers, self, error);
  return self->pty != NULL;
}

void
sim_port_unplug (SimPort *self)
{
  gboolean was_there = self->pty != NULL;

  g_clear_pointer (&self->pty, sim_pty_free);
  g_string_truncate (self->output, 0);
  g_string_truncate (self->input, 0);
  self->used = 0;
  self->cut_after = -1;
  sim_line_reset (&self->line);
  if (self->reader != NULL && self->busy) /* its command waits for what will not come */
    (void)self->reader (self, "", 0, self->reader_data);
  if (was_there)
    tell_closed (self);
}

void
sim_port_reset (SimPort *self)
{
  self->settings = sim_default_settings;
  self->busy = FALSE;
  self->reader = NULL;
  g_string_truncate (self->held, 0);
  g_string_truncate (self->input, 0);
  self->used = 0;
  sim_line_reset (&self->line);
}

void
sim_port_hang_up_after (SimPort *self, gint64 n_bytes)
{
  self->cut_after = n_bytes;
  if (n_bytes == 0 && self->pty != NULL)
    sim_pty_hang_up (self->pty);
}

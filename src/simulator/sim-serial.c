/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Serial port configuration: guide 3; V.250 6.2.8 to 6.2.12.  A pty carries the rate that the host
 * has set, but neither frame nor modem lines: the settings about those are only remembered. */
#include "sim-serial.h"

#include "sim-module.h"
#include "sim-port.h"

/* Guide 3.1.1 and 3.2.1. */
#define MAX_NEGOTIATED 115200u
static const guint rates[] = {
  9600, 19200, 38400, 57600, MAX_NEGOTIATED, 230400, 460800, 921600,
};

typedef struct
{
  guint rate; /* +IPR: 0 is autonegotiation; outlives a restart */
  guint flow_by_host, flow_by_module;
  guint frame, parity;
  guint dcd[SIM_N_PORTS], dtr[SIM_N_PORTS]; /* &C, &D */

  char     last;  /* of what came before the rate was found out */
  gboolean mixed; /* it was "aT" or "At" */
} SimSerial;

static SimPort *
uart (SimModule *module)
{
  return &module->ports[SIM_PORT_UART];
}

/* Autonegotiation: after a start only AT or at is understood, and then the rate is known. */

static gsize negotiate (SimPort *port, const char *bytes, gsize n_bytes, gpointer serial);

static void
set_rate (SimPort *port, guint rate)
{
  port->baud = rate;
  if (port->reader != negotiate)
    return;
  g_string_truncate (port->held, 0); /* without a rate nothing could be said */
  sim_port_set_reader (port, NULL, NULL);
}

static gboolean
negotiate_byte (SimSerial *self, SimPort *port, char byte)
{
  char last = self->last;

  self->last = byte;
  if ((last == 'A' && byte == 'T') || (last == 'a' && byte == 't'))
    {
      set_rate (port, sim_pty_baud (port->pty));
      sim_port_type (port, last);
      return TRUE;
    }
  if ((last == 'A' && byte == 't') || (last == 'a' && byte == 'T'))
    self->mixed = TRUE;
  if (byte == '\r' && self->mixed)
    {
      sim_port_result (port, SIM_ERROR); /* guide 3.2.2 */
      self->mixed = FALSE;
    }
  return FALSE;
}

static gsize
negotiate (SimPort *port, const char *bytes, gsize n_bytes, gpointer serial)
{
  guint baud = sim_pty_baud (port->pty);

  if (baud == 0 || baud > MAX_NEGOTIATED)
    return n_bytes; /* cannot be detected */
  for (gsize i = 0; i < n_bytes; i++)
    if (negotiate_byte (serial, port, bytes[i]))
      return i;
  return n_bytes;
}

static void
serial_start (SimModule *module, gpointer state)
{
  SimSerial *self = state;

  self->last = '\0';
  self->mixed = FALSE;
  uart (module)->baud = self->rate;
  if (self->rate == 0)
    sim_port_set_reader (uart (module), negotiate, self);
}

/* +IPR: rate */

static SimResult
read_ipr (SimCall *call)
{
  sim_reply (call, "+IPR: %u", uart (call->module)->baud);
  return SIM_OK;
}

/* +IPR=rate; from 0 on at the next start, another one at once (guide 3.1, 3.2) */
static SimResult
set_ipr (SimCall *call)
{
  SimSerial *self = call->state;
  guint      rate = sim_arg_uint (&call->args, 0, G_MAXINT);
  gboolean   known = rate == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    known |= rates[i] == rate;
  if (!known || !sim_args_end (&call->args))
    return SIM_ERROR;
  self->rate = rate;
  if (rate != 0)
    set_rate (uart (call->module), rate);
  return SIM_OK;
}

/* +IFC: by host, by module: 0 none, 2 RTS and CTS */

static SimResult
read_ifc (SimCall *call)
{
  const SimSerial *self = call->state;

  sim_reply (call, "+IFC: %u,%u", self->flow_by_host, self->flow_by_module);
  return SIM_OK;
}

static SimResult
set_ifc (SimCall *call)
{
  SimSerial *self = call->state;
  guint      by_host = sim_arg_uint (&call->args, 0, 2);
  guint      by_module = sim_arg_uint_or (&call->args, by_host, 0, 2);

  if (!sim_args_end (&call->args) || by_host == 1 || by_module == 1)
    return SIM_ERROR;
  self->flow_by_host = by_host;
  self->flow_by_module = by_module;
  return SIM_OK;
}

/* +ICF: format, parity */

static SimResult
read_icf (SimCall *call)
{
  const SimSerial *self = call->state;

  sim_reply (call, "+ICF: %u,%u", self->frame, self->parity);
  return SIM_OK;
}

static SimResult
set_icf (SimCall *call)
{
  SimSerial *self = call->state;
  guint      frame = sim_arg_uint (&call->args, 1, 6);
  guint      parity = sim_arg_uint_or (&call->args, self->parity, 0, 3);

  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  self->frame = frame;
  self->parity = parity;
  return SIM_OK;
}

/* &C, &D */

static SimResult
set_dcd (SimCall *call)
{
  SimSerial *self = call->state;
  guint      dcd = sim_arg_uint_or (&call->args, 0, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  self->dcd[call->port->role] = dcd;
  return SIM_OK;
}

guint
sim_serial_dtr (SimModule *module, guint role)
{
  return ((const SimSerial *)sim_state (module, &sim_serial_chapter))->dtr[role];
}

/* Guide 3.3: 0 and 2 only */
static SimResult
set_dtr (SimCall *call)
{
  SimSerial *self = call->state;
  guint      dtr = sim_arg_uint_or (&call->args, 0, 0, 2);

  if (!sim_args_end (&call->args) || dtr == 1)
    return SIM_ERROR;
  self->dtr[call->port->role] = dtr;
  return SIM_OK;
}

static void
serial_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimSerial *self = state;

  self->frame = 3; /* 8 data bits, 1 stop bit */
  self->parity = 3;
  for (int i = 0; i < SIM_N_PORTS; i++)
    {
      self->dcd[i] = 1;
      self->dtr[i] = 2;
    }
}

static void
serial_dump (SimModule *module, gpointer state, GString *out)
{
  const SimSerial *self = state;

  sim_dump (out, "ipr", "%u", self->rate);
  sim_dump (out, "uart-rate", "%u", uart (module)->baud);
  sim_dump (out, "flow-control", "%u,%u", self->flow_by_host, self->flow_by_module);
}

static const SimCommand commands[] = {
  { "+IPR", .test = "(9600,19200,38400,57600,115200),(230400,460800,921600)", .read = read_ipr,
    .set = set_ipr },
  { "+IFC", .test = "(0,2),(0,2)", .read = read_ifc, .set = set_ifc },
  { "+ICF", .test = "(1-6),(0-3)", .read = read_icf, .set = set_icf },
  { "&C", .set = set_dcd },
  { "&D", .set = set_dtr },
};

const SimChapter sim_serial_chapter = {
  .name = "serial",
  .state_size = sizeof (SimSerial),
  .init = serial_init,
  .start = serial_start,
  .dump = serial_dump,
  SIM_ROWS (commands, commands),
};

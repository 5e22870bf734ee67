/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"
#include "sim-line.h"
#include "sim-pty.h"

/* One port of the module: the bytes between its pty and the command lines of the scheduler. */

typedef enum
{
  SIM_PORT_PCUI,
  SIM_PORT_MODEM,
  SIM_PORT_UART,
  SIM_PORT_DIAG, /* listens and says nothing */
  SIM_N_PORTS,
} SimRole;

typedef struct
{
  const char *name;
  gboolean    at;  /* takes AT commands */
  gboolean    usb; /* vanishes with the module's power */
} SimPortKind;

extern const SimPortKind sim_port_kinds[SIM_N_PORTS];

/* V.250's settings, +CMEE and ^CURC belong to the port on which they were made. */
typedef struct
{
  gboolean echo, verbose, quiet;
  guint    cmee;
  gboolean curc;
} SimSettings;

extern const SimSettings sim_default_settings;

/* Takes the port's bytes instead of the command line: a prompt's text, a counted body, data mode.
 * Returns how many it took; all of them unless it has ended itself with sim_port_set_reader().
 * None (n_bytes 0): the host has closed the port. */
typedef gsize (*SimReader) (SimPort *port, const char *bytes, gsize n_bytes, gpointer user_data);

struct SimPort
{
  SimModule  *module;
  SimRole     role;
  SimPty     *pty; /* NULL: unplugged */
  SimSettings settings;
  guint       baud; /* heard at this rate only; 0: at any */

  SimLine  line;
  GString *input; /* typed ahead; the first `used` bytes are done with */
  gsize    used;
  gboolean busy; /* its line waits or runs: nothing more is taken from input */
  gboolean consuming;
  gboolean closing; /* while SIM_EVENT_CLOSED tells of it */

  SimReader reader; /* takes what comes; NULL: the command line does */
  gpointer  reader_data;
  GString  *held; /* unsolicited lines that came meanwhile */

  GString *output; /* not yet written: corked or silent */
  guint    corks;
  gint64   cut_after; /* hang up after so many more bytes; -1: never */
};

void sim_port_init (SimPort *self, SimModule *module, SimRole role);
void sim_port_clear (SimPort *self);

/* The pty and its link.  Plugging a port that is plugged changes nothing. */
gboolean sim_port_plug (SimPort *self, GError **error);
void     sim_port_unplug (SimPort *self);

void sim_port_reset (SimPort *self);   /* as after power-on */
void sim_port_consume (SimPort *self); /* goes on with what was typed ahead */

/* As if the host had typed it on the command line just now. */
void sim_port_type (SimPort *self, char byte);

void sim_port_write (SimPort *self, const char *bytes, gsize n_bytes);
void sim_port_result (SimPort *self, SimResult result);
void sim_port_urc (SimPort *self, SimUrc urc, const char *line);
void sim_port_ring (SimPort *self);

/* Between the two nothing is written; what was meant to be then goes in one piece. */
void sim_port_cork (SimPort *self);
void sim_port_uncork (SimPort *self);
void sim_port_flush (SimPort *self);

void sim_port_set_reader (SimPort *self, SimReader reader, gpointer user_data);
void sim_port_hang_up_after (SimPort *self, gint64 n_bytes); /* -1: never mind */

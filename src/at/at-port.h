/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-command.h"
#include "mu-error.h"

/* One tty: its bytes become lines, and one exchange at a time, a command and its answer, runs on
 * it. Which exchange comes next is the scheduler's business. */
typedef struct AtPort AtPort;

typedef struct
{
  const AtLine *lines; /* valid during the call */
  gsize         n_lines;
  gboolean      connect; /* the port is in data mode now */
} AtReply;

typedef struct
{
  /* A line that does not belong to the exchange. */
  void (*unsolicited) (const AtLine *line, gpointer user_data);
  /* The end of the exchange; the next one may begin.  reply: NULL with an error, of which Timeout
   * says that an answer may still come. */
  void (*finished) (const AtReply *reply, const GError *error, gpointer user_data);
  /* The tty is gone or broken.  Nothing follows; an exchange that ran is not finished. */
  void (*hangup) (const GError *why, gpointer user_data);
} AtPortEvents;

typedef struct
{
  AtCommand command;
  guint     timeout_ms;
  /* Only a result that comes with so many lines of this prefix counts: what comes before it is the
   * late answer of somebody else.  A module that does not know the marker ends the exchange with
   * its last result, without a line.  NULL: everything counts. */
  const char *marker;
  guint       n_markers;
} AtExchange;

/* fd: a tty (or a socket) that does not block; the port owns it.  name: for the log. */
AtPort *at_port_new (int fd, const char *name, const AtPortEvents *events, gpointer user_data);
/* No event after this, also when called from inside one. */
void at_port_free (AtPort *self);

/* Writes the command with one write() and waits for the answer; none may be running.  The strings
 * in exchange must live until it is finished. */
void at_port_begin (AtPort *self, const AtExchange *exchange);
int  at_port_fd (const AtPort *self);
/* Writes three plus signs, which lead a port in data mode back to command mode. */
void at_port_escape (AtPort *self);
/* Frees the port, but leaves the tty open: returns it. */
int at_port_release (AtPort *self);
/* Gives the exchange up without an event; what it was is not known any more. */
void at_port_drop (AtPort *self);
/* Writes one byte to abort what runs; its end comes as usual, at the latest after timeout_ms. */
void at_port_abort (AtPort *self, guint timeout_ms);

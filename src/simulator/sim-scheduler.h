/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"
#include "sim-parser.h"

/* The module works off one command line at a time, whichever port it came from; the others wait in
 * the order of their arrival (guide 1.2.2).  A port has at most one line here: what is typed behind
 * it stays in the port. */
typedef struct
{
  SimModule *module;
  GQueue     waiting; /* of SimPort */
  gboolean   running; /* call is in use */
  gboolean   dispatching;

  SimCall     call;
  SimText     text;
  const char *cursor;    /* the rest of the line */
  GString    *reply;     /* all of the line's answers: one write */
  gboolean    begun;     /* reply has a line of the present command */
  gboolean    swallowed; /* reply is not written */
  gint64      started;
  SimRun      done, aborted;
  SimTimer    timer; /* done is due, or a late reply */
} SimScheduler;

void sim_scheduler_init (SimScheduler *self, SimModule *module);
void sim_scheduler_clear (SimScheduler *self);

/* The port's line is complete. */
void sim_scheduler_submit (SimScheduler *self, SimPort *port);

/* The host typed on, or closed the port (hung_up): the end of an abortive command of that port. */
void sim_scheduler_interrupt (SimScheduler *self, const SimPort *port, gboolean hung_up);

/* Power goes: everything is forgotten, nothing is answered. */
void sim_scheduler_reset (SimScheduler *self);

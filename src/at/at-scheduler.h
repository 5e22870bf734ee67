/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-sync.h"

/* One module and all of its ports.  The module works one command at a time, whichever port it came
 * by (guide 1.2.2), so the queue is here: urgent before the rest, fair among clients, one in
 * flight. It keeps the line in order: time-outs, late answers, abortive commands, the health check
 * of guide 1.2.3, commands that never answer. */
typedef struct AtScheduler AtScheduler;

/* Called exactly once for each command sent; never from inside at_scheduler_send(), never after
 * at_scheduler_free() has returned.  reply: NULL with an error, valid during the call. */
typedef void (*AtDone) (const AtReply *reply, const GError *error, gpointer user_data);

typedef struct
{
  void (*unsolicited) (const AtLine *line, gpointer user_data);
  /* The line is in order: after at_scheduler_start(), and again after each time-out. */
  void (*ready) (gpointer user_data);
  /* A command timed out; nothing is sent until ready or lost. */
  void (*timeout) (gpointer user_data);
  /* The port was hung up or the module does not answer.  Everything has been answered with Gone and
   * the ports are closed. */
  void (*lost) (const GError *why, gpointer user_data);
} AtSchedulerEvents;

/* name: for the log */
AtScheduler *at_scheduler_new (const char *name, const AtSchedulerEvents *events,
                               gpointer user_data);
/* Closes, if it is not closed; no callback after this, also when called from inside one. */
void at_scheduler_free (AtScheduler *self);

/* fd: see at_port_new().  What the data port says unasked is heard on the main port, too, and is
 * not news; when it is hung up, its commands are answered with Gone and it is closed, nothing else.
 * A time-out there fails its command, and the main port is asked whether the module still works. */
void at_scheduler_add_port (AtScheduler *self, AtPortSlot slot, int fd, const char *name);
/* Of the data port, for its modem lines; -1: it is not open. */
int at_scheduler_data_fd (AtScheduler *self);
/* The data port is in data mode (AtReply.connect): stops reading it and gives it to the caller, who
 * closes it.  -1: it is not open.  Also from inside a done function. */
int at_scheduler_release_data (AtScheduler *self);
/* Closes the data port; its commands are answered with Gone, not from inside this. */
void at_scheduler_close_data (AtScheduler *self);
/* Writes "+++" to the data port, which may be in data mode.  The silence before and after it, which
 * tells it from data, is the caller's business (guide 4.4.2). */
void at_scheduler_escape (AtScheduler *self);

/* What a closed line may still have to answer, for the next one to the same module: its answers are
 * not taken for the next one's. */
guint at_scheduler_marker (const AtScheduler *self);
void  at_scheduler_set_marker (AtScheduler *self, guint marker);

/* Brings the line in order and then sends what is queued. */
void at_scheduler_start (AtScheduler *self, AtSyncReason reason);
/* Answers everything with why and sends nothing until the next start. */
void at_scheduler_stop (AtScheduler *self, const GError *why);
/* Closes the ports and answers everything with Gone before it returns. */
void at_scheduler_close (AtScheduler *self);

/* Queues a copy of command.  Errors besides the module's own: Timeout (also at once, for a command
 * that keeps timing out), Aborted (by something urgent), Gone, Busy (too many are queued).  Returns
 * a number for at_scheduler_cancel(). */
guint at_scheduler_send (AtScheduler *self, const AtCommand *command, AtDone done,
                         gpointer user_data);

/* Answers the command with Aborted, now.  One that is under way is aborted if the module can do
 * that, else its answer is waited for and thrown away. */
void at_scheduler_cancel (AtScheduler *self, guint number);

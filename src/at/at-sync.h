/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-port.h"

/* The way to a port on which the next answer is sure to be the next command's: when it is opened
 * (what a former user had asked may still be answered), and after a time-out (the late answer may
 * still come), which is at the same time the health check of guide 1.2.3.
 *
 * First something that any module answers; then a marker, a query whose answer cannot be mistaken,
 * not even for that of an earlier marker.  Because a module answers in order, nothing old can come
 * after it.  A pure state machine.
 */

typedef enum
{
  AT_SYNC_OPEN,    /* the port has just been opened */
  AT_SYNC_SPEED,   /* so has a UART, whose module finds out the speed from "AT" (guide 3.2) */
  AT_SYNC_TIMEOUT, /* a command timed out: three times 30 s (guide 1.2.3) */
  AT_SYNC_ABORT,   /* an aborted command did not end, and something urgent waits */
} AtSyncReason;

typedef enum
{
  AT_SYNC_MORE, /* begin the next exchange */
  AT_SYNC_DONE,
  AT_SYNC_LOST, /* the module does not work: close the ports (guide 1.2.3, step 5) */
} AtSyncStep;

#define AT_SYNC_MAX_TIMES 8
#define AT_SYNC_MAX_TEXT  72

typedef struct
{
  AtSyncReason reason;
  guint        phase;
  guint        tries;   /* left */
  gboolean     refused; /* hello was answered with an error */
  guint        marker;
  char         text[AT_SYNC_MAX_TEXT]; /* of the marker */
} AtSync;

/* late: the command whose answer may still come, or NULL */
void at_sync_begin (AtSync *self, AtSyncReason reason, const char *late);
/* times: how often the marker asks in one line, from 1 to AT_SYNC_MAX_TIMES, if it is one.  Another
 * marker that may still be answered has asked another number of times. */
AtExchange at_sync_exchange (AtSync *self, guint times);
gboolean   at_sync_is_at_marker (const AtSync *self);
AtSyncStep at_sync_finished (AtSync *self, const GError *error);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-scheduler.h"

/* What waits for its turn: by priority, and within one priority fair among clients.  Pure data. */

typedef struct
{
  AtCommand command; /* owned strings */
  guint     number;
  AtDone    done; /* NULL: answered already */
  gpointer  user_data;
  GError   *refusal; /* why it will not be sent */
  gint64    sent_at; /* of mu_timer_now() */
  gboolean  aborting, aborted;
} AtRequest;

AtRequest *at_request_new (const AtCommand *command, AtDone done, gpointer user_data);
/* Calls what waits for it, if it was not called before, and frees the request. */
void at_request_answer (AtRequest *request, const AtReply *reply, const GError *error);
void at_request_free (AtRequest *request);

typedef struct
{
  GQueue requests[AT_N_PRIORITIES];
  guint  n;
  guint  last_client;
} AtQueue;

void       at_queue_push (AtQueue *self, AtRequest *request);
AtRequest *at_queue_next (AtQueue *self); /* NULL: empty */
AtRequest *at_queue_remove (AtQueue *self, guint number);

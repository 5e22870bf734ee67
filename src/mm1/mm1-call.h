/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-object.h"

/* The permission for what is done to bearers without an operation of Data1. */
#define MM1_ACCESS_DATA "org.mu709.data"

/* One method call of a client's, which is returned or failed exactly once.  In between operations
 * of services are started for it, one after another, each guarded by its own polkit action. */

/* reply: a tuple, valid during the call; NULL with an error.  If the client leaves meanwhile it is
 * not called. */
typedef void (*Mm1Next) (Mm1Interface *self, Mm1Call *call, GVariant *reply, const GError *error);

void mm1_call_begin (Mm1Interface *interface, const Mm1Method *method,
                     GDBusMethodInvocation *invocation);

/* What of which service, with what; object: 0, or the number of one below the service. */
typedef struct
{
  const char *service;
  const char *op;
  guint       object;
  GVariant   *args; /* a tuple; may be floating */
} Mm1Request;

void mm1_call_start (Mm1Call *self, const Mm1Request *request, Mm1Next next);
/* Asks for a permission alone: NotAuthorized, or next with an empty tuple. */
void mm1_call_check (Mm1Call *self, const char *access, Mm1Next next);

/* The properties that have changed are sent before. */
void mm1_call_return (Mm1Call *self, GVariant *tuple); /* NULL: "()" */
void mm1_call_fail (Mm1Call *self, const GError *error);
void mm1_call_reject (Mm1Call *self, MMCoreError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* What a step keeps for the next one, on top of what was kept before; freed when it is dropped, or
 * with the call, also if the client leaves. */
void     mm1_call_keep (Mm1Call *self, gpointer data, GDestroyNotify free_data);
gpointer mm1_call_data (Mm1Call *self); /* that was kept last */
void     mm1_call_drop (Mm1Call *self);

/* Nexts that have nothing to add: they return the reply, or nothing. */
void mm1_call_finish (Mm1Interface *interface, Mm1Call *self, GVariant *reply, const GError *error);
void mm1_call_finish_empty (Mm1Interface *interface, Mm1Call *self, GVariant *reply,
                            const GError *error);

/* The object goes: all are failed. */
void mm1_calls_end (Mm1Object *object);
/* ... those of one interface. */
void mm1_calls_end_of (Mm1Interface *interface);

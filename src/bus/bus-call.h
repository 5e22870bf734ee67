/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-client.h"
#include "bus-policy.h"
#include "mu-service.h"

/* One method call of a client's, from its permission to its answer. */

/* What all that is published on one connection shares. */
typedef struct
{
  GDBusConnection          *connection;
  GDBusObjectManagerServer *objects; /* NULL: nothing is listed */
  BusClients               *clients;
  BusPolicy                *policy;
} BusShared;

/* The service that is called, for as long as it is published.  A caller who waits for permission
 * may keep this for longer. */
typedef struct
{
  MuService       *service; /* NULL: closed */
  const BusShared *shared;

  /* A caller who has its answer finds the properties changed that it has changed. */
  void (*flush) (gpointer owner);
  gpointer owner;
} BusTarget;

BusTarget *bus_target_new (MuService *service, const BusShared     *shared,
                           void (*flush) (gpointer owner), gpointer owner);
void       bus_target_close (BusTarget *self); /* lets go of the service, which may then be freed */

/* What is called, and how its reply is answered. */
typedef struct
{
  const MuOp *op;
  guint       object; /* see MuRequest */
  const char *access; /* the polkit action */
  GVariant   *args;   /* a tuple, borrowed */
  /* Makes the answer of the reply; NULL: it is the reply.  Returns NULL with an error. */
  GVariant *(*convert) (GVariant *reply, GVariant *parameters, GError **error);
} BusOperation;

/* Takes the invocation, and answers it. */
void bus_call_begin (BusTarget *target, const BusOperation *operation,
                     GDBusMethodInvocation *invocation);

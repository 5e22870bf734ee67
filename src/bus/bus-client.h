/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* Who calls: a number for the scheduler to be fair by, and what has to end when a caller leaves the
 * bus. */
typedef struct BusClients BusClients;
typedef struct BusClient  BusClient;

/* Something of a client's that is under way; a member of its owner's struct. */
typedef struct BusTask
{
  void (*cancel) (struct BusTask *task); /* the client has left; the task has been taken from it */
  BusClient *client;
  GList      link;
} BusTask;

BusClients *bus_clients_new (GDBusConnection *connection);
void        bus_clients_free (BusClients *self); /* nothing is under way */

/* Takes the task in for the client called name; FALSE: it, or all together, have too many. */
gboolean bus_client_begin (BusClients *self, const char *name, BusTask *task);
void     bus_client_end (BusTask *task);
guint    bus_client_number (const BusTask *task);

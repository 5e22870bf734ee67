/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-client.h"
#include "bus-policy.h"
#include "mu-service.h"

/* Publishes any service under the interface its XML describes: the one place where services meet
 * D-Bus.  Changes of properties go out once per turn of the main loop. */
#define BUS_TYPE_EXPORT (bus_export_get_type ())
G_DECLARE_FINAL_TYPE (BusExport, bus_export, BUS, EXPORT, GDBusInterfaceSkeleton)

/* What all exports of one connection share. */
typedef struct
{
  GDBusConnection *connection;
  BusClients      *clients;
  BusPolicy       *policy;
} BusShared;

BusExport *bus_export_new (MuService *service, const BusShared *shared);

/* Lets go of the service, which may then be freed: a caller who still waits for its permission may
 * keep the export itself alive for longer. */
void bus_export_close (BusExport *self);

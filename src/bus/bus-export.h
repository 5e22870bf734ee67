/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-call.h"

/* Publishes any service under the interface its XML describes: the one place where services meet
 * D-Bus.  Changes of properties go out once per turn of the main loop. */
#define BUS_TYPE_EXPORT (bus_export_get_type ())
G_DECLARE_FINAL_TYPE (BusExport, bus_export, BUS, EXPORT, GDBusInterfaceSkeleton)

/* path: of the object that it will be an interface of */
BusExport *bus_export_new (MuService *service, const char *path, const BusShared *shared);

/* Lets go of the service, which may then be freed. */
void bus_export_close (BusExport *self);

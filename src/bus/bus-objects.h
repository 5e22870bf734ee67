/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-call.h"
#include "mu-manager.h"

#include <gio/gio.h>

/* The tree of objects: the ObjectManager and Manager1 on /org/mu709, an object for each module that
 * is there, on it an interface for each service that is ready. */
typedef struct BusObjects BusObjects;

BusObjects *bus_objects_new (GDBusConnection *connection, gboolean is_system_bus);
void        bus_objects_free (BusObjects *self);

/* What else is published on the same connection shares this. */
const BusShared *bus_objects_shared (const BusObjects *self);

/* What the manager tells; user_data is the BusObjects. */
extern const MuModemEvents bus_objects_events;

/* Publishes Manager1 and, from now on, the ObjectManager; then the name may be taken. */
void bus_objects_publish (BusObjects *self, MuManager *manager);
/* Takes Manager1 back, before the manager is freed. */
void bus_objects_unpublish (BusObjects *self);

/* Called after the state of a module has changed, or one has come or gone. */
void bus_objects_on_state (BusObjects *self, void (*func) (gpointer user_data), gpointer user_data);

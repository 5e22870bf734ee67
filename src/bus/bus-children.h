/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-call.h"

/* Publishes the objects below a module that a service has.  Those that it can list are in the
 * ObjectManager.  Others are served on demand: they have their paths and can be called, and one
 * that nobody asks for costs nothing; their properties are guarded like methods. */
typedef struct BusChildren BusChildren;

/* path: the module's object */
BusChildren *bus_children_new (MuService *service, const char *path, const BusShared *shared);
void         bus_children_free (BusChildren *self); /* lets go of the service */

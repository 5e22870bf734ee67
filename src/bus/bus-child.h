/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-call.h"

/* One object below a module that is listed, such as a call. */
#define BUS_TYPE_CHILD (bus_child_get_type ())
G_DECLARE_FINAL_TYPE (BusChild, bus_child, BUS, CHILD, GDBusInterfaceSkeleton)

BusChild *bus_child_new (BusTarget *target, guint number);

/* Those of its properties, a{sv}, that are not what was told last. */
GVariant *bus_child_news (BusChild *self, GVariant *properties);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* What the XML in dbus/ says of an interface, as compiled tables; NULL: there is none. */
GDBusInterfaceInfo *bus_info_find (const char *interface);

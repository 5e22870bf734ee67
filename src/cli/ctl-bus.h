/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

#include <gio/gunixfdlist.h>

/* The way to the daemon. */

#define CTL_BUS_NAME   "org.mu709"
#define CTL_ROOT       "/org/mu709"
#define CTL_MODULES    CTL_ROOT "/modem/"
#define CTL_PREFIX     CTL_BUS_NAME "." /* of its interfaces */
#define CTL_PROPERTIES "org.freedesktop.DBus.Properties"
#define CTL_MANAGER    "org.freedesktop.DBus.ObjectManager"

typedef struct
{
  const char *path;
  const char *interface;
  const char *name;
  const char *reply; /* type of the result, a tuple; NULL: any */
} CtlMethod;

/* Connects to the bus, if that has not been done. */
gboolean ctl_bus_connect (Ctl *ctl, GError **error);

/* Calls a method and waits, for ever unless --timeout says otherwise; a signal to this process ends
 * the wait.  args: a tuple, sunk if it floats, NULL for none; files: of its handles, or NULL. */
GVariant *ctl_bus_call (Ctl *ctl, const CtlMethod *method, GVariant *args, GUnixFDList *files,
                        GError **error);

/* A last word after an error or a signal: asks the person nothing, waits two seconds at most. */
GVariant *ctl_bus_call_late (Ctl *ctl, const CtlMethod *method, GVariant *args);

/* All objects with all interfaces and properties: a{oa{sa{sv}}}. */
GVariant *ctl_bus_objects (Ctl *ctl, GError **error);

/* What the object at path says of itself. */
GDBusNodeInfo *ctl_bus_introspect (Ctl *ctl, const char *path, GError **error);

/* "org.mu709.Sim1" is "Sim1" to people; other names stay. */
const char *ctl_bus_short_name (const char *interface);
char       *ctl_bus_full_name (const char *interface);

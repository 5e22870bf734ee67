/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-bus.h"

/* Objects below a module, such as messages and calls, which people name by their numbers. */

/* The end of its path; 0: there is no number. */
guint32 ctl_child_id (const char *path);

/* An a{sv} of path, id and the properties by their names. */
GVariant *ctl_child_json (const char *path, GVariant *properties);

/* A property that is a text, of an a{sv}, which keeps it; "" if it is not there. */
const char *ctl_child_text (GVariant *properties, const char *name);

/* Those below a module that have interface, a short name, the oldest first: a(oa{sv}).  objects: of
 * ctl_bus_objects(). */
GVariant *ctl_child_list (GVariant *objects, const char *module_path, const char *element,
                          const char *interface);

/* For programs, of such a list: an array of what ctl_child_json() makes of each.  Floating. */
GVariant *ctl_child_json_list (GVariant *children);

/* The path of the one that a person names by its number or its path; element: "message". */
char *ctl_child_path (Ctl *ctl, const char *element, const char *text, GError **error);

/* ctl_bus_call() of a path that a person may have typed, and that may be of nothing. */
GVariant *ctl_child_call (Ctl *ctl, const CtlMethod *method, GVariant *args, GError **error);

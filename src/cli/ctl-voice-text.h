/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* Calls, each of which is a path and the properties of Call1, as people read them. */

/* Those below a module, the oldest first: a(oa{sv}).  objects: of ctl_bus_objects(). */
GVariant *ctl_voice_calls_of (GVariant *objects, const char *module_path);

/* A line for each of calls, an a(oa{sv}): number, direction, correspondent, state, since when. */
char *ctl_voice_table (GVariant *calls, const char *indent, const CtlStyle *style);

/* For programs: an array of what ctl_child_json() makes of each.  Floating. */
GVariant *ctl_voice_json (GVariant *calls);

/* "to +4930123", "from a withheld number" */
char *ctl_voice_whom (GVariant *properties);

/* Why it is over: "busy (104, cause 17)". */
char *ctl_voice_end (GVariant *properties);

/* "Call 1 to +4930123: active", or "... is over: busy (104, cause 17)", without an end of line. */
char *ctl_voice_line (const char *path, GVariant *properties, const CtlStyle *style);

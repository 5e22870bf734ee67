/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-track.h"

/* Calls, each of which is a path and the properties of Call1, as people read them. */

extern const CtlTrackKind ctl_voice_track_kind;

/* A line for each of calls, an a(oa{sv}): number, direction, correspondent, state, since when. */
char *ctl_voice_table (GVariant *calls, const char *indent, const CtlStyle *style);

/* Why it is over: "busy (104, cause 17)". */
char *ctl_voice_end (GVariant *properties);

/* "Call 1 to +4930123: active", or "... is over: busy (104, cause 17)", without an end of line. */
char *ctl_voice_line (const char *path, GVariant *properties, const CtlStyle *style);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Times as people type and read them; inside they are seconds since 1970, UTC. */

/* Reads one of
 *
 *   2026-11-22              that day: from its start, or to its end
 *   2026-11-22T19:19:34     local time, also without seconds, with a blank for the T, or followed
 *                           by Z, +01 or +01:00
 *   2h, 2h ago              so long before now
 *   1795375174              seconds since 1970
 */
gboolean ctl_when_parse (const char *text, gint64 now, gboolean is_end, gint64 *ret_time);

/* Reads a number of seconds, or of s, m(in), h, d, w: "90", "15m", "2d". */
gboolean ctl_when_parse_span (const char *text, gint64 *ret_seconds);

/* "2026-11-22 19:19:34", local; "" for a time that no calendar has. */
char *ctl_when_text (gint64 time);

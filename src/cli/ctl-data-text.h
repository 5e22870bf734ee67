/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-track.h"

/* Data connections, each of which is a path and the properties of Connection1, as people read them.
 */

extern const CtlTrackKind ctl_data_track_kind;

guint32 ctl_data_cid (GVariant *properties); /* 0: it is not known */

void ctl_data_append_interface (GString *out, GVariant *properties); /* "-": it has none */

/* "10.0.0.2/30"; how it gets one, "dhcp", as long as it is not known; "-": neither is known. */
char *ctl_data_address (GVariant *properties);

/* A line for each of connections, an a(oa{sv}): context, state, bearer, interface, address, APN,
 * since when, bytes. */
char *ctl_data_table (GVariant *connections, const char *indent, const CtlStyle *style);

/* "Context 1: connected, ecm, wwan0 10.0.0.2/30, internet", or why it is over, without an end of
 * line. */
char *ctl_data_line (GVariant *properties, const CtlStyle *style);

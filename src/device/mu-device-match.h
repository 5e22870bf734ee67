/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-device.h"

/* Which USB devices are a MU709, and what its interfaces are.  Pure tables. */

/* Whether the pair is the MU709's (12d1:1c25) or among ids ("vid:pid", NULL-terminated, or NULL).
 */
gboolean mu_device_match_id (guint vendor, guint product, const char *const *ids);

/* Whether text is "vid:pid", two groups of four hex digits. */
gboolean mu_device_match_is_id (const char *text);

/* The role of a USB interface by its class, subclass and protocol; FALSE: none that we use.  Of two
 * interfaces with one role the one with the lower rank is the better known; ranks start at 0. */
gboolean mu_device_match_interface (guint class, guint subclass, guint protocol,
                                    MuPortRole *ret_role, int *ret_rank);

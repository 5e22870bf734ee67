/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-card.h"
#include "sim-chapter.h"

/* The module's side of the card: whether there is one, whether it is still busy, who it belongs to.
 */
extern const SimChapter sim_slot_chapter;

SimCard *sim_slot_card (SimModule *module); /* NULL: none */

/* Ready: open and no longer busy. */
gboolean sim_slot_ready (SimModule *module);
gboolean sim_slot_busy (SimModule *module);

/* What ^SYSINFO and ^SIMST call it: 1 valid, 0 locked or not yet read, 255 none. */
guint sim_slot_simst (SimModule *module);

/* The lock may have changed.  Just opened, the card is busy while the module reads its files. */
void sim_slot_lock_changed (SimModule *module);

/* Whether the card says that this is its own network. */
gboolean sim_slot_is_home (SimModule *module, const char *plmn);

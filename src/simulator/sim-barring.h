/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What the network does not let through, and the password that moves it: guide 8.7.  The commands
 * are in sim-facility.c. */
extern const SimChapter sim_barring_chapter;

gboolean sim_barring_outgoing (SimModule *module, const char *number, guint class);
gboolean sim_barring_incoming (SimModule *module, guint class);

/* Whether it is one of the network's facilities: "AO" and so on. */
gboolean sim_barring_has (const char *facility);

/* +CLCK and +CPWD for these: the rest of the command is taken from the call's arguments. */
SimResult sim_barring_lock (SimCall *call, const char *facility);
SimResult sim_barring_change_password (SimCall *call, const char *facility);

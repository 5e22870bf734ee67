/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-bearer.h"

/* +CGDCONT, +CGACT, +CGPADDR: guide 4.1, 4.5; 27.007 10.1. */
extern const SimChapter sim_context_chapter;

/* What the host has defined under that cid; without a definition the network's default, which has
 * an empty name.  No credentials: these come with the dialling. */
void sim_context_wish (SimModule *module, guint cid, SimBearerWish *wish);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Calls that come: what the network does with them, ringing, ^DVCFG. */
extern const SimChapter sim_incoming_chapter;

/* Guide 14.3: the internal stack is in transparent mode, during which ^DVCFG=1 refuses calls. */
void sim_incoming_set_transparent (SimModule *module, gboolean transparent);

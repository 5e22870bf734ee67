/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Guide 4: data calls, which turn a port of commands into one of PPP.  +++, ATO, +CGDATA. */
extern const SimChapter sim_data_call_chapter;

/* ATD with a number that is for packet data; see sim-data-number.h. */
SimResult sim_data_call_dial (SimCall *call, guint cid);

/* ATH: the data call of that port, if it has one. */
void sim_data_call_hang_up (SimModule *module, const SimPort *port);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CGDATA, ATO, and the verbs about PPP. */
extern const SimChapter sim_data_dial_chapter;

/* ATD with a number that is for packet data; see sim-data-number.h. */
SimResult sim_data_dial (SimCall *call, guint cid);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The network's time: ^NWTIME. */
extern const SimChapter sim_time_chapter;

/* Local time where the network is, as it would tell it if it told it. */
GDateTime *sim_time_local (SimModule *module, int *ret_quarters);

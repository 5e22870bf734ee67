/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The network's time: ^NWTIME. */
extern const SimChapter sim_time_chapter;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CLCC and +CHLD: guide 8.6. */
extern const SimChapter sim_hold_chapter;

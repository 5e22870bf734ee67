/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Guide 11.2: +CRSM, +CSIM. */
extern const SimChapter sim_access_chapter;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +VTS: guide 8.3. */
extern const SimChapter sim_tones_chapter;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* ATD, ATA, ATH, +CHUP: guide 8.2. */
extern const SimChapter sim_dial_chapter;

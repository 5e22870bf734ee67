/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CREG, +CGREG, +CGATT: guide 2.3, 4.1. */
extern const SimChapter sim_registration_chapter;

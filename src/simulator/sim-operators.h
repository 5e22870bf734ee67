/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +COPS, ^PLMN: guide 2.3. */
extern const SimChapter sim_operators_chapter;

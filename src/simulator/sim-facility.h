/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CLCK and +CPWD, which two sides share: the card's locks and the network's barring. */
extern const SimChapter sim_facility_chapter;

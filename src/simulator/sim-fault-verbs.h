/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The verbs that make things go wrong, and those that put lines on the wire. */
extern const SimChapter sim_fault_chapter;

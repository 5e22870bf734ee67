/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Guide 11.1: +CPIN, ^CPIN, +CLCK="SC", +CPWD. */
extern const SimChapter sim_pin_chapter;

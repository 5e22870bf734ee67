/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Guide 11.1: +CPIN, ^CPIN, +CLCK="SC", +CPWD. */
extern const SimChapter sim_pin_chapter;

/* What sim-facility.c does not give to the network: the rest of +CLCK and +CPWD for the card's
 * facilities is taken from the call's arguments. */
SimResult sim_pin_lock (SimCall *call, const char *facility);
SimResult sim_pin_change (SimCall *call, const char *facility);

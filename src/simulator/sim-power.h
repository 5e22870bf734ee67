/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CFUN, ^RESET, and the hands at the module's plugs. */
extern const SimChapter sim_power_chapter;

/* Whether the module has started and +CFUN lets it use the radio. */
gboolean sim_radio_on (SimModule *module);

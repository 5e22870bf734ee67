/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-voice-private.h"

/* +CCWA: guide 8.6. */
extern const SimChapter sim_waiting_chapter;

/* Whether a second voice call waits instead of finding the line busy. */
gboolean sim_waiting_active (SimModule *module);

void sim_waiting_announce (SimVoice *call);

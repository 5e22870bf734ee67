/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Voice calls, for the chapters that share the channel or the loudspeaker with them (guide 14, 16).
 * SIM_EVENT_CALL tells of every change. */
extern const SimChapter sim_voice_chapter;

gboolean sim_voice_exists (SimModule *module);     /* a call, whatever its state */
gboolean sim_voice_setting_up (SimModule *module); /* one is dialled and not yet answered */
gboolean sim_voice_connected (SimModule *module);  /* one is active or held */

/* Guide 14.1: a text message has taken the channel on which a call was being set up. */
void sim_voice_crowd_out (SimModule *module);

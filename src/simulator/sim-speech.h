/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Text to speech: guide 16. */
extern const SimChapter sim_speech_chapter;

/* Something else needs the loudspeaker: what is being said ends. */
void sim_speech_give_way (SimModule *module);

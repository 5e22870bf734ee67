/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The PCM channel and how it sounds: guide 8.1, 8.8. */
extern const SimChapter sim_audio_chapter;

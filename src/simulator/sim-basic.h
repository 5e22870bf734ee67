/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* V.250's basic commands, error reporting, the character set, ^CURC. */
extern const SimChapter sim_basic_chapter;

/* ASCII text as +CSCS wants it: as it is, or four hex digits a character; the caller frees it. */
char *sim_text_for_host (SimModule *module, const char *ascii);

/* S0: after so many rings the module answers by itself; 0: never. */
guint sim_basic_rings (SimModule *module);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* V.250's basic commands, error reporting, the character set, ^CURC. */
extern const SimChapter sim_basic_chapter;

/* Text as +CSCS wants it: as it is, in GSM 7-bit, or four hex digits a character.  What the set
 * lacks becomes '?'; the caller frees it. */
char *sim_text_for_host (SimModule *module, const char *text);

/* The other way; NULL: it is no such text. */
char *sim_text_from_host (SimModule *module, const char *text);

/* S0: after so many rings the module answers by itself; 0: never. */
guint sim_basic_rings (SimModule *module);

/* X: above 0 CONNECT tells the rate. */
guint sim_basic_x (SimModule *module);

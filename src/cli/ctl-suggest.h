/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* How many characters must be typed otherwise (inserted, left out, replaced, or two neighbours
 * exchanged) to get from one text to the other. */
guint ctl_suggest_distance (const char *a, const char *b);

/* The one of words that somebody who typed text will have meant, whatever the case, or NULL: none
 * is near. */
const char *ctl_suggest (const char *text, const char *const *words);

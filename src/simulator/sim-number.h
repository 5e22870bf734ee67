/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Telephone numbers as a network sees them.  Its country is the one of the guide's numbers. */

/* Digits, '*', '#', and a '+' before them or not; at least one. */
gboolean sim_number_valid (const char *number);

/* Leaves the country: 22.088 1.4. */
gboolean sim_number_international (const char *number);

/* With '+' and country, however it was dialled; the caller frees it. */
char *sim_number_complete (const char *number);

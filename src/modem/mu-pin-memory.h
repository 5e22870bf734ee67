/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Which configured PIN has been tried on which card, on disk, so that neither a restart nor a crash
 * tries a wrong one twice.  The file holds digests, neither PINs nor card numbers. */

/* Writes down that the PIN is going to be tried; FALSE: it has been, or that cannot be written. */
gboolean mu_pin_memory_begin (const char *directory, const char *iccid, const char *pin);

/* It was right, or the card was too busy to look at it. */
void mu_pin_memory_forget (const char *directory, const char *iccid, const char *pin);

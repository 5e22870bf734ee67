/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Semi-octets: two digits a byte, the first one low, 0xF where there is none. */

/* Writes n_bytes, whatever the number of digits. */
void sim_digits_put (guint8 *to, gsize n_bytes, const char *digits);

/* Up to the first 0xF; the caller frees it. */
char *sim_digits_get (const guint8 *from, gsize n_bytes);

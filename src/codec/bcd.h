/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Semi-octets: a digit in four bits, the first in the lower half, 0xf filling the last octet up. */

/* "0123456789*#abc", 3GPP 23.040 9.1.2.3 */
gboolean bcd_is_digit (char c);

/* Returns the number of octets. */
gsize bcd_encode (const char *digits, guint8 *octets);

/* At most max digits of n octets, to the first filler; digits has room for max and a NUL. */
void bcd_decode (const guint8 *octets, gsize n, gsize max, char *digits);

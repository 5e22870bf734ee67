/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* UTF-16 in big-endian order, which is what the specifications call UCS2: characters beyond 16 bits
 * come as surrogate pairs from every telephone. */

void ucs2_encode (const char *text, GByteArray *octets);

/* Appends the text of n octets.  Half a pair, and an octet too many, become U+FFFD; NULs are left
 * out. */
void ucs2_decode (const guint8 *octets, gsize n, GString *text);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Appends the octets of hex digits, two each, in either case.  FALSE, and nothing is appended: it
 * is not that. */
gboolean mu_hex_decode (const char *hex, GByteArray *octets);

/* Upper-case digits. */
char *mu_hex_encode (const guint8 *octets, gsize n);

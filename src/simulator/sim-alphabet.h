/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Alphabets of messages and of USSD: 3GPP 23.038 6.  A septet is a byte here until it is packed.
 * The tables are the codec's; the bits are moved here, for the simulator is the second opinion. */

/* FALSE: some character is not in the default alphabet nor in its extension. */
gboolean sim_gsm7_from_utf8 (const char *text, GByteArray *septets);

/* The caller frees it. */
char *sim_gsm7_to_utf8 (const guint8 *septets, gsize n_septets);

/* fill: bits in front, behind a header.  unpack: n_septets of them, or as many as there are. */
void sim_gsm7_pack (const guint8 *septets, gsize n_septets, guint fill, GByteArray *out);
void sim_gsm7_unpack (const guint8 *bytes, gsize n_bytes, guint fill, gsize n_septets,
                      GByteArray *septets);

/* USSD has no count of septets: seven bits that are left over hold a CR (23.038 6.1.2.3.1). */
void sim_ussd_pack (const guint8 *septets, gsize n_septets, GByteArray *out);
void sim_ussd_unpack (const guint8 *bytes, gsize n_bytes, GByteArray *septets);

/* UTF-16, big-endian: what is called UCS2.  Half of a pair becomes U+FFFD. */
gboolean sim_ucs2_from_utf8 (const char *text, GByteArray *out);
char    *sim_ucs2_to_utf8 (const guint8 *bytes, gsize n_bytes);

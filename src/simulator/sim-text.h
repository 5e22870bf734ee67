/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Bytes as printable text and back, one notation for the transcript and for the control verbs:
 * \r \n \t \\ and \xHH. */

void     sim_escape (GString *out, const char *bytes, gsize n_bytes);
gboolean sim_unescape (const char *text, GString *out, GError **error);

/* Upper-case hex digits. */
void     sim_hex (GString *out, const guint8 *bytes, gsize n_bytes);
gboolean sim_unhex (const char *hex, GByteArray *out); /* FALSE: odd length, or not hex */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The only way from a caller's value to the wire.  A format is the text behind "AT" with verbs:
 *
 *     %u  guint        a number
 *     %b  gboolean     0 or 1
 *     %s  const char*  quoted text: no quotes, no control characters, UTF-8, at most 160 bytes
 *     %d  const char*  dial digits, bare: 0-9 * # + A-D p w, 1 to 80 of them
 *     %p  const char*  a PIN, quoted: 4 to 8 digits
 *     %x  const char*  octets as hex digits, quoted: 1 to 1200 octets
 *
 * Nothing that passes can end, extend or split a command.  Errors: InvalidArgument, TooLong,
 * InvalidCharacters; they do not repeat what was passed. */

/* args: a tuple with one value for each verb (u, b, s, s, s, s), or NULL */
char *at_format (const char *format, GVariant *args, GError **error);

/* The same for callers in C; the formats are constants that a test walks. */
char *at_formatf (GError **error, const char *format, ...);
char *at_formatv (GError **error, const char *format, va_list args);

/* The verbs of a format as a D-Bus signature: "bs". */
char *at_format_signature (const char *format);

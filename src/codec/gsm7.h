/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The GSM 7 bit alphabets of 3GPP 23.038.  Septets are held one in a byte; packing them into octets
 * is a thing of its own. */

/* National language identifiers, 23.038 6.2.1.2.4 */
typedef enum
{
  GSM7_DEFAULT,
  GSM7_TURKISH,
  GSM7_SPANISH,
  GSM7_PORTUGUESE,
  GSM7_BENGALI,
  GSM7_GUJARATI,
  GSM7_HINDI,
  GSM7_KANNADA,
  GSM7_MALAYALAM,
  GSM7_ORIYA,
  GSM7_PUNJABI,
  GSM7_TAMIL,
  GSM7_TELUGU,
  GSM7_URDU,
  GSM7_LANGUAGES
} Gsm7Language;

/* What a message is written in: the alphabet, and what follows an escape. */
typedef struct
{
  Gsm7Language locking;
  Gsm7Language single;
} Gsm7Tables;

#define GSM7_ESCAPE 0x1b

/* Appends a text's septets.  FALSE: it has a character that these tables lack, which is told. */
gboolean gsm7_encode (const char *text, Gsm7Tables tables, GByteArray *septets,
                      gunichar *ret_unknown);

/* Appends the text of n septets.  Of an escape without meaning the character of the alphabet shows,
 * as 6.2.1.1 wants it; of an escape at the end a blank. */
void gsm7_decode (const guint8 *septets, gsize n, Gsm7Tables tables, GString *text);

/* Octets that n septets take behind so many fill bits (23.040 9.2.3.24, 0 to 6). */
gsize gsm7_packed_size (gsize n, guint fill_bits);
void  gsm7_pack (const guint8 *septets, gsize n, guint fill_bits, guint8 *octets);
void  gsm7_unpack (const guint8 *octets, gsize n, guint fill_bits, guint8 *septets);

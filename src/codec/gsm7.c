/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gsm7.h"

#include "gsm7-tables.h"

#include <string.h>

/* ---- characters ---- */

/* Its septet in a table, or -1.  Most letters are where ASCII has them. */
static int
find (const guint16 *table, gunichar c)
{
  if (c < GSM7_CODES && c != 0 && table[c] == c)
    return (int)c;
  for (int i = 0; i < GSM7_CODES; i++)
    if (table[i] == c && c != 0)
      return i;
  return -1;
}

gboolean
gsm7_encode (const char *text, Gsm7Tables tables, GByteArray *septets, gunichar *ret_unknown)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      int      plain = find (gsm7_locking_tables[tables.locking], c);
      int      shifted = plain < 0 ? find (gsm7_single_tables[tables.single], c) : -1;
      guint8   out[2] = { GSM7_ESCAPE, (guint8)MAX (plain, shifted) };

      if (plain < 0 && shifted < 0)
        {
          *ret_unknown = c;
          return FALSE;
        }
      g_byte_array_append (septets, plain < 0 ? out : out + 1, plain < 0 ? 2 : 1);
    }
  return TRUE;
}

static gunichar
shifted_char (guint8 septet, Gsm7Tables tables)
{
  guint16 c = gsm7_single_tables[tables.single][septet];

  if (c == 0)
    c = gsm7_locking_tables[tables.locking][septet];
  return c != 0 ? c : ' '; /* a second escape, too */
}

void
gsm7_decode (const guint8 *septets, gsize n, Gsm7Tables tables, GString *text)
{
  const guint16 *alphabet = gsm7_locking_tables[tables.locking];

  for (gsize i = 0; i < n; i++)
    {
      guint8 septet = septets[i] & 0x7f;

      if (septet == GSM7_ESCAPE && i + 1 < n)
        g_string_append_unichar (text, shifted_char (septets[++i] & 0x7f, tables));
      else
        g_string_append_unichar (text, alphabet[septet] != 0 ? alphabet[septet] : ' ');
    }
}

/* ---- octets: the first septet is in the lowest bits, 23.038 6.1.2.1 ---- */

gsize
gsm7_packed_size (gsize n, guint fill_bits)
{
  return (n * 7 + fill_bits + 7) / 8;
}

void
gsm7_pack (const guint8 *septets, gsize n, guint fill_bits, guint8 *octets)
{
  memset (octets, 0, gsm7_packed_size (n, fill_bits));
  for (gsize i = 0, bit = fill_bits; i < n; i++, bit += 7)
    {
      guint bits = (guint)(septets[i] & 0x7f) << bit % 8;

      octets[bit / 8] |= (guint8)bits;
      if (bits > 0xff)
        octets[bit / 8 + 1] |= (guint8)(bits >> 8);
    }
}

void
gsm7_unpack (const guint8 *octets, gsize n, guint fill_bits, guint8 *septets)
{
  for (gsize i = 0, bit = fill_bits; i < n; i++, bit += 7)
    {
      guint bits = (guint)octets[bit / 8] >> bit % 8;

      if (bit % 8 > 1)
        bits |= (guint)octets[bit / 8 + 1] << (8 - bit % 8);
      septets[i] = bits & 0x7f;
    }
}

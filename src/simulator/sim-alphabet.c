/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-alphabet.h"

#include "gsm7.h"

#define UNKNOWN 0xfffd
#define CR      0x0d

static const Gsm7Tables tables = { GSM7_DEFAULT, GSM7_DEFAULT };

static void
append_byte (GByteArray *out, guint8 byte)
{
  g_byte_array_append (out, &byte, 1);
}

gboolean
sim_gsm7_from_utf8 (const char *text, GByteArray *septets)
{
  gunichar unknown;

  return g_utf8_validate (text, -1, NULL) && gsm7_encode (text, tables, septets, &unknown);
}

char *
sim_gsm7_to_utf8 (const guint8 *septets, gsize n_septets)
{
  GString *text = g_string_new (NULL);

  gsm7_decode (septets, n_septets, tables, text);
  return g_string_free (text, FALSE);
}

/* 23.038 6.1.2.1: septet after septet, the lowest bit first. */
void
sim_gsm7_pack (const guint8 *septets, gsize n_septets, guint fill, GByteArray *out)
{
  gsize bit = fill, begin = out->len;

  g_byte_array_set_size (out, (guint)(begin + (fill + 7 * n_septets + 7) / 8));
  for (gsize i = begin; i < out->len; i++)
    out->data[i] = 0;
  for (gsize i = 0; i < n_septets; i++, bit += 7)
    {
      guint   shifted = (guint)(septets[i] & 0x7f) << bit % 8;
      guint8 *to = out->data + begin + bit / 8;

      to[0] = (guint8)(to[0] | shifted);
      if (shifted > 0xff)
        to[1] = (guint8)(to[1] | shifted >> 8);
    }
}

void
sim_gsm7_unpack (const guint8 *bytes, gsize n_bytes, guint fill, gsize n_septets,
                 GByteArray *septets)
{
  for (gsize bit = fill; n_septets > 0 && bit + 7 <= 8 * n_bytes; bit += 7, n_septets--)
    {
      const guint8 *from = bytes + bit / 8;
      guint         two = from[0] | (bit % 8 > 1 ? (guint)from[1] << 8 : 0);

      append_byte (septets, (guint8)(two >> bit % 8 & 0x7f));
    }
}

/* A text that itself ends in a CR on a byte's end gets one more, lest it be taken for filling. */
void
sim_ussd_pack (const guint8 *septets, gsize n_septets, GByteArray *out)
{
  g_autoptr (GByteArray) filled = g_byte_array_new ();
  gboolean doubled = n_septets > 0 && n_septets % 8 == 0 && septets[n_septets - 1] == CR;

  g_byte_array_append (filled, septets, (guint)n_septets);
  if (n_septets % 8 == 7 || doubled)
    append_byte (filled, CR);
  sim_gsm7_pack (filled->data, filled->len, 0, out);
}

void
sim_ussd_unpack (const guint8 *bytes, gsize n_bytes, GByteArray *septets)
{
  guint begin = septets->len;

  sim_gsm7_unpack (bytes, n_bytes, 0, n_bytes * 8 / 7, septets);
  if (septets->len > begin && n_bytes % 7 == 0 && septets->data[septets->len - 1] == CR)
    g_byte_array_set_size (septets, septets->len - 1);
}

gboolean
sim_ucs2_from_utf8 (const char *text, GByteArray *out)
{
  glong                 length;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &length, NULL);

  for (glong i = 0; units != NULL && i < length; i++)
    {
      append_byte (out, (guint8)(units[i] >> 8));
      append_byte (out, (guint8)units[i]);
    }
  return units != NULL;
}

/* Unit by unit: half of a pair is no reason to lose the rest. */
char *
sim_ucs2_to_utf8 (const guint8 *bytes, gsize n_bytes)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i + 1 < n_bytes; i += 2)
    {
      gunichar unit = (gunichar)(bytes[i] << 8 | bytes[i + 1]);
      gunichar next = i + 3 < n_bytes ? (gunichar)(bytes[i + 2] << 8 | bytes[i + 3]) : 0;

      if (unit >> 10 == 0x36 && next >> 10 == 0x37)
        {
          unit = 0x10000 + ((unit & 0x3ff) << 10 | (next & 0x3ff));
          i += 2;
        }
      g_string_append_unichar (text, unit >> 11 == 0x1b ? UNKNOWN : unit);
    }
  return g_string_free (text, FALSE);
}

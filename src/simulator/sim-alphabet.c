/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-alphabet.h"

#include <string.h>

#define ESCAPE    0x1b
#define CR        0x0d
#define UNKNOWN   0xfffd
#define N_SEPTETS 128u

/* The default alphabet, 23.038 6.2.1, from 0 to 127; ESC stands in its place. */
static const char basic[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                            "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/* Its extension, 23.038 6.2.1.1: what follows ESC. */
typedef struct
{
  guint8   septet;
  gunichar character;
} Extended;

static const Extended extension[] = {
  { 0x0a, '\f' }, { 0x14, '^' }, { 0x28, '{' }, { 0x29, '}' }, { 0x2f, '\\' },
  { 0x3c, '[' },  { 0x3d, '~' }, { 0x3e, ']' }, { 0x40, '|' }, { 0x65, 0x20ac },
};

static void
append_byte (GByteArray *out, guint8 byte)
{
  g_byte_array_append (out, &byte, 1);
}

static gboolean
append_septets (gunichar character, GByteArray *septets)
{
  const char *found = character == ESCAPE ? NULL : g_utf8_strchr (basic, -1, character);

  if (found != NULL && character != '\0')
    {
      append_byte (septets, (guint8)g_utf8_pointer_to_offset (basic, found));
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (extension); i++)
    if (extension[i].character == character)
      {
        append_byte (septets, ESCAPE);
        append_byte (septets, extension[i].septet);
        return TRUE;
      }
  return FALSE;
}

gboolean
sim_gsm7_from_utf8 (const char *text, GByteArray *septets)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (!append_septets (g_utf8_get_char (text), septets))
      return FALSE;
  return TRUE;
}

/* One that is not in the extension is shown as its namesake in the default alphabet. */
static gunichar
character_of (guint8 septet, gboolean escaped)
{
  for (gsize i = 0; escaped && i < G_N_ELEMENTS (extension); i++)
    if (extension[i].septet == septet)
      return extension[i].character;
  return septet >= N_SEPTETS || septet == ESCAPE
             ? UNKNOWN
             : g_utf8_get_char (g_utf8_offset_to_pointer (basic, septet));
}

char *
sim_gsm7_to_utf8 (const guint8 *septets, gsize n_septets)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < n_septets; i++)
    {
      gboolean escaped = septets[i] == ESCAPE && i + 1 < n_septets;

      if (escaped)
        i++;
      g_string_append_unichar (text, character_of (septets[i], escaped));
    }
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

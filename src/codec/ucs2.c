/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ucs2.h"

#define REPLACEMENT 0xfffd

static void
append_unit (GByteArray *octets, guint unit)
{
  guint8 out[2] = { (guint8)(unit >> 8), (guint8)unit };

  g_byte_array_append (octets, out, 2);
}

void
ucs2_encode (const char *text, GByteArray *octets)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c < 0x10000)
        append_unit (octets, c);
      else
        {
          append_unit (octets, 0xd800 + ((c - 0x10000) >> 10));
          append_unit (octets, 0xdc00 + ((c - 0x10000) & 0x3ff));
        }
    }
}

static gboolean
is_high (guint unit)
{
  return unit >= 0xd800 && unit < 0xdc00;
}

static gboolean
is_low (guint unit)
{
  return unit >= 0xdc00 && unit < 0xe000;
}

static gunichar
join (guint high, guint low)
{
  return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
}

/* One that is no half of a pair, or has lost its other half. */
static void
append_single (GString *text, guint unit)
{
  if (unit != 0)
    g_string_append_unichar (text, is_high (unit) || is_low (unit) ? REPLACEMENT : unit);
}

void
ucs2_decode (const guint8 *octets, gsize n, GString *text)
{
  guint high = 0; /* that waits for its other half */

  for (gsize i = 0; i + 1 < n; i += 2)
    {
      guint unit = (guint)octets[i] << 8 | octets[i + 1];

      if (high != 0 && is_low (unit))
        {
          g_string_append_unichar (text, join (high, unit));
          high = 0;
          continue;
        }
      append_single (text, high);
      high = is_high (unit) ? unit : 0;
      if (high == 0)
        append_single (text, unit);
    }
  if (high != 0 || n % 2 != 0)
    g_string_append_unichar (text, REPLACEMENT);
}

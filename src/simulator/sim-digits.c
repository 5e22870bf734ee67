/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-digits.h"

void
sim_digits_put (guint8 *to, gsize n_bytes, const char *digits)
{
  for (gsize i = 0; i < 2 * n_bytes; i++)
    {
      guint8 digit = 0xf;

      if (*digits != '\0')
        digit = (guint8)g_ascii_digit_value (*digits++) & 0xf;
      if (i % 2 == 0)
        to[i / 2] = digit;
      else
        to[i / 2] = (guint8)(to[i / 2] | digit << 4);
    }
}

char *
sim_digits_get (const guint8 *from, gsize n_bytes)
{
  GString *digits = g_string_new (NULL);

  for (gsize i = 0; i < 2 * n_bytes; i++)
    {
      guint digit = i % 2 == 0 ? from[i / 2] & 0xf : from[i / 2] >> 4;

      if (digit > 9)
        break;
      g_string_append_c (digits, (char)('0' + digit));
    }
  return g_string_free (digits, FALSE);
}

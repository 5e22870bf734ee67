/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-hex.h"

#include <string.h>

gboolean
mu_hex_decode (const char *hex, GByteArray *octets)
{
  gsize n = strlen (hex);
  guint before = octets->len;

  if (n % 2 != 0)
    return FALSE;
  g_byte_array_set_size (octets, (guint)(before + n / 2));
  for (gsize i = 0; i < n; i += 2)
    {
      int high = g_ascii_xdigit_value (hex[i]);
      int low = g_ascii_xdigit_value (hex[i + 1]);

      if (high < 0 || low < 0)
        {
          g_byte_array_set_size (octets, before);
          return FALSE;
        }
      octets->data[before + i / 2] = (guint8)(high << 4 | low);
    }
  return TRUE;
}

char *
mu_hex_encode (const guint8 *octets, gsize n)
{
  static const char digits[] = "0123456789ABCDEF";
  char             *hex = g_malloc (2 * n + 1);

  for (gsize i = 0; i < n; i++)
    {
      hex[2 * i] = digits[octets[i] >> 4];
      hex[2 * i + 1] = digits[octets[i] & 0xf];
    }
  hex[2 * n] = '\0';
  return hex;
}

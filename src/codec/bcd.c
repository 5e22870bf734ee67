/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bcd.h"

#include <string.h>

#define FILLER 0xf

static const char digits_in_order[] = "0123456789*#abc";

static guint8
value (char c)
{
  const char *at = c != '\0' ? strchr (digits_in_order, g_ascii_tolower (c)) : NULL;

  return at != NULL ? (guint8)(at - digits_in_order) : FILLER;
}

gboolean
bcd_is_digit (char c)
{
  return value (c) != FILLER;
}

gsize
bcd_encode (const char *digits, guint8 *octets)
{
  gsize n = strlen (digits);

  for (gsize i = 0; i < n; i += 2) /* the NUL is a filler */
    octets[i / 2] = (guint8)(value (digits[i]) | value (digits[i + 1]) << 4);
  return (n + 1) / 2;
}

void
bcd_decode (const guint8 *octets, gsize n, gsize max, char *digits)
{
  gsize len = 0;

  for (; len < MIN (max, n * 2); len++)
    {
      guint8 digit = len % 2 == 0 ? octets[len / 2] & 0xf : octets[len / 2] >> 4;

      if (digit == FILLER)
        break;
      digits[len] = digits_in_order[digit];
    }
  digits[len] = '\0';
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-address.h"

#include "bcd.h"
#include "gsm7.h"

#include <string.h>

static const Gsm7Tables default_tables = { GSM7_DEFAULT, GSM7_DEFAULT };

static gboolean
is_alphanumeric (guint8 type)
{
  return (type & 0x70) == 0x50;
}

static gboolean
is_international (guint8 type)
{
  return (type & 0x70) == 0x10;
}

gboolean
tpdu_address_set (TpduAddress *address, const char *number, GError **error)
{
  const char *digits = number[0] == '+' ? number + 1 : number;

  for (const char *at = digits; *at != '\0'; at++)
    if (!bcd_is_digit (*at) || g_ascii_isalpha (*at))
      return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "Not a telephone number");
  if (*digits == '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "An empty number");
  if (strlen (digits) > TPDU_MAX_DIGITS)
    return mu_fail (error, MU_ERROR_TOO_LONG, "A number has at most %d digits", TPDU_MAX_DIGITS);
  address->type = digits == number ? TPDU_NUMBER_UNKNOWN : TPDU_NUMBER_INTERNATIONAL;
  g_strlcpy (address->text, number, sizeof address->text);
  return TRUE;
}

static void
decode_letters (TpduAddress *address, const guint8 *octets, guint n_digits)
{
  guint8              septets[TPDU_MAX_DIGITS];
  guint               n = n_digits * 4 / 7;
  g_autoptr (GString) text = g_string_new (NULL);

  gsm7_unpack (octets, n, 0, septets);
  gsm7_decode (septets, n, default_tables, text);
  g_strlcpy (address->text, text->str, sizeof address->text);
}

void
tpdu_address_decode (TpduAddress *address, const guint8 *octets, guint n_digits)
{
  char *digits = address->text;

  address->type = octets[0];
  if (is_alphanumeric (address->type))
    {
      decode_letters (address, octets + 1, n_digits);
      return;
    }
  if (is_international (address->type))
    *digits++ = '+';
  bcd_decode (octets + 1, (n_digits + 1) / 2, n_digits, digits);
  if (*digits == '\0')
    address->text[0] = '\0'; /* no number at all */
}

static gsize
encode_letters (const TpduAddress *address, guint8 *octets, guint *ret_digits)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  gunichar               unknown;
  guint                  n;

  gsm7_encode (address->text, default_tables, septets, &unknown); /* as far as it goes */
  n = MIN (septets->len, TPDU_MAX_DIGITS * 4 / 7);
  gsm7_pack (septets->data, n, 0, octets);
  *ret_digits = (n * 7 + 3) / 4;
  return gsm7_packed_size (n, 0);
}

gsize
tpdu_address_encode (const TpduAddress *address, guint8 *octets, guint *ret_digits)
{
  char digits[TPDU_MAX_DIGITS + 1];

  octets[0] = address->type;
  if (is_alphanumeric (address->type))
    return 1 + encode_letters (address, octets + 1, ret_digits);
  g_strlcpy (digits, address->text + (address->text[0] == '+' ? 1 : 0), sizeof digits);
  *ret_digits = (guint)strlen (digits);
  return 1 + bcd_encode (digits, octets + 1);
}

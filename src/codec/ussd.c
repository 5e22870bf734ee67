/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ussd.h"

#include "gsm7.h"
#include "mu-error.h"
#include "mu-hex.h"
#include "tpdu-dcs.h"
#include "ucs2.h"

#include <string.h>

#define CR 0x0d

static const Gsm7Tables tables = { GSM7_DEFAULT, GSM7_DEFAULT };

/* ---- writing ---- */

/* Seven bits left over are a CR, so that they are no '@'; and a CR that ends the text in the last
 * bit of an octet is said twice, so that it is none of those (23.038 6.1.2.3.1). */
static void
fill_up (GByteArray *septets)
{
  static const guint8 cr = CR;
  gboolean            is_full = septets->len % 8 == 0 && septets->len > 0;

  if (septets->len % 8 == 7 || (is_full && septets->data[septets->len - 1] == CR))
    g_byte_array_append (septets, &cr, 1);
}

static void
pack (const GByteArray *septets, GByteArray *octets)
{
  g_byte_array_set_size (octets, (guint)gsm7_packed_size (septets->len, 0));
  gsm7_pack (septets->data, septets->len, 0, octets->data);
}

char *
ussd_encode (const char *text, guint *ret_dcs, GError **error)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  gunichar               unknown;
  gboolean               is_gsm7 = gsm7_encode (text, tables, septets, &unknown);

  if (text[0] == '\0')
    {
      mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "The text is empty");
      return NULL;
    }
  if (is_gsm7)
    {
      fill_up (septets);
      pack (septets, octets);
    }
  else
    ucs2_encode (text, octets);
  if (octets->len > USSD_MAX_OCTETS)
    {
      mu_fail (error, MU_ERROR_TOO_LONG, "%u octets, where there is room for %d", octets->len,
               USSD_MAX_OCTETS);
      return NULL;
    }
  *ret_dcs = is_gsm7 ? USSD_DCS_GSM7 : USSD_DCS_UCS2;
  return mu_hex_encode (octets->data, octets->len);
}

/* ---- what a text is made of ---- */

/* Characters of which a text may be made; what should not be there for another reason is not. */
typedef gboolean (*IsOrdinary) (gunichar c);

static gboolean
is_of (const char *text, IsOrdinary is_ordinary)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c != '\n' && c != '\r' && !is_ordinary (c))
        return FALSE;
    }
  return text[0] != '\0';
}

/* Septets that are none come out as Greek capitals and signs; octets of UCS2, each second of which
 * is 0, with '@' and '_' between. */
static gboolean
is_ordinary_gsm7 (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isprint ((char)c) && c != '@' && c != '_';
  return c == 0xa3 || c == 0xa5 || c == 0x20ac || (c >= 0xc0 && c <= 0xff); /* £ ¥ € À to ÿ */
}

/* Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic; the signs that go with all of them. */
static gboolean
is_alphabetic (gunichar c)
{
  return g_unichar_isprint (c) && (c < 0x800 || (c >= 0x2000 && c < 0x2200));
}

static gboolean
is_assigned (gunichar c)
{
  return g_unichar_isprint (c) && c != 0xfffd;
}

static gboolean
is_language (const char *text)
{
  return g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]);
}

/* ---- reading ---- */

/* ret_exact: the bits left over are zero, as whoever packs leaves them. */
static char *
unpack (const GByteArray *octets, gboolean *ret_exact)
{
  GString           *text = g_string_new (NULL);
  gsize              n = octets->len * 8 / 7;
  g_autofree guint8 *septets = g_malloc (n + 1);
  guint              spare = octets->len % 7; /* 8 * len - 7 * n bits */

  gsm7_unpack (octets->data, n, 0, septets);
  *ret_exact = octets->len == 0 || octets->data[octets->len - 1] >> (8 - spare) == 0;
  if (n > 0 && n % 8 == 0 && septets[n - 1] == CR)
    n--;
  gsm7_decode (septets, n, tables, text);
  return g_string_free (text, FALSE);
}

/* Before the UCS2 of coding 0x11: two letters, packed, with two bits to fill. */
static gsize
language_octets (const GByteArray *octets)
{
  guint8 septets[2];
  char   letters[2];

  if (octets->len < 2 || octets->data[1] >> 6 != 0)
    return 0;
  gsm7_unpack (octets->data, 2, 0, septets);
  letters[0] = (char)septets[0]; /* letters are where ASCII has them */
  letters[1] = (char)septets[1];
  return is_language (letters) ? 2 : 0;
}

/* NULL: there are no pairs of octets. */
static char *
read_ucs2 (const GByteArray *octets, gsize from)
{
  GString *text;

  if (octets->len % 2 != 0)
    return NULL;
  text = g_string_new (NULL);
  ucs2_decode (octets->data + from, octets->len - from, text);
  return g_string_free (text, FALSE);
}

static gboolean
has_letter (const char *hex)
{
  return hex[strspn (hex, "0123456789")] != '\0';
}

static char *
read_gsm7 (const char *string, const GByteArray *octets)
{
  gboolean         is_exact;
  g_autofree char *packed = unpack (octets, &is_exact);
  g_autofree char *ucs2 = read_ucs2 (octets, 0);

  if (is_exact && is_of (packed, is_ordinary_gsm7))
    return g_steal_pointer (&packed);
  if (ucs2 != NULL && is_of (ucs2, is_alphabetic))
    return g_steal_pointer (&ucs2);
  return is_exact && has_letter (string) ? g_steal_pointer (&packed) : g_strdup (string);
}

static char *
read_wide (const char *string, const GByteArray *octets, gboolean has_language)
{
  gboolean         is_exact;
  g_autofree char *packed = unpack (octets, &is_exact);
  g_autofree char *ucs2 = read_ucs2 (octets, has_language ? language_octets (octets) : 0);

  if (ucs2 != NULL && is_of (ucs2, is_assigned))
    return g_steal_pointer (&ucs2);
  if (is_exact && is_of (packed, is_ordinary_gsm7))
    return g_steal_pointer (&packed);
  return ucs2 != NULL ? g_steal_pointer (&ucs2) : g_strdup (string);
}

static char *
read_octets (const char *string, const GByteArray *octets)
{
  g_autofree char *text = g_utf8_make_valid ((const char *)octets->data, octets->len);

  return is_of (text, is_assigned) ? g_steal_pointer (&text) : g_strdup (string);
}

/* Coding 0x10: two letters and a CR, which may have become a LF on the way. */
static char *
without_language (char *text)
{
  if (text[0] != '\0' && is_language (text) && (text[2] == '\r' || text[2] == '\n'))
    memmove (text, text + 3, strlen (text + 3) + 1);
  return text;
}

char *
ussd_decode (const char *string, guint dcs)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  gboolean               has_language;
  TpduAlphabet           alphabet = tpdu_cbs_alphabet ((guint8)dcs, &has_language);
  char                  *text;

  if (!mu_hex_decode (string, octets) || octets->len == 0)
    text = g_strdup (string);
  else if (alphabet == TPDU_UCS2)
    text = read_wide (string, octets, has_language);
  else if (alphabet == TPDU_8BIT)
    text = read_octets (string, octets);
  else
    text = read_gsm7 (string, octets);
  return has_language && alphabet == TPDU_GSM7 ? without_language (text) : text;
}

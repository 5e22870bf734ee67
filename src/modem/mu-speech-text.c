/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-speech-text.h"

#include "mu-error.h"
#include "mu-keys.h"

#include <string.h>

#define MAX_TEXT 1200u /* bytes as they are sent: guide 16.1.1 */
#define MAX_UTF8 1800u /* what is longer in UTF-8 is too long in either encoding */

typedef struct
{
  const char *word;
  const char *charset;
  guint       op; /* of ^TTS */
} Encoding;

static const Encoding encodings[] = {
  { "gbk", "GBK", 1 },
  { "unicode", "UTF-16BE", 2 },
};

static const MuKey keys[] = {
  { "encoding", "s" },
};

static gboolean
read_encoding (GVariant *options, const Encoding **ret_encoding, GError **error)
{
  const char *word;

  *ret_encoding = NULL;
  if (!mu_keys_check (keys, G_N_ELEMENTS (keys), options, error))
    return FALSE;
  if (!g_variant_lookup (options, "encoding", "&s", &word))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_str_equal (encodings[i].word, word))
      {
        *ret_encoding = &encodings[i];
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "encoding is gbk or unicode");
}

static GByteArray *
encode (const char *text, const Encoding *encoding, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize              n;
  char *bytes = g_convert (text, (gssize)strlen (text), encoding->charset, "UTF-8", NULL, &n, &why);
  GByteArray *array;

  if (bytes == NULL)
    {
      mu_fail (error,
               g_error_matches (why, G_CONVERT_ERROR, G_CONVERT_ERROR_NO_CONVERSION)
                   ? MU_ERROR_NOT_SUPPORTED
                   : MU_ERROR_INVALID_CHARACTERS,
               "The text cannot be said in %s", encoding->charset);
      return NULL;
    }
  array = g_byte_array_new_take ((guint8 *)bytes, n);
  if (n % 2 != 0)
    g_byte_array_append (array, (const guint8 *)" ", 1); /* an even length: guide 16.1.1 */
  return array;
}

/* Without an encoding: the one that takes less, if it has all of the characters. */
static GByteArray *
encode_any (const char *text, const Encoding **encoding, GError **error)
{
  GByteArray *bytes;

  if (*encoding != NULL)
    return encode (text, *encoding, error);
  *encoding = &encodings[0];
  bytes = encode (text, *encoding, NULL);
  if (bytes != NULL)
    return bytes;
  *encoding = &encodings[1];
  return encode (text, *encoding, error);
}

GByteArray *
mu_speech_text (const char *text, GVariant *options, guint *ret_op, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  const Encoding        *encoding;

  if (!read_encoding (options, &encoding, error))
    return NULL;
  if (text[0] == '\0')
    {
      mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "There is nothing to say");
      return NULL;
    }
  if (strlen (text) <= MAX_UTF8)
    {
      bytes = encode_any (text, &encoding, error);
      *ret_op = encoding->op;
      if (bytes == NULL || bytes->len <= MAX_TEXT)
        return g_steal_pointer (&bytes);
    }
  mu_fail (error, MU_ERROR_TOO_LONG, "The text has more than %u bytes", MAX_TEXT);
  return NULL;
}

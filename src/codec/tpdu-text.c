/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-text.h"

#include "gsm7.h"
#include "tpdu-header.h"
#include "ucs2.h"

#include <string.h>

/* ---- splitting ---- */

/* What is to be cut into parts, and how. */
typedef struct
{
  TpduAlphabet     alphabet;
  GByteArray      *units; /* septets or octets */
  Tpdu             head;  /* the template, with the header that every part has */
  const TpduSplit *split;
} Whole;

static guint
room (const Tpdu *tpdu, TpduAlphabet alphabet)
{
  guint header = (tpdu->flags & TPDU_HEADER) != 0 ? 1 + tpdu->header_len : 0;

  return alphabet == TPDU_GSM7 ? TPDU_MAX_SEPTETS - (header * 8 + 6) / 7
                               : TPDU_MAX_USER_DATA - header;
}

/* How many units the next part takes: no escape and no surrogate pair is torn. */
static guint
next_length (const Whole *whole, guint from, guint max)
{
  const guint8 *units = whole->units->data + from;

  if (whole->units->len - from <= max)
    return whole->units->len - from;
  if (whole->alphabet == TPDU_GSM7)
    {
      guint escapes = 0;

      while (escapes < max && units[max - 1 - escapes] == GSM7_ESCAPE)
        escapes++;
      return max - escapes % 2;
    }
  if (whole->alphabet == TPDU_UCS2)
    {
      max -= max % 2;
      return (units[max - 2] & 0xfc) == 0xd8 ? max - 2 : max;
    }
  return max;
}

static guint
count_parts (const Whole *whole, guint max)
{
  guint n = 0;

  for (guint from = 0; from < whole->units->len; n++)
    from += next_length (whole, from, max);
  return n;
}

static void
add_part (GArray *parts, const Whole *whole, const Tpdu *head, guint from, guint len)
{
  Tpdu part = *head;

  if (len > 0)
    memcpy (part.data, whole->units->data + from, len);
  part.data_len = len;
  g_array_append_val (parts, part);
}

/* Takes the units. */
static GArray *
cut (Whole *whole, GError **error)
{
  g_autoptr (GByteArray) units = whole->units;
  GArray                *parts = g_array_new (FALSE, FALSE, sizeof (Tpdu));
  Tpdu                   head = whole->head;
  guint8                 element[3] = { whole->split->reference, 0, 0 };
  guint                  total;

  head.dcs = tpdu_dcs_make (whole->alphabet, whole->split->class);
  if (units->len <= room (&head, whole->alphabet))
    {
      add_part (parts, whole, &head, 0, units->len);
      return parts;
    }
  tpdu_header_add (&head, TPDU_IEI_CONCATENATED, element, sizeof element);
  total = count_parts (whole, room (&head, whole->alphabet));
  if (total > TPDU_MAX_PARTS)
    {
      g_array_unref (parts);
      mu_fail (error, MU_ERROR_TOO_LONG, "%u parts, where a message has at most %d", total,
               TPDU_MAX_PARTS);
      return NULL;
    }
  for (guint from = 0, i = 0; i < total; i++)
    {
      guint len = next_length (whole, from, room (&head, whole->alphabet));

      head.header[head.header_len - 2] = (guint8)total;
      head.header[head.header_len - 1] = (guint8)(i + 1);
      add_part (parts, whole, &head, from, len);
      from += len;
    }
  return parts;
}

/* ---- choosing the alphabet ---- */

static void
add_language (Tpdu *tpdu, guint8 id, Gsm7Language language)
{
  guint8 value = (guint8)language;

  if (language != GSM7_DEFAULT)
    tpdu_header_add (tpdu, id, &value, 1);
}

static GArray *
split_gsm7 (const Tpdu *template, const char *text, Gsm7Tables tables, const TpduSplit *split,
            GError **error)
{
  Whole    whole = { .alphabet = TPDU_GSM7, .head = *template, .split = split };
  gunichar unknown;
  char     utf8[7] = { 0 };

  whole.units = g_byte_array_new ();
  if (!gsm7_encode (text, tables, whole.units, &unknown))
    {
      g_byte_array_unref (whole.units);
      g_unichar_to_utf8 (unknown, utf8);
      mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "'%s' (U+%04X) is not in the GSM 7 bit alphabet",
               utf8, unknown);
      return NULL;
    }
  add_language (&whole.head, TPDU_IEI_SINGLE_SHIFT, tables.single);
  add_language (&whole.head, TPDU_IEI_LOCKING_SHIFT, tables.locking);
  return cut (&whole, error);
}

static GArray *
split_ucs2 (const Tpdu *template, const char *text, const TpduSplit *split, GError **error)
{
  Whole whole = { .alphabet = TPDU_UCS2, .head = *template, .split = split };

  whole.units = g_byte_array_new ();
  ucs2_encode (text, whole.units);
  return cut (&whole, error);
}

/* Keeps the better of two, which are taken: fewer parts, or the first. */
static GArray *
better (GArray *first, GArray *second)
{
  GArray *worse = first == NULL || (second != NULL && second->len < first->len) ? first : second;

  if (worse != NULL)
    g_array_unref (worse);
  return worse == first ? second : first;
}

/* With the tables of one language: after an escape, as the alphabet, both.  A text that they can
 * say, but not in so many parts, changes why_not. */
static GArray *
split_national (const Tpdu *template, const char *text, Gsm7Language language,
                const TpduSplit *split, GError **why_not)
{
  const Gsm7Tables pairs[] = {
    { GSM7_DEFAULT, language },
    { language, GSM7_DEFAULT },
    { language, language },
  };
  GArray *best = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) why = NULL;

      best = better (best, split_gsm7 (template, text, pairs[i], split, &why));
      if (g_error_matches (why, MU_ERROR, MU_ERROR_TOO_LONG))
        {
          g_clear_error (why_not);
          g_propagate_error (why_not, g_steal_pointer (&why));
        }
    }
  return best;
}

/* A septet stands for three octets of UTF-8 at most, a pair of octets too. */
#define MAX_TEXT ((gsize)TPDU_MAX_PARTS * TPDU_MAX_SEPTETS * 3)

GArray *
tpdu_split_text (const Tpdu *template, const char *text, const TpduSplit *split, GError **error)
{
  const Gsm7Tables   plain = { GSM7_DEFAULT, GSM7_DEFAULT };
  g_autoptr (GError) why_not = NULL;
  GArray            *best = NULL;

  if (strlen (text) > MAX_TEXT) /* which no alphabet can help */
    {
      mu_fail (error, MU_ERROR_TOO_LONG, "%" G_GSIZE_FORMAT " octets of text", strlen (text));
      return NULL;
    }
  if (split->encoding == TPDU_ENCODING_UCS2)
    return split_ucs2 (template, text, split, error);
  best = split_gsm7 (template, text, plain, split, &why_not);
  if (best == NULL)
    for (Gsm7Language language = GSM7_TURKISH; language < GSM7_LANGUAGES; language++)
      if ((split->languages & 1u << language) != 0)
        best = better (best, split_national (template, text, language, split, &why_not));
  if (best != NULL)
    return best; /* even escaped a character is shorter than in UCS2 */
  if (split->encoding == TPDU_ENCODING_AUTO
      && !g_error_matches (why_not, MU_ERROR, MU_ERROR_TOO_LONG))
    return split_ucs2 (template, text, split, error);
  g_propagate_error (error, g_steal_pointer (&why_not));
  return NULL;
}

GArray *
tpdu_split_data (const Tpdu *template, const guint8 *data, gsize n, guint16 port,
                 const TpduSplit *split, GError **error)
{
  Whole  whole = { .alphabet = TPDU_8BIT, .head = *template, .split = split };
  guint8 ports[4] = { (guint8)(port >> 8), (guint8)port, 0, 0 };

  if (n > (gsize)TPDU_MAX_PARTS * TPDU_MAX_USER_DATA)
    {
      mu_fail (error, MU_ERROR_TOO_LONG, "%" G_GSIZE_FORMAT " octets", n);
      return NULL;
    }
  whole.units = g_byte_array_sized_new ((guint)n);
  g_byte_array_append (whole.units, data, (guint)n);
  tpdu_header_add (&whole.head, TPDU_IEI_PORTS_16, ports, sizeof ports);
  return cut (&whole, error);
}

/* ---- joining ---- */

/* Units that have not been read, of parts that are written alike: what a part ends with may go on
 * in the next one. */
typedef struct
{
  TpduAlphabet alphabet;
  Gsm7Tables   tables;
  GByteArray  *units;
  GString     *text;
} Joint;

static void
flush_units (Joint *joint)
{
  const guint8 *units = joint->units->data;
  guint         n = joint->units->len;

  if (n == 0)
    return;
  if (joint->alphabet == TPDU_UCS2)
    ucs2_decode (units, n, joint->text);
  else if (joint->alphabet == TPDU_GSM7)
    gsm7_decode (units, n, joint->tables, joint->text);
  else
    {
      g_autofree char *valid = g_utf8_make_valid ((const char *)units, (gssize)n);

      g_string_append (joint->text, valid);
    }
  g_byte_array_set_size (joint->units, 0);
}

static void
append_part (Joint *joint, const Tpdu *part)
{
  TpduAlphabet alphabet = tpdu_dcs_alphabet (part->dcs);
  Gsm7Tables   tables = tpdu_header_tables (part);

  if (alphabet != joint->alphabet || tables.locking != joint->tables.locking
      || tables.single != joint->tables.single)
    flush_units (joint);
  joint->alphabet = alphabet;
  joint->tables = tables;
  g_byte_array_append (joint->units, part->data, part->data_len);
}

char *
tpdu_join_text (const Tpdu *const *parts, guint n)
{
  g_autoptr (GByteArray) units = g_byte_array_new ();
  Joint                  joint = { .units = units, .text = g_string_new (NULL) };

  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL)
      append_part (&joint, parts[i]);
    else
      {
        flush_units (&joint);
        g_string_append (joint.text, "…");
      }
  flush_units (&joint);
  return g_string_free (joint.text, FALSE);
}

GBytes *
tpdu_join_data (const Tpdu *const *parts, guint n)
{
  GByteArray *octets = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    if (parts[i] != NULL)
      g_byte_array_append (octets, parts[i]->data, parts[i]->data_len);
  return g_byte_array_free_to_bytes (octets);
}

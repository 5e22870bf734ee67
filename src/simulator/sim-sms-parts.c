/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-sms-parts.h"

#include "sim-alphabet.h"

#include <string.h>

#define NARROW_HEADER 6u /* with its own length */
#define WIDE_HEADER   7u
#define ESCAPE        0x1b

SimAlphabet
sim_sms_alphabet (const char *text)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();

  return sim_gsm7_from_utf8 (text, septets) ? SIM_ALPHABET_GSM7 : SIM_ALPHABET_UCS2;
}

static gboolean
encode (const char *text, SimAlphabet alphabet, GByteArray *out)
{
  switch (alphabet)
    {
    case SIM_ALPHABET_GSM7: return sim_gsm7_from_utf8 (text, out);
    case SIM_ALPHABET_UCS2: return sim_ucs2_from_utf8 (text, out);
    case SIM_ALPHABET_8BIT: g_byte_array_append (out, (const guint8 *)text, (guint)strlen (text));
    }
  return TRUE;
}

/* How much fits behind a header of so many bytes. */
static guint
room (const SimSmsCutting *cutting, guint header)
{
  guint bytes = SIM_MAX_UD - header;
  guint units = cutting->alphabet == SIM_ALPHABET_GSM7 ? bytes * 8 / 7 : bytes;

  if (header > 0 && cutting->limit > 0)
    units = MIN (units, cutting->limit);
  return cutting->alphabet == SIM_ALPHABET_UCS2 ? MAX (units & ~1u, 2) : units;
}

/* Whether what ends there goes on behind it. */
static gboolean
splits (const SimSmsCutting *cutting, const GByteArray *units, guint end)
{
  if (cutting->anywhere || end >= units->len)
    return FALSE;
  if (cutting->alphabet == SIM_ALPHABET_GSM7)
    return units->data[end - 1] == ESCAPE;
  return cutting->alphabet == SIM_ALPHABET_UCS2 && (units->data[end - 2] & 0xfc) == 0xd8;
}

/* The end of the part that begins there.  It is not empty, whatever the limit. */
static guint
end_of_part (const SimSmsCutting *cutting, const GByteArray *units, guint begin, guint most)
{
  guint step = cutting->alphabet == SIM_ALPHABET_UCS2 ? 2 : 1;
  guint end = begin + MIN (most, units->len - begin);

  if (splits (cutting, units, end))
    end = end - begin > step ? end - step : end + step;
  return end;
}

/* 05 00 03 ref total n   06 08 04 ref ref total n */
static gsize
put_header (const SimSmsCutting *cutting, guint total, guint number, guint8 *to)
{
  const guint8 reference = (guint8)cutting->reference;
  const guint8 narrow[] = { 5, 0, 3, reference, (guint8)total, (guint8)number };
  const guint8 wide[]
      = { 6, 8, 4, (guint8)(cutting->reference >> 8), reference, (guint8)total, (guint8)number };

  memcpy (to, cutting->wide ? wide : narrow, cutting->wide ? sizeof wide : sizeof narrow);
  return cutting->wide ? sizeof wide : sizeof narrow;
}

static void
fill_part (const SimSmsCutting *cutting, const guint8 *units, guint n_units, SimSmsPart *part)
{
  gsize                  header = part->n_ud;
  guint                  septets = (guint)(header * 8 + 6) / 7;
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (cutting->alphabet == SIM_ALPHABET_GSM7)
    sim_gsm7_pack (units, n_units, septets * 7 - (guint)header * 8, data);
  else
    g_byte_array_append (data, units, n_units);
  part->udl
      = (guint8)(cutting->alphabet == SIM_ALPHABET_GSM7 ? septets + n_units : header + n_units);
  if (data->len > 0)
    memcpy (part->ud + header, data->data, data->len);
  part->n_ud += data->len;
}

gboolean
sim_sms_cut (const char *text, const SimSmsCutting *cutting, GArray *parts)
{
  g_autoptr (GByteArray) units = g_byte_array_sized_new (SIM_MAX_UD);
  g_autoptr (GArray)     ends = g_array_new (FALSE, FALSE, sizeof (guint));
  guint                  most = room (cutting, 0), begin = 0, end = 0;
  gboolean               several;

  if (!encode (text, cutting->alphabet, units))
    return FALSE;
  several = units->len > most || (cutting->limit > 0 && units->len > cutting->limit);
  if (several)
    most = room (cutting, cutting->wide ? WIDE_HEADER : NARROW_HEADER);
  do
    {
      end = end_of_part (cutting, units, end, most);
      g_array_append_val (ends, end);
    }
  while (end < units->len);
  if (ends->len > SIM_SMS_MAX_PARTS)
    return FALSE;
  for (guint i = 0; i < ends->len; i++, begin = end)
    {
      SimSmsPart part = { .concatenated = several };

      end = g_array_index (ends, guint, i);
      if (several)
        part.n_ud = put_header (cutting, ends->len, i + 1, part.ud);
      fill_part (cutting, units->data + begin, end - begin, &part);
      g_array_append_val (parts, part);
    }
  return TRUE;
}

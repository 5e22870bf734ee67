/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-header.h"

#include <string.h>

gboolean
tpdu_header_next (const Tpdu *tpdu, guint *pos, TpduElement *ret_element)
{
  const guint8 *at = tpdu->header + *pos;
  guint         left = tpdu->header_len - *pos;

  if ((tpdu->flags & TPDU_HEADER) == 0 || left < 2 || at[1] > left - 2)
    return FALSE;
  *ret_element = (TpduElement){ .id = at[0], .len = at[1], .data = at + 2 };
  *pos += 2u + at[1];
  return TRUE;
}

void
tpdu_header_add (Tpdu *tpdu, guint8 id, const guint8 *data, guint8 len)
{
  guint8 *at = tpdu->header + tpdu->header_len;

  g_return_if_fail (tpdu->header_len + 2 + len < TPDU_MAX_USER_DATA);
  tpdu->flags |= TPDU_HEADER;
  at[0] = id;
  at[1] = len;
  if (len > 0)
    memcpy (at + 2, data, len);
  tpdu->header_len += 2u + len;
}

static gboolean
element_part (const TpduElement *element, TpduPart *ret_part)
{
  const guint8 *data = element->data;

  if (element->id == TPDU_IEI_CONCATENATED && element->len == 3)
    *ret_part = (TpduPart){ data[0], FALSE, data[1], data[2] };
  else if (element->id == TPDU_IEI_CONCATENATED_WIDE && element->len == 4)
    *ret_part = (TpduPart){ (guint)data[0] << 8 | data[1], TRUE, data[2], data[3] };
  else
    return FALSE;
  return ret_part->sequence > 0 && ret_part->sequence <= ret_part->total;
}

/* The last of its kind counts, 9.2.3.24; one that cannot be is ignored, 9.2.3.24.1. */
gboolean
tpdu_header_part (const Tpdu *tpdu, TpduPart *ret_part)
{
  TpduElement element;
  TpduPart    part;
  guint       pos = 0;
  gboolean    found = FALSE;

  while (tpdu_header_next (tpdu, &pos, &element))
    if (element_part (&element, &part))
      {
        *ret_part = part;
        found = TRUE;
      }
  return found;
}

gboolean
tpdu_header_ports (const Tpdu *tpdu, guint16 *ret_destination, guint16 *ret_originator)
{
  TpduElement element;
  guint       pos = 0;
  gboolean    found = FALSE;

  while (tpdu_header_next (tpdu, &pos, &element))
    {
      const guint8 *data = element.data;

      if (element.id == TPDU_IEI_PORTS_8 && element.len == 2)
        {
          *ret_destination = data[0];
          *ret_originator = data[1];
          found = TRUE;
        }
      else if (element.id == TPDU_IEI_PORTS_16 && element.len == 4)
        {
          *ret_destination = (guint16)(data[0] << 8 | data[1]);
          *ret_originator = (guint16)(data[2] << 8 | data[3]);
          found = TRUE;
        }
    }
  return found;
}

Gsm7Tables
tpdu_header_tables (const Tpdu *tpdu)
{
  TpduElement element;
  Gsm7Tables  tables = { GSM7_DEFAULT, GSM7_DEFAULT };
  guint       pos = 0;

  while (tpdu_header_next (tpdu, &pos, &element))
    {
      Gsm7Language language = element.len == 1 && element.data[0] < GSM7_LANGUAGES
                                  ? (Gsm7Language)element.data[0]
                                  : GSM7_DEFAULT;

      if (element.id == TPDU_IEI_SINGLE_SHIFT)
        tables.single = language;
      else if (element.id == TPDU_IEI_LOCKING_SHIFT)
        tables.locking = language;
    }
  return tables;
}

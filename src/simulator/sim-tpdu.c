/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-tpdu.h"

#include "sim-alphabet.h"

#include <string.h>

/* data coding schemes */

/* 23.038 4: coding groups by their high nibble. */
static gboolean
is_general (guint8 dcs)
{
  return (dcs & 0x80) == 0;
}

SimAlphabet
sim_dcs_alphabet (guint8 dcs)
{
  if (is_general (dcs))
    {
      guint bits = dcs >> 2 & 3;

      if ((dcs & 0x20) != 0) /* compressed: bytes to everyone here */
        return SIM_ALPHABET_8BIT;
      return bits == 1 ? SIM_ALPHABET_8BIT : bits == 2 ? SIM_ALPHABET_UCS2 : SIM_ALPHABET_GSM7;
    }
  if ((dcs & 0xf0) == 0xe0)
    return SIM_ALPHABET_UCS2;
  return (dcs & 0xf4) == 0xf4 ? SIM_ALPHABET_8BIT : SIM_ALPHABET_GSM7;
}

int
sim_dcs_class (guint8 dcs)
{
  if (is_general (dcs))
    return (dcs & 0x10) != 0 ? dcs & 3 : -1;
  return (dcs & 0xf0) == 0xf0 ? dcs & 3 : -1;
}

gboolean
sim_dcs_is_store (guint8 dcs)
{
  return (dcs & 0xf0) == 0xd0 || (dcs & 0xf0) == 0xe0;
}

gsize
sim_dcs_bytes (guint8 dcs, guint8 udl)
{
  return sim_dcs_alphabet (dcs) == SIM_ALPHABET_GSM7 ? (udl * 7u + 7) / 8 : udl;
}

/* addresses */

static const char digit_characters[] = "0123456789*#abc"; /* 24.008 table 10.5.118 */

static gboolean
set_digits (SimAddress *self, const char *digits)
{
  gsize n = strlen (digits);

  if (n == 0 || n > 2 * sizeof self->digits || strspn (digits, digit_characters) != n)
    return FALSE;
  self->n_digits = (guint8)n;
  memset (self->digits, 0xff, sizeof self->digits);
  for (gsize i = 0; i < n; i++)
    {
      guint   shift = i % 2 == 0 ? 0 : 4;
      guint8 *byte = &self->digits[i / 2];
      guint8  digit = (guint8)(strchr (digit_characters, digits[i]) - digit_characters);

      *byte = (guint8)((*byte & ~(0xf << shift)) | digit << shift);
    }
  return TRUE;
}

static gboolean
set_letters (SimAddress *self, const char *text)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autoptr (GByteArray) packed = g_byte_array_new ();

  if (!sim_gsm7_from_utf8 (text, septets))
    return FALSE;
  sim_gsm7_pack (septets->data, septets->len, 0, packed);
  if (packed->len == 0 || packed->len > sizeof self->digits)
    return FALSE;
  self->type = SIM_TON_ALPHANUMERIC;
  self->n_digits = (guint8)((septets->len * 7 + 3) / 4);
  memset (self->digits, 0xff, sizeof self->digits);
  memcpy (self->digits, packed->data, packed->len);
  return TRUE;
}

gboolean
sim_address_set (SimAddress *self, const char *text)
{
  gboolean international = text[0] == '+';

  self->type = international ? SIM_TON_INTERNATIONAL : SIM_TON_UNKNOWN;
  return set_digits (self, international ? text + 1 : text) || set_letters (self, text);
}

char *
sim_address_text (const SimAddress *self)
{
  GString *text;

  if ((self->type & 0x70) == 0x50)
    {
      g_autoptr (GByteArray) septets = g_byte_array_new ();

      sim_gsm7_unpack (self->digits, sizeof self->digits, 0, self->n_digits * 4u / 7, septets);
      return sim_gsm7_to_utf8 (septets->data, septets->len);
    }
  text = g_string_new ((self->type & 0x70) == 0x10 ? "+" : "");
  for (guint i = 0; i < self->n_digits; i++)
    {
      guint digit = self->digits[i / 2] >> (i % 2 == 0 ? 0 : 4) & 0xf;

      if (digit < sizeof digit_characters - 1)
        g_string_append_c (text, digit_characters[digit]);
    }
  return g_string_free (text, FALSE);
}

/* taking apart */

typedef struct
{
  const guint8 *at;
  gsize         left;
  gboolean      bad; /* it ended too early */
} Cursor;

/* NULL: there are not so many. */
static const guint8 *
take (Cursor *self, gsize n)
{
  const guint8 *from = self->at;

  self->bad |= n > self->left;
  if (self->bad)
    return NULL;
  self->at += n;
  self->left -= n;
  return from;
}

static guint8
take_byte (Cursor *self)
{
  const guint8 *byte = take (self, 1);

  return byte != NULL ? *byte : 0;
}

static void
take_bytes (Cursor *self, guint8 *to, gsize n)
{
  const guint8 *from = take (self, n);

  if (from != NULL)
    memcpy (to, from, n);
}

static void
take_address (Cursor *self, SimAddress *ret)
{
  ret->n_digits = take_byte (self);
  ret->type = take_byte (self);
  self->bad |= ret->n_digits > 2 * sizeof ret->digits;
  take_bytes (self, ret->digits, (ret->n_digits + 1u) / 2);
}

static void
take_user_data (Cursor *self, SimTpdu *ret)
{
  ret->udl = take_byte (self);
  ret->n_ud = sim_dcs_bytes (ret->dcs, ret->udl);
  self->bad |= ret->n_ud > SIM_MAX_UD;
  ret->ud = take (self, ret->n_ud);
}

static void
take_deliver (Cursor *self, SimTpdu *ret)
{
  take_address (self, &ret->address);
  ret->pid = take_byte (self);
  ret->dcs = take_byte (self);
  take_bytes (self, ret->time, sizeof ret->time);
  take_user_data (self, ret);
}

/* 23.040 9.2.3.3: how long the validity is, by its form. */
static const guint8 validity_lengths[] = { 0, 7, 1, 7 };

static void
take_submit (Cursor *self, SimTpdu *ret)
{
  ret->reference = take_byte (self);
  take_address (self, &ret->address);
  ret->pid = take_byte (self);
  ret->dcs = take_byte (self);
  ret->n_validity = validity_lengths[(ret->first & SIM_TPDU_VPF) >> 3];
  take_bytes (self, ret->validity, ret->n_validity);
  take_user_data (self, ret);
}

/* What may follow the status is of no interest here. */
static void
take_status_report (Cursor *self, SimTpdu *ret)
{
  ret->reference = take_byte (self);
  take_address (self, &ret->address);
  take_bytes (self, ret->time, sizeof ret->time);
  take_bytes (self, ret->discharge, sizeof ret->discharge);
  ret->status = take_byte (self);
}

gsize
sim_tpdu_centre (const guint8 *pdu, gsize n_pdu)
{
  return n_pdu == 0 ? 0 : MIN (1u + pdu[0], n_pdu);
}

gboolean
sim_tpdu_parse (const guint8 *pdu, gsize n_pdu, SimTpdu *ret)
{
  Cursor cursor = { .at = pdu, .left = n_pdu };

  *ret = (SimTpdu){ .centre_length = sim_tpdu_centre (pdu, n_pdu) };
  if (n_pdu == 0)
    return FALSE;
  (void)take (&cursor, ret->centre_length);
  ret->first = take_byte (&cursor);
  ret->kind = (SimTpduKind)(ret->first & SIM_TPDU_KIND);
  switch (ret->first & SIM_TPDU_KIND)
    {
    case SIM_TPDU_DELIVER: take_deliver (&cursor, ret); break;
    case SIM_TPDU_SUBMIT: take_submit (&cursor, ret); break;
    case SIM_TPDU_STATUS_REPORT: take_status_report (&cursor, ret); break;
    default: return FALSE; /* reserved */
    }
  ret->length = n_pdu - cursor.left;
  return !cursor.bad;
}

/* putting together */

static void
append_byte (GByteArray *out, guint8 byte)
{
  g_byte_array_append (out, &byte, 1);
}

static void
append_address (GByteArray *out, const SimAddress *address)
{
  append_byte (out, address->n_digits);
  append_byte (out, address->type);
  g_byte_array_append (out, address->digits, (address->n_digits + 1u) / 2);
}

void
sim_tpdu_append (const SimTpdu *self, GByteArray *out)
{
  append_byte (out, (guint8)((self->first & 0xfc) | (guint)self->kind));
  if (self->kind != SIM_TPDU_DELIVER)
    append_byte (out, self->reference);
  append_address (out, &self->address);
  if (self->kind == SIM_TPDU_STATUS_REPORT)
    {
      g_byte_array_append (out, self->time, sizeof self->time);
      g_byte_array_append (out, self->discharge, sizeof self->discharge);
      append_byte (out, self->status);
      return;
    }
  append_byte (out, self->pid);
  append_byte (out, self->dcs);
  if (self->kind == SIM_TPDU_DELIVER)
    g_byte_array_append (out, self->time, sizeof self->time);
  else
    g_byte_array_append (out, self->validity, self->n_validity);
  append_byte (out, self->udl);
  g_byte_array_append (out, self->ud, (guint)self->n_ud);
}

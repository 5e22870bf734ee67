/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-ppp-frame.h"

#define FLAG       0x7eu
#define ESCAPE     0x7du
#define COMPLEMENT 0x20u
#define ALL        0xffu /* address */
#define UI         0x03u /* control */
#define POLYNOMIAL 0x8408u
#define FCS_LENGTH 2u

guint16
sim_ppp_fcs (guint16 fcs, const guint8 *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes; i++)
    {
      fcs ^= bytes[i];
      for (int bit = 0; bit < 8; bit++)
        fcs = (guint16)((fcs & 1u) != 0 ? (fcs >> 1) ^ POLYNOMIAL : fcs >> 1);
    }
  return fcs;
}

static void
append (GByteArray *out, guint32 accm, guint8 byte)
{
  gboolean escape = byte == FLAG || byte == ESCAPE || (byte < 32 && (accm >> byte & 1u) != 0);
  guint8   bytes[] = { ESCAPE, (guint8)(byte ^ COMPLEMENT) };

  if (escape)
    g_byte_array_append (out, bytes, sizeof bytes);
  else
    g_byte_array_append (out, &byte, 1);
}

void
sim_ppp_encode (GByteArray *out, guint32 accm, guint16 protocol, const guint8 *bytes, gsize n_bytes)
{
  const guint8 header[] = { ALL, UI, (guint8)(protocol >> 8), (guint8)(protocol & 0xffu) };
  const guint8 flag = FLAG;
  guint16      fcs = sim_ppp_fcs (SIM_PPP_FCS, header, sizeof header);

  fcs = (guint16)~sim_ppp_fcs (fcs, bytes, n_bytes);
  g_byte_array_append (out, &flag, 1);
  for (gsize i = 0; i < sizeof header; i++)
    append (out, accm, header[i]);
  for (gsize i = 0; i < n_bytes; i++)
    append (out, accm, bytes[i]);
  append (out, accm, (guint8)(fcs & 0xffu)); /* the low byte first: 3.1 */
  append (out, accm, (guint8)(fcs >> 8));
  g_byte_array_append (out, &flag, 1);
}

/* Address and control may be missing, and so may the protocol's zero byte: RFC 1661 6.5, 6.6. */
static gboolean
take_apart (SimPppDecoder *self)
{
  const guint8 *at = self->frame->data;
  gsize         n = self->frame->len;

  if (self->spoilt || n < FCS_LENGTH + 2 || sim_ppp_fcs (SIM_PPP_FCS, at, n) != SIM_PPP_GOOD)
    return FALSE;
  n -= FCS_LENGTH;
  if (at[0] == ALL && at[1] == UI)
    {
      at += 2;
      n -= 2;
    }
  if (n == 0 || ((at[0] & 1u) == 0 && n == 1))
    return FALSE;
  self->protocol = (guint16)((at[0] & 1u) != 0 ? at[0] : at[0] << 8 | at[1]);
  self->data = at + ((at[0] & 1u) != 0 ? 1 : 2);
  self->n_data = n - (gsize)(self->data - at);
  return TRUE;
}

gboolean
sim_ppp_decode (SimPppDecoder *self, guint8 byte)
{
  gboolean good;

  if (self->n_data > 0 || self->data != NULL)
    g_byte_array_set_size (self->frame, 0);
  self->data = NULL;
  self->n_data = 0;
  if (byte == FLAG)
    {
      self->spoilt |= self->escaped; /* 4.2: so a sender gives a frame up */
      good = take_apart (self);
      self->spoilt = self->escaped = FALSE;
      if (!good)
        g_byte_array_set_size (self->frame, 0);
      return good;
    }
  if (byte == ESCAPE)
    {
      self->escaped = TRUE;
      return FALSE;
    }
  if (self->escaped)
    byte ^= COMPLEMENT;
  self->escaped = FALSE;
  self->spoilt |= self->frame->len == SIM_PPP_MAX_FRAME;
  if (!self->spoilt)
    g_byte_array_append (self->frame, &byte, 1);
  return FALSE;
}

void
sim_ppp_decoder_init (SimPppDecoder *self)
{
  *self = (SimPppDecoder){ .frame = g_byte_array_new () };
}

void
sim_ppp_decoder_clear (SimPppDecoder *self)
{
  g_clear_pointer (&self->frame, g_byte_array_unref);
}

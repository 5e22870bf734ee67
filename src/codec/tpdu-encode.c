/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-address.h"
#include "tpdu-dcs.h"
#include "tpdu.h"

#include "gsm7.h"

#include <string.h>

static guint8 *
put_time (guint8 *at, const guint8 octets[TPDU_TIME_OCTETS])
{
  memcpy (at, octets, TPDU_TIME_OCTETS);
  return at + TPDU_TIME_OCTETS;
}

static guint8 *
put_address (guint8 *at, const TpduAddress *address)
{
  guint n_digits;
  gsize n = tpdu_address_encode (address, at + 1, &n_digits);

  *at = (guint8)n_digits;
  return at + 1 + n;
}

static guint8 *
put_service_centre (guint8 *at, const TpduAddress *address)
{
  guint n_digits;
  gsize n = address->text[0] != '\0' ? tpdu_address_encode (address, at + 1, &n_digits) : 0;

  *at = (guint8)n;
  return at + 1 + n;
}

static guint8 *
put_user_data (guint8 *at, const Tpdu *tpdu)
{
  gboolean is_text = tpdu_dcs_alphabet (tpdu->dcs) == TPDU_GSM7;
  guint    header = (tpdu->flags & TPDU_HEADER) != 0 ? 1 + tpdu->header_len : 0;
  guint    skipped = (header * 8 + 6) / 7;
  guint    fill_bits = skipped * 7 - header * 8;
  guint8  *length = at++;

  *length = (guint8)(tpdu->data_len + (is_text ? skipped : header));
  if (header > 0)
    {
      *at++ = (guint8)tpdu->header_len;
      memcpy (at, tpdu->header, tpdu->header_len);
      at += tpdu->header_len;
    }
  if (!is_text)
    {
      memcpy (at, tpdu->data, tpdu->data_len);
      return at + tpdu->data_len;
    }
  gsm7_pack (tpdu->data, tpdu->data_len, fill_bits, at);
  return at + gsm7_packed_size (tpdu->data_len, fill_bits);
}

static guint8 *
put_deliver (guint8 *at, const Tpdu *tpdu)
{
  *at++ = tpdu->flags;
  at = put_address (at, &tpdu->number);
  *at++ = tpdu->pid;
  *at++ = tpdu->dcs;
  at = put_time (at, tpdu->time);
  return put_user_data (at, tpdu);
}

static guint8 *
put_submit (guint8 *at, const Tpdu *tpdu)
{
  *at++ = (guint8)(tpdu->flags | (guint)tpdu->validity_format << 3 | 1);
  *at++ = tpdu->reference;
  at = put_address (at, &tpdu->number);
  *at++ = tpdu->pid;
  *at++ = tpdu->dcs;
  if (tpdu->validity_format == TPDU_VALIDITY_RELATIVE)
    *at++ = tpdu->validity[0];
  else if (tpdu->validity_format != TPDU_VALIDITY_NONE)
    at = put_time (at, tpdu->validity);
  return put_user_data (at, tpdu);
}

static guint8 *
put_status_report (guint8 *at, const Tpdu *tpdu)
{
  *at++ = tpdu->flags | 2;
  *at++ = tpdu->reference;
  at = put_address (at, &tpdu->number);
  at = put_time (at, tpdu->time);
  at = put_time (at, tpdu->discharge);
  *at++ = tpdu->status;
  return at;
}

static guint8 *
put_all (guint8 *at, const Tpdu *tpdu)
{
  switch (tpdu->type)
    {
    case TPDU_DELIVER: return put_deliver (at, tpdu);
    case TPDU_STATUS_REPORT: return put_status_report (at, tpdu);
    case TPDU_SUBMIT: return put_submit (at, tpdu);
    }
  g_return_val_if_reached (at);
}

gsize
tpdu_encode (const Tpdu *tpdu, guint8 octets[TPDU_MAX_OCTETS], gsize *ret_len)
{
  guint8 *tpdu_at = put_service_centre (octets, &tpdu->service_centre);
  guint8 *end = put_all (tpdu_at, tpdu);

  if (ret_len != NULL)
    *ret_len = (gsize)(end - tpdu_at);
  return (gsize)(end - octets);
}

/* ---- status ---- */

TpduOutcome
tpdu_outcome (guint8 status)
{
  if (status < 0x20)
    return TPDU_DELIVERED;
  /* from 0x60 the service centre has given up; what is reserved is "service rejected" */
  return status < 0x40 ? TPDU_STILL_TRYING : TPDU_FAILED;
}

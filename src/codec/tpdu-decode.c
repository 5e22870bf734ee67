/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-address.h"
#include "tpdu-dcs.h"
#include "tpdu.h"

#include "gsm7.h"

#include <string.h>

/* What has not been read yet.  Reading past the end gives zeros, and is told once, in the end. */
typedef struct
{
  const guint8 *at;
  gsize         left;
  gboolean      overrun;
} Reader;

static const guint8 *
take (Reader *reader, gsize n)
{
  static const guint8 zeros[TPDU_MAX_OCTETS];
  const guint8       *at = reader->at;

  if (reader->overrun || n > reader->left)
    {
      reader->overrun = TRUE;
      return zeros;
    }
  reader->at += n;
  reader->left -= n;
  return at;
}

static guint8
take_octet (Reader *reader)
{
  return *take (reader, 1);
}

static void
take_time (Reader *reader, guint8 octets[TPDU_TIME_OCTETS])
{
  memcpy (octets, take (reader, TPDU_TIME_OCTETS), TPDU_TIME_OCTETS);
}

/* ---- addresses ---- */

static gboolean
take_address (Reader *reader, TpduAddress *address, GError **error)
{
  guint n_digits = take_octet (reader);

  if (n_digits > TPDU_MAX_DIGITS)
    return mu_fail (error, MU_ERROR_MODEM, "A number of %u digits", n_digits);
  tpdu_address_decode (address, take (reader, 1 + (n_digits + 1) / 2), n_digits);
  return TRUE;
}

/* Its length is in octets, with the type. */
static gboolean
take_service_centre (Reader *reader, TpduAddress *address, GError **error)
{
  guint n = take_octet (reader);

  if (n > 1 + TPDU_MAX_DIGITS / 2)
    return mu_fail (error, MU_ERROR_MODEM, "A service centre of %u octets", n);
  if (n > 0)
    tpdu_address_decode (address, take (reader, n), 2 * (n - 1));
  return TRUE;
}

/* ---- user data ---- */

/* Puts the header aside, if it is within n octets; returns those it takes, with its length. */
static guint
split_header (Tpdu *tpdu, const guint8 *octets, guint n)
{
  if ((tpdu->flags & TPDU_HEADER) == 0)
    return 0;
  if (n == 0 || octets[0] >= n)
    {
      tpdu->flags &= (guint8)~TPDU_HEADER;
      return 0;
    }
  tpdu->header_len = octets[0];
  memcpy (tpdu->header, octets + 1, tpdu->header_len);
  return 1 + tpdu->header_len;
}

static gboolean
take_septets (Reader *reader, Tpdu *tpdu, guint n, GError **error)
{
  const guint8 *octets;
  guint         header, skipped;

  if (n > TPDU_MAX_SEPTETS)
    return mu_fail (error, MU_ERROR_MODEM, "%u septets of text", n);
  octets = take (reader, gsm7_packed_size (n, 0));
  header = split_header (tpdu, octets, n * 7 / 8);
  skipped = (header * 8 + 6) / 7;
  tpdu->data_len = n - skipped;
  gsm7_unpack (octets + header, tpdu->data_len, skipped * 7 - header * 8, tpdu->data);
  return TRUE;
}

static gboolean
take_octets (Reader *reader, Tpdu *tpdu, guint n, GError **error)
{
  const guint8 *octets;
  guint         header;

  if (n > TPDU_MAX_USER_DATA)
    return mu_fail (error, MU_ERROR_MODEM, "%u octets of data", n);
  octets = take (reader, n);
  header = split_header (tpdu, octets, n);
  tpdu->data_len = n - header;
  memcpy (tpdu->data, octets + header, tpdu->data_len);
  return TRUE;
}

static gboolean
take_user_data (Reader *reader, Tpdu *tpdu, GError **error)
{
  guint n = take_octet (reader);

  return tpdu_dcs_alphabet (tpdu->dcs) == TPDU_GSM7 ? take_septets (reader, tpdu, n, error)
                                                    : take_octets (reader, tpdu, n, error);
}

/* ---- types ---- */

static gboolean
take_deliver (Reader *reader, Tpdu *tpdu, GError **error)
{
  if (!take_address (reader, &tpdu->number, error))
    return FALSE;
  tpdu->pid = take_octet (reader);
  tpdu->dcs = take_octet (reader);
  take_time (reader, tpdu->time);
  return take_user_data (reader, tpdu, error);
}

static gboolean
take_submit (Reader *reader, Tpdu *tpdu, GError **error)
{
  tpdu->reference = take_octet (reader);
  if (!take_address (reader, &tpdu->number, error))
    return FALSE;
  tpdu->pid = take_octet (reader);
  tpdu->dcs = take_octet (reader);
  if (tpdu->validity_format == TPDU_VALIDITY_RELATIVE)
    tpdu->validity[0] = take_octet (reader);
  else if (tpdu->validity_format != TPDU_VALIDITY_NONE)
    take_time (reader, tpdu->validity);
  return take_user_data (reader, tpdu, error);
}

/* The optional rest, TP-PI and what it announces, tells nothing of the message. */
static gboolean
take_status_report (Reader *reader, Tpdu *tpdu, GError **error)
{
  tpdu->flags &= (guint8)~TPDU_HEADER;
  tpdu->reference = take_octet (reader);
  if (!take_address (reader, &tpdu->number, error))
    return FALSE;
  take_time (reader, tpdu->time);
  take_time (reader, tpdu->discharge);
  tpdu->status = take_octet (reader);
  return TRUE;
}

/* TP-MTI, 9.2.3.1: the same number is another type in the other direction. */
static gboolean
take_type (Reader *reader, TpduDirection direction, Tpdu *tpdu, GError **error)
{
  guint8 first = take_octet (reader);
  guint  mti = first & 3;

  tpdu->flags = first & (guint8)~3;
  if (direction == TPDU_FROM_NETWORK && (mti == 0 || mti == 3)) /* 3 is reserved, read as 0 */
    tpdu->type = TPDU_DELIVER;
  else if (direction == TPDU_FROM_NETWORK && mti == 2)
    tpdu->type = TPDU_STATUS_REPORT;
  else if (direction == TPDU_TO_NETWORK && mti == 1)
    {
      tpdu->type = TPDU_SUBMIT;
      tpdu->validity_format = (TpduValidity)(first >> 3 & 3);
      tpdu->flags &= (guint8) ~(3 << 3);
    }
  else
    return mu_fail (error, MU_ERROR_MODEM, "A message of type %u", mti);
  return TRUE;
}

static gboolean
take_all (Reader *reader, TpduDirection direction, Tpdu *tpdu, GError **error)
{
  if (!take_service_centre (reader, &tpdu->service_centre, error)
      || !take_type (reader, direction, tpdu, error))
    return FALSE;
  switch (tpdu->type)
    {
    case TPDU_DELIVER: return take_deliver (reader, tpdu, error);
    case TPDU_STATUS_REPORT: return take_status_report (reader, tpdu, error);
    case TPDU_SUBMIT: return take_submit (reader, tpdu, error);
    }
  return FALSE;
}

gboolean
tpdu_decode (const guint8 *octets, gsize n, TpduDirection direction, Tpdu *ret_tpdu, GError **error)
{
  Reader reader = { n > 0 ? octets : (const guint8 *)"", n, FALSE }; /* NULL has no places */
  Tpdu   tpdu = { 0 };

  if (!take_all (&reader, direction, &tpdu, error))
    return FALSE;
  if (reader.overrun)
    return mu_fail (error, MU_ERROR_MODEM, "A message that ends too soon");
  *ret_tpdu = tpdu;
  return TRUE;
}

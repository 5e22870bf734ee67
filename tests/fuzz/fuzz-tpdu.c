/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Octets, taken for a message in either direction, for a broadcast and for USSD.  Whatever can be
 * read is written and read again: it must be the same. */
#include "fuzz.h"
#include "gsm7.h"
#include "mu-hex.h"
#include "tpdu-dcs.h"
#include "tpdu-header.h"
#include "tpdu-same.h"
#include "tpdu-text.h"
#include "tpdu-time.h"
#include "ucs2.h"
#include "ussd.h"

#include <stdlib.h>

static void
require (gboolean what)
{
  if (!what)
    abort ();
}

static void
walk_header (const Tpdu *tpdu)
{
  TpduElement element;
  TpduPart    part;
  guint16     destination, originator;
  guint       pos = 0;

  while (tpdu_header_next (tpdu, &pos, &element))
    require (element.data + element.len <= tpdu->header + tpdu->header_len);
  if (tpdu_header_part (tpdu, &part))
    require (part.sequence > 0 && part.sequence <= part.total);
  (void)tpdu_header_ports (tpdu, &destination, &originator);
}

static void
read_text (const Tpdu *tpdu)
{
  const Tpdu *const  parts[] = { tpdu, NULL, tpdu };
  g_autofree char   *text = tpdu_join_text (parts, G_N_ELEMENTS (parts));
  g_autoptr (GBytes) data = tpdu_join_data (parts, G_N_ELEMENTS (parts));

  require (g_utf8_validate (text, -1, NULL));
  require (g_bytes_get_size (data) == 2 * (gsize)tpdu->data_len);
  require (g_utf8_validate (tpdu->number.text, -1, NULL));
  require (g_utf8_validate (tpdu->service_centre.text, -1, NULL));
}

static void
read_times (const Tpdu *tpdu)
{
  guint8 octets[TPDU_TIME_OCTETS];
  gint64 time, again;
  gint   offset;

  require (tpdu_validity_get (tpdu) <= TPDU_MAX_VALIDITY);
  if (!tpdu_time_get (tpdu->time, &time, &offset))
    return;
  tpdu_time_set (octets, time, offset);
  require (tpdu_time_get (octets, &again, NULL) && again == time);
}

static void
examine (const guint8 *octets, gsize n, TpduDirection direction)
{
  g_autoptr (GError) error = NULL;
  Tpdu               tpdu, again;
  guint8             once[TPDU_MAX_OCTETS], twice[TPDU_MAX_OCTETS];
  gsize              len, tpdu_len;

  if (!tpdu_decode (octets, n, direction, &tpdu, &error))
    {
      require (error != NULL);
      return;
    }
  require (error == NULL);
  walk_header (&tpdu);
  read_text (&tpdu);
  read_times (&tpdu);
  len = tpdu_encode (&tpdu, once, &tpdu_len);
  require (len <= sizeof once && tpdu_len < len);
  require (tpdu_decode (once, len, direction, &again, NULL) && tpdu_same (&tpdu, &again));
  require (tpdu_encode (&again, twice, NULL) == len && memcmp (once, twice, len) == 0);
}

static void
examine_broadcast (guint8 dcs, const guint8 *octets, gsize n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize               n_septets = n * 8 / 7;
  g_autofree guint8  *septets = g_malloc (n_septets);
  g_autofree guint8  *packed = g_malloc (n + 1);
  Gsm7Tables          tables = { dcs / 16 % GSM7_LANGUAGES, dcs % GSM7_LANGUAGES };
  gboolean            has_language;

  if (tpdu_cbs_alphabet (dcs, &has_language) == TPDU_UCS2)
    ucs2_decode (octets, n, text);
  else
    {
      gsm7_unpack (octets, n_septets, 0, septets);
      gsm7_decode (septets, n_septets, tables, text);
      require (gsm7_packed_size (n_septets, 0) == n);
      gsm7_pack (septets, n_septets, 0, packed);
      require (n == 0 || memcmp (packed, octets, n - 1) == 0); /* bits may be left over */
    }
  require (g_utf8_validate (text->str, (gssize)text->len, NULL));
}

/* What a module says, as it stands, and as hex; and what a user says. */
static void
examine_ussd (guint8 dcs, const guint8 *octets, gsize n)
{
  g_autofree char *string = g_utf8_make_valid ((const char *)octets, (gssize)n);
  g_autofree char *hex = mu_hex_encode (octets, n);
  g_autofree char *plain = ussd_decode (string, dcs);
  g_autofree char *text = ussd_decode (hex, dcs);
  g_autofree char *request = NULL, *again = NULL;
  guint            request_dcs;

  require (g_utf8_validate (plain, -1, NULL) && g_utf8_validate (text, -1, NULL));
  request = ussd_encode (string, &request_dcs, NULL);
  if (request == NULL)
    return;
  require (strlen (request) <= 2 * USSD_MAX_OCTETS);
  again = ussd_decode (request, request_dcs);
  require (g_utf8_validate (again, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_be_strict ();
  examine (data, size, TPDU_FROM_NETWORK);
  examine (data, size, TPDU_TO_NETWORK);
  if (size > 0)
    {
      examine_broadcast (data[0], data + 1, size - 1);
      examine_ussd (data[0], data + 1, size - 1);
    }
  return 0;
}

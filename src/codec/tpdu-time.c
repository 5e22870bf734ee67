/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-time.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* ---- points of time ---- */

enum
{
  YEAR,
  MONTH,
  DAY_OF_MONTH,
  HOURS,
  MINUTES,
  SECONDS,
  ZONE,
};

#define ZONE_WEST 0x08 /* the sign is in the first digit, which comes second */

static gint
number (guint8 octet)
{
  guint tens = octet & 0xf;
  guint ones = octet >> 4;

  return tens <= 9 && ones <= 9 ? (gint)(10 * tens + ones) : -1;
}

static guint8
swapped (gint n)
{
  return (guint8)((guint)(n % 10) << 4 | (guint)(n / 10 % 10));
}

gboolean
tpdu_time_get (const guint8 octets[TPDU_TIME_OCTETS], gint64 *ret_time, gint *ret_offset)
{
  gint                  quarters = number (octets[ZONE] & (guint8)~ZONE_WEST);
  gint                  sign = (octets[ZONE] & ZONE_WEST) != 0 ? -1 : 1;
  gint                  offset = sign * quarters * 15;
  gint                  year = number (octets[YEAR]);
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) time = NULL;

  if (quarters < 0 || year < 0 || number (octets[SECONDS]) < 0)
    return FALSE;
  zone = g_time_zone_new_offset (offset * MINUTE);
  time = g_date_time_new (zone, year + (year >= 90 ? 1900 : 2000), number (octets[MONTH]),
                          number (octets[DAY_OF_MONTH]), number (octets[HOURS]),
                          number (octets[MINUTES]), number (octets[SECONDS]));
  if (time == NULL)
    return FALSE;
  *ret_time = g_date_time_to_unix (time);
  if (ret_offset != NULL)
    *ret_offset = offset;
  return TRUE;
}

void
tpdu_time_set (guint8 octets[TPDU_TIME_OCTETS], gint64 time, gint offset)
{
  gint                  quarters = offset / 15; /* all that can be said */
  g_autoptr (GDateTime) local
      = g_date_time_new_from_unix_utc (time + (gint64)quarters * 15 * MINUTE);

  octets[YEAR] = swapped (g_date_time_get_year (local));
  octets[MONTH] = swapped (g_date_time_get_month (local));
  octets[DAY_OF_MONTH] = swapped (g_date_time_get_day_of_month (local));
  octets[HOURS] = swapped (g_date_time_get_hour (local));
  octets[MINUTES] = swapped (g_date_time_get_minute (local));
  octets[SECONDS] = swapped (g_date_time_get_second (local));
  octets[ZONE] = (guint8)(swapped (ABS (quarters)) | (quarters < 0 ? ZONE_WEST : 0));
}

/* ---- durations ---- */

/* TP-VP relative, 9.2.3.12.1 */
static guint
duration (guint8 code)
{
  if (code <= 143)
    return (code + 1u) * 5 * MINUTE;
  if (code <= 167)
    return 12 * HOUR + (code - 143u) * 30 * MINUTE;
  return code <= 196 ? (code - 166u) * DAY : (code - 192u) * 7 * DAY;
}

void
tpdu_validity_set (Tpdu *tpdu, guint seconds)
{
  guint8 code = 0;

  while (code < G_MAXUINT8 && duration (code) < seconds)
    code++;
  tpdu->validity_format = TPDU_VALIDITY_RELATIVE;
  tpdu->validity[0] = code;
}

guint
tpdu_validity_get (const Tpdu *tpdu)
{
  return tpdu->validity_format == TPDU_VALIDITY_RELATIVE ? duration (tpdu->validity[0]) : 0;
}

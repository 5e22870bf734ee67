/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tpdu.h"

/* Times, 3GPP 23.040 9.2.3.11 and 9.2.3.12: yy MM dd hh mm ss zone, swapped digits. */

/* ret_time: seconds since 1970 UTC; ret_offset: minutes east of UTC, or NULL.  FALSE: there is no
 * such time. */
gboolean tpdu_time_get (const guint8 octets[TPDU_TIME_OCTETS], gint64 *ret_time, gint *ret_offset);
void     tpdu_time_set (guint8 octets[TPDU_TIME_OCTETS], gint64 time, gint offset);

/* For how long the service centre tries, in seconds, rounded up to what can be said: steps of five
 * minutes to half a day, of half an hour to a day, of days to 30, of weeks to 63. */
#define TPDU_MAX_VALIDITY (63 * 7 * 24 * 3600)
void tpdu_validity_set (Tpdu *tpdu, guint seconds);
/* 0: it does not say, or not as a duration. */
guint tpdu_validity_get (const Tpdu *tpdu);

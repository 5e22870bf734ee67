/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-network-time.h"

#include "mu-text.h"

#include <stdio.h>

#define MAX_QUARTERS     (14 * 4) /* no zone is further from UTC */
#define MAX_SUMMER_HOURS 2

typedef struct
{
  int  year, month, day, hour, minute, second, quarters;
  char sign;
} Parts;

static gboolean
parse (const char *date, const char *time, Parts *ret)
{
  return sscanf (date, "%4d/%2d/%2d", &ret->year, &ret->month, &ret->day) == 3
         && sscanf (time, "%2d:%2d:%2d%c%2d", &ret->hour, &ret->minute, &ret->second, &ret->sign,
                    &ret->quarters)
                == 5
         && (ret->sign == '+' || ret->sign == '-') && ret->quarters >= 0
         && ret->quarters <= MAX_QUARTERS;
}

char *
mu_network_time (const char *date, const char *time, guint summer_hours)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) when = NULL;
  Parts                 p;
  int                   quarters;

  if (summer_hours > MAX_SUMMER_HOURS || !parse (date, time, &p))
    return NULL;
  quarters = (p.sign == '-' ? -p.quarters : p.quarters) + (int)summer_hours * 4;
  zone = g_time_zone_new_offset (quarters * 15 * 60);
  when = g_date_time_new (zone, p.year < 100 ? p.year + 2000 : p.year, p.month, p.day, p.hour,
                          p.minute, p.second);
  return when != NULL ? mu_text_time (when) : NULL;
}

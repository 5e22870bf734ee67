/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-when.h"

#include <string.h>

typedef struct
{
  const char *name;
  gint64      seconds;
} Unit;

static const Unit units[] = {
  { "", 1 }, { "s", 1 }, { "m", 60 }, { "min", 60 }, { "h", 3600 }, { "d", 86400 }, { "w", 604800 },
};

gboolean
ctl_when_parse_span (const char *text, gint64 *ret_seconds)
{
  gsize            n_digits = strspn (text, "0123456789");
  g_autofree char *digits = g_strndup (text, n_digits);
  guint64          number;

  if (!g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT32, &number, NULL))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].name, text + n_digits))
      {
        *ret_seconds = (gint64)number * units[i].seconds;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_ago (const char *text, gint64 now, gint64 *ret_time)
{
  gsize            len = strlen (text) - (g_str_has_suffix (text, " ago") ? strlen (" ago") : 0);
  g_autofree char *span = g_strndup (text, len);
  gint64           seconds;

  if (!ctl_when_parse_span (span, &seconds))
    return FALSE;
  *ret_time = now - seconds;
  return TRUE;
}

/* GLib wants the seconds, and a T. */
static char *
complete_date (const char *text, gboolean is_end)
{
  gsize len = strlen (text);
  char *full;

  if (len == strlen ("2026-11-22"))
    return g_strconcat (text, is_end ? "T23:59:59" : "T00:00:00", NULL);
  full = g_strconcat (text, len == strlen ("2026-11-22T19:19") ? ":00" : NULL, NULL);
  if (len > strlen ("2026-11-22") && full[strlen ("2026-11-22")] == ' ')
    full[strlen ("2026-11-22")] = 'T';
  return full;
}

static gboolean
parse_date (const char *text, gboolean is_end, gint64 *ret_time)
{
  g_autofree char      *full = complete_date (text, is_end);
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (full, local);

  if (time == NULL)
    return FALSE;
  *ret_time = g_date_time_to_unix (time);
  return TRUE;
}

gboolean
ctl_when_parse (const char *text, gint64 now, gboolean is_end, gint64 *ret_time)
{
  return g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, ret_time, NULL)
         || parse_ago (text, now, ret_time) || parse_date (text, is_end, ret_time);
}

char *
ctl_when_text (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_local (time);

  return date != NULL ? g_date_time_format (date, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

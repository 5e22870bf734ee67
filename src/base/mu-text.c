/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-text.h"

gsize
mu_text_fit (const char *text, gsize len, gsize size)
{
  const char *end;

  (void)g_utf8_validate_len (text, MIN (len, size - 1), &end);
  return (gsize)(end - text);
}

char *
mu_text_time (GDateTime *time)
{
  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S%:z");
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-data-number.h"

#define MAX_FIELDS 4u /* *99*address*protocol*cid# */

guint
sim_data_number (const char *number)
{
  g_auto (GStrv) fields = NULL;
  char          *end;
  guint64        cid;
  guint          n;

  if (!g_str_has_prefix (number, "*99") || !g_str_has_suffix (number, "#"))
    return 0;
  fields = g_strsplit (number + 1, "*", -1);
  n = g_strv_length (fields);
  if (n == 1)
    return g_str_equal (fields[0], "99#") ? 1 : 0;
  if (n > MAX_FIELDS || !g_str_equal (fields[0], "99"))
    return 0;
  if (n < MAX_FIELDS)
    return 1;
  if (g_str_equal (fields[3], "#"))
    return 1;
  cid = g_ascii_strtoull (fields[3], &end, 10);
  return g_str_equal (end, "#") ? (guint)MIN (cid, G_MAXUINT) : 0;
}

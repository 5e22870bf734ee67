/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-line.h"

#include <string.h>

gsize
at_line_prefix_len (const AtLine *line)
{
  const char *colon = memchr (line->text, ':', line->len);

  return colon != NULL ? (gsize)(colon - line->text) : line->len;
}

gboolean
at_line_has_prefix (const AtLine *line, const char *prefix)
{
  gsize len = strlen (prefix);

  return at_line_prefix_len (line) == len && g_ascii_strncasecmp (line->text, prefix, len) == 0;
}

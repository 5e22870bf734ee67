/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* One line of the module's, and what belongs to it without being on it. */
typedef struct
{
  const char *text; /* UTF-8, without line ends; a line break inside quotes is '\n' */
  gsize       len;
  const char *body; /* the PDU line below a header, or counted bytes; NULL: none */
  gsize       body_len;
} AtLine;

/* Whether the line is "<prefix>:..." or, for words like RING, the prefix alone.  The module's case
 * is not to be trusted (^NDISSTATQry). */
gboolean at_line_has_prefix (const AtLine *line, const char *prefix);

/* The length of what stands before the colon, or of the whole text. */
gsize at_line_prefix_len (const AtLine *line);

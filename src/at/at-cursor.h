/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Walks the comma-separated values of a line such as
 *
 *     +COPS: (2,"One","1","26201",2),(1,"Two","2","26202",0),,(0,1,3),(0,1,2)
 *
 * Values may be bare or quoted, padded with blanks, empty, or a group in parentheses.  The line
 * must outlive the cursor. */

typedef struct
{
  const char *at; /* NULL: behind the last value */
  const char *end;
} AtCursor;

typedef struct
{
  const char *start;
  gsize       len; /* without quotes, parentheses and outer blanks */
  gboolean    quoted;
  gboolean    group;
} AtValue;

/* Puts the cursor behind "<prefix>:"; FALSE if the line begins otherwise. */
gboolean at_cursor_begin (AtCursor *self, const char *line, const char *prefix);
/* Puts the cursor on the values of a group. */
void at_cursor_enter (AtCursor *self, const AtValue *group);
/* The next value; FALSE behind the last one. */
gboolean at_cursor_next (AtCursor *self, AtValue *ret_value);

/* base 10 or 16; FALSE: empty, not a number, more than max. */
gboolean at_value_uint (const AtValue *value, guint base, guint max, guint *ret_number);
gboolean at_value_int (const AtValue *value, int *ret_number);
/* The text, cut at size - 1; FALSE if it was cut. */
gboolean at_value_text (const AtValue *value, char *ret_text, gsize size);
char    *at_value_dup (const AtValue *value);

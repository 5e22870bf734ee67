/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-cursor.h"

#include "mu-text.h"

#include <string.h>

static const char *
skip_blanks (const char *s, const char *end)
{
  while (s < end && *s == ' ')
    s++;
  return s;
}

static void
cursor_set (AtCursor *self, const char *start, const char *end)
{
  start = skip_blanks (start, end);
  *self = (AtCursor){ .at = start < end ? start : NULL, .end = end };
}

gboolean
at_cursor_begin (AtCursor *self, const char *line, const char *prefix)
{
  gsize len = strlen (prefix);

  *self = (AtCursor){ 0 };
  if (g_ascii_strncasecmp (line, prefix, len) != 0 || line[len] != ':')
    return FALSE;
  cursor_set (self, line + len + 1, line + strlen (line));
  return TRUE;
}

void
at_cursor_enter (AtCursor *self, const AtValue *group)
{
  cursor_set (self, group->start, group->start + group->len);
}

/* The comma that ends a value, or the end. */
static const char *
value_end (const char *s, const char *end)
{
  gboolean quoted = FALSE;
  int      depth = 0;

  for (; s < end; s++)
    {
      if (*s == '"')
        quoted = !quoted;
      else if (!quoted && *s == ',' && depth <= 0)
        break;
      else if (!quoted)
        depth += (*s == '(') - (*s == ')');
    }
  return s;
}

static gboolean
unwrap (AtValue *value, char left, char right)
{
  if (value->len < 2 || value->start[0] != left || value->start[value->len - 1] != right)
    return FALSE;
  value->start++;
  value->len -= 2;
  return TRUE;
}

gboolean
at_cursor_next (AtCursor *self, AtValue *ret_value)
{
  const char *start, *end, *last;

  if (self->at == NULL)
    return FALSE;
  start = skip_blanks (self->at, self->end);
  end = last = value_end (start, self->end);
  while (last > start && last[-1] == ' ')
    last--;
  *ret_value = (AtValue){ .start = start, .len = (gsize)(last - start) };
  ret_value->quoted = unwrap (ret_value, '"', '"');
  ret_value->group = !ret_value->quoted && unwrap (ret_value, '(', ')');
  self->at = end < self->end ? end + 1 : NULL;
  return TRUE;
}

gboolean
at_value_uint (const AtValue *value, guint base, guint max, guint *ret_number)
{
  guint64     number = 0;
  const char *s = value->start;
  const char *end = s + value->len;

  if (base == 16 && end - s > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X'))
    s += 2;
  if (s == end)
    return FALSE;
  for (; s < end; s++)
    {
      int digit = g_ascii_xdigit_value (*s);

      if (digit < 0 || (guint)digit >= base)
        return FALSE;
      number = number * base + (guint)digit;
      if (number > max)
        return FALSE;
    }
  *ret_number = (guint)number;
  return TRUE;
}

gboolean
at_value_int (const AtValue *value, int *ret_number)
{
  gboolean negative = value->len > 0 && value->start[0] == '-';
  gboolean has_sign = negative || (value->len > 0 && value->start[0] == '+');
  AtValue  digits = { .start = value->start + has_sign, .len = value->len - (gsize)has_sign };
  guint    number;

  if (!at_value_uint (&digits, 10, G_MAXINT, &number))
    return FALSE;
  *ret_number = negative ? -(int)number : (int)number;
  return TRUE;
}

gboolean
at_value_text (const AtValue *value, char *ret_text, gsize size)
{
  gsize len = mu_text_fit (value->start, value->len, size);

  memcpy (ret_text, value->start, len);
  ret_text[len] = '\0';
  return value->len < size;
}

char *
at_value_dup (const AtValue *value)
{
  return g_strndup (value->start, value->len);
}

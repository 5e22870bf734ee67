/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-table.h"

#include <string.h>

#define GAP 2 /* blanks between columns */

struct CtlTable
{
  gsize      n_columns;
  gsize     *widths;
  GPtrArray *cells; /* char *, row by row */
};

CtlTable *
ctl_table_new (gsize n_columns)
{
  CtlTable *self = g_new0 (CtlTable, 1);

  g_assert (n_columns > 0);
  self->n_columns = n_columns;
  self->widths = g_new0 (gsize, n_columns);
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
ctl_table_free (CtlTable *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self->widths);
  g_free (self);
}

static const char *
skip_escape (const char *text)
{
  while (text[0] == '\033' && strchr (text, 'm') != NULL)
    text = strchr (text, 'm') + 1;
  return text;
}

static gsize
width_of (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

gsize
ctl_table_width (const char *text)
{
  gsize width = 0;

  for (const char *s = skip_escape (text); *s != '\0'; s = skip_escape (g_utf8_next_char (s)))
    width += width_of (g_utf8_get_char (s));
  return width;
}

/* cell: without escape sequences */
static char *
cut (const char *cell, gsize width, const char *mark)
{
  gsize       room = width - MIN (ctl_table_width (mark), width);
  gsize       used = 0;
  const char *end = cell;

  while (*end != '\0' && used + width_of (g_utf8_get_char (end)) <= room)
    {
      used += width_of (g_utf8_get_char (end));
      end = g_utf8_next_char (end);
    }
  return g_strdup_printf ("%.*s%s", (int)(end - cell), cell, mark);
}

void
ctl_table_fit (CtlTable *self, gsize width, const char *mark)
{
  gsize last = self->n_columns - 1;
  gsize before = last * GAP;

  for (gsize i = 0; i < last; i++)
    before += self->widths[i];
  for (gsize i = last; i < self->cells->len; i += self->n_columns)
    {
      char *cell = self->cells->pdata[i];

      if (before + ctl_table_width (cell) <= width)
        continue;
      self->cells->pdata[i] = cut (cell, width - MIN (before, width), mark);
      g_free (cell);
    }
}

void
ctl_table_add (CtlTable *self, const char *cell)
{
  gsize *width = &self->widths[self->cells->len % self->n_columns];

  *width = MAX (*width, ctl_table_width (cell));
  g_ptr_array_add (self->cells, g_strdup (cell));
}

void
ctl_table_add_heading (CtlTable *self, const char *cell, const CtlStyle *style)
{
  g_autoptr (GString) text = g_string_new (NULL);

  ctl_style_append (style, text, CTL_PEN_BOLD, cell);
  ctl_table_add (self, text->str);
}

/* Blanks come before a cell, not after one: no line ends with them. */
char *
ctl_table_render (CtlTable *self)
{
  GString *out = g_string_new (NULL);
  gsize    owed = 0;

  for (guint i = 0; i < self->cells->len; i++)
    {
      const char *cell = self->cells->pdata[i];
      gsize       column = i % self->n_columns;

      if (cell[0] != '\0')
        {
          g_string_append_printf (out, "%*s%s", (int)owed, "", cell);
          owed = 0;
        }
      owed += self->widths[column] - (cell[0] != '\0' ? ctl_table_width (cell) : 0) + GAP;
      if (column + 1 == self->n_columns)
        {
          g_string_append_c (out, '\n');
          owed = 0;
        }
    }
  return g_string_free (out, FALSE);
}

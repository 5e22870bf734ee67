/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-suggest.h"

#include <string.h>

/* Optimal string alignment: each cell of the table is the distance between the beginnings of a and
 * b that end with its row and its column. */
static void
fill_row (guint *row, gsize width, const char *a, const char *b, gsize i)
{
  const guint *above = row - width;

  row[0] = (guint)i;
  for (gsize k = 1; k < width; k++)
    {
      row[k] = above[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
      row[k] = MIN (row[k], MIN (above[k], row[k - 1]) + 1);
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        row[k] = MIN (row[k], (above - width)[k - 2] + 1);
    }
}

guint
ctl_suggest_distance (const char *a, const char *b)
{
  gsize             width = strlen (b) + 1;
  gsize             n_rows = strlen (a) + 1;
  g_autofree guint *table = g_new (guint, n_rows * width);

  for (gsize k = 0; k < width; k++)
    table[k] = (guint)k;
  for (gsize i = 1; i < n_rows; i++)
    fill_row (table + i * width, width, a, b, i);
  return table[n_rows * width - 1];
}

const char *
ctl_suggest (const char *text, const char *const *words)
{
  const char      *best = NULL;
  guint            best_distance = G_MAXUINT;
  g_autofree char *folded = g_ascii_strdown (text, -1);

  for (; *words != NULL; words++)
    {
      g_autofree char *word = g_ascii_strdown (*words, -1);
      guint            distance = ctl_suggest_distance (folded, word);

      if (distance < best_distance)
        {
          best = *words;
          best_distance = distance;
        }
    }
  return best_distance <= 1 + strlen (text) / 4 ? best : NULL;
}

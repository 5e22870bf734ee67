/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-rate.h"

#include <string.h>

void
ctl_rate_add (CtlRate *self, guint64 value)
{
  if (self->n == CTL_RATE_MAX)
    memmove (self->values, self->values + 1, sizeof self->values - sizeof self->values[0]);
  else
    self->n++;
  self->values[self->n - 1] = value;
}

guint64
ctl_rate_last (const CtlRate *self)
{
  return self->n > 0 ? self->values[self->n - 1] : 0;
}

/* ---- drawing ---- */

enum
{
  N_LEVELS = 8
};

static const char *const blocks[N_LEVELS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
static const char *const shades[N_LEVELS] = { "_", ".", "-", ":", "=", "+", "*", "#" };

static guint
level (guint64 value, guint64 greatest)
{
  enum
  {
    STEPS = N_LEVELS - 2 /* above the lowest that is not nothing */
  };

  if (value == 0)
    return 0;
  return 1 + (guint)((double)value / (double)greatest * STEPS);
}

char *
ctl_rate_draw (const CtlRate *self, guint width, gboolean unicode)
{
  GString           *out = g_string_new (NULL);
  const char *const *bars = unicode ? blocks : shades;
  guint              n = MIN (self->n, width);
  const guint64     *shown = self->values + (self->n - n);
  guint64            greatest = 1;

  for (guint i = 0; i < n; i++)
    greatest = MAX (greatest, shown[i]);
  for (guint i = n; i < width; i++)
    g_string_append_c (out, ' ');
  for (guint i = 0; i < n; i++)
    g_string_append (out, bars[level (shown[i], greatest)]);
  return g_string_free (out, FALSE);
}

/* ---- numbers ---- */

char *
ctl_rate_bytes (guint64 bytes)
{
  static const char *const units[] = { "kB", "MB", "GB", "TB" };
  guint64                  tenths = bytes;
  gsize                    unit = 0;

  if (bytes < 1000)
    return g_strdup_printf ("%" G_GUINT64_FORMAT " B", bytes);
  for (tenths = bytes / 100; tenths >= 10000 && unit + 1 < G_N_ELEMENTS (units); unit++)
    tenths /= 1000;
  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%" G_GUINT64_FORMAT " %s", tenths / 10,
                          tenths % 10, units[unit]);
}

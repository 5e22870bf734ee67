/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-data-flow.h"

#include "ctl-data-text.h"
#include "ctl-table.h"
#include "ctl-text.h"

static const char *const totals[] = { [CTL_DATA_RX] = "rx", [CTL_DATA_TX] = "tx" };
static const char *const rates[] = { [CTL_DATA_RX] = "rx_rate", [CTL_DATA_TX] = "tx_rate" };
static const char *const arrows[] = { [CTL_DATA_RX] = "↓", [CTL_DATA_TX] = "↑" };

static gboolean
get (GVariant *properties, const char *name, guint64 *ret)
{
  g_autoptr (GVariant) dict
      = g_variant_lookup_value (properties, "Statistics", G_VARIANT_TYPE_VARDICT);

  return dict != NULL && g_variant_lookup (dict, name, "t", ret);
}

static const char *
mark (CtlDataWay way, const CtlStyle *style)
{
  return style->unicode ? arrows[way] : totals[way];
}

char *
ctl_data_total (GVariant *properties, CtlDataWay way, const CtlStyle *style)
{
  g_autofree char *bytes = NULL;
  guint64          n;

  if (!get (properties, totals[way], &n))
    return g_strdup ("");
  bytes = ctl_rate_bytes (n);
  return g_strdup_printf ("%s %s", mark (way, style), bytes);
}

gboolean
ctl_data_flow_add (CtlDataFlow *self, GVariant *properties)
{
  guint64 values[CTL_DATA_WAYS];

  for (CtlDataWay way = 0; way < CTL_DATA_WAYS; way++)
    if (!get (properties, rates[way], &values[way]))
      return FALSE;
  for (CtlDataWay way = 0; way < CTL_DATA_WAYS; way++)
    ctl_rate_add (&self->rates[way], values[way]);
  return TRUE;
}

/* ---- one line ---- */

char *
ctl_data_flow_line (const CtlDataFlow *self, GVariant *properties, const CtlStyle *style)
{
  g_autoptr (GString) out = g_string_new (NULL);

  ctl_data_append_interface (out, properties);
  for (CtlDataWay way = 0; way < CTL_DATA_WAYS; way++)
    {
      g_autofree char *rate = ctl_rate_bytes (ctl_rate_last (&self->rates[way]));

      g_string_append_printf (out, "  %s %s/s", mark (way, style), rate);
    }
  for (CtlDataWay way = 0; way < CTL_DATA_WAYS; way++)
    {
      g_autofree char *total = ctl_data_total (properties, way, style);

      g_string_append_printf (out, "%s%s", total[0] != '\0' ? "  " : "", total);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- the drawing ---- */

/* A line that is too wide would be two on the terminal, and nobody could go back to its start.
 * plain: the same without escape sequences. */
static void
append_fitting (GString *out, const char *line, const char *plain, guint width)
{
  g_autoptr (CtlTable) table = ctl_table_new (1);
  g_autofree char     *text = NULL;

  ctl_table_add (table, ctl_table_width (line) <= width ? line : plain);
  ctl_table_fit (table, width, "");
  text = ctl_table_render (table);
  g_string_append (out, text);
}

/* "  ↓    1.2 kB/s  ▁▂▃  9.9 MB" */
static void
append_rate (GString *out, const CtlRate *rate, const char *arrow, const char *total,
             const CtlStyle *style)
{
  enum
  {
    RATE = 10, /* columns: "1234.5 MB" and one more */
    TOTAL = 12,
    REST = 2 + 2 + 1 + RATE + 2 + 2 + 2 + TOTAL
  };
  g_autofree char *bytes = ctl_rate_bytes (ctl_rate_last (rate));
  guint            width = style->width > REST ? style->width - REST : 0;
  g_autofree char *bars = ctl_rate_draw (rate, MIN (width, CTL_RATE_MAX), style->unicode);
  g_autofree char *line = g_strdup_printf ("  %s %*s/s  %s  %s", arrow, RATE, bytes, bars, total);

  append_fitting (out, line, line, style->width);
}

char *
ctl_data_flow_drawing (const CtlDataFlow *self, GVariant *properties, const CtlStyle *style)
{
  const CtlStyle   plain_style = { .unicode = style->unicode, .width = style->width };
  GString         *out = g_string_new (NULL);
  g_autofree char *head = ctl_data_line (properties, style);
  g_autofree char *plain = ctl_data_line (properties, &plain_style);

  append_fitting (out, head, plain, style->width);
  for (CtlDataWay way = 0; way < CTL_DATA_WAYS; way++)
    {
      g_autofree char *total = ctl_data_total (properties, way, style);

      append_rate (out, &self->rates[way], mark (way, style), total, style);
    }
  return g_string_free (out, FALSE);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-data-text.h"

#include "ctl-child.h"
#include "ctl-data-flow.h"
#include "ctl-table.h"
#include "ctl-text.h"
#include "ctl-when.h"

static const char *const shown[] = { "State", "Suspended", "Interface", "Ip4", "Apn", NULL };
static const char *const ends[] = { "disconnected", "failed", NULL };

const CtlTrackKind ctl_data_track_kind = {
  .element = "connection",
  .interface = "Connection1",
  .parent = "Data1",
  .signal = "ConnectionRemoved",
  .shown = shown,
  .ends = ends,
};

/* ---- one thing ---- */

static char *
get_clean (GVariant *properties, const char *name)
{
  GString *out = g_string_new (NULL);

  ctl_text_append_clean (out, ctl_child_text (properties, name));
  return g_string_free (out, FALSE);
}

guint32
ctl_data_cid (GVariant *properties)
{
  guint32 cid = 0;

  (void)g_variant_lookup (properties, "Cid", "u", &cid);
  return cid;
}

void
ctl_data_append_interface (GString *out, GVariant *properties)
{
  const char *interface = ctl_child_text (properties, "Interface");

  ctl_text_append_clean (out, interface[0] != '\0' ? interface : "-");
}

char *
ctl_data_address (GVariant *properties)
{
  g_autoptr (GVariant) ip4 = g_variant_lookup_value (properties, "Ip4", G_VARIANT_TYPE_VARDICT);
  g_autofree char     *address = NULL;
  guint32              prefix;

  if (ip4 == NULL)
    return g_strdup ("-");
  address = get_clean (ip4, "address");
  if (address[0] != '\0' && g_variant_lookup (ip4, "prefix", "u", &prefix))
    return g_strdup_printf ("%s/%u", address, prefix);
  if (address[0] != '\0')
    return g_steal_pointer (&address);
  g_free (address);
  address = get_clean (ip4, "method");
  return address[0] != '\0' ? g_steal_pointer (&address) : g_strdup ("-");
}

static char *
state (GVariant *properties, const CtlStyle *style)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean            suspended = FALSE;

  (void)g_variant_lookup (properties, "Suspended", "b", &suspended);
  ctl_style_append_state (style, out,
                          suspended ? "suspended" : ctl_child_text (properties, "State"));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- the table ---- */

enum
{
  N_COLUMNS = 9
};

static void
add_row (CtlTable *table, const char *indent, GVariant *properties, const CtlStyle *style)
{
  static const char *const names[] = { "Bearer", "Interface" };
  g_autofree char         *cid = g_strdup_printf ("%s%u", indent, ctl_data_cid (properties));
  g_autofree char         *word = state (properties, style);
  g_autofree char         *address = ctl_data_address (properties);
  g_autofree char         *apn = get_clean (properties, "Apn");
  g_autofree char         *since = NULL;
  gint64                   time = 0;

  (void)g_variant_lookup (properties, "Since", "x", &time);
  since = time != 0 ? ctl_when_text (time) : g_strdup ("");
  ctl_table_add (table, cid);
  ctl_table_add (table, word);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = get_clean (properties, names[i]);

      ctl_table_add (table, text);
    }
  ctl_table_add (table, address);
  ctl_table_add (table, apn);
  ctl_table_add (table, since);
  for (CtlDataWay way = 0; way < CTL_DATA_WAYS; way++)
    {
      g_autofree char *bytes = ctl_data_total (properties, way, style);

      ctl_table_add (table, bytes);
    }
}

char *
ctl_data_table (GVariant *connections, const char *indent, const CtlStyle *style)
{
  g_autoptr (CtlTable) table = ctl_table_new (N_COLUMNS);

  for (gsize i = 0; i < g_variant_n_children (connections); i++)
    {
      g_autoptr (GVariant) properties = NULL;

      g_variant_get_child (connections, i, "(&o@a{sv})", NULL, &properties);
      add_row (table, indent, properties, style);
    }
  return ctl_table_render (table);
}

/* ---- one connection ---- */

static void
append_more (GString *out, const char *separator, const char *text)
{
  if (text[0] != '\0')
    g_string_append_printf (out, "%s%s", separator, text);
}

/* "connected, ecm, wwan0 10.0.0.2/30, internet" */
static void
append_description (GString *out, GVariant *properties, const CtlStyle *style)
{
  g_autofree char *word = state (properties, style);
  g_autofree char *bearer = get_clean (properties, "Bearer");
  g_autofree char *interface = get_clean (properties, "Interface");
  g_autofree char *address = ctl_data_address (properties);
  g_autofree char *apn = get_clean (properties, "Apn");

  g_string_append (out, word);
  append_more (out, ", ", bearer);
  append_more (out, ", ", interface);
  if (interface[0] != '\0')
    append_more (out, " ", address);
  append_more (out, ", ", apn);
}

char *
ctl_data_line (GVariant *properties, const CtlStyle *style)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char    *error = get_clean (properties, "Error");

  g_string_append_printf (out, "Context %u: ", ctl_data_cid (properties));
  if (!g_strv_contains (ends, ctl_child_text (properties, "State")))
    append_description (out, properties, style);
  else
    {
      ctl_style_append_state (style, out, ctl_child_text (properties, "State"));
      append_more (out, ", ", error);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

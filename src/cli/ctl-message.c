/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-message.h"

#include "ctl-child.h"
#include "ctl-table.h"
#include "ctl-template.h"
#include "ctl-text.h"
#include "ctl-when.h"

#include <string.h>

/* ---- properties ---- */

/* Local; "" for 0, which means that there is none. */
static char *
get_time (GVariant *properties, const char *name)
{
  gint64 time = 0;

  (void)g_variant_lookup (properties, name, "x", &time);
  return time != 0 ? ctl_when_text (time) : g_strdup ("");
}

static gboolean
is_outgoing (GVariant *properties)
{
  return g_str_equal (ctl_child_text (properties, "Direction"), "outgoing");
}

/* ---- on one line ---- */

/* The first line that is not empty, and whether there are more. */
static void
append_first_line (GString *out, const char *text, const char *mark)
{
  static const char ends[] = "\r\n";
  const char       *first = text + strspn (text, ends);
  gsize             len = strcspn (first, ends);
  g_autofree char  *line = g_strndup (first, len);

  ctl_text_append_clean (out, line);
  if (first[len + strspn (first + len, ends)] != '\0')
    g_string_append_printf (out, " %s", mark);
}

static void
append_data (GString *out, GVariant *properties, const char *before, const char *after)
{
  g_autoptr (GVariant) data
      = g_variant_lookup_value (properties, "Data", G_VARIANT_TYPE_BYTESTRING);

  if (data == NULL || g_variant_n_children (data) == 0)
    return;
  g_string_append (out, before);
  ctl_text_append_hex (out, data);
  g_string_append (out, after);
}

static void
add_text (CtlTable *table, GVariant *properties, const char *mark)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char         *text = ctl_child_text (properties, "Text");

  if (text[0] != '\0')
    append_first_line (line, text, mark);
  else
    append_data (line, properties, "[", "]");
  ctl_table_add (table, line->str);
}

static const char *
arrow (GVariant *properties, const CtlStyle *style)
{
  if (is_outgoing (properties))
    return style->unicode ? "→" : "->";
  return style->unicode ? "←" : "<-";
}

static void
add_row (CtlTable *table, const char *path, GVariant *properties, const CtlStyle *style)
{
  g_autofree char    *id = g_strdup_printf ("%u", ctl_child_id (path));
  g_autofree char    *time = get_time (properties, "Timestamp");
  g_autoptr (GString) number = g_string_new (NULL);
  g_autofree char    *state = ctl_template_expand ("{State:state}", properties, style);

  ctl_text_append_clean (number, ctl_child_text (properties, "Number"));
  ctl_table_add (table, id);
  ctl_table_add (table, time);
  ctl_table_add (table, arrow (properties, style));
  ctl_table_add (table, number->str);
  ctl_table_add (table, state != NULL ? state : "");
}

char *
ctl_message_table (GVariant *messages, const CtlStyle *style)
{
  enum
  {
    N_COLUMNS = 6
  };
  g_autoptr (CtlTable) table = ctl_table_new (N_COLUMNS);
  const char          *mark = style->unicode ? "…" : "...";
  GVariantIter         iter;
  const char          *path;
  GVariant            *properties;

  g_variant_iter_init (&iter, messages);
  while (g_variant_iter_loop (&iter, "(&o@a{sv})", &path, &properties))
    {
      add_row (table, path, properties, style);
      add_text (table, properties, mark);
    }
  ctl_table_fit (table, style->width, mark);
  return ctl_table_render (table);
}

/* ---- all of it ---- */

static void
add_line (CtlTable *table, const char *label, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  ctl_table_add (table, label);
  ctl_table_add (table, text);
}

static void
add_template (CtlTable *table, const char *label, const char *template, GVariant *properties,
              const CtlStyle *style)
{
  g_autofree char *text = ctl_template_expand (template, properties, style);

  add_line (table, label, text);
}

/* One part, and no class, go without saying. */
static void
add_kind (CtlTable *table, GVariant *properties, const CtlStyle *style)
{
  guint32 parts = 0;

  if (!g_str_equal (ctl_child_text (properties, "Class"), "none"))
    add_template (table, "Class", "{Class}", properties, style);
  if (g_variant_lookup (properties, "Parts", "u", &parts) && parts > 1)
    add_template (table, "Parts", "{PartsPresent} of {Parts}", properties, style);
}

static char *
head (const char *path, GVariant *properties, const CtlStyle *style)
{
  g_autoptr (CtlTable) table = ctl_table_new (2);
  g_autofree char     *state = ctl_template_expand ("{State:state}", properties, style);
  g_autofree char     *message
      = g_strdup_printf ("%u, %s", ctl_child_id (path), state != NULL ? state : "");
  g_autofree char *time = get_time (properties, "Timestamp");
  g_autofree char *delivered = get_time (properties, "Delivered");

  add_line (table, "Message", message);
  add_template (table, is_outgoing (properties) ? "To" : "From", "{Number}", properties, style);
  add_line (table, "Time", time);
  add_line (table, "Delivered", delivered);
  add_kind (table, properties, style);
  add_template (table, "Centre", "{ServiceCentre}", properties, style);
  add_template (table, "Error", "{Error}", properties, style);
  return ctl_table_render (table);
}

char *
ctl_message_text (const char *path, GVariant *properties, const CtlStyle *style)
{
  g_autofree char *lines = head (path, properties, style);
  GString         *out = g_string_new (lines);
  const char      *text = ctl_child_text (properties, "Text");

  g_string_append_c (out, '\n');
  if (text[0] != '\0')
    ctl_text_append_lines (out, text);
  else
    append_data (out, properties, "", "");
  if (out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-text.h"

#include "ctl-table.h"

#include <string.h>

static void append (GString *out, GVariant *value);

/* ---- one line ---- */

static void
append_clean (GString *out, const char *text, const char *harmless)
{
  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (!g_unichar_iscntrl (c) || (c < 0x80 && strchr (harmless, (int)c) != NULL))
        g_string_append_unichar (out, c);
      else
        g_string_append_printf (out, "\\x%02x", c);
    }
}

void
ctl_text_append_clean (GString *out, const char *text)
{
  append_clean (out, text, "");
}

void
ctl_text_append_lines (GString *out, const char *text)
{
  g_autoptr (GString) lines = g_string_new (text);

  g_string_replace (lines, "\r\n", "\n", 0);
  g_string_replace (lines, "\r", "\n", 0);
  append_clean (out, lines->str, "\n\t");
}

void
ctl_text_append_hex (GString *out, GVariant *value)
{
  gsize         n;
  const guint8 *bytes = g_variant_get_fixed_array (value, &n, 1);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (out, "%02x", bytes[i]);
}

/* An empty element, such as the name of a number that has none, leaves no trace. */
static void
append_children (GString *out, GVariant *value, const char *separator)
{
  gsize n = g_variant_n_children (value);
  gsize start = out->len;

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);
      gsize                before = out->len;
      gsize                separated;

      if (before > start)
        g_string_append (out, separator);
      separated = out->len;
      append (out, child);
      if (out->len == separated)
        g_string_truncate (out, before);
    }
}

static void
append_array (GString *out, GVariant *value)
{
  const GVariantType *element = g_variant_type_element (g_variant_get_type (value));

  if (g_variant_type_equal (element, G_VARIANT_TYPE_BYTE))
    ctl_text_append_hex (out, value);
  else
    append_children (out, value, g_variant_type_is_array (element) ? "; " : ", ");
}

static void
append_content (GString *out, GVariant *value)
{
  g_autoptr (GVariant) content = g_variant_get_variant (value);

  append (out, content);
}

static void
append_number (GString *out, GVariant *value)
{
  g_autofree char *text = g_variant_print (value, FALSE);

  g_string_append (out, text);
}

static void
append (GString *out, GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BOOLEAN:
      g_string_append (out, g_variant_get_boolean (value) ? "yes" : "no");
      break;
    case G_VARIANT_CLASS_BYTE:
      g_string_append_printf (out, "%u", g_variant_get_byte (value));
      break;
    case G_VARIANT_CLASS_DOUBLE:
      g_string_append_printf (out, "%.10g", g_variant_get_double (value));
      break;
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
      ctl_text_append_clean (out, g_variant_get_string (value, NULL));
      break;
    case G_VARIANT_CLASS_VARIANT: append_content (out, value); break;
    case G_VARIANT_CLASS_ARRAY: append_array (out, value); break;
    case G_VARIANT_CLASS_TUPLE: append_children (out, value, " "); break;
    case G_VARIANT_CLASS_DICT_ENTRY: append_children (out, value, "="); break;
    default: append_number (out, value);
    }
}

char *
ctl_text_line (GVariant *value)
{
  GString *out = g_string_new (NULL);

  append (out, value);
  return g_string_free (out, FALSE);
}

/* ---- several lines ---- */

static gboolean
is_record (const GVariantType *type)
{
  return g_variant_type_is_subtype_of (type, G_VARIANT_TYPE ("a{s*}"));
}

static void
add_value (CtlTable *table, GVariant *value)
{
  g_autofree char *text = value != NULL ? ctl_text_line (value) : g_strdup ("");

  ctl_table_add (table, text);
}

/* The children of each child: entries of a dictionary, members of structs. */
static char *
rows_of_children (GVariant *value)
{
  gsize                n_columns = 2;
  g_autoptr (CtlTable) table = NULL;
  GVariantIter         rows;
  GVariant            *row;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_DICTIONARY))
    n_columns = g_variant_type_n_items (g_variant_type_element (g_variant_get_type (value)));
  table = ctl_table_new (n_columns);
  g_variant_iter_init (&rows, value);
  while (g_variant_iter_loop (&rows, "@*", &row))
    for (gsize i = 0; i < n_columns; i++)
      {
        g_autoptr (GVariant) cell = g_variant_get_child_value (row, i);

        add_value (table, cell);
      }
  return ctl_table_render (table);
}

/* The keys of all rows, in the order of their first appearance. */
static GPtrArray *
keys_of_rows (GVariant *value)
{
  GPtrArray   *keys = g_ptr_array_new_with_free_func (g_free);
  GVariantIter rows;
  GVariant    *row;

  g_variant_iter_init (&rows, value);
  while (g_variant_iter_loop (&rows, "@*", &row))
    {
      GVariantIter entries;
      GVariant    *entry;

      g_variant_iter_init (&entries, row);
      while (g_variant_iter_loop (&entries, "@*", &entry))
        {
          g_autofree char *key = NULL;

          g_variant_get_child (entry, 0, "s", &key);
          if (!g_ptr_array_find_with_equal_func (keys, key, g_str_equal, NULL))
            g_ptr_array_add (keys, g_steal_pointer (&key));
        }
    }
  return keys;
}

static char *
table_of_records (GVariant *value, const CtlStyle *style)
{
  g_autoptr (GPtrArray) keys = keys_of_rows (value);
  g_autoptr (CtlTable)  table = ctl_table_new (MAX (keys->len, 1));
  GVariantIter          rows;
  GVariant             *row;

  for (guint i = 0; i < keys->len; i++)
    ctl_table_add_heading (table, keys->pdata[i], style);
  g_variant_iter_init (&rows, value);
  while (g_variant_iter_loop (&rows, "@*", &row))
    for (guint i = 0; i < keys->len; i++)
      {
        g_autoptr (GVariant) cell = g_variant_lookup_value (row, keys->pdata[i], NULL);

        add_value (table, cell);
      }
  return ctl_table_render (table);
}

static char *
lines_of_elements (GVariant *value)
{
  GString     *out = g_string_new (NULL);
  GVariantIter elements;
  GVariant    *element;

  g_variant_iter_init (&elements, value);
  while (g_variant_iter_loop (&elements, "@*", &element))
    {
      append (out, element);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

static char *
block_of_array (GVariant *value, const CtlStyle *style)
{
  const GVariantType *element = g_variant_type_element (g_variant_get_type (value));

  if (is_record (element))
    return table_of_records (value, style);
  if (g_variant_type_is_tuple (element) || g_variant_type_is_dict_entry (element))
    return rows_of_children (value);
  return lines_of_elements (value);
}

char *
ctl_text_block (GVariant *value, const CtlStyle *style)
{
  GString *out;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_ARRAY)
      && !g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
    return block_of_array (value, style);
  out = g_string_new (NULL);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    append_clean (out, g_variant_get_string (value, NULL), "\n\t");
  else
    append (out, value);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

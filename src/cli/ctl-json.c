/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-json.h"

#include "ctl-text.h"

#include <math.h>
#include <string.h>

/* What JSON wants escaped, and besides what a terminal would obey. */
static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *s = text; *s != '\0'; s = g_utf8_next_char (s))
    {
      gunichar c = g_utf8_get_char (s);

      if (c == '"' || c == '\\')
        g_string_append_printf (out, "\\%c", (char)c);
      else if (g_unichar_iscntrl (c))
        g_string_append_printf (out, "\\u%04x", c);
      else
        g_string_append_unichar (out, c);
    }
  g_string_append_c (out, '"');
}

static void
append_double (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (out, "null");
      return;
    }
  g_ascii_formatd (text, sizeof text, "%.15g", number); /* 0.1, not 0.10000000000000001 */
  if (g_ascii_strtod (text, NULL) != number)
    g_ascii_dtostr (text, sizeof text, number);
  g_string_append (out, text);
}

static void
append_bytes (GString *out, GVariant *value)
{
  g_string_append_c (out, '"');
  ctl_text_append_hex (out, value);
  g_string_append_c (out, '"');
}

static void
append_entry (GString *out, GVariant *entry)
{
  g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
  g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);
  g_autofree char     *text = NULL;

  if (strchr ("sog", g_variant_get_type_string (key)[0]) != NULL)
    text = g_variant_dup_string (key, NULL);
  else
    text = g_variant_print (key, FALSE);
  append_string (out, text);
  g_string_append_c (out, ':');
  ctl_json_append (out, value);
}

static void
append_children (GString *out, GVariant *value)
{
  gboolean is_object = g_variant_is_of_type (value, G_VARIANT_TYPE_DICTIONARY);
  gsize    n = g_variant_n_children (value);

  g_string_append_c (out, is_object ? '{' : '[');
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (GVariant) child = g_variant_get_child_value (value, i);

      if (i > 0)
        g_string_append_c (out, ',');
      if (is_object)
        append_entry (out, child);
      else
        ctl_json_append (out, child);
    }
  g_string_append_c (out, is_object ? '}' : ']');
}

/* Of a variant or a maybe; takes content over. */
static void
append_content (GString *out, GVariant *content)
{
  if (content == NULL)
    g_string_append (out, "null");
  else
    ctl_json_append (out, content);
  g_clear_pointer (&content, g_variant_unref);
}

static void
append_number (GString *out, GVariant *value)
{
  g_autofree char *text = g_variant_print (value, FALSE);

  g_string_append (out, text);
}

void
ctl_json_append (GString *out, GVariant *value)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_BYTE:
      g_string_append_printf (out, "%u", g_variant_get_byte (value));
      break;
    case G_VARIANT_CLASS_HANDLE:
      g_string_append_printf (out, "%d", g_variant_get_handle (value));
      break;
    case G_VARIANT_CLASS_DOUBLE: append_double (out, g_variant_get_double (value)); break;
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE: append_string (out, g_variant_get_string (value, NULL)); break;
    case G_VARIANT_CLASS_VARIANT: append_content (out, g_variant_get_variant (value)); break;
    case G_VARIANT_CLASS_MAYBE: append_content (out, g_variant_get_maybe (value)); break;
    case G_VARIANT_CLASS_TUPLE:
    case G_VARIANT_CLASS_DICT_ENTRY: append_children (out, value); break;
    case G_VARIANT_CLASS_ARRAY:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_BYTESTRING))
        append_bytes (out, value);
      else
        append_children (out, value);
      break;
    default: append_number (out, value); /* and booleans: JSON's text is GVariant's */
    }
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-record.h"

#include "at-cursor.h"
#include "mu-error.h"

#include <string.h>

static gboolean
scan_field (const AtField *field, const AtValue *value, gpointer at)
{
  switch (field->kind)
    {
    case AT_SKIP: return TRUE;
    case AT_TEXT: return at_value_text (value, at, field->size);
    case AT_UINT: return at_value_uint (value, 10, G_MAXUINT, at);
    case AT_HEX: return at_value_uint (value, 16, G_MAXUINT, at);
    case AT_BOOL: return at_value_uint (value, 10, 1, at);
    case AT_INT: return at_value_int (value, at);
    }
  g_assert_not_reached ();
}

static void
set_missing (const AtField *field, gpointer at)
{
  if (field->kind != AT_TEXT && field->kind != AT_SKIP)
    *(guint *)at = field->missing;
}

gboolean
at_scan (const AtRecord *record, const AtLine *line, gpointer ret, GError **error)
{
  AtCursor cursor;

  g_assert (record->size <= AT_MAX_RECORD);
  if (record->n_fields == 0 && at_line_has_prefix (line, record->prefix))
    return TRUE; /* a word such as RING has no colon */
  if (!at_cursor_begin (&cursor, line->text, record->prefix))
    return mu_fail (error, MU_ERROR_MODEM, "Not %s: '%s'", record->prefix, line->text);

  memset (ret, 0, record->size);
  for (const AtField *f = record->fields; f < record->fields + record->n_fields; f++)
    {
      AtValue  value = { .start = "" };
      gpointer at = (char *)ret + f->offset;
      gboolean is_there = at_cursor_next (&cursor, &value);

      if (f->optional && value.len == 0)
        set_missing (f, at);
      else if ((f->kind == AT_TEXT && !is_there) || !scan_field (f, &value, at))
        return mu_fail (error, MU_ERROR_MODEM, "Field %d is wrong: '%s'",
                        (int)(f - record->fields) + 1, line->text);
    }

  return TRUE;
}

static GVariant *
field_to_variant (const AtField *field, gconstpointer at)
{
  switch (field->kind)
    {
    case AT_TEXT: return g_variant_new_string (at);
    case AT_BOOL: return g_variant_new_boolean (*(const gboolean *)at);
    case AT_INT: return g_variant_new_int32 (*(const gint *)at);
    case AT_UINT:
    case AT_HEX: return g_variant_new_uint32 (*(const guint *)at);
    case AT_SKIP: break;
    }
  g_assert_not_reached ();
}

GVariant *
at_record_to_variant (const AtRecord *record, gconstpointer data)
{
  GVariantBuilder dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  for (const AtField *f = record->fields; f < record->fields + record->n_fields; f++)
    if (f->name != NULL)
      g_variant_builder_add (&dict, "{sv}", f->name,
                             field_to_variant (f, (const char *)data + f->offset));
  return g_variant_builder_end (&dict);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The API reference as introspection carries it: help. */
#include "ctl-args.h"
#include "ctl-command.h"
#include "ctl-error.h"
#include "ctl-help.h"
#include "ctl-output.h"
#include "ctl-table.h"
#include "ctl-target.h"
#include "ctl-text.h"

#include <string.h>

#define DOC_ANNOTATION "org.mu709.DocString"

typedef struct
{
  const char *kind;
  const char *name;
  char       *synopsis;
  const char *doc;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->synopsis);
  g_free (entry);
}

/* ---- collecting ---- */

/* Takes synopsis over. */
static void
add (GPtrArray *entries, const char *kind, const char *name, char *synopsis,
     GDBusAnnotationInfo **annotations)
{
  const char *doc = g_dbus_annotation_info_lookup (annotations, DOC_ANNOTATION);
  Entry      *entry = g_new (Entry, 1);

  *entry = (Entry){ kind, name, g_steal_pointer (&synopsis), doc != NULL ? doc : "" };
  g_ptr_array_add (entries, entry);
}

static void
add_methods (GPtrArray *entries, GDBusMethodInfo *const *methods)
{
  for (; methods != NULL && *methods != NULL; methods++)
    {
      g_autofree char *in = ctl_args_describe ((*methods)->in_args);
      g_autofree char *out = ctl_args_describe ((*methods)->out_args);
      char            *synopsis
          = g_strdup_printf ("%s (%s)%s%s%s", (*methods)->name, in, out[0] != '\0' ? " -> (" : "",
                             out, out[0] != '\0' ? ")" : "");

      add (entries, "method", (*methods)->name, synopsis, (*methods)->annotations);
    }
}

static void
add_properties (GPtrArray *entries, GDBusPropertyInfo *const *properties)
{
  for (; properties != NULL && *properties != NULL; properties++)
    {
      gboolean writable = ((*properties)->flags & G_DBUS_PROPERTY_INFO_FLAGS_WRITABLE) != 0;
      char    *synopsis = g_strdup_printf ("%s %s%s", (*properties)->signature, (*properties)->name,
                                        writable ? " (can be set)" : "");

      add (entries, "property", (*properties)->name, synopsis, (*properties)->annotations);
    }
}

static void
add_signals (GPtrArray *entries, GDBusSignalInfo *const *signals)
{
  for (; signals != NULL && *signals != NULL; signals++)
    {
      g_autofree char *args = ctl_args_describe ((*signals)->args);

      add (entries, "signal", (*signals)->name, g_strdup_printf ("%s (%s)", (*signals)->name, args),
           (*signals)->annotations);
    }
}

static GPtrArray *
collect (const GDBusInterfaceInfo *info)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);

  add (entries, "interface", info->name, g_strdup (info->name), info->annotations);
  add_methods (entries, info->methods);
  add_properties (entries, info->properties);
  add_signals (entries, info->signals);
  return entries;
}

/* ---- printing ---- */

static void
append_wrapped (GString *out, const char *text, guint indent, guint width)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  gsize          column = 0;

  for (char **word = words; *word != NULL; word++)
    {
      gsize len = ctl_table_width (*word);

      if (len == 0)
        continue;
      if (column > 0 && column + 1 + len > width)
        {
          g_string_append_c (out, '\n');
          column = 0;
        }
      g_string_append_printf (out, "%*s", column > 0 ? 1 : (int)indent, "");
      ctl_text_append_clean (out, *word);
      column += len + (column > 0 ? 1 : indent);
    }
  if (column > 0)
    g_string_append_c (out, '\n');
}

/* A comment that is about several members, one after the other, is printed once. */
static void
append_entry (GString *out, const Entry *entry, const Entry *next, const CtlStyle *style)
{
  enum
  {
    MAX_WIDTH = 100,
    INDENT = 4
  };

  ctl_style_append (style, out, CTL_PEN_BOLD, entry->synopsis);
  g_string_append_c (out, '\n');
  if (next != NULL && g_str_equal (entry->doc, next->doc) && g_str_equal (entry->kind, next->kind))
    return;
  append_wrapped (out, entry->doc, INDENT, MIN (style->width, MAX_WIDTH));
  if (next != NULL)
    g_string_append_c (out, '\n');
}

static void
output_text (Ctl *ctl, const GPtrArray *entries)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    append_entry (out, entries->pdata[i], i + 1 < entries->len ? entries->pdata[i + 1] : NULL,
                  &ctl->style);
  ctl_output_text (ctl, out->str);
}

static void
output_json (Ctl *ctl, const GPtrArray *entries)
{
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = entries->pdata[i];

      g_variant_builder_add_parsed (&rows,
                                    "{'kind': <%s>, 'name': <%s>, 'synopsis': <%s>, 'doc': <%s>}",
                                    entry->kind, entry->name, entry->synopsis, entry->doc);
    }
  ctl_output_json (ctl, g_variant_builder_end (&rows));
}

/* ---- commands ---- */

static gboolean
explain_interface (Ctl *ctl, const char *name, const char *member, GError **error)
{
  g_auto (CtlTarget)    target = { 0 };
  g_autoptr (GPtrArray) entries = NULL;

  if (!ctl_target_find (&target, ctl, name, error))
    return FALSE;
  entries = collect (target.interface);
  for (guint i = entries->len; member != NULL && i-- > 0;)
    {
      const Entry *entry = entries->pdata[i];

      if (!g_str_equal (entry->name, member))
        g_ptr_array_remove_index (entries, i);
    }
  if (entries->len == 0)
    return ctl_target_lacks (&target, CTL_KIND_MEMBERS, member, error);
  if (ctl->options.json)
    output_json (ctl, entries);
  else
    output_text (ctl, entries);
  return TRUE;
}

/* Interfaces have capital letters or dots, commands have not. */
static gboolean
run_help (Ctl *ctl, const char *const *args, GError **error)
{
  guint n = g_strv_length ((char **)args);

  if (n == 0 || (!g_ascii_isupper (args[0][0]) && strchr (args[0], '.') == NULL))
    return ctl_help (ctl, args, error);
  if (n > 2)
    return ctl_fail (error, CTL_ERROR_USAGE,
                     "Too many arguments; it is: mu709ctl help IFACE [MEMBER]");
  return explain_interface (ctl, args[0], args[1], error);
}

const CtlCommand ctl_help_commands[] = {
  { "help", "[IFACE|COMMAND] [MEMBER...]", "Print an interface's reference, or explain a command",
    .run = run_help },
  { NULL },
};

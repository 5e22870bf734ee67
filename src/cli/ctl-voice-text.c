/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-voice-text.h"

#include "ctl-child.h"
#include "ctl-table.h"
#include "ctl-template.h"
#include "ctl-text.h"
#include "ctl-when.h"

#include <string.h>

static gboolean
is_outgoing (GVariant *properties)
{
  return g_str_equal (ctl_child_text (properties, "Direction"), "outgoing");
}

static const char *const shown[] = { "State", "Number", "NumberHidden", "Multiparty", NULL };
static const char *const ends[] = { "ended", NULL };

const CtlTrackKind ctl_voice_track_kind = {
  .element = "call",
  .interface = "Call1",
  .parent = "Voice1",
  .signal = "CallRemoved",
  .shown = shown,
  .ends = ends,
};

/* ---- the table ---- */

static const char *
arrow (GVariant *properties, const CtlStyle *style)
{
  if (is_outgoing (properties))
    return style->unicode ? "→" : "->";
  return style->unicode ? "←" : "<-";
}

/* The number, or what is known instead. */
static char *
correspondent (GVariant *properties)
{
  gboolean            hidden = FALSE;
  g_autoptr (GString) number = g_string_new (NULL);

  (void)g_variant_lookup (properties, "NumberHidden", "b", &hidden);
  ctl_text_append_clean (number, ctl_child_text (properties, "Number"));
  if (number->len == 0)
    g_string_append (number, hidden ? "a withheld number" : "an unknown number");
  return g_string_free (g_steal_pointer (&number), FALSE);
}

static char *
state (GVariant *properties, const CtlStyle *style)
{
  return ctl_template_expand ("{State:state}{Multiparty?, conference|}{Emergency?, emergency|}",
                              properties, style);
}

static void
add_row (CtlTable *table, const char *indent, const char *path, GVariant *properties,
         const CtlStyle *style)
{
  g_autofree char *id = g_strdup_printf ("%s%u", indent, ctl_child_id (path));
  g_autofree char *number = correspondent (properties);
  g_autofree char *word = state (properties, style);
  g_autofree char *since = NULL;
  gint64           started = 0;

  (void)g_variant_lookup (properties, "Started", "x", &started);
  since = started != 0 ? ctl_when_text (started) : g_strdup ("");
  ctl_table_add (table, id);
  ctl_table_add (table, arrow (properties, style));
  ctl_table_add (table, number);
  ctl_table_add (table, word != NULL ? word : "");
  ctl_table_add (table, since);
}

char *
ctl_voice_table (GVariant *calls, const char *indent, const CtlStyle *style)
{
  enum
  {
    N_COLUMNS = 5
  };
  g_autoptr (CtlTable) table = ctl_table_new (N_COLUMNS);
  GVariantIter         iter;
  const char          *path;
  GVariant            *properties;

  g_variant_iter_init (&iter, calls);
  while (g_variant_iter_loop (&iter, "(&o@a{sv})", &path, &properties))
    add_row (table, indent, path, properties, style);
  return ctl_table_render (table);
}

/* ---- one call ---- */

/* "to +4930123", "from a withheld number" */
static char *
whom (GVariant *properties)
{
  g_autofree char *number = correspondent (properties);

  return g_strconcat (is_outgoing (properties) ? "to " : "from ", number, NULL);
}

typedef struct
{
  const char *word;
  const char *text;
} Reason;

/* Those that do not speak for themselves. */
static const Reason reasons[] = {
  { "local", "hung up here" },           { "remote", "hung up there" },
  { "no-answer", "no answer" },          { "no-network", "no network" },
  { "network", "ended by the network" }, { "gone", "the module is gone" },
};

char *
ctl_voice_end (GVariant *properties)
{
  const char         *word = ctl_child_text (properties, "EndReason");
  const char         *text = word;
  guint32             status = 0, cause = 0;
  g_autoptr (GString) out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i].word, word))
      text = reasons[i].text;
  (void)g_variant_lookup (properties, "EndStatus", "u", &status);
  (void)g_variant_lookup (properties, "Cause", "u", &cause);
  ctl_text_append_clean (out, text);
  if (status != 0)
    g_string_append_printf (out, " (%u", status);
  if (status != 0 && cause != 0)
    g_string_append_printf (out, ", cause %u", cause);
  if (status != 0)
    g_string_append_c (out, ')');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
ctl_voice_line (const char *path, GVariant *properties, const CtlStyle *style)
{
  gboolean         is_over = g_str_equal (ctl_child_text (properties, "State"), "ended");
  g_autofree char *other = whom (properties);
  g_autofree char *what = is_over ? ctl_voice_end (properties) : state (properties, style);

  return g_strdup_printf ("Call %u %s%s: %s", ctl_child_id (path), other, is_over ? " is over" : "",
                          what != NULL ? what : "");
}

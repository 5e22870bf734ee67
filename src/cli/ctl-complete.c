/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the shell can offer for the last word of a command line.  So completion knows the tables and
 * the introspection, and there is no second list of anything. */
#include "ctl-child.h"
#include "ctl-commands.h"
#include "ctl-data.h"
#include "ctl-module.h"
#include "ctl-output.h"
#include "ctl-sms.h"
#include "ctl-target.h"
#include "ctl-voice.h"

#include <string.h>

#define MAX_SECONDS 2 /* of a person's patience */

typedef struct
{
  Ctl               *ctl;
  const char        *word; /* begun */
  const CtlCommand  *command;
  const char *const *before;  /* its arguments that stand before the word */
  GString           *matches; /* one a line */
} Completion;

static void
offer (Completion *self, const char *candidate)
{
  if (g_str_has_prefix (candidate, self->word))
    g_string_append_printf (self->matches, "%s\n", candidate);
}

/* ---- what the daemon knows ---- */

static void
offer_names (Completion *self, const CtlTarget *target, CtlKind kind)
{
  g_autoptr (GPtrArray) names = ctl_target_names (target, kind);

  for (guint i = 0; i < names->len; i++)
    offer (self, names->pdata[i]);
}

static void
offer_members (Completion *self, CtlKind kind)
{
  g_auto (CtlTarget) target = { 0 };

  if (ctl_target_find (&target, self->ctl, self->before[0], NULL))
    offer_names (self, &target, kind);
}

static void
offer_interfaces (Completion *self)
{
  g_auto (CtlTarget) target = { 0 };

  offer (self, "Manager1");
  if (ctl_target_find_object (&target, self->ctl, NULL))
    offer_names (self, &target, CTL_KIND_INTERFACES);
}

static void
offer_methods (Completion *self)
{
  offer_members (self, CTL_KIND_METHODS);
}

static void
offer_properties (Completion *self)
{
  offer_members (self, CTL_KIND_PROPERTIES);
}

static void
offer_modules (Completion *self)
{
  g_autoptr (GVariant) objects = ctl_bus_objects (self->ctl, NULL);
  GVariantIter         iter;
  const char          *path;
  GVariant            *interfaces;

  if (objects == NULL)
    return;
  g_variant_iter_init (&iter, objects);
  while (ctl_module_next (&iter, &path, &interfaces))
    offer (self, ctl_module_id (path));
}

/* Not all, if there are many: a person wants one of the newest. */
static GVariant *
list_messages (Ctl *ctl)
{
  g_autoptr (GVariant) filter
      = g_variant_ref_sink (g_variant_new_parsed ("{'limit': <uint32 100>}"));

  return ctl_sms_choose (ctl, NULL) ? ctl_sms_list (ctl, filter, NULL) : NULL;
}

/* The numbers of what the command is about. */
static void
offer_ids (Completion *self)
{
  gboolean             is_call = g_str_has_prefix (self->command->words, "call ");
  g_autoptr (GVariant) rows
      = is_call ? ctl_voice_calls (self->ctl, NULL) : list_messages (self->ctl);

  for (gsize i = 0; rows != NULL && i < g_variant_n_children (rows); i++)
    {
      g_autofree char *id = NULL;
      const char      *path;

      g_variant_get_child (rows, i, "(&o@a{sv})", &path, NULL);
      id = g_strdup_printf ("%u", ctl_child_id (path));
      offer (self, id);
    }
}

static void
offer_cid (Completion *self, GVariant *properties, const char *key)
{
  g_autofree char *text = NULL;
  guint32          cid;

  if (!g_variant_lookup (properties, key, "u", &cid))
    return;
  text = g_strdup_printf ("%u", cid);
  offer (self, text);
}

/* Those that are connected, or those that are defined. */
static void
offer_cids (Completion *self)
{
  gboolean             is_down = g_str_equal (self->command->words, "data down");
  g_autoptr (GVariant) data = is_down ? NULL : ctl_data_choose (self->ctl, NULL);
  g_autoptr (GVariant) rows = NULL;

  if (is_down)
    rows = ctl_data_connections (self->ctl, NULL);
  else if (data != NULL)
    rows = g_variant_lookup_value (data, "Contexts", G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; rows != NULL && i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = NULL;

      if (is_down)
        g_variant_get_child (rows, i, "(&o@a{sv})", NULL, &row);
      else
        row = g_variant_get_child_value (rows, i);
      offer_cid (self, row, is_down ? "Cid" : "cid");
    }
}

/* ---- what the tables know ---- */

/* "bearer=" as long as that is not typed, then "bearer=ecm" and "bearer=ppp". */
static void
offer_key (Completion *self, const CtlKey *key)
{
  g_autofree char *text = g_strconcat (key->name, "=", NULL);
  g_auto (GStrv)   values = g_strsplit (key->values != NULL ? key->values : "", "|", -1);

  if (!g_str_has_prefix (self->word, text))
    offer (self, text);
  else
    for (char **value = values; *value != NULL; value++)
      {
        g_autofree char *whole = g_strconcat (text, *value, NULL);

        offer (self, whole);
      }
}

static void
offer_keys (Completion *self)
{
  for (const CtlKey *key = self->command->keys; key != NULL && key->name != NULL; key++)
    offer_key (self, key);
}

static void
offer_options (Completion *self)
{
  for (const CtlOption *option = ctl_options; option->name != NULL; option++)
    {
      g_autofree char *text = g_strconcat ("--", option->name, NULL);

      offer (self, text);
    }
}

static void
offer_next_words (Completion *self, const char *const *words)
{
  g_auto (GStrv) next = ctl_commands_next_words (words, g_strv_length ((char **)words));

  for (char **word = next; *word != NULL; word++)
    offer (self, *word);
}

static void
offer_commands (Completion *self)
{
  static const char *const nothing[] = { NULL };

  offer_next_words (self, nothing);
}

/* Of help: the members of an interface, or what belongs to a command's first word. */
static void
offer_all_members (Completion *self)
{
  offer_next_words (self, self->before);
  offer_members (self, CTL_KIND_MEMBERS);
}

/* What the names that the commands have for their arguments stand for. */
typedef struct
{
  const char *name;
  void (*offer) (Completion *self);
} Placeholder;

static const Placeholder placeholders[] = {
  { "IFACE", offer_interfaces },
  { "METHOD", offer_methods },
  { "PROPERTY", offer_properties },
  { "MEMBER", offer_all_members },
  { "MODULE", offer_modules },
  { "COMMAND", offer_commands },
  { "ID", offer_ids },
  { "CID", offer_cids },
  { "KEY=VALUE", offer_keys },
};

/* An alternative that is written small is meant literally. */
static void
offer_alternative (Completion *self, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (placeholders); i++)
    if (g_str_equal (placeholders[i].name, name))
      placeholders[i].offer (self);
  if (g_ascii_islower (name[0]))
    offer (self, name);
}

/* The n-th argument of the command; "[A|b...]" is A or b, and so are all that follow. */
static void
offer_argument (Completion *self, guint n)
{
  g_auto (GStrv) args = g_strsplit (self->command->args, " ", -1);
  guint          n_args = g_strv_length (args);
  g_auto (GStrv) alternatives = NULL;

  if (n >= n_args && strstr (self->command->args, "...") == NULL)
    return;
  n = MIN (n, n_args - 1);
  alternatives = g_strsplit_set (args[n], "[|].", -1);
  for (char **name = alternatives; *name != NULL; name++)
    offer_alternative (self, *name);
}

/* ---- the command ---- */

static void
offer_words (Completion *self, const char *const *words)
{
  offer_next_words (self, words);
  self->before = words;
  self->command = ctl_commands_find (&self->before, NULL);
  if (self->command != NULL)
    offer_argument (self, g_strv_length ((char **)self->before));
}

/* line: everything before the word, with options, which are in force here too; it ends with NULL */
static void
complete (Completion *self, char **line)
{
  CtlOptions           *options = &self->ctl->options;
  guint                 n = g_strv_length (line);
  gboolean              is_module = n > 0 && g_str_equal (line[n - 1], "--modem");
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  gboolean              parsed;

  if (is_module) /* the option without its value would not parse */
    g_clear_pointer (&line[n - 1], g_free);
  ctl_options_clear (options);
  *options = (CtlOptions){ 0 };
  parsed = ctl_options_parse (options, (const char *const *)line, words, NULL);
  options->timeout = MAX_SECONDS;
  self->ctl->call_flags = G_DBUS_CALL_FLAGS_NO_AUTO_START;
  g_ptr_array_add (words, NULL);
  if (parsed && is_module)
    offer_modules (self);
  else if (parsed && self->word[0] == '-')
    offer_options (self);
  else if (parsed)
    offer_words (self, (const char *const *)words->pdata);
}

static gboolean
run_complete (Ctl *ctl, const char *const *args, GError **error G_GNUC_UNUSED)
{
  g_auto (GStrv)      line = g_strdupv ((char **)args);
  guint               last = g_strv_length (line) - 1;
  g_autofree char    *word = g_steal_pointer (&line[last]);
  g_autoptr (GString) matches = g_string_new (NULL);
  Completion          self = { .ctl = ctl, .word = word, .matches = matches };

  complete (&self, line);
  ctl_output_text (ctl, matches->str);
  return TRUE;
}

const CtlCommand ctl_complete_commands[] = {
  { "complete", "WORD...", NULL, .run = run_complete },
  { NULL },
};

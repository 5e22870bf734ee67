/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All modules, one line each. */
#include "ctl-list.h"

#include "ctl-bus.h"
#include "ctl-command.h"
#include "ctl-module.h"
#include "ctl-output.h"
#include "ctl-table.h"

/* What list tells of a module: as JSON the property, for people the template. */
typedef struct
{
  const char *key;
  const char *interface;
  const char *property;
  const char *template; /* NULL: another column shows it to people */
} Column;

static const Column columns[] = {
  { "imei", "Modem1", "Imei", "{Imei}" },
  { "model", "Modem1", "Model", "{Model}" },
  { "state", "Modem1", "State", "{State:state}[ ({StateReason})]" },
  { "reason", "Modem1", "StateReason", NULL },
  { "operator", "Network1", "OperatorName", "{OperatorName}" },
  { "technology", "Network1", "Technology", "{Technology}" },
  { "signal", "Network1", "Quality", "[{Quality:bar} {Rssi} dBm]" },
  { "rssi", "Network1", "Rssi", NULL },
};

static gsize
count_shown (void)
{
  gsize n = 1; /* the path */

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    n += columns[i].template != NULL ? 1 : 0;
  return n;
}

static void
add_module (CtlTable *table, const char *path, GVariant *interfaces, const CtlStyle *style)
{
  ctl_table_add (table, path);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      const Column    *c = &columns[i];
      g_autofree char *text = NULL;

      if (c->template == NULL)
        continue;
      text = ctl_module_text (interfaces, c->interface, c->template, style);
      ctl_table_add (table, text != NULL ? text : "-");
    }
}

char *
ctl_list_text (GVariant *objects, const CtlStyle *style)
{
  g_autoptr (CtlTable) table = ctl_table_new (count_shown ());
  GVariantIter         iter;
  const char          *path;
  GVariant            *interfaces;

  g_variant_iter_init (&iter, objects);
  while (ctl_module_next (&iter, &path, &interfaces))
    add_module (table, path, interfaces, style);
  return ctl_table_render (table);
}

/* What a module does not tell (now) is null, but it is there. */
static GVariant *
describe_module (const char *path, GVariant *interfaces)
{
  GVariantBuilder dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&dict, "{sv}", "path", g_variant_new_object_path (path));
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GVariant) properties = ctl_module_properties (interfaces, columns[i].interface);
      g_autoptr (GVariant) value = NULL;

      if (properties != NULL)
        value = g_variant_lookup_value (properties, columns[i].property, NULL);
      if (value == NULL)
        value = g_variant_ref_sink (g_variant_new_maybe (G_VARIANT_TYPE_STRING, NULL));
      g_variant_builder_add (&dict, "{sv}", columns[i].key, value);
    }
  return g_variant_builder_end (&dict);
}

GVariant *
ctl_list_json (GVariant *objects)
{
  GVariantBuilder rows;
  GVariantIter    iter;
  const char     *path;
  GVariant       *interfaces;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_iter_init (&iter, objects);
  while (ctl_module_next (&iter, &path, &interfaces))
    g_variant_builder_add_value (&rows, describe_module (path, interfaces));
  return g_variant_builder_end (&rows);
}

/* All objects, or the one that --modem names. */
static GVariant *
get_objects (Ctl *ctl, GError **error)
{
  GVariantBuilder one;

  if (ctl->options.modem == NULL)
    return ctl_bus_objects (ctl, error);
  if (!ctl_module_choose (ctl, error))
    return NULL;
  g_variant_builder_init (&one, G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  g_variant_builder_add (&one, "{o@a{sa{sv}}}", ctl->module_path, ctl->module);
  return g_variant_ref_sink (g_variant_builder_end (&one));
}

static gboolean
run_list (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  g_autoptr (GVariant) objects = get_objects (ctl, error);
  g_autofree char     *text = NULL;

  if (objects == NULL)
    return FALSE;
  if (ctl->options.json)
    {
      ctl_output_json (ctl, ctl_list_json (objects));
      return TRUE;
    }
  text = ctl_list_text (objects, &ctl->style);
  if (text[0] == '\0')
    g_printerr ("There is no module\n");
  ctl_output_text (ctl, text);
  return TRUE;
}

const CtlCommand ctl_list_commands[] = {
  { "list", "", "List the modules", .run = run_list,
    .more
    = "One line each: path, IMEI, model, state and its reason, operator, technology, signal." },
  { NULL },
};

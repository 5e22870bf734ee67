/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-module.h"

#include "ctl-bus.h"
#include "ctl-error.h"
#include "ctl-template.h"

#include <string.h>

GVariant *
ctl_module_properties (GVariant *interfaces, const char *short_name)
{
  g_autofree char *name = ctl_bus_full_name (short_name);

  return g_variant_lookup_value (interfaces, name, G_VARIANT_TYPE_VARDICT);
}

gboolean
ctl_module_next (GVariantIter *objects, const char **path, GVariant **interfaces)
{
  while (g_variant_iter_loop (objects, "{&o@a{sa{sv}}}", path, interfaces))
    {
      g_autoptr (GVariant) modem = ctl_module_properties (*interfaces, "Modem1");

      if (modem != NULL)
        return TRUE;
    }
  return FALSE;
}

char *
ctl_module_text (GVariant *interfaces, const char *short_name, const char *template,
                 const CtlStyle *style)
{
  g_autoptr (GVariant) properties = ctl_module_properties (interfaces, short_name);

  return properties != NULL ? ctl_template_expand (template, properties, style) : NULL;
}

const char *
ctl_module_id (const char *path)
{
  return g_str_has_prefix (path, CTL_MODULES) ? path + strlen (CTL_MODULES) : path;
}

static char *
get_text (GVariant *interfaces, const char *name)
{
  g_autoptr (GVariant) modem = ctl_module_properties (interfaces, "Modem1");
  char                *text = NULL;

  if (modem != NULL)
    (void)g_variant_lookup (modem, name, "s", &text);
  return text != NULL ? text : g_strdup ("");
}

static gboolean
is_meant (const char *path, GVariant *interfaces, const char *text)
{
  g_autofree char *imei = get_text (interfaces, "Imei");

  return text == NULL || g_str_equal (text, path) || g_str_equal (text, ctl_module_id (path))
         || g_str_equal (text, imei);
}

static void
append_module (GString *list, const char *path, GVariant *interfaces)
{
  g_autofree char *imei = get_text (interfaces, "Imei");

  g_string_append_printf (list, "%s%s%s%s%s", list->len > 0 ? ", " : "", ctl_module_id (path),
                          imei[0] != '\0' ? " (IMEI " : "", imei, imei[0] != '\0' ? ")" : "");
}

char *
ctl_module_find (GVariant *objects, const char *text, GError **error)
{
  g_autofree char    *found = NULL;
  guint               n_found = 0;
  g_autoptr (GString) all = g_string_new (NULL);
  GVariantIter        iter;
  const char         *path;
  GVariant           *interfaces;

  g_variant_iter_init (&iter, objects);
  while (ctl_module_next (&iter, &path, &interfaces))
    {
      append_module (all, path, interfaces);
      if (!is_meant (path, interfaces, text))
        continue;
      n_found++;
      g_free (found);
      found = g_strdup (path);
    }
  if (n_found == 1)
    return g_steal_pointer (&found);
  if (all->len == 0)
    ctl_fail (error, CTL_ERROR_NO_MODULE, "There is no module");
  else if (n_found == 0)
    ctl_fail (error, CTL_ERROR_NO_MODULE, "There is no module '%s'; there are: %s", text, all->str);
  else
    ctl_fail (error, CTL_ERROR_NO_MODULE, "There are several modules, say with --modem which: %s",
              all->str);
  return NULL;
}

gboolean
ctl_module_choose (Ctl *ctl, GError **error)
{
  g_autoptr (GVariant) objects = NULL;

  if (ctl->module_path != NULL)
    return TRUE;
  objects = ctl_bus_objects (ctl, error);
  if (objects == NULL)
    return FALSE;
  ctl->module_path = ctl_module_find (objects, ctl->options.modem, error);
  if (ctl->module_path == NULL)
    return FALSE;
  ctl->module = g_variant_lookup_value (objects, ctl->module_path, G_VARIANT_TYPE ("a{sa{sv}}"));
  ctl->objects = g_steal_pointer (&objects);
  return TRUE;
}

gboolean
ctl_module_is_settled (const Ctl *ctl)
{
  g_autofree char *state = get_text (ctl->module, "State");

  return g_str_equal (state, "ready") || g_str_equal (state, "locked");
}

gboolean
ctl_module_lacks (const Ctl *ctl, const char *interface, GError **error)
{
  g_autofree char *state = get_text (ctl->module, "State");
  g_autofree char *reason = get_text (ctl->module, "StateReason");

  return ctl_fail (error, CTL_ERROR_FAILED, "The module has no %s now: its state is %s%s%s",
                   ctl_bus_short_name (interface), state, reason[0] != '\0' ? ", " : "", reason);
}

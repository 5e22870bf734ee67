/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-child.h"

#include "ctl-error.h"
#include "ctl-module.h"

#include <string.h>

guint32
ctl_child_id (const char *path)
{
  const char *slash = strrchr (path, '/');
  guint64     id = 0;

  if (slash != NULL)
    (void)g_ascii_string_to_unsigned (slash + 1, 10, 1, G_MAXUINT32, &id, NULL);
  return (guint32)id;
}

GVariant *
ctl_child_json (const char *path, GVariant *properties)
{
  GVariantBuilder dict;
  GVariantIter    iter;
  const char     *name;
  GVariant       *value;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&dict, "{sv}", "path", g_variant_new_object_path (path));
  g_variant_builder_add (&dict, "{sv}", "id", g_variant_new_uint32 (ctl_child_id (path)));
  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_builder_add (&dict, "{sv}", name, value);
  return g_variant_builder_end (&dict);
}

/* ---- all of a kind ---- */

typedef struct
{
  const char *path;
  GVariant   *properties;
} Child;

static void
clear_child (gpointer child)
{
  g_variant_unref (((Child *)child)->properties);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  guint32 id_a = ctl_child_id (((const Child *)a)->path);
  guint32 id_b = ctl_child_id (((const Child *)b)->path);

  return id_a < id_b ? -1 : id_a > id_b;
}

static GVariant *
rows_of (GArray *children)
{
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(oa{sv})"));
  for (guint i = 0; i < children->len; i++)
    g_variant_builder_add (&rows, "(o@a{sv})", g_array_index (children, Child, i).path,
                           g_array_index (children, Child, i).properties);
  return g_variant_ref_sink (g_variant_builder_end (&rows));
}

const char *
ctl_child_text (GVariant *properties, const char *name)
{
  const char *text = "";

  (void)g_variant_lookup (properties, name, "&s", &text);
  return text;
}

GVariant *
ctl_child_list (GVariant *objects, const char *module_path, const char *element,
                const char *interface)
{
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (Child));
  g_autofree char   *prefix = g_strconcat (module_path, "/", element, "/", NULL);
  GVariantIter       iter;
  const char        *path;
  GVariant          *interfaces;

  g_array_set_clear_func (children, clear_child);
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      Child child = { path, ctl_module_properties (interfaces, interface) };

      if (child.properties != NULL && g_str_has_prefix (path, prefix))
        g_array_append_val (children, child);
      else if (child.properties != NULL)
        g_variant_unref (child.properties);
    }
  g_array_sort (children, compare);
  return rows_of (children);
}

GVariant *
ctl_child_json_list (GVariant *children)
{
  GVariantBuilder rows;
  GVariantIter    iter;
  const char     *path;
  GVariant       *properties;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_iter_init (&iter, children);
  while (g_variant_iter_loop (&iter, "(&o@a{sv})", &path, &properties))
    g_variant_builder_add_value (&rows, ctl_child_json (path, properties));
  return g_variant_builder_end (&rows);
}

/* ---- one of them ---- */

static gboolean
is_path (const char *element, const char *text)
{
  g_autofree char *between = g_strconcat ("/", element, "/", NULL);

  return g_variant_is_object_path (text) && g_str_has_prefix (text, CTL_MODULES)
         && strstr (text, between) != NULL && ctl_child_id (text) != 0;
}

char *
ctl_child_path (Ctl *ctl, const char *element, const char *text, GError **error)
{
  guint64 id;

  if (is_path (element, text))
    return g_strdup (text);
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &id, NULL))
    {
      ctl_fail (error, CTL_ERROR_USAGE, "'%s' is neither the number of a %s nor its path", text,
                element);
      return NULL;
    }
  return ctl_module_choose (ctl, error)
             ? g_strdup_printf ("%s/%s/%" G_GUINT64_FORMAT, ctl->module_path, element, id)
             : NULL;
}

GVariant *
ctl_child_call (Ctl *ctl, const CtlMethod *method, GVariant *args, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GVariant          *reply = ctl_bus_call (ctl, method, args, NULL, &cause);

  if (reply != NULL)
    return reply;
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
      || g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    ctl_fail (error, CTL_ERROR_NO_MODULE, "There is no object %s", method->path);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

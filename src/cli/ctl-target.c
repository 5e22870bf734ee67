/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-target.h"

#include "ctl-bus.h"
#include "ctl-error.h"
#include "ctl-module.h"
#include "ctl-suggest.h"

static const char *const root_interfaces[] = { CTL_PREFIX "Manager1", CTL_MANAGER, NULL };

/* ---- names ---- */

static void
add_interfaces (GPtrArray *names, GDBusInterfaceInfo *const *infos)
{
  for (; infos != NULL && *infos != NULL; infos++)
    if (g_str_has_prefix ((*infos)->name, CTL_PREFIX))
      g_ptr_array_add (names, (gpointer)ctl_bus_short_name ((*infos)->name));
}

static void
add_methods (GPtrArray *names, GDBusMethodInfo *const *infos)
{
  for (; infos != NULL && *infos != NULL; infos++)
    g_ptr_array_add (names, (*infos)->name);
}

static void
add_properties (GPtrArray *names, GDBusPropertyInfo *const *infos)
{
  for (; infos != NULL && *infos != NULL; infos++)
    g_ptr_array_add (names, (*infos)->name);
}

static void
add_signals (GPtrArray *names, GDBusSignalInfo *const *infos)
{
  for (; infos != NULL && *infos != NULL; infos++)
    g_ptr_array_add (names, (*infos)->name);
}

GPtrArray *
ctl_target_names (const CtlTarget *self, CtlKind kind)
{
  GPtrArray *names = g_ptr_array_new ();

  if (kind == CTL_KIND_INTERFACES)
    add_interfaces (names, self->node->interfaces);
  if (kind == CTL_KIND_METHODS || kind == CTL_KIND_MEMBERS)
    add_methods (names, self->interface->methods);
  if (kind == CTL_KIND_PROPERTIES || kind == CTL_KIND_MEMBERS)
    add_properties (names, self->interface->properties);
  if (kind == CTL_KIND_MEMBERS)
    add_signals (names, self->interface->signals);
  return names;
}

gboolean
ctl_target_lacks (const CtlTarget *self, CtlKind kind, const char *name, GError **error)
{
  static const char *const words[] = { "interface", "method", "property", "member" };
  g_autoptr (GPtrArray)    names = ctl_target_names (self, kind);
  const char              *where = kind == CTL_KIND_INTERFACES ? self->path : self->interface->name;
  const char              *suggestion;
  g_autofree char         *list = NULL;

  g_ptr_array_add (names, NULL);
  suggestion = ctl_suggest (name, (const char *const *)names->pdata);
  if (suggestion != NULL)
    return ctl_fail (error, CTL_ERROR_USAGE, "%s has no %s '%s'; did you mean '%s'?",
                     ctl_bus_short_name (where), words[kind], name, suggestion);
  list = g_strjoinv (", ", (char **)names->pdata);
  return ctl_fail (error, CTL_ERROR_USAGE, "%s has no %s '%s'%s%s", ctl_bus_short_name (where),
                   words[kind], name, list[0] != '\0' ? "; there are: " : "", list);
}

/* ---- objects ---- */

static char *
find_path (Ctl *ctl, const char *interface, GError **error)
{
  const char *object = ctl->options.object;

  if (object != NULL && object[0] == '/')
    return g_strdup (object);
  if (object == NULL && interface != NULL && g_strv_contains (root_interfaces, interface))
    return g_strdup (CTL_ROOT);
  if (!ctl_module_choose (ctl, error))
    return NULL;
  if (object == NULL)
    return g_strdup (ctl->module_path);
  return g_strconcat (ctl->module_path, "/", object, NULL);
}

/* GDBus describes every path below its own: one without interfaces is no object. */
static gboolean
find_object (CtlTarget *self, Ctl *ctl, const char *interface, GError **error)
{
  *self = (CtlTarget){ .path = find_path (ctl, interface, error) };
  if (self->path == NULL)
    return FALSE;
  if (!g_variant_is_object_path (self->path))
    return ctl_fail (error, CTL_ERROR_USAGE, "'%s' is no object path", self->path);
  self->node = ctl_bus_introspect (ctl, self->path, error);
  if (self->node == NULL)
    return FALSE;
  if (self->node->interfaces == NULL || self->node->interfaces[0] == NULL)
    return ctl_fail (error, CTL_ERROR_NO_MODULE, "There is no object %s", self->path);
  return TRUE;
}

gboolean
ctl_target_find_object (CtlTarget *self, Ctl *ctl, GError **error)
{
  return find_object (self, ctl, NULL, error);
}

gboolean
ctl_target_find (CtlTarget *self, Ctl *ctl, const char *name, GError **error)
{
  g_autofree char *full_name = ctl_bus_full_name (name);

  if (!find_object (self, ctl, full_name, error))
    return FALSE;
  self->interface = g_dbus_node_info_lookup_interface (self->node, full_name);
  if (self->interface != NULL)
    return TRUE;
  if (g_strcmp0 (self->path, ctl->module_path) == 0 && !ctl_module_is_settled (ctl))
    return ctl_module_lacks (ctl, name, error);
  return ctl_target_lacks (self, CTL_KIND_INTERFACES, name, error);
}

void
ctl_target_clear (CtlTarget *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->node, g_dbus_node_info_unref);
}

/* ---- members ---- */

GDBusMethodInfo *
ctl_target_method (const CtlTarget *self, const char *name, GError **error)
{
  GDBusMethodInfo *method = g_dbus_interface_info_lookup_method (self->interface, name);

  if (method == NULL)
    ctl_target_lacks (self, CTL_KIND_METHODS, name, error);
  return method;
}

GDBusPropertyInfo *
ctl_target_property (const CtlTarget *self, const char *name, GError **error)
{
  GDBusPropertyInfo *property = g_dbus_interface_info_lookup_property (self->interface, name);

  if (property == NULL)
    ctl_target_lacks (self, CTL_KIND_PROPERTIES, name, error);
  return property;
}

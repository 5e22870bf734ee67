/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-children.h"

#include "bus-child.h"
#include "bus-info.h"

#include <string.h>

#define PROPERTIES "org.freedesktop.DBus.Properties"

struct BusChildren
{
  MuService          *service;
  BusTarget          *target;
  const BusShared    *shared;
  GDBusInterfaceInfo *info;
  char               *path;       /* above the numbers */
  guint               subtree_id; /* of those that are not listed */
  GHashTable         *listed;     /* number → BusChild */
};

/* ---- properties ---- */

static GVariant *
convert_get (GVariant *reply, GVariant *parameters, GError **error)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (reply, 0);
  g_autoptr (GVariant) value = NULL;
  const char          *name;

  g_variant_get (parameters, "(&s&s)", NULL, &name);
  value = g_variant_lookup_value (properties, name, NULL);
  if (value != NULL)
    return g_variant_new ("(v)", value);
  g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_PROPERTY, "There is no property %s", name);
  return NULL;
}

/* ---- calls ---- */

static void
begin (BusChildren *self, guint number, const char *interface, const char *method, GVariant *args,
       GDBusMethodInvocation *invocation)
{
  const MuServiceClass *class = self->service->class;
  BusOperation operation = { .object = number, .args = args };

  if (g_str_equal (interface, PROPERTIES)) /* Get and GetAll; nothing can be set */
    {
      operation.op = &mu_op_read_child;
      operation.access = class->child->read_access;
      operation.args = g_variant_new ("()");
      operation.convert = g_str_equal (method, "Get") ? convert_get : NULL;
    }
  else
    {
      operation.op = mu_op_find (class->child->ops, class->child->n_ops, method);
      operation.access = mu_op_access (class, operation.op);
    }
  bus_call_begin (self->target, &operation, invocation);
}

/* The number at the end of a path, 0 if there is none. */
static guint
parse_number (const char *node)
{
  guint64 number = 0;

  if (node == NULL || node[0] == '0'
      || !g_ascii_string_to_unsigned (node, 10, 1, G_MAXUINT32, &number, NULL))
    return 0;
  return (guint)number;
}

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
         const char *path, const char *interface, const char *method, GVariant *args,
         GDBusMethodInvocation *invocation, gpointer user_data)
{
  begin (user_data, parse_number (strrchr (path, '/') + 1), interface, method, args, invocation);
}

/* ---- the subtree ---- */

static char **
on_enumerate (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
              const char *path G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  return g_new0 (char *, 1);
}

static GDBusInterfaceInfo **
on_introspect (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
               const char *path G_GNUC_UNUSED, const char *node, gpointer user_data)
{
  BusChildren         *self = user_data;
  GDBusInterfaceInfo **infos = g_new0 (GDBusInterfaceInfo *, 2);

  if (parse_number (node) != 0)
    infos[0] = g_dbus_interface_info_ref (self->info);
  return infos;
}

static const GDBusInterfaceVTable vtable = { on_call, NULL, NULL, { 0 } };

static const GDBusInterfaceVTable *
on_dispatch (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
             const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *node,
             gpointer *out_user_data, gpointer user_data)
{
  *out_user_data = user_data;
  return parse_number (node) != 0 ? &vtable : NULL;
}

static const GDBusSubtreeVTable subtree_vtable
    = { on_enumerate, on_introspect, on_dispatch, { 0 } };

/* ---- objects that are listed ---- */

static void
add_object (BusChildren *self, guint number)
{
  g_autofree char                *path = g_strdup_printf ("%s/%u", self->path, number);
  g_autoptr (GDBusObjectSkeleton) object = g_dbus_object_skeleton_new (path);
  g_autoptr (BusChild)            child = bus_child_new (self->target, number);

  g_dbus_object_skeleton_add_interface (object, G_DBUS_INTERFACE_SKELETON (child));
  g_dbus_object_manager_server_export (self->shared->objects, object);
  g_hash_table_insert (self->listed, GUINT_TO_POINTER (number), g_steal_pointer (&child));
}

static void
remove_object (gpointer number G_GNUC_UNUSED, gpointer child, gpointer user_data)
{
  BusChildren *self = user_data;

  g_dbus_object_manager_server_unexport (
      self->shared->objects,
      g_dbus_interface_skeleton_get_object_path (G_DBUS_INTERFACE_SKELETON (child)));
}

static void
add_all (BusChildren *self)
{
  g_autoptr (GArray) numbers = self->service->class->child->numbers (self->service);

  for (guint i = 0; i < numbers->len; i++)
    add_object (self, g_array_index (numbers, guint, i));
}

/* ---- what the service tells ---- */

static void
on_child_changed (MuService *service G_GNUC_UNUSED, guint number, GVariant *properties,
                  const char *const *invalidated, gpointer user_data)
{
  BusChildren         *self = user_data;
  BusChild            *child = g_hash_table_lookup (self->listed, GUINT_TO_POINTER (number));
  g_autofree char     *path = g_strdup_printf ("%s/%u", self->path, number);
  g_autoptr (GVariant) news = NULL;

  news = g_variant_ref_sink (child != NULL ? bus_child_news (child, properties) : properties);
  if (g_variant_n_children (news) == 0)
    return;
  g_dbus_connection_emit_signal (
      self->shared->connection, NULL, path, PROPERTIES, "PropertiesChanged",
      g_variant_new ("(s@a{sv}^as)", self->info->name, news, invalidated), NULL);
}

static void
on_child_present (MuService *service G_GNUC_UNUSED, guint number, gboolean present,
                  gpointer user_data)
{
  BusChildren *self = user_data;
  BusChild    *child = g_hash_table_lookup (self->listed, GUINT_TO_POINTER (number));

  if (present && child == NULL && self->shared->objects != NULL)
    add_object (self, number);
  else if (!present && child != NULL)
    {
      remove_object (NULL, child, self);
      g_hash_table_remove (self->listed, GUINT_TO_POINTER (number));
    }
}

static const MuServiceEvents service_events = {
  .child_changed = on_child_changed,
  .child_present = on_child_present,
};

/* ---- life ---- */

static void
flush_nothing (gpointer owner G_GNUC_UNUSED)
{
}

/* GIO asks the subtree about messages that were received before it was unregistered: it keeps a
 * reference of its own for as long. */
static void
children_clear (gpointer children)
{
  BusChildren *self = children;

  g_hash_table_unref (self->listed);
  g_free (self->path);
}

static void
children_unref (gpointer children)
{
  g_rc_box_release_full (children, children_clear);
}

static void
register_subtree (BusChildren *self)
{
  g_autoptr (GError) error = NULL;

  self->subtree_id
      = g_dbus_connection_register_subtree (self->shared->connection, self->path, &subtree_vtable,
                                            G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES,
                                            g_rc_box_acquire (self), children_unref, &error);
  if (self->subtree_id == 0)
    g_error ("%s", error->message); /* nobody else is on this connection */
}

BusChildren *
bus_children_new (MuService *service, const char *path, const BusShared *shared)
{
  BusChildren *self = g_rc_box_new0 (BusChildren);

  self->service = service;
  self->shared = shared;
  self->target = bus_target_new (service, shared, flush_nothing, self);
  self->info = bus_info_find (service->class->child->interface);
  self->path = g_strconcat (path, "/", service->class->child->element, NULL);
  self->listed = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  if (service->class->child->numbers == NULL)
    register_subtree (self);
  else if (shared->objects != NULL)
    add_all (self);
  mu_service_observe (service, &service_events, self);
  return self;
}

void
bus_children_free (BusChildren *self)
{
  if (self->subtree_id != 0)
    g_dbus_connection_unregister_subtree (self->shared->connection, self->subtree_id);
  g_hash_table_foreach (self->listed, remove_object, self);
  mu_service_unobserve (self->service, self);
  bus_target_close (self->target);
  children_unref (self);
}

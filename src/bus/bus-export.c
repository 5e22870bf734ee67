/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-export.h"

#include "bus-children.h"
#include "bus-info.h"

struct _BusExport
{
  GDBusInterfaceSkeleton parent;

  MuService          *service; /* NULL: closed */
  BusTarget          *target;
  BusChildren        *children; /* NULL: none */
  const BusShared    *shared;
  GDBusInterfaceInfo *info;
  guint64             changed; /* by the number of the property, since the last flush */
  guint               flush_id;
};

G_DEFINE_FINAL_TYPE (BusExport, bus_export, G_TYPE_DBUS_INTERFACE_SKELETON)

/* ---- methods ---- */

/* Properties.Set: the operation is the property's setter. */
static void
set_property (BusExport *self, GDBusMethodInvocation *invocation)
{
  const MuServiceClass *class = self->service->class;
  const char          *name;
  g_autoptr (GVariant) value = NULL;
  BusOperation         operation = { .object = 0 };

  g_variant_get (g_dbus_method_invocation_get_parameters (invocation), "(&s&sv)", NULL, &name,
                 &value);
  operation.op = mu_op_find (class->setters, class->n_setters, name);
  g_assert (operation.op != NULL); /* GIO has checked name, access and type */
  operation.access = mu_op_access (class, operation.op);
  operation.args = g_variant_new_tuple (&value, 1);
  bus_call_begin (self->target, &operation, invocation);
}

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
         const char *path G_GNUC_UNUSED, const char *interface, const char *method, GVariant *args,
         GDBusMethodInvocation *invocation, gpointer user_data)
{
  BusExport *self = user_data;
  const MuServiceClass *class = self->service->class;
  BusOperation operation = { .args = args };

  if (g_str_equal (interface, "org.freedesktop.DBus.Properties"))
    {
      set_property (self, invocation);
      return;
    }
  operation.op = mu_op_find (class->ops, class->n_ops, method);
  g_assert (operation.op != NULL); /* the contract test has matched the tables with the XML */
  operation.access = mu_op_access (class, operation.op);
  bus_call_begin (self->target, &operation, invocation);
}

/* ---- properties ---- */

static GVariant *
on_get (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
        const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *name,
        GError **error G_GNUC_UNUSED, gpointer user_data)
{
  BusExport *self = user_data;
  const MuServiceClass *class = self->service->class;

  for (const MuProp *p = class->props; p < class->props + class->n_props; p++)
    if (g_str_equal (p->name, name))
      return mu_service_get (self->service, p);
  g_assert_not_reached (); /* the contract test has matched the tables with the XML */
}

static GDBusInterfaceVTable vtable = { on_call, on_get, NULL, { 0 } };

static GDBusInterfaceVTable *
bus_export_get_vtable (GDBusInterfaceSkeleton *skeleton G_GNUC_UNUSED)
{
  return &vtable;
}

static GDBusInterfaceInfo *
bus_export_get_info (GDBusInterfaceSkeleton *skeleton)
{
  return BUS_EXPORT (skeleton)->info;
}

static GVariant *
get_properties (BusExport *self, guint64 which)
{
  const MuServiceClass *class = self->service->class;
  GVariantBuilder dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE_VARDICT);
  for (gsize i = 0; i < class->n_props; i++)
    if (which & (G_GUINT64_CONSTANT (1) << i))
      g_variant_builder_add (&dict, "{sv}", class->props[i].name,
                             mu_service_get (self->service, &class->props[i]));
  return g_variant_builder_end (&dict);
}

static GVariant *
bus_export_get_properties (GDBusInterfaceSkeleton *skeleton)
{
  return get_properties (BUS_EXPORT (skeleton), G_MAXUINT64);
}

static void
emit (BusExport *self, const char *interface, const char *signal, GVariant *args)
{
  GDBusInterfaceSkeleton *skeleton = G_DBUS_INTERFACE_SKELETON (self);
  const char             *path = g_dbus_interface_skeleton_get_object_path (skeleton);

  if (path != NULL)
    g_dbus_connection_emit_signal (self->shared->connection, NULL, path, interface, signal, args,
                                   NULL);
  else
    g_variant_unref (g_variant_ref_sink (args));
}

/* Sends the changes of one turn of the main loop as one PropertiesChanged. */
static void
bus_export_flush (GDBusInterfaceSkeleton *skeleton)
{
  BusExport *self = BUS_EXPORT (skeleton);
  guint64    changed = self->changed;

  g_clear_handle_id (&self->flush_id, g_source_remove);
  self->changed = 0;
  if (changed != 0)
    emit (self, "org.freedesktop.DBus.Properties", "PropertiesChanged",
          g_variant_new ("(s@a{sv}as)", self->info->name, get_properties (self, changed), NULL));
}

static gboolean
on_turn_end (gpointer user_data)
{
  BusExport *self = user_data;

  self->flush_id = 0;
  bus_export_flush (G_DBUS_INTERFACE_SKELETON (self));
  return G_SOURCE_REMOVE;
}

/* ---- what the service tells ---- */

static void
on_changed (MuService *service, const MuProp *prop, gpointer user_data)
{
  BusExport *self = user_data;

  self->changed |= G_GUINT64_CONSTANT (1) << (prop - service->class->props);
  if (self->flush_id == 0)
    self->flush_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_turn_end, self, NULL);
}

static void
on_emitted (MuService *service G_GNUC_UNUSED, const char *signal, GVariant *args,
            gpointer user_data)
{
  BusExport *self = user_data;

  bus_export_flush (G_DBUS_INTERFACE_SKELETON (self));
  emit (self, self->info->name, signal, args);
}

static const MuServiceEvents service_events = { .changed = on_changed, .emitted = on_emitted };

/* ---- life ---- */

static void
flush_changes (gpointer export)
{
  bus_export_flush (export);
}

static void
bus_export_finalize (GObject *object)
{
  bus_export_close (BUS_EXPORT (object));
  G_OBJECT_CLASS (bus_export_parent_class)->finalize (object);
}

static void
bus_export_class_init (BusExportClass *klass)
{
  GDBusInterfaceSkeletonClass *skeleton_class = G_DBUS_INTERFACE_SKELETON_CLASS (klass);

  skeleton_class->get_info = bus_export_get_info;
  skeleton_class->get_vtable = bus_export_get_vtable;
  skeleton_class->get_properties = bus_export_get_properties;
  skeleton_class->flush = bus_export_flush;
  G_OBJECT_CLASS (klass)->finalize = bus_export_finalize;
}

static void
bus_export_init (BusExport *self G_GNUC_UNUSED)
{
}

void
bus_export_close (BusExport *self)
{
  if (self->service == NULL)
    return;
  mu_service_unobserve (self->service, self);
  g_clear_pointer (&self->children, bus_children_free);
  g_clear_pointer (&self->target, bus_target_close);
  self->service = NULL;
  self->changed = 0;
  g_clear_handle_id (&self->flush_id, g_source_remove);
}

BusExport *
bus_export_new (MuService *service, const char *path, const BusShared *shared)
{
  BusExport *self = g_object_new (BUS_TYPE_EXPORT, NULL);

  g_assert (service->class->n_props <= 64);
  self->service = service;
  self->target = bus_target_new (service, shared, flush_changes, self);
  self->shared = shared;
  self->info = bus_info_find (service->class->interface);
  g_assert (self->info != NULL);
  mu_service_observe (service, &service_events, self);
  if (service->class->child != NULL)
    self->children = bus_children_new (service, path, shared);
  return self;
}

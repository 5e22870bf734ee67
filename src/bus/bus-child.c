/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-child.h"

#include "bus-info.h"

struct _BusChild
{
  GDBusInterfaceSkeleton parent;

  BusTarget          *target; /* a reference of its own */
  guint               number;
  GDBusInterfaceInfo *info;
  GVariant           *told; /* a{sv} */
};

G_DEFINE_FINAL_TYPE (BusChild, bus_child, G_TYPE_DBUS_INTERFACE_SKELETON)

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
         const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *method,
         GVariant *args, GDBusMethodInvocation *invocation, gpointer user_data)
{
  BusChild *self = user_data;
  const MuServiceClass *class = self->target->service->class;
  BusOperation operation = { .object = self->number, .args = args };

  operation.op = mu_op_find (class->child->ops, class->child->n_ops, method);
  g_assert (operation.op != NULL); /* the contract test has matched the tables with the XML */
  operation.access = mu_op_access (class, operation.op);
  bus_call_begin (self->target, &operation, invocation);
}

static GVariant *
bus_child_get_properties (GDBusInterfaceSkeleton *skeleton)
{
  BusChild  *self = BUS_CHILD (skeleton);
  MuService *service = self->target->service;
  GVariant  *properties = NULL;

  if (service != NULL)
    properties = service->class->child->get (service, self->number);
  return properties != NULL ? properties : g_variant_new ("a{sv}", NULL);
}

static GVariant *
on_get (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
        const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *name,
        GError **error, gpointer user_data)
{
  g_autoptr (GVariant) properties
      = g_variant_ref_sink (bus_child_get_properties (G_DBUS_INTERFACE_SKELETON (user_data)));
  GVariant *value = g_variant_lookup_value (properties, name, NULL);

  if (value == NULL)
    g_set_error (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT, "The object is gone");
  return value;
}

static GDBusInterfaceVTable vtable = { on_call, on_get, NULL, { 0 } };

static GDBusInterfaceVTable *
bus_child_get_vtable (GDBusInterfaceSkeleton *skeleton G_GNUC_UNUSED)
{
  return &vtable;
}

static GDBusInterfaceInfo *
bus_child_get_info (GDBusInterfaceSkeleton *skeleton)
{
  return BUS_CHILD (skeleton)->info;
}

/* Changes are sent as they come. */
static void
bus_child_flush (GDBusInterfaceSkeleton *skeleton G_GNUC_UNUSED)
{
}

GVariant *
bus_child_news (BusChild *self, GVariant *properties)
{
  g_autoptr (GVariant) told = g_steal_pointer (&self->told);
  GVariantBuilder      news;
  GVariantIter         iter;
  const char          *name;
  GVariant            *value;

  g_variant_builder_init (&news, G_VARIANT_TYPE_VARDICT);
  g_variant_iter_init (&iter, properties);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) before = g_variant_lookup_value (told, name, NULL);

      if (before == NULL || !g_variant_equal (before, value))
        g_variant_builder_add (&news, "{sv}", name, value);
    }
  self->told = g_variant_ref (properties);
  return g_variant_builder_end (&news);
}

static void
bus_child_finalize (GObject *object)
{
  g_rc_box_release (BUS_CHILD (object)->target);
  g_variant_unref (BUS_CHILD (object)->told);
  G_OBJECT_CLASS (bus_child_parent_class)->finalize (object);
}

static void
bus_child_class_init (BusChildClass *klass)
{
  GDBusInterfaceSkeletonClass *skeleton_class = G_DBUS_INTERFACE_SKELETON_CLASS (klass);

  skeleton_class->get_info = bus_child_get_info;
  skeleton_class->get_vtable = bus_child_get_vtable;
  skeleton_class->get_properties = bus_child_get_properties;
  skeleton_class->flush = bus_child_flush;
  G_OBJECT_CLASS (klass)->finalize = bus_child_finalize;
}

static void
bus_child_init (BusChild *self G_GNUC_UNUSED)
{
}

BusChild *
bus_child_new (BusTarget *target, guint number)
{
  BusChild *self = g_object_new (BUS_TYPE_CHILD, NULL);

  self->target = g_rc_box_acquire (target);
  self->number = number;
  self->info = bus_info_find (target->service->class->child->interface);
  self->told = g_variant_ref_sink (bus_child_get_properties (G_DBUS_INTERFACE_SKELETON (self)));
  return self;
}

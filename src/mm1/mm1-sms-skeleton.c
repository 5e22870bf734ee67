/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-sms-skeleton.h"

#include "mm1-messaging.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"

struct _Mm1SmsSkeleton
{
  MmGdbusSmsSkeleton parent;

  Mm1Interface *interface;
};

G_DEFINE_FINAL_TYPE (Mm1SmsSkeleton, mm1_sms_skeleton, MM_GDBUS_TYPE_SMS_SKELETON)

/* GetAll: (interface); Get: (interface, name), which GIO has looked up */
static void
on_read_allowed (Mm1Interface *self, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                 const GError *error)
{
  GVariant            *args = mm1_call_data (call);
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) value = NULL;
  const char          *name;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  properties = g_variant_ref_sink (g_dbus_interface_skeleton_get_properties (self->skeleton));
  if (g_variant_n_children (args) == 1)
    {
      mm1_call_return (call, g_variant_new ("(@a{sv})", properties));
      return;
    }
  g_variant_get (args, "(&s&s)", NULL, &name);
  value = g_variant_lookup_value (properties, name, NULL);
  if (value != NULL)
    mm1_call_return (call, g_variant_new ("(v)", value));
  else
    mm1_call_reject (call, MM_CORE_ERROR_NOT_FOUND, "There is no property %s", name);
}

static void
read_properties (Mm1Interface *self G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  mm1_call_keep (call, g_variant_ref (args), (GDestroyNotify)g_variant_unref);
  mm1_call_check (call, MM1_ACCESS_MESSAGES, on_read_allowed);
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *args, GDBusMethodInvocation *invocation, gpointer user_data)
{
  static const Mm1Method       read = { "Get", .run = read_properties };
  GDBusInterfaceSkeletonClass *parent
      = G_DBUS_INTERFACE_SKELETON_CLASS (mm1_sms_skeleton_parent_class);
  GDBusInterfaceVTable *methods = parent->get_vtable (user_data);

  if (g_str_equal (interface, PROPERTIES))
    mm1_call_begin (MM1_SMS_SKELETON (user_data)->interface, &read, invocation);
  else
    methods->method_call (connection, sender, path, interface, method, args, invocation, user_data);
}

/* Without a function for properties, reading them is a call like others. */
static GDBusInterfaceVTable vtable = { on_call, NULL, NULL, { 0 } };

static GDBusInterfaceVTable *
get_vtable (GDBusInterfaceSkeleton *skeleton G_GNUC_UNUSED)
{
  return &vtable;
}

static void
mm1_sms_skeleton_class_init (Mm1SmsSkeletonClass *class)
{
  G_DBUS_INTERFACE_SKELETON_CLASS (class)->get_vtable = get_vtable;
}

static void
mm1_sms_skeleton_init (Mm1SmsSkeleton *self G_GNUC_UNUSED)
{
}

void
mm1_sms_skeleton_set_interface (Mm1SmsSkeleton *self, Mm1Interface *interface)
{
  self->interface = interface;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-export.h"

#include "bus-info.h"
#include "mu-error.h"

struct _BusExport
{
  GDBusInterfaceSkeleton parent;

  MuService          *service; /* NULL: closed */
  const BusShared    *shared;
  GDBusInterfaceInfo *info;
  guint64             changed; /* by the number of the property, since the last flush */
  guint               flush_id;
};

G_DEFINE_FINAL_TYPE (BusExport, bus_export, G_TYPE_DBUS_INTERFACE_SKELETON)

/* One method call that has not been answered. */
typedef struct
{
  BusTask task; /* first: see on_client_left() */
  BusExport *export;
  GDBusMethodInvocation *invocation; /* owned by its answer */
  const MuOp            *op;
  MuCall                *call; /* NULL: not begun, or ended */
} Call;

static void bus_export_flush (GDBusInterfaceSkeleton *skeleton);

/* ---- methods ---- */

static void
call_free (Call *call)
{
  bus_client_end (&call->task);
  g_object_unref (call->export);
  g_free (call);
}

static void
answer_error (Call *call, const GError *error)
{
  g_autofree char *name = g_strconcat ("org.mu709.Error.", mu_error_word (error), NULL);

  g_dbus_method_invocation_return_dbus_error (call->invocation, name, error->message);
  call_free (call);
}

static void
answer_reject (Call *call, MuError code, const char *message)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, (int)code, message);

  answer_error (call, error);
}

/* A caller who has its answer finds the properties changed that it has changed. */
static void
on_done (GVariant *reply, const GError *error, gpointer user_data)
{
  Call *call = user_data;

  if (call->export->service != NULL)
    bus_export_flush (G_DBUS_INTERFACE_SKELETON (call->export));
  if (error != NULL)
    {
      answer_error (call, error);
      return;
    }
  g_dbus_method_invocation_return_value (call->invocation, reply);
  call_free (call);
}

static void
on_client_left (BusTask *task)
{
  Call *call = (Call *)task;

  if (call->call == NULL)
    return; /* it waits for the policy, which will find nobody there */
  mu_call_cancel (call->call);
  answer_reject (call, MU_ERROR_ABORTED, "The caller has left the bus");
}

static void
on_allowed (gboolean allowed, const char *why, gpointer user_data)
{
  Call     *call = user_data;
  GVariant *args = g_dbus_method_invocation_get_parameters (call->invocation);

  if (!allowed)
    answer_reject (call, MU_ERROR_NOT_AUTHORIZED, why);
  else if (call->export->service == NULL)
    answer_reject (call, MU_ERROR_GONE, "The module is gone");
  else if (call->task.client == NULL)
    answer_reject (call, MU_ERROR_ABORTED, "The caller has left the bus");
  else
    mu_service_call (call->export->service, call->op, args, bus_client_number (&call->task),
                     on_done, call, &call->call);
}

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED, const char *sender,
         const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *method,
         GVariant *args G_GNUC_UNUSED, GDBusMethodInvocation *invocation, gpointer user_data)
{
  BusExport *self = user_data;
  Call      *call = g_new0 (Call, 1);

  *call = (Call){
    .task.cancel = on_client_left,
    .export = g_object_ref (self),
    .invocation = invocation,
    .op = mu_service_find_op (self->service->class, method),
  };
  g_assert (call->op != NULL); /* the contract test has matched the tables with the XML */
  if (!bus_client_begin (self->shared->clients, sender, &call->task))
    answer_reject (call, MU_ERROR_BUSY, "Too many of your calls are waiting");
  else
    bus_policy_check (self->shared->policy, invocation,
                      mu_op_access (self->service->class, call->op), on_allowed, call);
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

static const MuServiceEvents service_events = { on_changed, on_emitted };

/* ---- life ---- */

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
  self->service = NULL;
  self->changed = 0;
  g_clear_handle_id (&self->flush_id, g_source_remove);
}

BusExport *
bus_export_new (MuService *service, const BusShared *shared)
{
  BusExport *self = g_object_new (BUS_TYPE_EXPORT, NULL);

  g_assert (service->class->n_props <= 64);
  self->service = service;
  self->shared = shared;
  self->info = bus_info_find (service->class->interface);
  g_assert (self->info != NULL);
  mu_service_observe (service, &service_events, self);
  return self;
}

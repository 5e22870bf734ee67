/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-objects.h"

#include "bus-export.h"

struct BusObjects
{
  BusShared                 shared;
  GDBusObjectManagerServer *server;
  GHashTable               *objects; /* MuModem → GDBusObjectSkeleton */
  BusExport                *manager;

  void (*state_func) (gpointer user_data);
  gpointer state_data;
};

static GDBusObjectSkeleton *
find_object (BusObjects *self, MuModem *modem)
{
  return g_hash_table_lookup (self->objects, modem);
}

static void
tell_state (BusObjects *self)
{
  if (self->state_func != NULL)
    self->state_func (self->state_data);
}

static void
add_interface (BusObjects *self, GDBusObjectSkeleton *object, MuService *service)
{
  const char *path = g_dbus_object_get_object_path (G_DBUS_OBJECT (object));
  g_autoptr (BusExport) export = bus_export_new (service, path, &self->shared);

  g_dbus_object_skeleton_add_interface (object, G_DBUS_INTERFACE_SKELETON (export));
}

static void
remove_interface (GDBusObjectSkeleton *object, const char *interface)
{
  g_autoptr (GDBusInterface) export
      = g_dbus_object_get_interface (G_DBUS_OBJECT (object), interface);

  if (export == NULL)
    return;
  g_dbus_object_skeleton_remove_interface (object, G_DBUS_INTERFACE_SKELETON (export));
  bus_export_close (BUS_EXPORT (export));
}

static void
add_object (BusObjects *self, MuModem *modem)
{
  g_autofree char     *path = g_strconcat (MU_OBJECT_MODEM, mu_modem_device (modem)->id, NULL);
  GDBusObjectSkeleton *object = g_dbus_object_skeleton_new (path);

  for (gsize i = 0; i < mu_modem_n_services (modem); i++)
    if (mu_modem_service (modem, i) != NULL)
      add_interface (self, object, mu_modem_service (modem, i));
  g_hash_table_insert (self->objects, modem, object);
  g_dbus_object_manager_server_export (self->server, object);
}

static void
remove_object (BusObjects *self, MuModem *modem)
{
  g_autoptr (GDBusObjectSkeleton) object = g_object_ref (find_object (self, modem));
  GList                          *exports;

  g_dbus_object_manager_server_unexport (self->server,
                                         g_dbus_object_get_object_path (G_DBUS_OBJECT (object)));
  exports = g_dbus_object_get_interfaces (G_DBUS_OBJECT (object));
  for (GList *link = exports; link != NULL; link = link->next)
    bus_export_close (BUS_EXPORT (link->data));
  g_list_free_full (exports, g_object_unref);
  g_hash_table_remove (self->objects, modem);
}

static void
on_present (MuModem *modem, gboolean present, gpointer user_data)
{
  BusObjects *self = user_data;

  if (present)
    add_object (self, modem);
  else
    remove_object (self, modem);
  tell_state (self);
}

static void
on_appeared (MuModem *modem, MuService *service, gpointer user_data)
{
  BusObjects *self = user_data;

  add_interface (self, find_object (self, modem), service);
}

static void
on_vanished (MuModem *modem, MuService *service, gpointer user_data)
{
  remove_interface (find_object (user_data, modem), service->class->interface);
}

static void
on_entered (MuModem *modem G_GNUC_UNUSED, gpointer user_data)
{
  tell_state (user_data);
}

const MuModemEvents bus_objects_events = { on_present, on_appeared, on_vanished, on_entered };

BusObjects *
bus_objects_new (GDBusConnection *connection, gboolean is_system_bus)
{
  BusObjects *self = g_new0 (BusObjects, 1);

  self->shared = (BusShared){
    .connection = g_object_ref (connection),
    .clients = bus_clients_new (connection),
    .policy = bus_policy_new (connection, is_system_bus),
  };
  self->server = g_dbus_object_manager_server_new (MU_OBJECT_ROOT);
  self->shared.objects = self->server;
  self->objects = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  return self;
}

void
bus_objects_free (BusObjects *self)
{
  g_hash_table_unref (self->objects);
  g_object_unref (self->server);
  bus_policy_free (self->shared.policy);
  bus_clients_free (self->shared.clients);
  g_object_unref (self->shared.connection);
  g_free (self);
}

void
bus_objects_publish (BusObjects *self, MuManager *manager)
{
  g_autoptr (GError) error = NULL;

  self->manager = bus_export_new (mu_manager_service (manager), MU_OBJECT_ROOT, &self->shared);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->manager),
                                         self->shared.connection, MU_OBJECT_ROOT, &error))
    g_error ("%s", error->message); /* nobody else is on this connection */
  g_dbus_object_manager_server_set_connection (self->server, self->shared.connection);
}

void
bus_objects_unpublish (BusObjects *self)
{
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->manager));
  bus_export_close (self->manager);
  g_clear_object (&self->manager);
}

const BusShared *
bus_objects_shared (const BusObjects *self)
{
  return &self->shared;
}

void
bus_objects_on_state (BusObjects *self, void (*func) (gpointer user_data), gpointer user_data)
{
  self->state_func = func;
  self->state_data = user_data;
}

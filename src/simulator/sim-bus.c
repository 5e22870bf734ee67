/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-bus.h"

#include "mu-log.h"
#include "sim-control.h"

#include <gio/gio.h>

#define NAME       "org.mu709.Simulator1"
#define PATH       "/org/mu709/simulator"
#define TIMEOUT_MS 5000

struct SimBus
{
  SimModule       *module;
  GDBusConnection *connection;
};

static const char xml[] = "<node>"
                          "  <interface name='" NAME "'>"
                          "    <method name='Do'>"
                          "      <arg name='line' type='s' direction='in'/>"
                          "      <arg name='answer' type='s' direction='out'/>"
                          "    </method>"
                          "  </interface>"
                          "</node>";

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
         const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
         const char *method G_GNUC_UNUSED, GVariant *parameters, GDBusMethodInvocation *invocation,
         gpointer bus)
{
  SimBus          *self = bus;
  g_autofree char *answer = NULL;
  const char      *line;

  g_variant_get (parameters, "(&s)", &line);
  answer = sim_control_do (self->module, line);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", answer));
}

static const GDBusInterfaceVTable vtable = { .method_call = on_call };

/* A connection of our own: the shared one ends the process with the bus. */
static GDBusConnection *
open_bus (GError **error)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, error);

  if (address == NULL)
    return NULL;
  return g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, error);
}

/* Done when this returns: whoever waits for our line "ready" finds the name. */
static gboolean
take_name (SimBus *self, GError **error)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, error);
  g_autoptr (GVariant)      reply = NULL;

  if (node == NULL
      || g_dbus_connection_register_object (self->connection, PATH, node->interfaces[0], &vtable,
                                            self, NULL, error)
             == 0)
    return FALSE;
  reply = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", NAME, 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, TIMEOUT_MS, NULL, error);
  return reply != NULL;
}

SimBus *
sim_bus_new (SimModule *module)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection   *connection = open_bus (&error);
  SimBus            *self;

  if (connection == NULL)
    return NULL;
  self = g_new (SimBus, 1);
  *self = (SimBus){ .module = module, .connection = connection };
  if (take_name (self, &error))
    return self;
  mu_log (MU_LOG_WARNING, NULL, "no name on the session bus: %s", error->message);
  sim_bus_free (self);
  return NULL;
}

void
sim_bus_free (SimBus *self)
{
  if (self == NULL)
    return;
  (void)g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_object_unref (self->connection);
  g_free (self);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A daemon for mu709ctl to call: with every type of D-Bus, files, a property that can be set, an
 * object below the module, a method that never returns, which mu709d does not have (yet), and a
 * network that answers codes. */
#include "mu-error.h"

#include <gio/gio.h>
#include <gio/gunixfdlist.h>

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#define MODULE "/org/mu709/modem/stand_in"

static const char root_xml[] = "<node><interface name='org.freedesktop.DBus.ObjectManager'>"
                               " <method name='GetManagedObjects'>"
                               "  <arg name='objects' type='a{oa{sa{sv}}}' direction='out'/>"
                               " </method>"
                               "</interface></node>";

static const char module_xml[]
    = "<node>"
      "<interface name='org.mu709.Modem1'>"
      " <property name='State' type='s' access='read'/>"
      " <property name='Imei' type='s' access='read'/>"
      "</interface>"
      "<interface name='org.mu709.Test1'>"
      " <annotation name='org.mu709.DocString' value='Whatever the tests want.'/>"
      " <method name='Echo'>"
      "  <annotation name='org.mu709.DocString' value='Returns its arguments.'/>"
      "  <arg name='b' type='b' direction='in'/><arg name='y' type='y' direction='in'/>"
      "  <arg name='n' type='n' direction='in'/><arg name='x' type='x' direction='in'/>"
      "  <arg name='d' type='d' direction='in'/><arg name='o' type='o' direction='in'/>"
      "  <arg name='ay' type='ay' direction='in'/><arg name='as' type='as' direction='in'/>"
      "  <arg name='options' type='a{sv}' direction='in'/>"
      "  <arg name='b' type='b' direction='out'/><arg name='y' type='y' direction='out'/>"
      "  <arg name='n' type='n' direction='out'/><arg name='x' type='x' direction='out'/>"
      "  <arg name='d' type='d' direction='out'/><arg name='o' type='o' direction='out'/>"
      "  <arg name='ay' type='ay' direction='out'/><arg name='as' type='as' direction='out'/>"
      "  <arg name='options' type='a{sv}' direction='out'/>"
      " </method>"
      " <method name='Copy'>"
      "  <arg name='in' type='h' direction='in'/><arg name='out' type='h' direction='in'/>"
      "  <arg name='bytes' type='u' direction='out'/>"
      " </method>"
      " <method name='Nameless'><arg type='s' direction='out'/></method>"
      " <method name='Wait'/>"
      " <method name='Leave'/>"
      " <property name='Level' type='i' access='readwrite'/>"
      " <property name='Ratio' type='d' access='read'/>"
      " <property name='Text' type='s' access='read'/>"
      " <property name='Secret' type='s' access='write'/>"
      " <signal name='Ticked'><arg name='n' type='u'/></signal>"
      "</interface>"
      "<interface name='org.mu709.Ussd1'>"
      " <property name='State' type='s' access='read'/>"
      " <method name='Initiate'>"
      "  <arg name='code' type='s' direction='in'/><arg name='text' type='s' direction='out'/>"
      " </method>"
      " <method name='Respond'>"
      "  <arg name='text' type='s' direction='in'/><arg name='text' type='s' direction='out'/>"
      " </method>"
      " <method name='Cancel'/>"
      " <signal name='Notification'><arg name='text' type='s'/></signal>"
      "</interface>"
      "<interface name='org.mu709.Call1'>"
      " <property name='State' type='s' access='read'/>"
      "</interface>"
      "</node>";

static gint32 level = -95;

/* ---- USSD ---- */

static const char *ussd_state = "idle";

typedef struct
{
  const char *says;
  const char *answer;
  const char *state;
} Dialogue;

/* The network may say anything to a terminal. */
static const Dialogue dialogues[] = {
  { "*100#", "Balance:\r\n\0331.00", "idle" },
  { "*123#", "1 News\n2 Weather", "waiting" },
  { "1", "No news\n1 More\n2 Weather", "waiting" },
  { "2", "It rains", "idle" },
};

static void
ussd (const char *method, GVariant *args, GDBusMethodInvocation *invocation)
{
  const char *says = "";

  if (g_variant_n_children (args) > 0)
    g_variant_get (args, "(&s)", &says);
  for (gsize i = 0; i < G_N_ELEMENTS (dialogues); i++)
    if (g_str_equal (dialogues[i].says, says))
      {
        ussd_state = dialogues[i].state;
        g_dbus_method_invocation_return_value (invocation,
                                               g_variant_new ("(s)", dialogues[i].answer));
        return;
      }
  ussd_state = "idle";
  if (g_str_equal (method, "Cancel"))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_error (invocation, MU_ERROR, MU_ERROR_INVALID_ARGUMENT,
                                           "Nobody knows %s", says);
}

/* ---- the rest ---- */

static GVariant *
get_property (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
              const char *path G_GNUC_UNUSED, const char *interface, const char *name,
              GError **error G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  if (g_str_equal (name, "Level"))
    return g_variant_new_int32 (level);
  if (g_str_equal (name, "Ratio"))
    return g_variant_new_double ((double)NAN);
  if (g_str_equal (name, "Text"))
    return g_variant_new_string ("\033[31mred\033[0m\n\"Grüße\"");
  if (g_str_equal (name, "Imei"))
    return g_variant_new_string ("490154203237518");
  if (g_str_has_suffix (interface, "Ussd1"))
    return g_variant_new_string (ussd_state);
  return g_variant_new_string (g_str_has_suffix (interface, "Call1") ? "active" : "ready");
}

static gboolean
set_property (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
              const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED, const char *name,
              GVariant *value, GError **error, gpointer user_data G_GNUC_UNUSED)
{
  if (!g_str_equal (name, "Level"))
    return TRUE;
  if (g_variant_get_int32 (value) > 0)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "Not above 0");
  level = g_variant_get_int32 (value);
  return TRUE;
}

static void
copy (GDBusMethodInvocation *invocation)
{
  GUnixFDList *files
      = g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (invocation));
  int     in = g_unix_fd_list_get (files, 0, NULL), out = g_unix_fd_list_get (files, 1, NULL);
  char    buffer[256];
  gssize  n;
  guint32 total = 0;

  while ((n = read (in, buffer, sizeof buffer)) > 0 && write (out, buffer, (gsize)n) == n)
    total += (guint32)n;
  (void)close (in);
  (void)close (out);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", total));
}

static void
on_call (GDBusConnection *connection G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
         const char *path G_GNUC_UNUSED, const char *interface, const char *method, GVariant *args,
         GDBusMethodInvocation *invocation, gpointer user_data G_GNUC_UNUSED)
{
  if (g_str_has_suffix (interface, "Ussd1"))
    ussd (method, args, invocation);
  else if (g_str_equal (method, "GetManagedObjects"))
    g_dbus_method_invocation_return_value (
        invocation, g_variant_new_parsed ("({%o: {'org.mu709.Modem1': {"
                                          "'State': <'ready'>, 'Imei': <'490154203237518'>},"
                                          "'org.mu709.Ussd1': {'State': <%s>},"
                                          "'org.mu709.Test1': {'Ratio': <%d>}}},)",
                                          MODULE, ussd_state, (double)NAN));
  else if (g_str_equal (method, "Echo"))
    g_dbus_method_invocation_return_value (invocation, args);
  else if (g_str_equal (method, "Copy"))
    copy (invocation);
  else if (g_str_equal (method, "Nameless"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", "anonymous"));
  else if (g_str_equal (method, "Leave"))
    exit (EXIT_SUCCESS);
  else
    g_object_unref (invocation); /* Wait: there is no answer */
}

static const GDBusInterfaceVTable vtable = { on_call, get_property, set_property, { 0 } };

static void export(GDBusConnection *connection, const char *path, const char *xml,
                   const char *interface)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);

  (void)g_dbus_connection_register_object (connection, path,
                                           g_dbus_node_info_lookup_interface (node, interface),
                                           &vtable, NULL, NULL, NULL);
}

static void
on_name (GDBusConnection *connection G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
         gpointer user_data G_GNUC_UNUSED)
{
  g_print ("ready\n"); /* the test waits for it */
}

static gboolean
tick (gpointer user_data)
{
  static guint32 n;

  (void)g_dbus_connection_emit_signal (user_data, NULL, MODULE, "org.mu709.Test1", "Ticked",
                                       g_variant_new ("(u)", n++), NULL);
  return G_SOURCE_CONTINUE;
}

int
main (void)
{
  g_autoptr (GMainLoop)       loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  if (connection == NULL)
    return EXIT_FAILURE;
  (void)g_dbus_error_register_error (MU_ERROR, MU_ERROR_INVALID_ARGUMENT,
                                     "org.mu709.Error.InvalidArgument");
  export(connection, "/org/mu709", root_xml, "org.freedesktop.DBus.ObjectManager");
  export(connection, MODULE, module_xml, "org.mu709.Modem1");
  export(connection, MODULE, module_xml, "org.mu709.Test1");
  export(connection, MODULE, module_xml, "org.mu709.Ussd1");
  export(connection, MODULE "/call/1", module_xml, "org.mu709.Call1");
  (void)g_bus_own_name_on_connection (connection, "org.mu709", G_BUS_NAME_OWNER_FLAGS_NONE, on_name,
                                      NULL, NULL, NULL);
  (void)g_timeout_add (100, tick, connection);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The floor under the daemon: the least that a GDBus service with a GUdev client can be.  With the
 * name of a tty it is the relay, too: a line from there becomes a signal. */
#include <gio/gio.h>
#include <glib-unix.h>
#include <gudev/gudev.h>

#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const char xml[] = "<node><interface name='org.mu709.Floor'>"
                          "<method name='Empty'/>"
                          "<signal name='Line'><arg type='s'/></signal>"
                          "</interface></node>";

static GDBusConnection *connection;

static void
on_call (GDBusConnection *c G_GNUC_UNUSED, const char *sender G_GNUC_UNUSED,
         const char *path G_GNUC_UNUSED, const char *interface G_GNUC_UNUSED,
         const char *method G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED,
         GDBusMethodInvocation *invocation, gpointer user_data G_GNUC_UNUSED)
{
  g_dbus_method_invocation_return_value (invocation, NULL);
}

static gboolean
on_readable (int fd, GIOCondition condition G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  char    buffer[4096];
  ssize_t n = read (fd, buffer, sizeof buffer - 1);
  char   *rest = buffer;
  char   *line;

  if (n <= 0)
    return G_SOURCE_REMOVE;
  buffer[n] = '\0';
  while ((line = strsep (&rest, "\r\n")) != NULL)
    if (*line != '\0')
      g_dbus_connection_emit_signal (connection, NULL, "/", "org.mu709.Floor", "Line",
                                     g_variant_new ("(s)", line), NULL);
  return G_SOURCE_CONTINUE;
}

static void
open_tty (const char *name)
{
  struct termios raw;
  int            fd = open (name, O_RDWR | O_NOCTTY | O_NONBLOCK);

  tcgetattr (fd, &raw);
  cfmakeraw (&raw);
  tcsetattr (fd, TCSANOW, &raw);
  g_unix_fd_add (fd, G_IO_IN, on_readable, NULL);
}

static gboolean
on_term (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  static const GDBusInterfaceVTable vtable = { on_call, NULL, NULL, { 0 } };
  static const char *const          subsystems[] = { "tty", "net", NULL };
  g_autoptr (GDBusNodeInfo)         node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GMainLoop)             loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GUdevClient) udev      G_GNUC_UNUSED = g_udev_client_new (subsystems);

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_register_object (connection, "/", node->interfaces[0], &vtable, NULL, NULL,
                                     NULL);
  if (argc > 1)
    open_tty (argv[1]);
  g_bus_own_name_on_connection (connection, "org.mu709.Floor", G_BUS_NAME_OWNER_FLAGS_NONE, NULL,
                                NULL, NULL, NULL);
  g_unix_signal_add (SIGTERM, on_term, loop);
  g_main_loop_run (loop);
  return 0;
}

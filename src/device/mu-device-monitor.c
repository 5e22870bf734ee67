/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a module offers is worked out of the list of its ports anew after each event: the order in
 * which udev tells of them does not matter then. */
#include "mu-device-monitor.h"

#include "mu-device-match.h"
#include "mu-log.h"

#include <gudev/gudev.h>
#include <string.h>

/* What a USB interface has at the moment: one tty or one network device.  The interface stays what
 * it is while these are renamed. */
typedef struct
{
  MuDevice  *device;
  char      *interface; /* sysfs path of the USB interface */
  char      *path;      /* of the tty or network device: on "remove" its parents may be gone */
  char      *name;      /* /dev/ttyUSB1, wwan0 */
  MuPortRole role;
  int        rank;
} Port;

struct MuDeviceMonitor
{
  GUdevClient *client;
  GStrv        ids;
  GPtrArray   *ports; /* of Port; who they belong to is the list of devices */
  MuDeviceFunc func;
  gpointer     user_data;
};

static const char *const subsystems[] = { "tty", "net", NULL };

/* The role that a udev rule gave, see role_of(). */
static const int rank_of_rule = -1;

static void
port_free (gpointer data)
{
  Port *self = data;

  mu_device_unref (self->device);
  g_free (self->interface);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

/* A sysfs attribute in hex; FALSE: not there, or something else. */
static gboolean
read_hex (GUdevDevice *udev, const char *attribute, guint *ret_value)
{
  const char *text = g_udev_device_get_sysfs_attr (udev, attribute);
  guint64     value;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT16, &value, NULL))
    return FALSE;
  *ret_value = (guint)value;
  return TRUE;
}

static gboolean
is_module (MuDeviceMonitor *self, GUdevDevice *usb)
{
  guint vendor, product;

  return read_hex (usb, "idVendor", &vendor) && read_hex (usb, "idProduct", &product)
         && mu_device_match_id (vendor, product, (const char *const *)self->ids);
}

/* Whoever writes a udev rule of his own knows better than the table: a role that is not the table's
 * comes first, and a word that is no role ("none") hides the port. */
static gboolean
role_of (GUdevDevice *udev, GUdevDevice *interface, MuPortRole *ret_role, int *ret_rank)
{
  const char *word = g_udev_device_get_property (udev, "ID_MU709_ROLE");
  guint       class_code, subclass, protocol;
  gboolean    known;

  known = read_hex (interface, "bInterfaceClass", &class_code)
          && read_hex (interface, "bInterfaceSubClass", &subclass)
          && read_hex (interface, "bInterfaceProtocol", &protocol)
          && mu_device_match_interface (class_code, subclass, protocol, ret_role, ret_rank);
  if (word == NULL || (known && g_str_equal (word, mu_port_role_word (*ret_role))))
    return known;
  *ret_rank = rank_of_rule;
  return mu_port_role_from_word (word, ret_role);
}

/* The name that programs know it by, if it is the kind of thing that the role wants. */
static const char *
name_of (GUdevDevice *udev, MuPortRole role)
{
  gboolean is_net = g_str_equal (g_udev_device_get_subsystem (udev), "net");

  if (is_net != (role == MU_PORT_NET))
    return NULL;
  return is_net ? g_udev_device_get_name (udev) : g_udev_device_get_device_file (udev);
}

static MuDevice *
find_device (MuDeviceMonitor *self, const char *path)
{
  for (guint i = 0; i < self->ports->len; i++)
    {
      Port *port = g_ptr_array_index (self->ports, i);

      if (g_str_equal (port->device->path, path))
        return port->device;
    }
  return NULL;
}

static Port *
find_port (MuDeviceMonitor *self, gsize member, const char *path)
{
  for (guint i = 0; i < self->ports->len; i++)
    {
      Port *port = g_ptr_array_index (self->ports, i);

      if (g_str_equal (G_STRUCT_MEMBER (char *, port, member), path))
        return port;
    }
  return NULL;
}

/* Of two as good as each other the path decides, not which came first. */
static gboolean
is_better (const Port *port, const Port *than)
{
  if (than == NULL)
    return TRUE;
  if (port->rank != than->rank)
    return port->rank < than->rank;
  return strcmp (port->interface, than->interface) < 0;
}

/* The id is USB's own name for the place: "1-1.4" is port 4 of the hub on port 1 of bus 1. */
static MuDevice *
device_for (MuDeviceMonitor *self, GUdevDevice *usb)
{
  const char      *path = g_udev_device_get_sysfs_path (usb);
  MuDevice        *known = find_device (self, path);
  g_autofree char *id = NULL;

  if (known != NULL)
    return mu_device_ref (known);
  id = g_strconcat ("usb_", g_udev_device_get_name (usb), NULL);
  g_strcanon (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_", '_');
  return mu_device_new (id, path);
}

/* NULL: it is none of a module's. */
static Port *
port_new (MuDeviceMonitor *self, GUdevDevice *udev)
{
  g_autoptr (GUdevDevice) usb = NULL, interface = NULL;
  const char             *name;
  MuPortRole              role;
  int                     rank;
  Port                   *port;

  usb = g_udev_device_get_parent_with_subsystem (udev, "usb", "usb_device");
  interface = g_udev_device_get_parent_with_subsystem (udev, "usb", "usb_interface");
  if (usb == NULL || interface == NULL || !is_module (self, usb)
      || !role_of (udev, interface, &role, &rank))
    return NULL;
  name = name_of (udev, role);
  if (name == NULL)
    return NULL;

  port = g_new (Port, 1);
  *port = (Port){
    .device = device_for (self, usb),
    .interface = g_strdup (g_udev_device_get_sysfs_path (interface)),
    .path = g_strdup (g_udev_device_get_sysfs_path (udev)),
    .name = g_strdup (name),
    .role = role,
    .rank = rank,
  };
  return port;
}

/* Returns whether anything changed. */
static gboolean
choose_ports (MuDeviceMonitor *self, MuDevice *device)
{
  const Port *best[MU_N_PORT_ROLES] = { NULL };
  gboolean    changed = FALSE;

  for (guint i = 0; i < self->ports->len; i++)
    {
      const Port *port = g_ptr_array_index (self->ports, i);

      if (port->device == device && is_better (port, best[port->role]))
        best[port->role] = port;
    }
  for (guint role = 0; role < MU_N_PORT_ROLES; role++)
    {
      const char *name = best[role] != NULL ? best[role]->name : NULL;

      if (mu_device_set_port (device, (MuPortRole)role, name))
        {
          mu_log (MU_LOG_DEBUG, device->id, "%s: %s", mu_port_role_word ((MuPortRole)role),
                  name != NULL ? name : "gone");
          changed = TRUE;
        }
    }
  return changed;
}

static void
tell (MuDeviceMonitor *self, MuDevice *device, gboolean is_new)
{
  gboolean changed = choose_ports (self, device);

  if (is_new)
    self->func (device, MU_DEVICE_ADDED, self->user_data);
  else if (find_device (self, device->path) == NULL)
    self->func (device, MU_DEVICE_REMOVED, self->user_data);
  else if (changed)
    self->func (device, MU_DEVICE_CHANGED, self->user_data);
}

static void
let_go (MuDeviceMonitor *self, Port *port)
{
  g_autoptr (MuDevice) device = NULL;

  if (port == NULL)
    return;
  device = mu_device_ref (port->device);
  g_ptr_array_remove_fast (self->ports, port);
  tell (self, device, FALSE);
}

static Port *
port_at (MuDeviceMonitor *self, GUdevDevice *udev)
{
  return find_port (self, G_STRUCT_OFFSET (Port, path), g_udev_device_get_sysfs_path (udev));
}

/* What the interface had before is replaced: that is how a renamed port is known again. */
static void
take_in (MuDeviceMonitor *self, GUdevDevice *udev)
{
  Port    *port = port_new (self, udev);
  gboolean is_new;

  if (port == NULL)
    {
      let_go (self, port_at (self, udev)); /* a rule can have changed its mind */
      return;
    }
  is_new = find_device (self, port->device->path) == NULL;
  g_ptr_array_remove_fast (self->ports,
                           find_port (self, G_STRUCT_OFFSET (Port, interface), port->interface));
  g_ptr_array_add (self->ports, port);
  tell (self, port->device, is_new);
}

static void
on_uevent (GUdevClient *client G_GNUC_UNUSED, const char *action, GUdevDevice *udev,
           gpointer user_data)
{
  MuDeviceMonitor *self = user_data;

  if (g_str_equal (action, "remove"))
    let_go (self, port_at (self, udev));
  else
    take_in (self, udev); /* add, move, change: what is there now */
}

MuDeviceMonitor *
mu_device_monitor_new (const char *const *ids, MuDeviceFunc func, gpointer user_data)
{
  MuDeviceMonitor *self = g_new0 (MuDeviceMonitor, 1);

  self->client = g_udev_client_new (subsystems);
  self->ids = g_strdupv ((char **)ids);
  self->ports = g_ptr_array_new_with_free_func (port_free);
  self->func = func;
  self->user_data = user_data;
  g_signal_connect (self->client, "uevent", G_CALLBACK (on_uevent), self);
  return self;
}

void
mu_device_monitor_free (MuDeviceMonitor *self)
{
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_object_unref (self->client);
  g_ptr_array_unref (self->ports);
  g_strfreev (self->ids);
  g_free (self);
}

/* An event can be lost (the socket's buffer is finite), so what left unseen goes too. */
static void
let_go_of_the_gone (MuDeviceMonitor *self)
{
  for (guint i = self->ports->len; i-- > 0;)
    {
      Port *port = g_ptr_array_index (self->ports, i);

      if (!g_file_test (port->path, G_FILE_TEST_EXISTS))
        let_go (self, port);
    }
}

/* Also what udev has not finished with, or never will where there is no udevd: then the port may
 * not be permitted yet and is tried again, and what udev's rules say of it comes with its "add". */
void
mu_device_monitor_scan (MuDeviceMonitor *self)
{
  let_go_of_the_gone (self);
  for (gsize i = 0; subsystems[i] != NULL; i++)
    {
      g_autolist (GUdevDevice) found
          = g_udev_client_query_by_subsystem (self->client, subsystems[i]);

      for (GList *l = found; l != NULL; l = l->next)
        take_in (self, l->data);
    }
}

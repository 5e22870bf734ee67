/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "usb-bed.h"

const UsbPart usb_modem = { "ff", "02", "01", "tty", NULL };
const UsbPart usb_pcui = { "ff", "02", "02", "tty", NULL };
const UsbPart usb_diag = { "ff", "02", "03", "tty", NULL };
const UsbPart usb_ecm = { "02", "06", "00", "net", NULL };
const UsbPart usb_last_resort = { "ff", "03", "02", "tty", NULL };

static UsbBed bed;

static void
on_change (MuDevice *device, MuDeviceChange change, gpointer user_data)
{
  static const char *const words[] = { "ADDED", "CHANGED", "REMOVED" };
  UsbBed                  *self = user_data;

  self->n_told++;
  g_string_append_printf (self->told, "%s %s", words[change], device->id);
  for (guint role = 0; role < MU_N_PORT_ROLES; role++)
    if (device->ports[role] != NULL)
      g_string_append_printf (self->told, " %s=%s", mu_port_role_word ((MuPortRole)role),
                              device->ports[role]);
  g_string_append_c (self->told, '\n');
}

const char *
usb_bed_last_told (const UsbBed *self)
{
  const char *last = self->told->str;

  for (const char *c = last; *c != '\0'; c++)
    if (c[0] == '\n' && c[1] != '\0')
      last = c + 1;
  return last;
}

void
usb_bed_watch (UsbBed *self, const char *const *ids)
{
  g_clear_pointer (&self->monitor, mu_device_monitor_free);
  self->monitor = mu_device_monitor_new (ids, on_change, self);
}

int
usb_bed_set_up (void **state)
{
  bed = (UsbBed){
    .bed = umockdev_testbed_new (),
    .paths = g_ptr_array_new_with_free_func (g_free),
    .told = g_string_new (NULL),
  };
  bed.hub = usb_bed_plug_usb (&bed, "usb1", "1d6b", "0002");
  bed.hub = usb_bed_plug_usb (&bed, "1-1", "05e3", "0608");
  usb_bed_watch (&bed, NULL);
  *state = &bed;
  return 0;
}

int
usb_bed_tear_down (void **state)
{
  UsbBed *self = *state;

  mu_device_monitor_free (self->monitor);
  g_string_free (self->told, TRUE);
  g_ptr_array_unref (self->paths);
  g_object_unref (self->bed);
  return 0;
}

static const char *
plug (UsbBed *self, const char *parent, const char *subsystem, const char *name,
      const char *const *properties)
{
  char *none[] = { NULL };
  char *path = umockdev_testbed_add_devicev (self->bed, subsystem, name, parent, none,
                                             (char **)properties);

  assert_non_null (path);
  g_ptr_array_add (self->paths, path);
  return path;
}

static void
set_attribute (UsbBed *self, const char *path, const char *attribute, const char *value)
{
  if (value != NULL)
    umockdev_testbed_set_attribute (self->bed, path, attribute, value);
}

const char *
usb_bed_plug_usb (UsbBed *self, const char *place, const char *vendor, const char *product)
{
  static const char *const properties[] = { "DEVTYPE", "usb_device", NULL };
  const char              *path = plug (self, self->hub, "usb", place, properties);

  set_attribute (self, path, "idVendor", vendor);
  set_attribute (self, path, "idProduct", product);
  return path;
}

const char *
usb_bed_plug_interface (UsbBed *self, const char *usb, guint number, const UsbPart *part)
{
  static const char *const properties[] = { "DEVTYPE", "usb_interface", NULL };
  g_autofree char         *name = g_strdup_printf ("%s:1.%u", strrchr (usb, '/') + 1, number);
  const char              *path = plug (self, usb, "usb", name, properties);

  set_attribute (self, path, "bInterfaceClass", part->class);
  set_attribute (self, path, "bInterfaceSubClass", part->subclass);
  set_attribute (self, path, "bInterfaceProtocol", part->protocol);
  return path;
}

const char *
usb_bed_plug_port (UsbBed *self, const char *parent, const UsbPart *part, const char *name)
{
  gboolean         is_net = g_str_equal (part->subsystem, "net");
  g_autofree char *file = g_strconcat ("/dev/", name, NULL);
  const char      *properties[] = {
         is_net ? "INTERFACE" : "DEVNAME",
    is_net ? name : file,
    part->rule != NULL ? "ID_MU709_ROLE" : NULL,
    part->rule,
    NULL,
  };

  return plug (self, parent, part->subsystem, name, properties);
}

const char *
usb_bed_plug_part (UsbBed *self, const char *usb, guint number, const UsbPart *part,
                   const char *name)
{
  const char *interface = usb_bed_plug_interface (self, usb, number, part);

  return usb_bed_plug_port (self, interface, part, name);
}

void
usb_bed_pull (UsbBed *self, const char *path)
{
  g_autofree char *top = g_strdup (path);

  for (guint i = self->paths->len; i-- > 0;)
    if (g_str_has_prefix (g_ptr_array_index (self->paths, i), top))
      {
        umockdev_testbed_remove_device (self->bed, g_ptr_array_index (self->paths, i));
        g_ptr_array_remove_index (self->paths, i);
      }
}

void
usb_bed_send (UsbBed *self, const char *path, const char *action)
{
  umockdev_testbed_uevent (self->bed, path, action);
}

void
usb_bed_deliver (UsbBed *self G_GNUC_UNUSED)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
usb_bed_announce (UsbBed *self, const char *path, const char *action)
{
  usb_bed_send (self, path, action);
  usb_bed_deliver (self);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The real daemon and udev: umockdev stands in for /sys, /dev and the kernel's events, the
 * simulator is behind the ttys. */
#include "house.h"

#include "../mu-test.h"

#include <glib/gstdio.h>
#include <umockdev.h>

#include <string.h>
#include <unistd.h>

typedef struct
{
  const char *number; /* of the interface */
  const char *class, *subclass, *protocol;
  const char *subsystem, *name, *simulated; /* as the kernel and the simulator call it */
} Part;

/* at-facts 1; the tty numbers are those of a module that was plugged in again */
static const Part parts[] = {
  { "0", "ff", "02", "01", "tty", "ttyUSB3", "modem" },
  { "1", "ff", "02", "02", "tty", "ttyUSB5", "pcui" },
  { "2", "ff", "02", "03", "tty", "ttyUSB4", "diag" },
  { "3", "02", "06", "00", "net", "wwan0", NULL },
};

#define USB_MODEM "/org/mu709/modem/usb_2_1"

static House           *house;
static UMockdevTestbed *bed;
static GPtrArray       *paths;

static const char *
add (const char *parent, const char *subsystem, const char *name, const char *const *attributes,
     const char *const *properties)
{
  char *path = umockdev_testbed_add_devicev (bed, subsystem, name, parent, (char **)attributes,
                                             (char **)properties);

  assert_non_null (path);
  g_ptr_array_add (paths, path);
  return path;
}

/* What is opened in the stand-in's /dev is the simulator's pseudo-terminal. */
static void
link_tty (const Part *part)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (bed);
  g_autofree char *dev = g_build_filename (root, "dev", NULL);
  g_autofree char *node = g_build_filename (dev, part->name, NULL);
  g_autofree char *simulated = g_build_filename (house->directory, "sim", part->simulated, NULL);
  g_autofree char *target = g_file_read_link (simulated, NULL);

  g_mkdir_with_parents (dev, 0755);
  g_unlink (node);
  assert_int_equal (symlink (target, node), 0);
}

static const char *
add_part (const char *usb, const Part *part)
{
  const char *none[] = { NULL };
  const char *interface_properties[] = { "DEVTYPE", "usb_interface", NULL };
  const char *attributes[] = {
    "bInterfaceClass",  part->class,          "bInterfaceSubClass",
    part->subclass,     "bInterfaceProtocol", part->protocol,
    "bInterfaceNumber", part->number,         NULL,
  };
  gboolean         is_net = g_str_equal (part->subsystem, "net");
  g_autofree char *interface_name = g_strdup_printf ("2-1:1.%s", part->number);
  g_autofree char *file = g_strconcat ("/dev/", part->name, NULL);
  const char *properties[] = { is_net ? "INTERFACE" : "DEVNAME", is_net ? part->name : file, NULL };
  const char *interface = add (usb, "usb", interface_name, attributes, interface_properties);
  const char *path = add (interface, part->subsystem, part->name, none, properties);

  if (!is_net)
    link_tty (part);
  return path;
}

static void
plug (gboolean announce)
{
  const char *attributes[] = { "idVendor", "12d1", "idProduct", "1c25", NULL };
  const char *properties[] = { "DEVTYPE", "usb_device", NULL };
  const char *usb = add (NULL, "usb", "2-1", attributes, properties);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      const char *path = add_part (usb, &parts[i]);

      if (announce)
        umockdev_testbed_uevent (bed, path, "add");
    }
}

static void
pull (void)
{
  for (guint i = paths->len; i-- > 0;)
    {
      umockdev_testbed_uevent (bed, paths->pdata[i], "remove");
      umockdev_testbed_remove_device (bed, paths->pdata[i]);
    }
  g_ptr_array_set_size (paths, 0);
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("100");
  house->modem = USB_MODEM;
  bed = umockdev_testbed_new ();
  paths = g_ptr_array_new_with_free_func (g_free);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  g_ptr_array_unref (paths);
  g_object_unref (bed);
  return 0;
}

static void
test_cold_plug (void **state G_GNUC_UNUSED)
{
  plug (FALSE);
  house_start_daemon_with_udev (house);
  house_ready (house);
  house_wait (house, "Modem1", "Ports",
              "[('pcui', '/dev/ttyUSB5'), ('modem', '/dev/ttyUSB3'), ('diag', '/dev/ttyUSB4'), "
              "('net', 'wwan0')]");
  house_wait (house, "Modem1", "DevicePath", "'/sys/devices/2-1'");
  assert_non_null (
      strstr (house_call (house, "Modem1", "Command", "('AT+CGMM', uint32 0)"), "MU709s-2"));
}

static void
test_hot_plug (void **state G_GNUC_UNUSED)
{
  house_start_daemon_with_udev (house);
  house_wait_name (house);
  house_wait_object (house, FALSE);
  plug (TRUE);
  house_ready (house);
  house_begin (house, "Network1", "Scan", "()");
  g_usleep (20000);
  pull ();
  house_sim (house, "unplug");
  assert_string_equal (house_finish (house), "Gone");
  house_wait_object (house, FALSE);
  house_sim (house, "plug");
  plug (TRUE);
  house_ready (house);
}

/* Another product of the same vendor is none of ours. */
static void
test_foreign (void **state G_GNUC_UNUSED)
{
  const char *attributes[] = { "idVendor", "12d1", "idProduct", "1506", NULL };
  const char *properties[] = { "DEVTYPE", "usb_device", NULL };
  const char *usb = add (NULL, "usb", "2-1", attributes, properties);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    add_part (usb, &parts[i]);
  house_start_daemon_with_udev (house);
  house_wait_name (house);
  g_usleep (100000);
  house_wait_object (house, FALSE);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[]
      = { TEST (test_cold_plug), TEST (test_hot_plug), TEST (test_foreign) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-device.h"
#include "mu-test.h"

static void
test_ports (void **state G_GNUC_UNUSED)
{
  g_autoptr (MuDevice) device = mu_device_new ("usb_2_1", "/sys/devices/usb2/2-1");

  assert_string_equal (device->id, "usb_2_1");
  assert_string_equal (device->path, "/sys/devices/usb2/2-1");
  assert_true (mu_device_set_port (device, MU_PORT_MODEM, "/dev/ttyUSB0"));
  assert_false (mu_device_set_port (device, MU_PORT_MODEM, "/dev/ttyUSB0"));
  assert_false (mu_device_set_port (device, MU_PORT_MODEM, device->ports[MU_PORT_MODEM]));
  assert_true (mu_device_set_port (device, MU_PORT_MODEM, "/dev/ttyUSB3"));
  assert_string_equal (device->ports[MU_PORT_MODEM], "/dev/ttyUSB3");
  assert_true (mu_device_set_port (device, MU_PORT_MODEM, NULL));
  assert_false (mu_device_set_port (device, MU_PORT_MODEM, NULL));
  assert_null (device->ports[MU_PORT_MODEM]);
}

static void
test_at_port (void **state G_GNUC_UNUSED)
{
  g_autoptr (MuDevice) device = mu_device_new ("tty_ttyS1", "");

  mu_device_set_port (device, MU_PORT_MODEM, "/dev/ttyUSB0");
  mu_device_set_port (device, MU_PORT_DIAG, "/dev/ttyUSB2");
  mu_device_set_port (device, MU_PORT_NET, "wwan0");
  assert_null (mu_device_at_port (device));
  mu_device_set_port (device, MU_PORT_UART, "/dev/ttyS1");
  assert_string_equal (mu_device_at_port (device), "/dev/ttyS1");
  mu_device_set_port (device, MU_PORT_PCUI, "/dev/ttyUSB1");
  assert_string_equal (mu_device_at_port (device), "/dev/ttyUSB1");
}

static void
test_references (void **state G_GNUC_UNUSED)
{
  MuDevice *device = mu_device_new ("usb_2_1", "");

  assert_ptr_equal (mu_device_ref (device), device);
  mu_device_unref (device);
  assert_string_equal (device->id, "usb_2_1");
  mu_device_unref (device);
}

static void
test_roles (void **state G_GNUC_UNUSED)
{
  MuPortRole found = MU_PORT_UART;

  for (guint role = 0; role < MU_N_PORT_ROLES; role++)
    {
      assert_true (mu_port_role_from_word (mu_port_role_word ((MuPortRole)role), &found));
      assert_int_equal (found, role);
    }
  assert_string_equal (mu_port_role_word (MU_PORT_PCUI), "pcui");
  assert_string_equal (mu_port_role_word (MU_PORT_NET), "net");
  assert_false (mu_port_role_from_word ("PCUI", &found));
  assert_false (mu_port_role_from_word ("", &found));
  assert_false (mu_port_role_from_word ("gps", &found));
}

static void
test_id_for_tty (void **state G_GNUC_UNUSED)
{
  static const char *const pairs[][2] = {
    { "/dev/ttyS1", "tty_ttyS1" },
    { "/dev/pts/3", "tty_3" },
    { "/dev/serial/by-id/usb-FTDI_FT232R.1-if00", "tty_usb_FTDI_FT232R_1_if00" },
    { "/tmp/sim-\xc3\xa4", "tty_sim___" },
    { "pcui", "tty_pcui" },
    { "/dev/ttyS1/", "tty_ttyS1" },
    { "/", "tty__" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *id = mu_device_id_for_tty (pairs[i][0]);

      assert_string_equal (id, pairs[i][1]);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_ports),      cmocka_unit_test (test_at_port),
    cmocka_unit_test (test_references), cmocka_unit_test (test_roles),
    cmocka_unit_test (test_id_for_tty),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

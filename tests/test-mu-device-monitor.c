/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modules come, change and go. */
#include "usb-bed.h"

static const UsbPart *const parts[] = { &usb_modem, &usb_pcui, &usb_diag, &usb_ecm };
static const char *const    names[] = { "ttyUSB0", "ttyUSB1", "ttyUSB2", "usb0" };
static const char *const    other_names[] = { "ttyUSB3", "ttyUSB4", "ttyUSB5", "usb1" };
#define N_PARTS   G_N_ELEMENTS (parts)
#define ALL       "pcui=/dev/ttyUSB1 modem=/dev/ttyUSB0 diag=/dev/ttyUSB2 net=usb0\n"
#define ALL_OTHER "pcui=/dev/ttyUSB4 modem=/dev/ttyUSB3 diag=/dev/ttyUSB5 net=usb1\n"

typedef struct
{
  const char *usb;
  const char *ports[N_PARTS];
} Module;

static Module
plug (UsbBed *bed, const char *place, const char *const *as)
{
  Module self = { .usb = usb_bed_plug_usb (bed, place, "12d1", "1c25") };

  for (guint i = 0; i < N_PARTS; i++)
    self.ports[i] = usb_bed_plug_part (bed, self.usb, i, parts[i], as[i]);
  return self;
}

static void
announce (UsbBed *bed, const Module *module, const char *action)
{
  for (gsize i = 0; i < N_PARTS; i++)
    usb_bed_announce (bed, module->ports[i], action);
}

/* The events wait in the socket until sysfs has nothing left of the module, parents included: the
 * monitor then finds the hub in their place. */
static void
unplug (UsbBed *bed, const Module *module)
{
  for (gsize i = 0; i < N_PARTS; i++)
    usb_bed_send (bed, module->ports[i], "remove");
  usb_bed_pull (bed, module->usb);
  usb_bed_deliver (bed);
}

static void
test_cold_plug (void **state)
{
  UsbBed      *bed = *state;
  const Module module = plug (bed, "1-1.4", names);

  mu_device_monitor_scan (bed->monitor);
  assert_int_equal (bed->n_told, N_PARTS);
  assert_true (g_str_has_prefix (bed->told->str, "ADDED usb_1_1_4 "));
  assert_last_told (bed, "CHANGED usb_1_1_4 " ALL);

  mu_device_monitor_scan (bed->monitor);
  announce (bed, &module, "add");
  announce (bed, &module, "change");
  assert_told (bed, "");
}

static void
come_and_go (UsbBed *bed, const guint order[N_PARTS])
{
  const Module module = plug (bed, "1-1.4", names);

  bed->n_told = 0;
  for (gsize i = 0; i < N_PARTS; i++)
    usb_bed_announce (bed, module.ports[order[i]], "add");
  assert_int_equal (bed->n_told, N_PARTS);
  assert_true (g_str_has_prefix (bed->told->str, "ADDED "));
  assert_last_told (bed, "CHANGED usb_1_1_4 " ALL);

  for (gsize i = 0; i < N_PARTS; i++)
    usb_bed_announce (bed, module.ports[order[i]], "remove");
  assert_int_equal (bed->n_told, 2 * N_PARTS);
  assert_true (g_str_has_prefix (bed->told->str, "CHANGED "));
  assert_last_told (bed, "REMOVED usb_1_1_4\n");
  usb_bed_pull (bed, module.usb);
}

static void
test_every_order (void **state)
{
  guint n = 0;

  for (guint code = 0; code < N_PARTS * N_PARTS * N_PARTS * N_PARTS; code++)
    {
      const guint order[] = { code % 4, code / 4 % 4, code / 16 % 4, code / 64 };
      guint       seen = 0;

      for (gsize i = 0; i < N_PARTS; i++)
        seen |= 1U << order[i];
      if (seen != (1U << N_PARTS) - 1)
        continue;
      come_and_go (*state, order);
      n++;
    }
  assert_int_equal (n, 24);
}

static void
keep (MuDevice *device, MuDeviceChange change, gpointer user_data)
{
  if (change == MU_DEVICE_ADDED)
    *(MuDevice **)user_data = mu_device_ref (device);
}

/* A device can be held beyond its removal and beyond the monitor. */
static void
test_held (void **state)
{
  UsbBed              *bed = *state;
  const Module         module = plug (bed, "1-1.4", names);
  g_autoptr (MuDevice) held = NULL;

  mu_device_monitor_free (bed->monitor);
  bed->monitor = mu_device_monitor_new (NULL, keep, &held);
  mu_device_monitor_scan (bed->monitor);
  assert_string_equal (held->path, module.usb);
  assert_string_equal (mu_device_at_port (held), "/dev/ttyUSB1");
  unplug (bed, &module);
  usb_bed_watch (bed, NULL);
  assert_string_equal (held->id, "usb_1_1_4");
  assert_null (mu_device_at_port (held));
}

static void
test_net_renamed (void **state)
{
  UsbBed     *bed = *state;
  const char *usb = usb_bed_plug_usb (bed, "1-1.4", "12d1", "1c25");
  const char *interface = usb_bed_plug_interface (bed, usb, 3, &usb_ecm);
  const char *net = usb_bed_plug_port (bed, interface, &usb_ecm, "usb0");

  usb_bed_announce (bed, net, "add");
  assert_told (bed, "ADDED usb_1_1_4 net=usb0\n");
  usb_bed_pull (bed, net);
  net = usb_bed_plug_port (bed, interface, &usb_ecm, "enx021e101f0000");
  usb_bed_announce (bed, net, "move");
  assert_told (bed, "CHANGED usb_1_1_4 net=enx021e101f0000\n");
  usb_bed_announce (bed, net, "remove");
  assert_told (bed, "REMOVED usb_1_1_4\n");
}

static void
test_parents_gone (void **state)
{
  UsbBed      *bed = *state;
  const Module module = plug (bed, "1-1.4", names);

  announce (bed, &module, "add");
  unplug (bed, &module);
  assert_int_equal (bed->n_told, 2 * N_PARTS);
  assert_last_told (bed, "REMOVED usb_1_1_4\n");
}

/* An "add" that is read when all is over must not make a modem of the hub. */
static void
test_came_and_went (void **state)
{
  UsbBed      *bed = *state;
  const Module module = plug (bed, "1-1.4", names);

  for (gsize i = 0; i < N_PARTS; i++)
    usb_bed_send (bed, module.ports[i], "add");
  usb_bed_pull (bed, module.usb);
  usb_bed_deliver (bed);
  assert_told (bed, "");
}

static void
test_plugged_again (void **state)
{
  UsbBed *bed = *state;
  Module  module = plug (bed, "1-1.4", names);

  announce (bed, &module, "add");
  unplug (bed, &module);
  assert_last_told (bed, "REMOVED usb_1_1_4\n");
  module = plug (bed, "1-1.4", other_names);
  announce (bed, &module, "add");
  assert_true (g_str_has_prefix (bed->told->str, "ADDED usb_1_1_4 "));
  assert_last_told (bed, "CHANGED usb_1_1_4 " ALL_OTHER);
}

/* The driver starts anew: a tty goes and comes with another name, the rest stays. */
static void
test_renumbered (void **state)
{
  UsbBed          *bed = *state;
  const Module     module = plug (bed, "1-1.4", names);
  g_autofree char *interface = g_path_get_dirname (module.ports[0]);
  const char      *tty;

  announce (bed, &module, "add");
  assert_last_told (bed, "CHANGED usb_1_1_4 " ALL);
  usb_bed_send (bed, module.ports[0], "remove");
  usb_bed_pull (bed, module.ports[0]);
  usb_bed_deliver (bed);
  assert_told (bed, "CHANGED usb_1_1_4 pcui=/dev/ttyUSB1 diag=/dev/ttyUSB2 net=usb0\n");
  tty = usb_bed_plug_port (bed, interface, &usb_modem, "ttyUSB3");
  usb_bed_announce (bed, tty, "add");
  assert_told (bed, "CHANGED usb_1_1_4 pcui=/dev/ttyUSB1 modem=/dev/ttyUSB3 "
                    "diag=/dev/ttyUSB2 net=usb0\n");
}

static void
test_two_modules (void **state)
{
  UsbBed      *bed = *state;
  const Module one = plug (bed, "1-1.4", names);
  const Module two = plug (bed, "1-1.1", other_names);

  for (gsize i = 0; i < N_PARTS; i++)
    {
      usb_bed_announce (bed, one.ports[i], "add");
      usb_bed_announce (bed, two.ports[i], "add");
    }
  assert_int_equal (bed->n_told, 2 * N_PARTS);
  assert_last_told (bed, "CHANGED usb_1_1_1 " ALL_OTHER);
  unplug (bed, &one);
  assert_int_equal (bed->n_told, 3 * N_PARTS);
  assert_last_told (bed, "REMOVED usb_1_1_4\n");
  mu_device_monitor_scan (bed->monitor);
  assert_told (bed, "");
}

/* Events were lost: the next look sets it right. */
static void
test_unseen (void **state)
{
  UsbBed      *bed = *state;
  const Module module = plug (bed, "1-1.4", names);

  announce (bed, &module, "add");
  assert_last_told (bed, "CHANGED usb_1_1_4 " ALL);
  usb_bed_pull (bed, module.usb);
  mu_device_monitor_scan (bed->monitor);
  assert_last_told (bed, "REMOVED usb_1_1_4\n");
  plug (bed, "1-1.4", other_names);
  mu_device_monitor_scan (bed->monitor);
  assert_last_told (bed, "CHANGED usb_1_1_4 " ALL_OTHER);
}

/* Nothing but the netlink socket can wake the daemon. */
static void
test_idle (void **state)
{
  UsbBed       *bed = *state;
  GMainContext *context = g_main_context_default ();
  GPollFD       fds[8];
  int           priority, timeout, n_fds;

  plug (bed, "1-1.4", names);
  mu_device_monitor_scan (bed->monitor);
  assert_true (g_main_context_acquire (context));
  assert_false (g_main_context_prepare (context, &priority));
  n_fds = g_main_context_query (context, G_MAXINT, &timeout, fds, G_N_ELEMENTS (fds));
  g_main_context_release (context);
  assert_int_equal (timeout, -1);
  assert_in_range (n_fds, 1, 2); /* it, and GLib's own wake-up descriptor */
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    usb_bed_test (test_cold_plug),     usb_bed_test (test_every_order),
    usb_bed_test (test_held),          usb_bed_test (test_net_renamed),
    usb_bed_test (test_parents_gone),  usb_bed_test (test_came_and_went),
    usb_bed_test (test_plugged_again), usb_bed_test (test_renumbered),
    usb_bed_test (test_two_modules),   usb_bed_test (test_unseen),
    usb_bed_test (test_idle),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which devices are modules, and which of their interfaces is which port. */
#include "usb-bed.h"

/* A device with one interface comes, is announced, and goes. */
static void
show (UsbBed *bed, const char *vendor, const char *product, const UsbPart *part)
{
  const char *usb = usb_bed_plug_usb (bed, "1-1.4", vendor, product);
  const char *port = usb_bed_plug_part (bed, usb, 0, part, "port");

  mu_device_monitor_scan (bed->monitor);
  usb_bed_announce (bed, port, "add");
  usb_bed_send (bed, port, "remove");
  usb_bed_pull (bed, usb);
  usb_bed_deliver (bed);
}

#define ONE_PCUI "ADDED usb_1_1_4 pcui=/dev/port\nREMOVED usb_1_1_4\n"

static void
test_not_ours (void **state)
{
  static const char *const ids[][2] = {
    { "12d1", "1506" }, /* a stick of the same maker */
    { "1c25", "12d1" }, { "", "1c25" }, { "12d1", "" }, { "12d1", "0x1c25" }, { "12d1", "11c25" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      show (*state, ids[i][0], ids[i][1], &usb_pcui);
      assert_told ((UsbBed *)*state, "");
    }
}

static void
test_not_a_port (void **state)
{
  static const UsbPart parts[] = {
    { "ff", "02", "14", "tty" },        /* GPS */
    { "ff", "zz", "02", "tty" },        /* nonsense */
    { "ff", "02", "02", "net" },        /* not what the role is */
    { "02", "06", "00", "tty" },        /* the same */
    { "ff", "02", "02", "usb-serial" }, /* what is between the interface and the tty */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      show (*state, "12d1", "1c25", &parts[i]);
      assert_told ((UsbBed *)*state, "");
    }
}

static void
test_configured (void **state)
{
  static const char *const ids[] = { "0403:6001", "12D1:15C1", NULL };
  UsbBed                  *bed = *state;

  show (bed, "12d1", "15c1", &usb_pcui);
  assert_told (bed, "");
  usb_bed_watch (bed, ids);
  show (bed, "12d1", "15c1", &usb_pcui);
  assert_told (bed, ONE_PCUI);
  show (bed, "12d1", "1c25", &usb_pcui);
  assert_told (bed, ONE_PCUI);
}

/* Each lacks one thing. */
static void
test_incomplete (void **state)
{
  static const UsbPart bare = { "ff", "02", NULL, "tty" };
  UsbBed              *bed = *state;
  const char          *usb = usb_bed_plug_usb (bed, "1-1.4", "12d1", "1c25");
  const char          *nobody = usb_bed_plug_usb (bed, "1-1.2", "12d1", NULL);
  const char          *whole = usb_bed_plug_interface (bed, usb, 1, &usb_pcui);
  g_autofree char     *no_file
      = umockdev_testbed_add_device (bed->bed, "tty", "ttyUSB3", whole, NULL, NULL);
  const char *no_product = usb_bed_plug_part (bed, nobody, 0, &usb_pcui, "ttyUSB0");
  const char *no_protocol = usb_bed_plug_part (bed, usb, 0, &bare, "ttyUSB1");
  const char *no_interface = usb_bed_plug_port (bed, usb, &usb_pcui, "ttyUSB2");
  const char *no_usb = usb_bed_plug_port (bed, NULL, &usb_pcui, "ttyS0");
  const char *no_hardware = usb_bed_plug_port (bed, NULL, &usb_ecm, "lo");

  mu_device_monitor_scan (bed->monitor);
  usb_bed_announce (bed, no_file, "add");
  usb_bed_announce (bed, no_product, "add");
  usb_bed_announce (bed, no_protocol, "add");
  usb_bed_announce (bed, no_interface, "add");
  usb_bed_announce (bed, no_usb, "add");
  usb_bed_announce (bed, no_hardware, "add");
  assert_told (bed, "");
}

/* Two interfaces with one role: whichever comes first, the winner has it in the end. */
static void
rival (UsbBed *bed, const UsbPart *first, const UsbPart *second, const char *winner)
{
  const char      *usb = usb_bed_plug_usb (bed, "1-1.4", "12d1", "1c25");
  const char      *a = usb_bed_plug_part (bed, usb, 0, first, "ttyUSB0");
  const char      *b = usb_bed_plug_part (bed, usb, 1, second, "ttyUSB1");
  const char      *orders[][2] = { { a, b }, { b, a } };
  g_autofree char *end = g_strdup_printf (" pcui=/dev/%s\n", winner);

  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      usb_bed_announce (bed, orders[i][0], "add");
      usb_bed_announce (bed, orders[i][1], "add");
      assert_true (g_str_has_suffix (bed->told->str, end));
      usb_bed_announce (bed, orders[i][0], "remove");
      usb_bed_announce (bed, orders[i][1], "remove");
      assert_last_told (bed, "REMOVED usb_1_1_4\n");
    }
  usb_bed_pull (bed, usb);
}

static void
test_rivals (void **state)
{
  rival (*state, &usb_last_resort, &usb_pcui, "ttyUSB1");
  rival (*state, &usb_pcui, &usb_last_resort, "ttyUSB0");
  rival (*state, &usb_pcui, &usb_pcui, "ttyUSB0");
}

static void
test_second_best (void **state)
{
  UsbBed     *bed = *state;
  const char *usb = usb_bed_plug_usb (bed, "1-1.4", "12d1", "1c25");
  const char *best = usb_bed_plug_part (bed, usb, 0, &usb_pcui, "ttyUSB0");
  const char *second = usb_bed_plug_part (bed, usb, 1, &usb_last_resort, "ttyUSB1");

  usb_bed_announce (bed, best, "add");
  usb_bed_announce (bed, second, "add");
  assert_told (bed, "ADDED usb_1_1_4 pcui=/dev/ttyUSB0\n");
  usb_bed_announce (bed, best, "remove");
  assert_told (bed, "CHANGED usb_1_1_4 pcui=/dev/ttyUSB1\n");
}

typedef struct
{
  UsbPart     part;
  const char *told;
} Rule;

static void
test_rules (void **state)
{
  static const Rule rules[] = {
    { { "ff", "02", "02", "tty", "pcui" }, ONE_PCUI },
    { { "ff", "2a", "2b", "tty", "pcui" }, ONE_PCUI },
    { { "ff", "02", "03", "tty", "pcui" }, ONE_PCUI },
    { { NULL, NULL, NULL, "tty", "pcui" }, ONE_PCUI },
    { { "ff", "02", "02", "tty", "none" }, "" },
    { { "02", "06", "00", "net", "none" }, "" },
    { { "ff", "02", "02", "tty", "net" }, "" },
  };
  UsbBed *bed = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      show (bed, "12d1", "1c25", &rules[i].part);
      assert_told (bed, rules[i].told);
    }
}

/* The rules that come with the daemon say what the table says: that does not make the last resort
 * as good as the rest.  A rule that says something else does. */
static void
test_rule_against_table (void **state)
{
  static const UsbPart worst = { "ff", "03", "02", "tty", "pcui" };
  static const UsbPart wished = { "ff", "02", "03", "tty", "pcui" };

  rival (*state, &worst, &usb_pcui, "ttyUSB1");
  rival (*state, &wished, &usb_pcui, "ttyUSB0");
  rival (*state, &usb_pcui, &wished, "ttyUSB1");
}

/* The administrator hides a port and has udev apply the rules. */
static void
test_rule_changed (void **state)
{
  static const UsbPart hidden = { "ff", "02", "02", "tty", "none" };
  UsbBed              *bed = *state;
  const char          *usb = usb_bed_plug_usb (bed, "1-1.4", "12d1", "1c25");
  const char          *interface = usb_bed_plug_interface (bed, usb, 0, &usb_pcui);
  const char          *tty = usb_bed_plug_port (bed, interface, &usb_pcui, "port");

  usb_bed_announce (bed, tty, "add");
  usb_bed_pull (bed, tty);
  tty = usb_bed_plug_port (bed, interface, &hidden, "port");
  usb_bed_announce (bed, tty, "change");
  assert_told (bed, ONE_PCUI);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    usb_bed_test (test_not_ours),     usb_bed_test (test_not_a_port),
    usb_bed_test (test_configured),   usb_bed_test (test_incomplete),
    usb_bed_test (test_rivals),       usb_bed_test (test_second_best),
    usb_bed_test (test_rules),        usb_bed_test (test_rule_against_table),
    usb_bed_test (test_rule_changed),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* status and list, which are two views of the same objects, and how one of these is chosen. */
#include "ctl-error.h"
#include "ctl-json.h"
#include "ctl-list.h"
#include "ctl-module.h"
#include "ctl-status.h"
#include "mu-test.h"

#include <string.h>

static const CtlStyle style = { .unicode = TRUE, .width = 80 };

/* One that is ready, one that is just starting, and an object that is no module. */
#define OBJECTS                                                                                    \
  "@a{oa{sa{sv}}} {"                                                                               \
  "'/org/mu709/modem/usb_2_1': {"                                                                  \
  "  'org.mu709.Modem1': {"                                                                        \
  "    'State': <'ready'>, 'StateReason': <''>, 'Manufacturer': <'Huawei'>, 'Model': "             \
  "<'MU709s-2'>,"                                                                                  \
  "    'Revision': <'11.652'>, 'Imei': <'865261010004010'>, 'Mode': <'online'>,"                   \
  "    'Ports': <[('pcui', '/dev/ttyUSB2'), ('net', 'wwan0')]>, 'DevicePath': <''>,"               \
  "    'Healthy': <true>, 'Timeouts': <uint32 2>, 'Restarts': <uint32 0>},"                        \
  "  'org.mu709.Sim1': {"                                                                          \
  "    'Lock': <'none'>, 'PinEnabled': <false>, 'PinAttempts': <uint32 3>,"                        \
  "    'Imsi': <'001010123456789'>, 'OperatorId': <'00101'>,"                                      \
  "    'OwnNumbers': <[('Line 1', '+15550100')]>},"                                                \
  "  'org.mu709.Network1': {"                                                                      \
  "    'Registration': <'home'>, 'PacketRegistration': <'idle'>, 'Attached': <false>,"             \
  "    'SelectionMode': <'automatic'>, 'OperatorName': <'Home'>, 'OperatorCode': <'00101'>,"       \
  "    'Technology': <'hspa'>, 'Rssi': <-71>, 'Rscp': <0>, 'EcIo': <-6.5>,"                        \
  "    'Quality': <uint32 67>, 'CellId': <uint32 77>, 'LocationArea': <uint32 0>},"                \
  "  'org.mu709.Messaging1': {'Unread': <uint32 0>, 'Total': <uint32 12>,"                         \
  "    'Used': <uint32 3>, 'Capacity': <uint32 40>}},"                                             \
  "'/org/mu709/modem/tty_x': {"                                                                    \
  "  'org.mu709.Modem1': {'State': <'starting'>, 'StateReason': <'silent'>, 'Imei': <''>}},"       \
  "'/org/mu709/modem/usb_2_1/call/1': {'org.mu709.Call1': {'State': <'active'>}}}"

static GVariant *
make_objects (void)
{
  g_autoptr (GError) error = NULL;
  GVariant          *objects = g_variant_parse (NULL, OBJECTS, NULL, NULL, &error);

  if (objects == NULL)
    fail_msg ("%s", error->message);
  return objects;
}

static char *
screen (const char *path, const char *only)
{
  g_autoptr (GVariant) objects = make_objects ();
  g_autoptr (GVariant) module = g_variant_lookup_value (objects, path, NULL);

  return ctl_status_screen (module, only, &style);
}

static void
test_screen (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = screen ("/org/mu709/modem/usb_2_1", NULL);

  assert_string_equal (text, "  State         ready\n"
                             "  Model         MU709s-2, Huawei\n"
                             "  Revision      11.652\n"
                             "  IMEI          865261010004010\n"
                             "  Mode          online\n"
                             "  Time-outs     2\n"
                             "  Ports         pcui /dev/ttyUSB2, net wwan0\n"
                             "\n"
                             "SIM\n"
                             "  Lock          none\n"
                             "  PIN           not asked for, 3 attempts left\n"
                             "  IMSI          001010123456789, of 00101\n"
                             "  Numbers       Line 1 +15550100\n"
                             "\n"
                             "Network\n"
                             "  Registration  home, automatic\n"
                             "  Packets       not attached, idle\n"
                             "  Operator      Home (00101)\n"
                             "  Technology    hspa\n"
                             "  Signal        ▂▃▅▆_ 67 %  RSSI -71 dBm  Ec/Io -6.5 dB\n"
                             "  Cell          77\n"
                             "\n"
                             "Messages\n"
                             "  Unread        0\n"
                             "  Total         12\n"
                             "  On the card   40 places, 3 used\n");
}

/* What has nothing to say is not there, nor is its heading. */
static void
test_little_to_say (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = screen ("/org/mu709/modem/tty_x", NULL);

  assert_string_equal (text, "  State  starting, silent\n");
}

static void
test_one_interface (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = screen ("/org/mu709/modem/usb_2_1", "Sim1");

  assert_string_equal (text, "Lock     none\n"
                             "PIN      not asked for, 3 attempts left\n"
                             "IMSI     001010123456789, of 00101\n"
                             "Numbers  Line 1 +15550100\n");
}

static void
test_list (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) objects = make_objects ();
  g_autofree char     *text = ctl_list_text (objects, &style);

  assert_string_equal (
      text, "/org/mu709/modem/usb_2_1  865261010004010  MU709s-2  ready              Home  hspa  "
            "▂▃▅▆_ -71 dBm\n"
            "/org/mu709/modem/tty_x    -                -         starting (silent)  -     -     "
            "-\n");
}

static void
test_list_json (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) objects = make_objects ();
  g_autoptr (GVariant) list = g_variant_ref_sink (ctl_list_json (objects));
  g_autoptr (GString)  text = g_string_new (NULL);

  ctl_json_append (text, list);
  assert_string_equal (
      text->str,
      "[{\"path\":\"/org/mu709/modem/usb_2_1\",\"imei\":\"865261010004010\","
      "\"model\":\"MU709s-2\",\"state\":\"ready\",\"reason\":\"\",\"operator\":\"Home\","
      "\"technology\":\"hspa\",\"signal\":67,\"rssi\":-71},"
      "{\"path\":\"/org/mu709/modem/tty_x\",\"imei\":\"\",\"model\":null,\"state\":\"starting\","
      "\"reason\":\"silent\",\"operator\":null,\"technology\":null,\"signal\":null,"
      "\"rssi\":null}]");
}

/* ---- choosing ---- */

typedef struct
{
  const char *text;
  const char *path;  /* NULL: there is */
  const char *error; /* this in the error */
} Row;

static const Row rows[] = {
  { "865261010004010", "/org/mu709/modem/usb_2_1", NULL },
  { "usb_2_1", "/org/mu709/modem/usb_2_1", NULL },
  { "/org/mu709/modem/tty_x", "/org/mu709/modem/tty_x", NULL },
  { NULL, NULL, "several modules, say with --modem which: usb_2_1 (IMEI 865261010004010), tty_x" },
  { "tty_y", NULL, "There is no module 'tty_y'; there are: usb_2_1 (IMEI 865261010004010), tty_x" },
  { "usb_2_1/call/1", NULL, "There is no module 'usb_2_1/call/1'" },
};

static void
test_find (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) objects = make_objects ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *path = ctl_module_find (objects, rows[i].text, &error);

      assert_int_equal (g_strcmp0 (path, rows[i].path), 0);
      if (path != NULL)
        continue;
      assert_int_equal (ctl_error_status (error), CTL_ERROR_NO_MODULE);
      assert_non_null (strstr (error->message, rows[i].error));
    }
}

static void
test_find_none (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) none = g_variant_ref_sink (g_variant_new_parsed ("@a{oa{sa{sv}}} {}"));
  g_autoptr (GError)   error = NULL;

  assert_null (ctl_module_find (none, NULL, &error));
  assert_string_equal (error->message, "There is no module");
}

static void
test_find_only (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) one = g_variant_ref_sink (
      g_variant_new_parsed ("@a{oa{sa{sv}}} {'/org/mu709/modem/a': {'org.mu709.Modem1': {}}}"));
  g_autofree char *path = ctl_module_find (one, NULL, NULL);

  assert_string_equal (path, "/org/mu709/modem/a");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_screen),        cmocka_unit_test (test_little_to_say),
    cmocka_unit_test (test_one_interface), cmocka_unit_test (test_list),
    cmocka_unit_test (test_list_json),     cmocka_unit_test (test_find),
    cmocka_unit_test (test_find_none),     cmocka_unit_test (test_find_only),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

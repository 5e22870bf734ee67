/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-event.h"
#include "ctl-json.h"
#include "mu-test.h"

#define PROPERTIES "org.freedesktop.DBus.Properties"
#define MANAGER    "org.freedesktop.DBus.ObjectManager"
#define MODULE     "/org/mu709/modem/usb_2_1"
#define HEAD(word, path)                                                                           \
  "{\"event\":\"" word "\",\"time\":\"2026-11-22T19:19:34.123456+01:00\",\"path\":\"" path "\""

static const CtlStyle style = { 0 };

typedef struct
{
  const char *path, *interface, *name, *args;
  const char *text, *json;
} Row;

static const Row rows[] = {
  { MODULE, PROPERTIES, "PropertiesChanged",
    "('org.mu709.Network1', {'Rssi': <-71>, 'OperatorName': <'Home'>}, ['Quality'])",
    "19:19:34.123  usb_2_1  Network1.Rssi = -71\n"
    "19:19:34.123  usb_2_1  Network1.OperatorName = Home\n"
    "19:19:34.123  usb_2_1  Network1.Quality = nothing\n",
    HEAD ("changed", MODULE) ",\"interface\":\"Network1\",\"properties\":"
                             "{\"Rssi\":-71,\"OperatorName\":\"Home\",\"Quality\":null}}" },
  { "/org/mu709", PROPERTIES, "PropertiesChanged",
    "('org.mu709.Manager1', {'Modems': <@ao []>}, @as [])", "19:19:34.123  Manager1.Modems = \n",
    HEAD ("changed", "/org/mu709") ",\"interface\":\"Manager1\",\"properties\":{\"Modems\":[]}}" },
  { MODULE, "org.mu709.Modem1", "Unsolicited", "('^FOO: 1',)",
    "19:19:34.123  usb_2_1  Modem1.Unsolicited: ^FOO: 1\n",
    HEAD ("signal", MODULE) ",\"interface\":\"Modem1\",\"name\":\"Unsolicited\","
                            "\"arguments\":[\"^FOO: 1\"]}" },
  { MODULE "/call/1", "org.mu709.Call1", "Nothing", "()",
    "19:19:34.123  usb_2_1/call/1  Call1.Nothing\n",
    HEAD ("signal", MODULE "/call/1") ",\"interface\":\"Call1\",\"name\":\"Nothing\","
                                      "\"arguments\":[]}" },
  { "/org/mu709", MANAGER, "InterfacesAdded",
    "(objectpath '" MODULE "', {'org.mu709.Modem1': {'State': <'starting'>}, 'x.Y': {}})",
    "19:19:34.123  usb_2_1  appeared: Modem1 (starting), x.Y\n",
    HEAD ("appeared", MODULE) ",\"interfaces\":{\"Modem1\":{\"State\":\"starting\"},"
                              "\"x.Y\":{}}}" },
  { "/org/mu709", MANAGER, "InterfacesRemoved",
    "(objectpath '" MODULE "', ['org.mu709.Modem1', 'org.mu709.Sim1'])",
    "19:19:34.123  usb_2_1  vanished: Modem1, Sim1\n",
    HEAD ("vanished", MODULE) ",\"interfaces\":[\"Modem1\",\"Sim1\"]}" },
  /* not what its name promises */
  { "/org/mu709", MANAGER, "InterfacesRemoved", "('x',)",
    "19:19:34.123  org.freedesktop.DBus.ObjectManager.InterfacesRemoved: x\n",
    HEAD ("signal", "/org/mu709") ",\"interface\":\"" MANAGER "\",\"name\":\"InterfacesRemoved\","
                                  "\"arguments\":[\"x\"]}" },
};

static GDateTime *
some_time (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3600);

  return g_date_time_new (zone, 2026, 11, 22, 19, 19, 34.123456);
}

static void
assert_event (GVariant *event, const char *expected_text, const char *expected_json)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char    *text = ctl_event_text (event, &style);

  ctl_json_append (json, event);
  assert_string_equal (text, expected_text);
  assert_string_equal (json->str, expected_json);
}

static void
test_signals (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDateTime) time = some_time ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row           *row = &rows[i];
      g_autoptr (GVariant) args = g_variant_parse (NULL, row->args, NULL, NULL, NULL);
      g_autoptr (GVariant) event
          = ctl_event_of_signal (time, row->path, row->interface, row->name, args);

      assert_event (event, row->text, row->json);
    }
}

static void
test_daemon (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDateTime) time = some_time ();
  g_autoptr (GVariant)  present = ctl_event_of_daemon (time, TRUE);
  g_autoptr (GVariant)  absent = ctl_event_of_daemon (time, FALSE);

  assert_event (present, "19:19:34.123  mu709d is there\n",
                HEAD ("daemon-present", "/org/mu709") "}");
  assert_event (absent, "19:19:34.123  mu709d is not there, waiting for it\n",
                HEAD ("daemon-absent", "/org/mu709") "}");
}

static void
test_is_below (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDateTime) time = some_time ();
  g_autoptr (GVariant)  none = g_variant_ref_sink (g_variant_new_parsed ("@a{sa{sv}} {}"));
  g_autoptr (GVariant)  event = ctl_event_of_object (time, MODULE "/call/1", none);

  assert_true (ctl_event_is_below (event, MODULE));
  assert_true (ctl_event_is_below (event, MODULE "/call/1"));
  assert_false (ctl_event_is_below (event, "/org/mu709/modem/usb_2"));
}

/* What a follower asks of an event. */
static void
test_questions (void **state G_GNUC_UNUSED)
{
  g_autoptr (GDateTime) time = some_time ();
  g_autoptr (GVariant)  args = g_variant_ref_sink (g_variant_new_parsed ("('SM',)"));
  g_autoptr (GVariant)  event
      = ctl_event_of_signal (time, MODULE, "org.mu709.Messaging1", "StorageFull", args);
  g_autoptr (GVariant) full = ctl_event_arguments (event, "Messaging1", "StorageFull", "(s)");
  g_autofree char     *day_time = ctl_event_time (event);

  assert_true (ctl_event_is (event, "signal"));
  assert_false (ctl_event_is (event, "changed"));
  assert_true (g_variant_equal (full, args));
  assert_null (ctl_event_arguments (event, "Messaging1", "StorageFull", "(o)"));
  assert_null (ctl_event_arguments (event, "Messaging1", "Received", "(s)"));
  assert_null (ctl_event_arguments (event, "Sim1", "StorageFull", "(s)"));
  assert_string_equal (day_time, "19:19:34");
  assert_string_equal (ctl_event_path (event), MODULE);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_signals),
    cmocka_unit_test (test_daemon),
    cmocka_unit_test (test_is_below),
    cmocka_unit_test (test_questions),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

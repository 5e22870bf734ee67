/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls as people read them, and as they are put together from what happens. */
#include "ctl-child.h"
#include "ctl-event.h"
#include "ctl-json.h"
#include "ctl-voice-text.h"
#include "mu-test.h"

static const CtlStyle unicode = { .unicode = TRUE, .width = 80 };
static const CtlStyle ascii = { .width = 80 };

#define MODULE "/org/mu709/modem/usb_2_1"
#define MORE   "'Multiparty': <false>, 'Emergency': <false>, 'NumberHidden': <false>"

/* In no order, as they come, with one of another module and one that is none. */
#define OBJECTS                                                                                    \
  "@a{oa{sa{sv}}} {"                                                                               \
  "'" MODULE "/call/10': {'org.mu709.Call1': {'State': <'waiting'>, 'Direction': <'incoming'>,"    \
  "  'Number': <''>, 'NumberHidden': <true>, 'Started': <int64 0>}},"                              \
  "'" MODULE "/call/2': {'org.mu709.Call1': {'State': <'active'>, 'Direction': <'outgoing'>,"      \
  "  'Number': <'+4930123'>, 'Multiparty': <true>, 'Emergency': <true>,"                           \
  "  'Started': <int64 1795375174>}},"                                                             \
  "'" MODULE "/call/3': {'org.mu709.Call1': {'State': <'held'>, 'Direction': <'incoming'>,"        \
  "  'Number': <'1\\u001b[2J'>, 'Started': <int64 1795375175>, " MORE "}},"                        \
  "'" MODULE "': {'org.mu709.Voice1': {}},"                                                        \
  "'" MODULE "2/call/1': {'org.mu709.Call1': {'State': <'active'>}}}"

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant          *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  if (value == NULL)
    fail_msg ("%s", error->message);
  return value;
}

static GVariant *
calls (void)
{
  g_autoptr (GVariant) objects = parse (OBJECTS);

  return ctl_child_list (objects, MODULE, "call", "Call1");
}

static void
test_table (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) rows = calls ();
  g_autofree char     *text = ctl_voice_table (rows, "", &unicode);
  g_autofree char     *plain = ctl_voice_table (rows, "  ", &ascii);

  assert_string_equal (
      text, "2   →  +4930123           active, conference, emergency  2026-11-22 19:19:34\n"
            "3   ←  1\\x1b[2J           held                           2026-11-22 19:19:35\n"
            "10  ←  a withheld number  waiting\n");
  assert_true (g_str_has_prefix (plain, "  2   ->  +4930123  "));
}

static void
test_json (void **state G_GNUC_UNUSED)
{
  g_autoptr (GVariant) objects = parse ("@a{oa{sa{sv}}} {'" MODULE "/call/1': {'org.mu709.Call1': "
                                        "{'State': <'active'>}}}");
  g_autoptr (GVariant) rows = ctl_child_list (objects, MODULE, "call", "Call1");
  g_autoptr (GVariant) json = g_variant_ref_sink (ctl_child_json_list (rows));
  g_autoptr (GString)  text = g_string_new (NULL);

  ctl_json_append (text, json);
  assert_string_equal (text->str,
                       "[{\"path\":\"" MODULE "/call/1\",\"id\":1,\"State\":\"active\"}]");
}

typedef struct
{
  const char *properties;
  const char *line;
} Line;

static const Line lines[] = {
  { "{'State': <'alerting'>, 'Direction': <'outgoing'>, 'Number': <'110'>, 'EndReason': <''>}",
    "Call 7 to 110: alerting" },
  { "{'State': <'incoming'>, 'Direction': <'incoming'>, 'Number': <''>}",
    "Call 7 from an unknown number: incoming" },
  { "{'State': <'ended'>, 'Direction': <'outgoing'>, 'Number': <'1'>, 'EndReason': <'busy'>,"
    " 'EndStatus': <uint32 104>, 'Cause': <uint32 17>}",
    "Call 7 to 1 is over: busy (104, cause 17)" },
  { "{'State': <'ended'>, 'Direction': <'outgoing'>, 'Number': <'1'>, 'EndReason': <'no-network'>,"
    " 'EndStatus': <uint32 21>, 'Cause': <uint32 0>}",
    "Call 7 to 1 is over: no network (21)" },
  { "{'State': <'ended'>, 'Direction': <'incoming'>, 'Number': <'1'>, 'EndReason': <'gone'>,"
    " 'EndStatus': <uint32 0>, 'Cause': <uint32 0>}",
    "Call 7 from 1 is over: the module is gone" },
  { "{'State': <'ended'>, 'Direction': <'incoming'>, 'Number': <'1'>, 'EndReason': <'bored'>}",
    "Call 7 from 1 is over: bored" },
  { "@a{sv} {}", "Call 7 from an unknown number: " },
};

static void
test_lines (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GVariant) properties = parse (lines[i].properties);
      g_autofree char     *line = ctl_voice_line (MODULE "/call/7", properties, &ascii);

      assert_string_equal (line, lines[i].line);
    }
}

/* ---- what happens ---- */

typedef struct
{
  const char  *path, *interface, *name, *args;
  CtlTrackNews news;
  const char  *line; /* of the call, if there is news */
} Happening;

#define OBJECT_MANAGER "org.freedesktop.DBus.ObjectManager"
#define PROPERTIES     "org.freedesktop.DBus.Properties"

static const Happening happenings[] = {
  { "/org/mu709", OBJECT_MANAGER, "InterfacesAdded",
    "(objectpath '" MODULE "/call/1', {'org.mu709.Call1': {'State': <'incoming'>,"
    " 'Direction': <'incoming'>, 'Number': <''>, 'Started': <int64 0>}})",
    CTL_TRACK_ADDED, "Call 1 from an unknown number: incoming" },
  { MODULE, "org.mu709.Voice1", "CallAdded", "(objectpath '" MODULE "/call/1',)", CTL_TRACK_NOTHING,
    NULL },
  { MODULE "/call/1", PROPERTIES, "PropertiesChanged",
    "('org.mu709.Call1', {'Number': <'12'>}, @as [])", CTL_TRACK_CHANGED,
    "Call 1 from 12: incoming" },
  { MODULE "/call/1", PROPERTIES, "PropertiesChanged",
    "('org.mu709.Call1', {'Started': <int64 7>}, @as [])", CTL_TRACK_NOTHING, NULL },
  { MODULE, PROPERTIES, "PropertiesChanged", "('org.mu709.Voice1', {'Calls': <@ao []>}, @as [])",
    CTL_TRACK_NOTHING, NULL },
  { MODULE "/call/1", PROPERTIES, "PropertiesChanged",
    "('org.mu709.Call1', {'State': <'active'>}, @as [])", CTL_TRACK_CHANGED,
    "Call 1 from 12: active" },
  { MODULE "/call/1", PROPERTIES, "PropertiesChanged",
    "('org.mu709.Call1', {'State': <'ended'>, 'EndReason': <'local'>}, @as [])", CTL_TRACK_NOTHING,
    NULL },
  { MODULE, "org.mu709.Voice1", "CallRemoved",
    "(objectpath '" MODULE "/call/1', {'State': <'ended'>, 'Direction': <'incoming'>,"
    " 'Number': <'12'>, 'EndReason': <'local'>})",
    CTL_TRACK_REMOVED, "Call 1 from 12 is over: hung up here" },
  { "/org/mu709", OBJECT_MANAGER, "InterfacesRemoved",
    "(objectpath '" MODULE "/call/1', ['org.mu709.Call1'])", CTL_TRACK_NOTHING, NULL },
};

static void
test_track (void **state G_GNUC_UNUSED)
{
  g_autoptr (CtlTrack)  track = ctl_track_new (&ctl_voice_track_kind);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  for (gsize i = 0; i < G_N_ELEMENTS (happenings); i++)
    {
      const Happening     *h = &happenings[i];
      g_autoptr (GVariant) args = parse (h->args);
      g_autoptr (GVariant) event = ctl_event_of_signal (now, h->path, h->interface, h->name, args);
      g_autoptr (GVariant) properties = NULL;
      g_autofree char     *path = NULL;
      g_autofree char     *line = NULL;

      assert_int_equal (ctl_track_event (track, event, &path, &properties), h->news);
      assert_int_equal (path != NULL, h->line != NULL);
      if (h->line != NULL)
        line = ctl_voice_line (path, properties, &ascii);
      assert_int_equal (g_strcmp0 (line, h->line), 0);
    }
  assert_int_equal (ctl_track_count (track), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_table),
    cmocka_unit_test (test_json),
    cmocka_unit_test (test_lines),
    cmocka_unit_test (test_track),
  };

  g_setenv ("TZ", "UTC", TRUE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bearers, over the service Data1 and a module that dials. */
#include "mm1-bearer.h"

#include "mm1-bed.h"
#include "mu-test.h"

#include <string.h>

static void
create (const char *dict, const char *expected)
{
  g_autofree char *args = g_strdup_printf ("(@a{sv} %s,)", dict);

  assert_mm1_call (MODEM, "Modem", "CreateBearer", args, expected);
}

static void
dial (void)
{
  mm1_bed_begin (BEARER, "Bearer", "Connect", "()");
  mm1_bed_answer ("AT^NDISDUP=1,1,\"web\"", "OK");
}

static void
bring_up (void)
{
  create ("{'apn': <'web'>}", "('" BEARER "',)");
  dial ();
  mm1_bed_say ("^NDISSTAT: 1,,,IPV4");
  mm1_bed_answer ("AT^DHCP?", "^DHCP: 0100000A,00FFFFFF,0200000A,0200000A,08080808,0,1,1|OK");
  assert_string_equal (mm1_bed_wait (), "()");
}

static void
go_down (const char *line)
{
  mm1_bed_say (line);
  mu_timer_advance (1000);
  mm1_bed_play ();
}

static void
test_create (void **state G_GNUC_UNUSED)
{
  create ("{'apn': <'web'>, 'password': <'secret'>}", "('" BEARER "',)");
  assert_string_equal (mm1_bed_asked (), "org.mu709.data|");
  mm1_bed_assert (BEARER, "Bearer", "Connected", "false");
  mm1_bed_assert (BEARER, "Bearer", "Interface", "''");
  mm1_bed_assert (BEARER, "Bearer", "Properties", "{'apn': <'web'>}");
  mm1_bed_assert (BEARER, "Bearer", "Ip4Config", "{'method': <uint32 0>}");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "[objectpath '" BEARER "']");
  assert_mm1_call (MODEM, "Modem", "ListBearers", "()", "(['" BEARER "'],)");
  assert_mm1_call (MODEM, "Modem", "DeleteBearer", "(objectpath '" BEARER "',)", "()");
  assert_mm1_call (MODEM, "Modem", "DeleteBearer", "(objectpath '" BEARER "',)", "Core.NotFound");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "@ao []");
}

static void
test_create_wrong (void **state G_GNUC_UNUSED)
{
  create ("{'x': <1>}", "Core.InvalidArgs");
  mm1_bed_policy ("no");
  create ("{}", "Core.Unauthorized");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "@ao []");
}

static void
test_limit (void **state G_GNUC_UNUSED)
{
  for (guint i = 0; i <= MM1_MAX_BEARERS; i++)
    {
      g_autofree char *path = g_strdup_printf ("('" MM_DBUS_PATH "/Bearer/%u',)", i);

      create ("{}", path);
    }
  mm1_bed_assert (BEARER, "Bearer", "Connected", "org.freedesktop.DBus.Error.UnknownMethod");
  mm1_bed_assert (MM_DBUS_PATH "/Bearer/1", "Bearer", "Connected", "false");
}

/* Whom the policy still thinks about, perhaps for as long as a dialogue is open, is in nobody's
 * way.
 */
static void
test_may_not_connect (void **state G_GNUC_UNUSED)
{
  create ("{'apn': <'web'>}", "('" BEARER "',)");
  mm1_bed_policy ("wait");
  mm1_bed_begin (BEARER, "Bearer", "Connect", "()");
  assert_false (mm1_bed_is_answered ());
  mm1_bed_policy ("yes");
  dial ();
}

static void
test_connected (void **state G_GNUC_UNUSED)
{
  bring_up ();
  mm1_bed_assert (BEARER, "Bearer", "Connected", "true");
  mm1_bed_assert (BEARER, "Bearer", "Interface", "'bed0'");
  mm1_bed_assert (BEARER, "Bearer", "Ip4Config",
                  "{'method': <uint32 3>, 'dns1': <'8.8.8.8'>, 'address': <'10.0.0.1'>, "
                  "'prefix': <uint32 24>, 'gateway': <'10.0.0.2'>}");
  mm1_bed_assert (BEARER, "Bearer", "Ip6Config", "{'method': <uint32 0>}");
  mm1_bed_assert (MODEM, "Modem", "State", "11");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "[objectpath '" BEARER "']");
  assert_non_null (strstr (mm1_bed_heard (), "StateChanged(10, 11, 0)"));
  assert_mm1_call (BEARER, "Bearer", "Connect", "()", "()");
}

/* A call on GSM: the bearer is up, and carries nothing. */
static void
test_suspended (void **state G_GNUC_UNUSED)
{
  bring_up ();
  mm1_bed_say ("^MODE: 3,3");
  mm1_bed_assert (BEARER, "Bearer", "Suspended", "false");
  mm1_bed_say ("RING");
  mm1_bed_assert (BEARER, "Bearer", "Suspended", "true");
  mm1_bed_assert (BEARER, "Bearer", "Connected", "true");
  mm1_bed_say ("^CEND: 1,0,104,16");
  mm1_bed_assert (BEARER, "Bearer", "Suspended", "false");
}

/* The drop is told by the state, and by the bearer before. */
static void
test_drop (void **state G_GNUC_UNUSED)
{
  const char *heard, *bearer;

  bring_up ();
  mm1_bed_heard ();
  mm1_bed_say ("^NDISEND: 1,36");
  go_down ("^NDISSTAT: 0,36,,IPV4");
  heard = mm1_bed_heard ();
  bearer = strstr (heard, "'Connected': <false>");
  assert_non_null (bearer);
  assert_non_null (strstr (bearer, "StateChanged(11, 8, 0)|"));
  mm1_bed_assert (BEARER, "Bearer", "Connected", "false");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "[objectpath '" BEARER "']");
}

static void
test_disconnect (void **state G_GNUC_UNUSED)
{
  bring_up ();
  mm1_bed_begin (BEARER, "Bearer", "Disconnect", "()");
  mm1_bed_answer ("AT^NDISDUP=1,0", "OK");
  mm1_bed_assert (MODEM, "Modem", "State", "9");
  mm1_bed_begin (BEARER, "Bearer", "Disconnect", "()");
  mm1_bed_say ("^NDISSTAT: 0,,,IPV4");
  assert_string_equal (mm1_bed_wait (), "()");
  mm1_bed_assert (BEARER, "Bearer", "Connected", "false");
  mm1_bed_assert (BEARER, "Bearer", "ConnectionError", "('', '')");
  mm1_bed_assert (MODEM, "Modem", "State", "8");
  assert_mm1_call (BEARER, "Bearer", "Disconnect", "()", "()");
}

/* The cause is the error's name. */
static void
test_refused (void **state G_GNUC_UNUSED)
{
  create ("{'apn': <'web'>}", "('" BEARER "',)");
  dial ();
  go_down ("^NDISSTAT: 0,33,,IPV4");
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.ServiceOptionNotSubscribed");
  mm1_bed_assert (MODEM, "Modem", "State", "8");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "[objectpath '" BEARER "']");
  assert_non_null (strstr (mm1_bed_get (BEARER, "Bearer", "ConnectionError"),
                           "Error.MobileEquipment.ServiceOptionNotSubscribed'"));
}

static void
test_client_leaves (void **state G_GNUC_UNUSED)
{
  create ("{'apn': <'web'>}", "('" BEARER "',)");
  dial ();
  assert_mm1_call (BEARER, "Bearer", "Connect", "()", "Core.InProgress");
  mm1_bed_leave ();
  mm1_bed_answer ("AT^NDISDUP=1,0", "OK");
  go_down ("^NDISSTAT: 0,,,IPV4");
  mm1_bed_assert (MODEM, "Modem", "State", "8");
  dial ();
  mm1_bed_say ("^NDISSTAT: 1,,,IPV4");
  assert_string_equal (mm1_bed_wait (), "()");
}

/* Deleting a bearer that is being connected ends that. */
static void
test_delete_while_connecting (void **state G_GNUC_UNUSED)
{
  create ("{'apn': <'web'>}", "('" BEARER "',)");
  dial ();
  mm1_bed_begin (MODEM, "Modem", "DeleteBearer", "(objectpath '" BEARER "',)");
  mm1_bed_answer ("AT^NDISDUP=1,0", "OK");
  mm1_bed_say ("^NDISSTAT: 0,,,IPV4");
  mm1_bed_wait ();
  mm1_bed_assert (MODEM, "Modem", "Bearers", "@ao []");
  mm1_bed_assert (MODEM, "Modem", "State", "8");
}

/* A connection of another client's is seen, and goes with its end. */
static void
test_foreign (void **state G_GNUC_UNUSED)
{
  session_bed_call (mm1_bed, "Data1", "Connect", "({'apn': <'other'>},)");
  mm1_bed_answer ("AT^NDISDUP=1,1,\"other\"", "OK");
  mm1_bed_say ("^NDISSTAT: 1,,,IPV4");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "[objectpath '" BEARER "']");
  mm1_bed_assert (BEARER, "Bearer", "Connected", "true");
  mm1_bed_assert (MODEM, "Modem", "State", "11");
  go_down ("^NDISSTAT: 0,36,,IPV4");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "@ao []");
}

/* Disable is of ModemManager's clients: others keep their connections. */
static void
test_disable (void **state G_GNUC_UNUSED)
{
  bring_up ();
  mm1_bed_begin (MODEM, "Modem", "Enable", "(false,)");
  mm1_bed_answer ("AT^NDISDUP=1,0", "OK");
  mm1_bed_assert (MODEM, "Modem", "State", "4");
  mm1_bed_begin (MODEM, "Modem", "GetCellInfo", "()");
  mm1_bed_wait ();
  mm1_bed_say ("^NDISSTAT: 0,,,IPV4");
  mm1_bed_assert (MODEM, "Modem", "State", "3");
}

/* The object goes with everything under way. */
static void
test_object_goes (void **state G_GNUC_UNUSED)
{
  bring_up ();
  mm1_bed_begin (BEARER, "Bearer", "Disconnect", "()");
  at_peer_expect (mm1_bed->peer, "AT^NDISDUP=1,0");
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_create),
    TEST (test_create_wrong),
    TEST (test_limit),
    TEST (test_may_not_connect),
    TEST (test_connected),
    TEST (test_suspended),
    TEST (test_drop),
    TEST (test_disconnect),
    TEST (test_refused),
    TEST (test_client_leaves),
    TEST (test_delete_while_connecting),
    TEST (test_foreign),
    TEST (test_disable),
    TEST (test_object_goes),
  };

  return mm1_bed_run (tests);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's codes, signal, time and place: what the network says, for those who ask. */
#include "facade-bed.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

static FacadeBed *bed;

static const FacadeTarget ussd = { NULL, "Modem.Modem3gpp.Ussd" };
static const FacadeTarget signals = { NULL, "Modem.Signal" };
static const FacadeTarget clocks = { NULL, "Modem.Time" };
static const FacadeTarget location = { NULL, "Modem.Location" };

static int
set_up (void **state G_GNUC_UNUSED)
{
  static const Mm1InterfaceClass *const classes[]
      = { &mm1_ussd_class, &mm1_signal_class, &mm1_time_class, &mm1_location_class };

  bed = facade_bed_new (session_bed_new ());
  session_bed_start (bed->session, NULL, 0);
  mm1_object_publish (bed->object, classes, G_N_ELEMENTS (classes));
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  SessionBed *session = bed->session;

  facade_bed_free (bed);
  session_bed_free (session);
  return 0;
}

/* ---- codes ---- */

static void
test_code (void **state G_GNUC_UNUSED)
{
  g_autofree char *answer = NULL;

  facade_bed_begin (bed, bed->client, &ussd, "Initiate", "('*100#',)", &answer);
  at_peer_answer (bed->session->peer, "AT+CUSD=1,\"AA180C3602\",15", "OK");
  at_peer_settle ();
  facade_bed_assert_get (bed, &ussd, "State", "(<uint32 2>,)");
  session_bed_say (bed->session, "+CUSD: 1,\"E8329BFD06\",15");
  facade_bed_wait (&answer);
  assert_string_equal (answer, "('hello',)");
  facade_bed_assert_get (bed, &ussd, "State", "(<uint32 3>,)");
  facade_bed_assert_get (bed, &ussd, "NetworkRequest", "(<''>,)");
}

static void
test_network_asks (void **state G_GNUC_UNUSED)
{
  session_bed_say (bed->session, "+CUSD: 1,\"E8329BFD06\",15");
  facade_bed_assert_get (bed, &ussd, "NetworkRequest", "(<'hello'>,)");
  facade_bed_assert_get (bed, &ussd, "NetworkNotification", "(<''>,)");
  session_bed_say (bed->session, "+CUSD: 2");
  facade_bed_assert_get (bed, &ussd, "State", "(<uint32 1>,)");
  facade_bed_assert_get (bed, &ussd, "NetworkRequest", "(<''>,)");
  session_bed_say (bed->session, "+CUSD: 0,\"E8329BFD06\",15");
  facade_bed_assert_get (bed, &ussd, "NetworkNotification", "(<'hello'>,)");
  facade_bed_assert_call (bed, &ussd, "Respond", "('1',)", "WrongState");
  facade_bed_denied = "org.mu709.ussd";
  facade_bed_assert_call (bed, &ussd, "Initiate", "('*100#',)", "Unauthorized");
}

/* ---- signal ---- */

static void
test_signal (void **state G_GNUC_UNUSED)
{
  const char *umts;

  facade_bed_assert_get (bed, &signals, "Umts", "(<@a{sv} {}>,)");
  facade_bed_denied = "org.mu709.network";
  facade_bed_assert_call (bed, &signals, "Setup", "(uint32 5,)", "Unauthorized");
  facade_bed_assert_get (bed, &signals, "Rate", "(<uint32 0>,)");
  facade_bed_denied = NULL;
  facade_bed_assert_call (bed, &signals, "Setup", "(uint32 5,)", "()");
  session_bed_say (bed->session, "^HCSQ: \"WCDMA\",30,30,58");
  facade_bed_assert_get (bed, &signals, "Rate", "(<uint32 5>,)");
  umts = facade_bed_get (bed, &signals, "Umts");
  assert_non_null (strstr (umts, "'rssi': <-91.0>"));
  assert_non_null (strstr (umts, "'rscp': <-91.0>"));
  assert_non_null (strstr (umts, "'ecio': <-3.5>"));
  facade_bed_assert_get (bed, &signals, "Gsm", "(<@a{sv} {}>,)");
  session_bed_say (bed->session, "^MODE: 3,3");
  session_bed_say (bed->session, "^HCSQ: \"GSM\",40");
  facade_bed_assert_get (bed, &signals, "Gsm", "(<{'rssi': <-81.0>}>,)");
  facade_bed_assert_get (bed, &signals, "Umts", "(<@a{sv} {}>,)");
  session_bed_say (bed->session, "^MODE: 0,0");
  facade_bed_assert_get (bed, &signals, "Gsm", "(<@a{sv} {}>,)");
  facade_bed_assert_call (bed, &signals, "SetupThresholds", "(@a{sv} {},)", "Unsupported");
}

/* ---- time ---- */

static void
test_time (void **state G_GNUC_UNUSED)
{
  g_autofree char *heard = NULL;

  g_free (facade_bed_heard (bed));
  session_bed_say (bed->session, "^NWTIME: 26/03/29,04:00:21+04,01");
  heard = facade_bed_heard (bed);
  assert_non_null (strstr (heard, "NetworkTimeChanged('2026-03-29T04:00:21+02:00',)"));
  facade_bed_assert_get (bed, &clocks, "NetworkTimezone", "(<{'offset': <120>}>,)");
  mu_timer_advance (90000);
  assert_non_null (
      strstr (facade_bed_call (bed, &clocks, "GetNetworkTime", "()"), "2026-03-29T04:01:5"));
  session_bed_say (bed->session, "^NWTIME: 26/03/29,00:00:00-14,00");
  facade_bed_assert_get (bed, &clocks, "NetworkTimezone", "(<{'offset': <-210>}>,)");
}

static void
test_no_time (void **state G_GNUC_UNUSED)
{
  mm1_object_remove_service (bed->object, session_bed_service (bed->session, "Network1"));
  at_peer_settle ();
  facade_bed_assert_call (bed, &clocks, "GetNetworkTime", "()", "Retry");
  facade_bed_assert_get (bed, &clocks, "NetworkTimezone", "(<@a{sv} {}>,)");
  facade_bed_assert_call (bed, &location, "GetLocation", "()", "({},)");
}

/* ---- place ---- */

static void
test_location (void **state G_GNUC_UNUSED)
{
  facade_bed_assert_get (bed, &location, "Capabilities", "(<uint32 1>,)");
  facade_bed_assert_get (bed, &location, "Enabled", "(<uint32 1>,)");
  facade_bed_assert_call (bed, &location, "GetLocation", "()", "({1: <'262,01,31C5,83F7CD,0'>},)");
  facade_bed_assert_get (bed, &location, "Location", "(<@a{uv} {}>,)");
  facade_bed_denied = "org.mu709.network";
  facade_bed_assert_call (bed, &location, "Setup", "(uint32 1, true)", "Unauthorized");
  facade_bed_denied = NULL;
  facade_bed_assert_call (bed, &location, "Setup", "(uint32 1, true)", "()");
  facade_bed_assert_get (bed, &location, "Location", "(<{uint32 1: <'262,01,31C5,83F7CD,0'>}>,)");
  session_bed_say (bed->session, "+CREG: 1,\"00AB\",\"1234\",2");
  assert_non_null (strstr (facade_bed_get (bed, &location, "Location"), "262,01,AB,1234,0"));
  facade_bed_assert_call (bed, &location, "Setup", "(uint32 0, true)", "()");
  facade_bed_assert_call (bed, &location, "GetLocation", "()", "({},)");
  facade_bed_assert_get (bed, &location, "Location", "(<@a{uv} {}>,)");
  facade_bed_assert_call (bed, &location, "Setup", "(uint32 3, true)", "Unsupported");
  facade_bed_assert_call (bed, &location, "SetSuplServer", "('x',)", "Unsupported");
}

/* Not in a network: no place. */
static void
test_nowhere (void **state G_GNUC_UNUSED)
{
  session_bed_say (bed->session, "+CREG: 2");
  session_bed_say (bed->session, "+CGREG: 2");
  facade_bed_assert_call (bed, &location, "GetLocation", "()", "({},)");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_code),    TEST (test_network_asks), TEST (test_signal),  TEST (test_time),
    TEST (test_no_time), TEST (test_location),     TEST (test_nowhere),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

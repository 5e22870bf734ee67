/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The facade's codes, signal, time and place: what the network says, for those who ask. */
#include "mm1-bed.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

/* ---- codes ---- */

static void
test_code (void **state G_GNUC_UNUSED)
{
  mm1_bed_begin (MODEM, "Modem.Modem3gpp.Ussd", "Initiate", "('*100#',)");
  mm1_bed_answer ("AT+CUSD=1,\"AA180C3602\",15", "OK");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "State", "uint32 2");
  mm1_bed_say ("+CUSD: 1,\"E8329BFD06\",15");
  assert_string_equal (mm1_bed_wait (), "('hello',)");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "State", "uint32 3");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "NetworkRequest", "''");
}

static void
test_network_asks (void **state G_GNUC_UNUSED)
{
  mm1_bed_say ("+CUSD: 1,\"E8329BFD06\",15");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "NetworkRequest", "'hello'");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "NetworkNotification", "''");
  mm1_bed_say ("+CUSD: 2");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "State", "uint32 1");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "NetworkRequest", "''");
  mm1_bed_say ("+CUSD: 0,\"E8329BFD06\",15");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp.Ussd", "NetworkNotification", "'hello'");
  assert_mm1_call (MODEM, "Modem.Modem3gpp.Ussd", "Respond", "('1',)", "Core.WrongState");
  mm1_bed_policy ("org.mu709.ussd");
  assert_mm1_call (MODEM, "Modem.Modem3gpp.Ussd", "Initiate", "('*100#',)", "Core.Unauthorized");
}

/* ---- signal ---- */

static void
test_signal (void **state G_GNUC_UNUSED)
{
  const char *umts;

  mm1_bed_assert (MODEM, "Modem.Signal", "Umts", "@a{sv} {}");
  mm1_bed_policy ("org.mu709.network");
  assert_mm1_call (MODEM, "Modem.Signal", "Setup", "(uint32 5,)", "Core.Unauthorized");
  mm1_bed_assert (MODEM, "Modem.Signal", "Rate", "uint32 0");
  mm1_bed_policy ("yes");
  assert_mm1_call (MODEM, "Modem.Signal", "Setup", "(uint32 5,)", "()");
  mm1_bed_say ("^HCSQ: \"WCDMA\",30,30,58");
  mm1_bed_assert (MODEM, "Modem.Signal", "Rate", "uint32 5");
  umts = mm1_bed_get (MODEM, "Modem.Signal", "Umts");
  assert_non_null (strstr (umts, "'rssi': <-91.0>"));
  assert_non_null (strstr (umts, "'rscp': <-91.0>"));
  assert_non_null (strstr (umts, "'ecio': <-3.5>"));
  mm1_bed_assert (MODEM, "Modem.Signal", "Gsm", "@a{sv} {}");
  mm1_bed_say ("^MODE: 3,3");
  mm1_bed_say ("^HCSQ: \"GSM\",40");
  mm1_bed_assert (MODEM, "Modem.Signal", "Gsm", "{'rssi': <-81.0>}");
  mm1_bed_assert (MODEM, "Modem.Signal", "Umts", "@a{sv} {}");
  mm1_bed_say ("^MODE: 0,0");
  mm1_bed_assert (MODEM, "Modem.Signal", "Gsm", "@a{sv} {}");
  assert_mm1_call (MODEM, "Modem.Signal", "SetupThresholds", "(@a{sv} {},)", "Core.Unsupported");
}

/* ---- time ---- */

static void
test_time (void **state G_GNUC_UNUSED)
{
  const char *heard;

  mm1_bed_heard ();
  mm1_bed_say ("^NWTIME: 26/03/29,04:00:21+04,01");
  heard = mm1_bed_heard ();
  assert_non_null (strstr (heard, "NetworkTimeChanged('2026-03-29T04:00:21+02:00',)"));
  mm1_bed_assert (MODEM, "Modem.Time", "NetworkTimezone", "{'offset': <120>}");
  mu_timer_advance (90000);
  mm1_bed_begin (MODEM, "Modem.Time", "GetNetworkTime", "()");
  assert_non_null (strstr (mm1_bed_wait (), "2026-03-29T04:01:5"));
  mm1_bed_say ("^NWTIME: 26/03/29,00:00:00-14,00");
  mm1_bed_assert (MODEM, "Modem.Time", "NetworkTimezone", "{'offset': <-210>}");
}

static void
test_no_time (void **state G_GNUC_UNUSED)
{
  mm1_object_remove_service (mm1_bed_object, session_bed_service (mm1_bed, "Network1"));
  at_peer_settle ();
  assert_mm1_call (MODEM, "Modem.Time", "GetNetworkTime", "()", "Core.Retry");
  mm1_bed_assert (MODEM, "Modem.Time", "NetworkTimezone", "@a{sv} {}");
  assert_mm1_call (MODEM, "Modem.Location", "GetLocation", "()", "({},)");
}

/* ---- place ---- */

static void
test_location (void **state G_GNUC_UNUSED)
{
  mm1_bed_assert (MODEM, "Modem.Location", "Capabilities", "uint32 1");
  mm1_bed_assert (MODEM, "Modem.Location", "Enabled", "uint32 1");
  assert_mm1_call (MODEM, "Modem.Location", "GetLocation", "()",
                   "({1: <'262,01,31C5,83F7CD,0'>},)");
  mm1_bed_assert (MODEM, "Modem.Location", "Location", "@a{uv} {}");
  mm1_bed_policy ("org.mu709.network");
  assert_mm1_call (MODEM, "Modem.Location", "Setup", "(uint32 1, true)", "Core.Unauthorized");
  mm1_bed_policy ("yes");
  assert_mm1_call (MODEM, "Modem.Location", "Setup", "(uint32 1, true)", "()");
  mm1_bed_assert (MODEM, "Modem.Location", "Location", "{uint32 1: <'262,01,31C5,83F7CD,0'>}");
  mm1_bed_say ("+CREG: 1,\"00AB\",\"1234\",2");
  assert_non_null (strstr (mm1_bed_get (MODEM, "Modem.Location", "Location"), "262,01,AB,1234,0"));
  assert_mm1_call (MODEM, "Modem.Location", "Setup", "(uint32 0, true)", "()");
  assert_mm1_call (MODEM, "Modem.Location", "GetLocation", "()", "({},)");
  mm1_bed_assert (MODEM, "Modem.Location", "Location", "@a{uv} {}");
  assert_mm1_call (MODEM, "Modem.Location", "Setup", "(uint32 3, true)", "Core.Unsupported");
  assert_mm1_call (MODEM, "Modem.Location", "SetSuplServer", "('x',)", "Core.Unsupported");
}

/* Not in a network: no place. */
static void
test_nowhere (void **state G_GNUC_UNUSED)
{
  mm1_bed_say ("+CREG: 2");
  mm1_bed_say ("+CGREG: 2");
  assert_mm1_call (MODEM, "Modem.Location", "GetLocation", "()", "({},)");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_code),    TEST (test_network_asks), TEST (test_signal),  TEST (test_time),
    TEST (test_no_time), TEST (test_location),     TEST (test_nowhere),
  };

  return mm1_bed_run (tests);
}

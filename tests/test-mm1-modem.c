/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What Modem, Modem3gpp and Sim say, and what they have done. */
#include "mm1-bed.h"
#include "mu-test.h"

#include <string.h>

static void
test_modem (void **state G_GNUC_UNUSED)
{
  mm1_bed_assert (MODEM, "Modem", "State", "8");
  mm1_bed_assert (MODEM, "Modem", "Manufacturer", "'Huawei Technologies Co., Ltd.'");
  mm1_bed_assert (MODEM, "Modem", "Model", "'MU709s-2'");
  mm1_bed_assert (MODEM, "Modem", "EquipmentIdentifier", "'867989010000017'");
  mm1_bed_assert (MODEM, "Modem", "PrimaryPort", "'ttyBED2'");
  mm1_bed_assert (MODEM, "Modem", "Ports",
                  "[('ttyBED2', uint32 3), ('ttyBED0', 3), ('ttyBED1', 4), ('bed0', 2)]");
  mm1_bed_assert (MODEM, "Modem", "CurrentCapabilities", "uint32 4");
  mm1_bed_assert (MODEM, "Modem", "SupportedIpFamilies", "uint32 1");
  mm1_bed_assert (MODEM, "Modem", "UnlockRequired", "uint32 1");
  mm1_bed_assert (MODEM, "Modem", "UnlockRetries", "{uint32 2: uint32 3, 4: 10}");
  mm1_bed_assert (MODEM, "Modem", "PowerState", "uint32 3");
  mm1_bed_assert (MODEM, "Modem", "SignalQuality", "(uint32 35, true)");
  mm1_bed_assert (MODEM, "Modem", "OwnNumbers", "['+8613987654321', '123']");
  mm1_bed_assert (MODEM, "Modem", "Sim", "objectpath '" SIM "'");
  mm1_bed_assert (MODEM, "Modem", "Device", "'/dev/ttyBED2'");
  mm1_bed_assert (MODEM, "Modem", "Bearers", "@ao []");
}

static void
test_3gpp (void **state G_GNUC_UNUSED)
{
  mm1_bed_assert (MODEM, "Modem.Modem3gpp", "Imei", "'867989010000017'");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp", "RegistrationState", "uint32 1");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp", "OperatorCode", "'26201'");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp", "EnabledFacilityLocks", "uint32 0");
  mm1_bed_assert (MODEM, "Modem.Modem3gpp", "PacketServiceState", "uint32 2");
}

static void
test_sim (void **state G_GNUC_UNUSED)
{
  mm1_bed_assert (SIM, "Sim", "SimIdentifier", "'89860112345678901234'");
  mm1_bed_assert (SIM, "Sim", "Imsi", "'262011234567890'");
  mm1_bed_assert (SIM, "Sim", "OperatorIdentifier", "'26201'");
  mm1_bed_assert (SIM, "Sim", "Active", "true");
  mm1_bed_begin (SIM, "Sim", "EnablePin", "('1234', true)");
  mm1_bed_answer ("AT+CLCK=\"SC\",1,\"1234\"", "OK");
  mm1_bed_play ();
  assert_string_equal (mm1_bed_wait (), "()");
  assert_string_equal (mm1_bed_asked (), "org.mu709.sim|");
}

/* Clients look at the properties when they hear of the state. */
static void
test_state_comes_last (void **state G_GNUC_UNUSED)
{
  const char *heard, *last;

  mm1_bed_say ("+CREG: 2|+CGREG: 2");
  mm1_bed_play ();
  heard = mm1_bed_heard ();
  last = strstr (heard, "StateChanged(8, 7, 0)|");
  assert_non_null (last);
  assert_null (strstr (last, "RegistrationState"));
  assert_non_null (strstr (heard, "RegistrationState"));
}

/* What changes in one turn is told at once, and what has not changed not at all. */
static void
test_signal (void **state G_GNUC_UNUSED)
{
  mm1_bed_say ("^HCSQ: \"WCDMA\",50,50,58");
  assert_string_equal (mm1_bed_heard (),
                       "/Modem/0 PropertiesChanged('org.freedesktop.ModemManager1.Modem', "
                       "{'SignalQuality': <(uint32 67, true)>}, [])|");
  mm1_bed_say ("^HCSQ: \"WCDMA\",50,50,58");
  assert_string_equal (mm1_bed_heard (), "");
}

static void
test_disable (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem", "Enable", "(false,)", "()");
  mm1_bed_assert (MODEM, "Modem", "State", "3");
  assert_non_null (strstr (mm1_bed_heard (), "StateChanged(8, 3, 1)|"));
  mm1_bed_asked ();
  assert_mm1_call (MODEM, "Modem", "Enable", "(true,)", "()");
  assert_string_equal (mm1_bed_asked (), "org.mu709.modem|");
  mm1_bed_assert (MODEM, "Modem", "State", "8");
  assert_non_null (strstr (mm1_bed_heard (), "StateChanged(3, 8, 1)|"));
  at_peer_expect_nothing (mm1_bed->peer);
}

/* Who may not do that changes nothing, also for the moment in which the policy thinks about it:
 * NetworkManager gives up its connection when it hears "disabling". */
static void
test_may_not_disable (void **state G_GNUC_UNUSED)
{
  static const char *const args[] = { "(false,)", "(true,)" };

  for (gsize i = 0; i < G_N_ELEMENTS (args); i++)
    {
      mm1_bed_policy ("wait");
      mm1_bed_begin (MODEM, "Modem", "Enable", args[i]);
      assert_false (mm1_bed_is_answered ());
      mm1_bed_policy_answer (FALSE);
      assert_string_equal (mm1_bed_wait (), "Core.Unauthorized");
      assert_string_equal (mm1_bed_heard (), "");
    }
}

static void
switch_off (void)
{
  assert_mm1_call (MODEM, "Modem", "Enable", "(false,)", "()");
  mm1_bed_begin (MODEM, "Modem", "SetPowerState", "(uint32 2,)");
  mm1_bed_answer ("AT+CFUN=4", "OK");
  mm1_bed_answer ("AT+CFUN?", "+CFUN: 4|OK");
  assert_string_equal (mm1_bed_wait (), "()");
}

static void
test_enable (void **state G_GNUC_UNUSED)
{
  switch_off ();
  mm1_bed_heard ();
  mm1_bed_begin (MODEM, "Modem", "Enable", "(true,)");
  mm1_bed_answer ("AT+CFUN=1", "OK");
  mm1_bed_answer ("AT+CFUN?", "+CFUN: 1|OK");
  assert_string_equal (mm1_bed_wait (), "()");
  assert_non_null (strstr (mm1_bed_heard (), "StateChanged(5, 8, 1)|"));
}

static void
test_enable_fails (void **state G_GNUC_UNUSED)
{
  switch_off ();
  mm1_bed_begin (MODEM, "Modem", "Enable", "(true,)");
  at_peer_expect (mm1_bed->peer, "AT+CFUN=1");
  mm1_bed_assert (MODEM, "Modem", "State", "5");
  mm1_bed_begin (MODEM, "Modem", "Enable", "(true,)");
  mm1_bed_leave ();
  mm1_bed_say ("ERROR");
  mm1_bed_play ();
  mm1_bed_assert (MODEM, "Modem", "State", "3");
}

static void
test_power (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem", "SetPowerState", "(uint32 2,)", "Core.WrongState");
  assert_mm1_call (MODEM, "Modem", "SetPowerState", "(uint32 7,)", "Core.InvalidArgs");
  switch_off ();
  mm1_bed_assert (MODEM, "Modem", "PowerState", "uint32 2");
}

static void
test_same_settings (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem", "SetCurrentCapabilities", "(uint32 4,)", "()");
  assert_mm1_call (MODEM, "Modem", "SetCurrentCapabilities", "(uint32 8,)", "Core.Unsupported");
  assert_mm1_call (MODEM, "Modem", "SetCurrentModes", "((uint32 6, uint32 0),)", "()");
  assert_mm1_call (MODEM, "Modem", "SetCurrentModes", "((uint32 8, uint32 0),)",
                   "Core.Unsupported");
  assert_mm1_call (MODEM, "Modem", "SetCurrentBands", "([uint32 256],)", "()");
  assert_mm1_call (MODEM, "Modem", "SetCurrentBands", "(@au [],)", "Core.Unsupported");
}

static void
test_scan (void **state G_GNUC_UNUSED)
{
  mm1_bed_begin (MODEM, "Modem.Modem3gpp", "Scan", "()");
  mm1_bed_answer ("AT+COPS=?",
                  "+COPS: (2,\"Home\",\"H\",\"26201\",2),(3,\"Bad\",\"B\",\"26299\",0)|OK");
  assert_string_equal (
      mm1_bed_wait (),
      "([{'status': <uint32 2>, 'operator-short': <'H'>, 'access-technology': <uint32 32>, "
      "'operator-long': <'Home'>, 'operator-code': <'26201'>}, {'status': <uint32 3>, "
      "'operator-short': <'B'>, 'access-technology': <uint32 2>, 'operator-long': <'Bad'>, "
      "'operator-code': <'26299'>}],)");
}

static void
test_locked (void **state G_GNUC_UNUSED)
{
  mm1_bed_restart (mm1_bed_locked, G_N_ELEMENTS (mm1_bed_locked), "locked");
  mm1_bed_assert (MODEM, "Modem", "State", "2");
  mm1_bed_assert (MODEM, "Modem", "UnlockRequired", "uint32 2");
  assert_mm1_call (MODEM, "Modem", "Enable", "(true,)", "Core.WrongState");
  mm1_bed_begin (SIM, "Sim", "SendPin", "('1111',)");
  mm1_bed_answer ("AT+CPIN=\"1111\"", "+CME ERROR: incorrect password");
  at_peer_play (mm1_bed->peer, mm1_bed_locked, G_N_ELEMENTS (mm1_bed_locked));
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.IncorrectPassword");
  assert_mm1_call (SIM, "Sim", "SendPin", "('x',)", "MobileEquipment.InvalidChars");
}

static const AtPeerRow missing[] = {
  { "AT^CPIN?", "+CME ERROR: SIM not inserted" },
  { "AT^ICCID?", "+CME ERROR: SIM not inserted" },
  { "AT+CIMI", "+CME ERROR: SIM not inserted" },
};

static void
test_no_card (void **state G_GNUC_UNUSED)
{
  mm1_bed_restart (missing, G_N_ELEMENTS (missing), "ready");
  mm1_bed_assert (MODEM, "Modem", "State", "-1");
  mm1_bed_assert (MODEM, "Modem", "StateFailedReason", "uint32 2");
  mm1_bed_assert (MODEM, "Modem", "Sim", "objectpath '/'");
}

/* A card that is changed is another object. */
static void
test_other_card (void **state G_GNUC_UNUSED)
{
  mm1_bed_say ("^ICCID: 89860112345678909999");
  mm1_bed_assert (MODEM, "Modem", "Sim", "objectpath '" MM_DBUS_PATH "/SIM/1'");
  mm1_bed_assert (SIM, "Sim", "Imsi", "org.freedesktop.DBus.Error.UnknownMethod");
}

/* Before its services are gone nothing is read of them any more. */
static void
test_services_vanish (void **state G_GNUC_UNUSED)
{
  mm1_object_remove_service (mm1_bed_object, session_bed_service (mm1_bed, "Network1"));
  mm1_object_remove_service (mm1_bed_object, session_bed_service (mm1_bed, "Sim1"));
  mm1_bed_assert (MODEM, "Modem", "State", "6");
  assert_mm1_call (MODEM, "Modem.Modem3gpp", "Register", "('',)", "Core.Retry");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_modem),
    TEST (test_3gpp),
    TEST (test_sim),
    TEST (test_state_comes_last),
    TEST (test_signal),
    TEST (test_disable),
    TEST (test_may_not_disable),
    TEST (test_enable),
    TEST (test_enable_fails),
    TEST (test_power),
    TEST (test_same_settings),
    TEST (test_scan),
    TEST (test_locked),
    TEST (test_no_card),
    TEST (test_other_card),
    TEST (test_services_vanish),
  };

  return mm1_bed_run (tests);
}

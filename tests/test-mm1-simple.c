/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Simple: from a card that is locked to a connection. */
#include "mm1-bearer.h"

#include "mm1-bed.h"
#include "mu-modem1.h"
#include "mu-test.h"

#include <string.h>

static void
begin (const char *dict)
{
  g_autofree char *args = g_strdup_printf ("(@a{sv} %s,)", dict);

  mm1_bed_begin (MODEM, "Modem.Simple", "Connect", args);
}

static void
come_up (void)
{
  mm1_bed_answer ("AT^NDISDUP=1,1,\"web\"", "OK");
  mm1_bed_say ("^NDISSTAT: 1,,,IPV4");
  mm1_bed_play ();
  assert_string_equal (mm1_bed_wait (), "('" BEARER "',)");
}

static void
test_connect (void **state G_GNUC_UNUSED)
{
  begin ("{'apn': <'web'>, 'number': <'*99#'>}");
  come_up ();
  assert_string_equal (mm1_bed_asked (), "org.mu709.data|org.mu709.data|");
  mm1_bed_assert (BEARER, "Bearer", "Connected", "true");
  begin ("{'apn': <'web'>, 'number': <'*99#'>}");
  assert_string_equal (mm1_bed_wait (), "('" BEARER "',)");
  mm1_bed_begin (MODEM, "Modem.Simple", "Disconnect", "(objectpath '/',)");
  mm1_bed_answer ("AT^NDISDUP=1,0", "OK");
  mm1_bed_say ("^NDISSTAT: 0,,,IPV4");
  assert_string_equal (mm1_bed_wait (), "()");
  mm1_bed_assert (BEARER, "Bearer", "Connected", "false");
}

static void
test_wrong (void **state G_GNUC_UNUSED)
{
  begin ("{'x': <1>}");
  assert_string_equal (mm1_bed_wait (), "Core.InvalidArgs");
  assert_mm1_call (MODEM, "Modem.Simple", "Disconnect", "(objectpath '" BEARER "',)",
                   "Core.NotFound");
  mm1_bed_policy ("no");
  begin ("{}");
  assert_string_equal (mm1_bed_wait (), "Core.Unauthorized");
}

static void
test_status (void **state G_GNUC_UNUSED)
{
  mm1_bed_begin (MODEM, "Modem.Simple", "GetStatus", "()");
  assert_non_null (strstr (mm1_bed_wait (), "'state': <uint32 8>"));
  assert_non_null (strstr (mm1_bed_wait (), "'m3gpp-operator-code': <'26201'>"));
}

/* NetworkManager asks its user, and does not come again by itself. */
static void
test_without_pin (void **state G_GNUC_UNUSED)
{
  mm1_bed_restart (mm1_bed_locked, G_N_ELEMENTS (mm1_bed_locked), "locked");
  begin ("{'apn': <'web'>}");
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.SimPin");
  begin ("{'apn': <'web'>, 'pin': <'1111'>}");
  mm1_bed_answer ("AT+CPIN=\"1111\"", "+CME ERROR: incorrect password");
  at_peer_play (mm1_bed->peer, mm1_bed_locked, G_N_ELEMENTS (mm1_bed_locked));
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.IncorrectPassword");
}

static void
test_pin (void **state G_GNUC_UNUSED)
{
  mm1_bed_restart (mm1_bed_locked, G_N_ELEMENTS (mm1_bed_locked), "locked");
  begin ("{'apn': <'web'>, 'pin': <'1234'>}");
  mm1_bed_answer ("AT+CPIN=\"1234\"", "OK");
  mm1_bed_say ("^SIMST: 1");
  session_bed_settle (mm1_bed, NULL, 0);
  mu_modem1_set_state (session_bed_service (mm1_bed, "Modem1"), "ready", "");
  mm1_bed_settle ();
  mu_timer_advance (200);
  come_up ();
  assert_string_equal (mm1_bed_asked (), "org.mu709.data|org.mu709.sim|org.mu709.data|");
}

static void
lose_network (void)
{
  mm1_bed_say ("+CREG: 2|+CGREG: 2");
  mm1_bed_play ();
}

static void
test_waits_for_network (void **state G_GNUC_UNUSED)
{
  lose_network ();
  begin ("{'apn': <'web'>}");
  assert_false (mm1_bed_is_answered ());
  mm1_bed_policy ("wait"); /* so that nothing is dialled yet */
  mm1_bed_say ("+CREG: 1,\"31C5\",\"0083F7CD\",2|+CGREG: 1,\"31C5\",\"0083F7CD\",2");
  mm1_bed_play ();
  mm1_bed_settle ();
  mm1_bed_policy_answer (TRUE);
  come_up ();
}

static void
test_no_network (void **state G_GNUC_UNUSED)
{
  lose_network ();
  begin ("{'apn': <'web'>}");
  assert_false (mm1_bed_is_answered ());
  mu_timer_advance (59000);
  assert_false (mm1_bed_is_answered ());
  mu_timer_advance (2000);
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.NoNetwork");
}

static void
test_denied (void **state G_GNUC_UNUSED)
{
  lose_network ();
  begin ("{'apn': <'web'>}");
  assert_false (mm1_bed_is_answered ());
  mm1_bed_say ("+CREG: 3|+CGREG: 3");
  mm1_bed_play ();
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.NetworkNotAllowed");
}

/* What waits goes with its client, and with the object. */
static void
test_leaves_while_waiting (void **state G_GNUC_UNUSED)
{
  lose_network ();
  begin ("{'apn': <'web'>}");
  assert_false (mm1_bed_is_answered ());
  mm1_bed_leave ();
  mu_timer_advance (61000);
  at_peer_settle ();
  begin ("{'apn': <'web'>}");
  assert_false (mm1_bed_is_answered ());
  g_clear_pointer (&mm1_bed_object, mm1_object_free);
  assert_string_equal (mm1_bed_wait (), "Core.Aborted");
}

static void
test_operator (void **state G_GNUC_UNUSED)
{
  begin ("{'apn': <'web'>, 'operator-id': <'26202'>}");
  mm1_bed_answer ("AT+COPS=1,2,\"26202\"", "+CME ERROR: no network service");
  mm1_bed_play ();
  assert_string_equal (mm1_bed_wait (), "MobileEquipment.NoNetwork");
}

static void
test_enables (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem", "Enable", "(false,)", "()");
  begin ("{'apn': <'web'>}");
  come_up ();
  mm1_bed_assert (MODEM, "Modem", "State", "11");
}

/* Who may connect may not enable yet. */
static void
test_may_not_enable (void **state G_GNUC_UNUSED)
{
  assert_mm1_call (MODEM, "Modem", "Enable", "(false,)", "()");
  mm1_bed_policy ("wait");
  begin ("{'apn': <'web'>}");
  assert_false (mm1_bed_is_answered ());
  mm1_bed_policy_answer (TRUE); /* to the first question, for org.mu709.data */
  assert_false (mm1_bed_is_answered ());
  mm1_bed_policy_answer (FALSE);
  assert_string_equal (mm1_bed_wait (), "Core.Unauthorized");
  mm1_bed_assert (MODEM, "Modem", "State", "3");
}

/* Who comes again before the last connection is over waits for that. */
static void
test_again (void **state G_GNUC_UNUSED)
{
  begin ("{'apn': <'web'>}");
  come_up ();
  mm1_bed_begin (MODEM, "Modem.Simple", "Disconnect", "(objectpath '/',)");
  mm1_bed_answer ("AT^NDISDUP=1,0", "OK");
  mm1_bed_leave ();
  begin ("{'apn': <'web'>}");
  assert_false (mm1_bed_is_answered ());
  mm1_bed_policy ("wait"); /* so that nothing is dialled yet */
  mm1_bed_say ("^NDISSTAT: 0,,,IPV4");
  mu_timer_advance (1000);
  mm1_bed_play ();
  mm1_bed_settle ();
  mm1_bed_policy_answer (TRUE);
  come_up ();
}

/* One that is there already does: the daemon finds its own after a restart. */
static void
test_takes_over (void **state G_GNUC_UNUSED)
{
  session_bed_call (mm1_bed, "Data1", "Connect", "({'apn': <'WEB'>},)");
  mm1_bed_answer ("AT^NDISDUP=1,1,\"WEB\"", "OK");
  mm1_bed_say ("^NDISSTAT: 1,,,IPV4");
  mm1_bed_play ();
  begin ("{'apn': <'web'>}");
  assert_string_equal (mm1_bed_wait (), "('" BEARER "',)");
  at_peer_expect_nothing (mm1_bed->peer);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_connect),        TEST (test_wrong),      TEST (test_status),
    TEST (test_without_pin),    TEST (test_pin),        TEST (test_waits_for_network),
    TEST (test_no_network),     TEST (test_denied),     TEST (test_leaves_while_waiting),
    TEST (test_operator),       TEST (test_enables),    TEST (test_may_not_enable),
    TEST (test_may_not_enable), TEST (test_takes_over), TEST (test_again),
  };

  return mm1_bed_run (tests);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-bed.h"
#include "mu-data.h"
#include "mu-test.h"
#include "mu-timer.h"

static void
contexts (void)
{
  data_bed_answer ("AT+CGDCONT?", "OK");
  data_bed_answer ("AT+CGACT?", "OK");
}

/* After a while it dials; what is asked besides is answered. */
static void
assert_dials (guint after_ms, const char *command)
{
  g_autofree char *heard = NULL;

  mu_timer_advance (after_ms);
  while ((heard = at_peer_hear (data_bed->peer)) != NULL && !g_str_equal (heard, command))
    {
      at_peer_play_one (data_bed->peer, heard, session_bed_usual, session_bed_n_usual);
      g_clear_pointer (&heard, g_free);
    }
  assert_non_null (heard);
}

static int
set_up (void **state)
{
  data_bed_set_up (state);
  data_bed_configure ("data", "auto-connect", "true");
  data_bed_configure ("data", "apn", "ours");
  return 0;
}

/* Any change of registration has it looked at. */
static void
register_again (const char *stat)
{
  g_autofree char *gone = g_strdup ("+CREG: 2|+CGREG: 2");
  g_autofree char *here = g_strdup_printf (
      "+CREG: %s,\"31C5\",\"0083F7CD\",2|+CGREG: %s,\"31C5\",\"0083F7CD\",2", stat, stat);

  data_bed_say (gone);
  data_bed_say (here);
  session_bed_play (data_bed, NULL, 0);
}

static void
bring_up (void)
{
  register_again ("1");
  data_bed_expect_nothing ();
  mu_timer_advance (1000);
  data_bed_bring_up ("AT^NDISDUP=1,1,\"ours\"");
  data_bed_answer ("AT^DHCP?", "COMMAND NOT SUPPORT");
  mu_timer_advance (1000);
  contexts ();
  data_bed_assert_seen ("+1|");
}

/* ---- from the start ---- */

static void
test_start (void **state)
{
  SessionBed *old = data_bed;

  data_bed_tear_down (state);
  (void)old;
  data_bed_set_up (state);
  data_bed_configure ("data", "auto-connect", "true");
  register_again ("1");
  mu_timer_advance (1000);
  data_bed_bring_up ("AT^NDISDUP=1,1");
  data_bed_assert (1, "State", "'connected'");
}

/* What is not asked for does not come. */
static void
test_off (void **state G_GNUC_UNUSED)
{
  data_bed_configure ("data", "auto-connect", "false");
  register_again ("1");
  mu_timer_advance (400000);
  data_bed_expect_nothing ();
}

/* ---- after a drop ---- */

static void
test_drop (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_assert_seen ("removed 1 failed 38|-1|");
  mu_timer_advance (999);
  data_bed_expect_nothing ();
  assert_dials (1, "AT^NDISDUP=1,1,\"ours\"");
  data_bed_assert_seen ("+2|");
}

/* Each attempt waits twice as long, up to five minutes; success begins anew. */
static void
test_back_off (void **state G_GNUC_UNUSED)
{
  guint wait_ms = 1000;

  bring_up ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  for (guint i = 0; i < 12; i++)
    {
      mu_timer_advance (wait_ms - 1);
      session_bed_play (data_bed, NULL, 0);
      data_bed_assert (i + 2, "State", "");
      assert_dials (1, "AT^NDISDUP=1,1,\"ours\"");
      data_bed_say ("+CME ERROR: 148");
      wait_ms = MIN (2 * wait_ms, 300000);
    }
}

static void
test_permanent (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_say ("^NDISEND:1,29");
  data_bed_assert_seen ("removed 1 failed 29|-1|");
  mu_timer_advance (1000);
  contexts ();
  mu_timer_advance (400000);
  data_bed_expect_nothing ();
  register_again ("1"); /* perhaps elsewhere it is allowed */
  assert_dials (1000, "AT^NDISDUP=1,1,\"ours\"");
}

/* The configuration was wrong, and is read again; it is none of its business if somebody has
 * disconnected. */
static void
test_reload (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_say ("^NDISEND:1,27");
  mu_timer_advance (1000);
  contexts ();
  data_bed_configure ("data", "apn", "right");
  mu_session_settings_changed (data_bed->session);
  assert_dials (1000, "AT^NDISDUP=1,1,\"right\"");
  data_bed_say ("OK");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  session_bed_call_object (data_bed, "Data1", 2, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  mu_session_settings_changed (data_bed->session);
  mu_timer_advance (400000);
  session_bed_play (data_bed, NULL, 0);
  data_bed_assert (3, "State", "");
}

/* It is switched on. */
static void
test_reload_on (void **state G_GNUC_UNUSED)
{
  data_bed_configure ("data", "auto-connect", "false");
  register_again ("1");
  data_bed_configure ("data", "auto-connect", "true");
  mu_session_settings_changed (data_bed->session);
  assert_dials (1000, "AT^NDISDUP=1,1,\"ours\"");
}

/* Somebody does not want it. */
static void
test_disconnected (void **state G_GNUC_UNUSED)
{
  bring_up ();
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_done ("()");
  mu_timer_advance (1000);
  contexts ();
  mu_timer_advance (400000);
  data_bed_expect_nothing ();
  data_bed_connect (""); /* and now wants it again */
  data_bed_bring_up ("AT^NDISDUP=1,1,\"ours\"");
  mu_timer_advance (1000);
  contexts ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  assert_dials (1000, "AT^NDISDUP=1,1,\"ours\"");
}

/* Another connection, that somebody else has begun and ends, is no business of it. */
static void
test_others (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_connect ("'apn': <'other'>");
  data_bed_bring_up ("AT^NDISDUP=2,1,\"other\"");
  mu_timer_advance (1000);
  contexts ();
  session_bed_call_object (data_bed, "Data1", 2, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=2,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  mu_timer_advance (1000);
  contexts ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_assert (1, "State", "");
  assert_dials (1000, "AT^NDISDUP=1,1,\"ours\"");
}

/* ---- registration ---- */

/* The loss of registration alone ends nothing. */
static void
test_registration_lost (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_say ("+CREG: 2|+CGREG: 2");
  data_bed_assert (1, "State", "'connected'");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  mu_timer_advance (1000);
  contexts ();
  mu_timer_advance (400000);
  data_bed_expect_nothing (); /* it waits for a network */
  register_again ("1");
  assert_dials (1000, "AT^NDISDUP=1,1,\"ours\"");
}

static void
test_roaming_begins (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_say ("+CREG: 5,\"31C5\",\"0083F7CD\",2");
  at_peer_expect (data_bed->peer, "AT^NDISDUP=1,0");
  data_bed_say ("OK|^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_seen ("removed 1 failed 36|-1|");
  session_bed_play (data_bed, NULL, 0);
  mu_timer_advance (1000);
  session_bed_play (data_bed, NULL, 0);
  mu_timer_advance (400000);
  data_bed_expect_nothing ();
  data_bed_say (
      "+CREG: 1,\"31C5\",\"0083F7CD\",2|+CGREG: 1,\"31C5\",\"0083F7CD\",2"); /* home again */
  session_bed_play (data_bed, NULL, 0);
  assert_dials (1000, "AT^NDISDUP=1,1,\"ours\"");
}

static void
test_roaming_allowed (void **state G_GNUC_UNUSED)
{
  data_bed_configure ("network", "roaming", "true");
  bring_up ();
  data_bed_say ("+CREG: 5,\"31C5\",\"0083F7CD\",2|+CGREG: 5,\"31C5\",\"0083F7CD\",2");
  session_bed_play (data_bed, NULL, 0);
  data_bed_assert (1, "State", "'connected'");
}

/* What the configuration allows no more ends as if the roaming had just begun. */
static void
test_roaming_forbidden (void **state G_GNUC_UNUSED)
{
  test_roaming_allowed (state);
  data_bed_configure ("network", "roaming", "false");
  mu_session_settings_changed (data_bed->session);
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_seen ("removed 1 failed 36|-1|");
}

/* One that is found is the one that would have been made. */
static void
test_found (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,\"IPV4\"|OK" },
    { "AT^NDISSTATQRY=1", "^NDISSTATQRY: 1,,,\"IPV4\"|OK" },
  };

  data_bed_restart (rows, G_N_ELEMENTS (rows));
  data_bed_configure ("data", "auto-connect", "true");
  mu_timer_advance (1000);
  contexts ();
  register_again ("1");
  mu_timer_advance (400000);
  data_bed_expect_nothing ();
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  assert_dials (1000, "AT^NDISDUP=1,1");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, data_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_start),
    TEST (test_off),
    TEST (test_drop),
    TEST (test_back_off),
    TEST (test_permanent),
    TEST (test_disconnected),
    TEST (test_others),
    TEST (test_registration_lost),
    TEST (test_roaming_begins),
    TEST (test_roaming_allowed),
    TEST (test_roaming_forbidden),
    TEST (test_found),
    TEST (test_reload),
    TEST (test_reload_on),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

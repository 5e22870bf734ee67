/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-bed.h"
#include "mu-data.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

#define ASK_MS    5000
#define REASON_MS 300

/* ---- connecting ---- */

/* OK is acceptance only. */
static void
test_up (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'apn': <'one'>");
  data_bed_assert (1, "State", "'connecting'");
  data_bed_answer ("AT^NDISDUP=1,1,\"one\"", "OK");
  data_bed_assert_done ("");
  data_bed_assert (1, "Since", "0");
  data_bed_say ("^NDISSTAT: 1,,,IPV4");
  data_bed_assert_done ("('/org/mu709/modem/bed/connection/1',)");
  data_bed_assert (1, "State", "'connected'");
  data_bed_assert (1, "Interface", "'bed0'");
  data_bed_assert (1, "Bearer", "'ecm'");
  data_bed_assert (1, "Apn", "'one'");
  data_bed_assert (1, "Ip4", "{'method': <'dhcp'>}");
  data_bed_answer ("AT^DHCP?", "^DHCP: 0100000A,00FFFFFF,0200000A,0200000A,08080808,0,1,1|OK");
  data_bed_assert (1, "Ip4/address", "'10.0.0.1'");
  data_bed_assert (1, "Ip4/prefix", "24");
  data_bed_assert (1, "Ip4/gateway", "'10.0.0.2'");
  data_bed_assert (1, "Ip4/dns", "['8.8.8.8']");
  assert_property (data_bed, "Data1", "Connections", "['/org/mu709/modem/bed/connection/1']");
  data_bed_expect_nothing ();
}

/* The URC may overtake OK. */
static void
test_up_before_ok (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  at_peer_expect (data_bed->peer, "AT^NDISDUP=1,1");
  data_bed_say ("^NDISSTAT:1,,,\"IPV4\"");
  data_bed_assert_done ("('/org/mu709/modem/bed/connection/1',)");
  data_bed_say ("OK");
  data_bed_answer ("AT^DHCP?", "OK");
  mu_timer_advance (ASK_MS);
  data_bed_answer ("AT+CGDCONT?", "OK");
  data_bed_answer ("AT+CGACT?", "OK");
  data_bed_expect_nothing ();
}

static void
test_up_spellings (void **state G_GNUC_UNUSED)
{
  static const char *const spellings[] = {
    "^NDISSTAT: 1,,,IPV4",
    "^NDISSTAT:1,,,\"IPV4\"",
    "^ndisstat: 1 , , , \"IPV4\"",
    "^NDISSTAT:1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      data_bed_connect ("");
      data_bed_answer ("AT^NDISDUP=1,1", "OK");
      data_bed_say (
          "^NDISSTAT:2,,,\"IPV4\"|^NDISSTAT: 1,,,IPV6|^NDISSTAT: 0,50,,IPV6|^NDISSTAT: x");
      data_bed_assert_done ("");
      data_bed_say (spellings[i]);
      assert_true (g_str_has_prefix (data_bed->done->str, "('/"));
      data_bed_answer ("AT^DHCP?", "^DHCP: nonsense|OK");
      data_bed_say ("^NDISSTAT: 0,38,,IPV4");
      data_bed_contexts ();
    }
}

/* Guide 7.1.2: ^NDISEND, which knows better, comes after ^NDISSTAT and before OK. */
static void
test_refused (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'apn': <'4321'>, 'user': <'huaei'>, 'password': <'huawei'>, 'auth': <'pap'>");
  at_peer_expect (data_bed->peer, "AT^NDISDUP=1,1,\"4321\",\"huaei\",\"huawei\",1");
  data_bed_say ("^NDISSTAT: 0,33,,IPV4|^NDISEND:1,29|OK");
  data_bed_assert_failed ("AuthenticationFailed", "29");
  data_bed_assert_seen ("+1|removed 1 failed 29|-1|");
  data_bed_assert (1, "State", "");
  assert_property (data_bed, "Data1", "Connections", "[]");
}

static void
test_refused_without_end (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  data_bed_answer ("AT^NDISDUP=1,1", "OK");
  data_bed_say ("^NDISSTAT:0,33,,\"IPV4\"");
  data_bed_assert_done ("");
  mu_timer_advance (REASON_MS);
  data_bed_assert_failed ("NotSubscribed", "33");
  data_bed_assert_seen ("+1|removed 1 failed 33|-1|");
}

static void
test_causes (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint       cause;
    const char *word;
  } rows[] = {
    { 8, "NetworkRejected" },  { 26, "NetworkRejected" },      { 27, "InvalidArgument" },
    { 28, "InvalidArgument" }, { 29, "AuthenticationFailed" }, { 32, "NotSubscribed" },
    { 33, "NotSubscribed" },   { 38, "NetworkRejected" },      { 111, "NetworkRejected" },
    { 0, "NetworkRejected" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *end = g_strdup_printf ("^NDISEND:1,%u", rows[i].cause);
      g_autofree char *seen
          = g_strdup_printf ("+%u|removed %u failed %u|-%u|", i + 1, i + 1, rows[i].cause, i + 1);

      data_bed_connect ("");
      data_bed_answer ("AT^NDISDUP=1,1", "OK");
      data_bed_say (end);
      data_bed_assert_done (rows[i].word);
      data_bed_assert_seen (seen);
      mu_timer_advance (REASON_MS);
    }
}

/* The module refuses by itself: nothing has to be taken back. */
static void
test_error (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  data_bed_answer ("AT^NDISDUP=1,1", "+CME ERROR: SIM failure");
  data_bed_assert_done ("SimMissing");
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
  data_bed_expect_nothing ();
}

/* ---- an outcome that is lost ---- */

static void
test_lost (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  data_bed_answer ("AT^NDISDUP=1,1", "OK");
  mu_timer_advance (ASK_MS - 1);
  data_bed_expect_nothing ();
  mu_timer_advance (1);
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK"); /* not yet */
  data_bed_assert_done ("");
  mu_timer_advance (2 * ASK_MS);
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQry:1|OK");
  assert_true (g_str_has_prefix (data_bed->done->str, "('/"));
}

static void
test_lost_refusal (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  data_bed_answer ("AT^NDISDUP=1,1", "OK");
  mu_timer_advance (ASK_MS);
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,33,,\"IPV4\",0,50,,\"IPV6\"|OK");
  data_bed_assert_done ("NotSubscribed");
}

/* Nothing at all: asked a few times, given up, taken back. */
static void
test_timeout (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  data_bed_answer ("AT^NDISDUP=1,1", "OK");
  mu_timer_advance (ASK_MS);
  data_bed_answer ("AT^NDISSTATQRY?", "ERROR");
  mu_timer_advance (2 * ASK_MS);
  data_bed_answer ("AT^NDISSTATQRY?", "OK");
  mu_timer_advance (4 * ASK_MS);
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 2,,,IPV4|OK");
  mu_timer_advance (60000 - 7 * ASK_MS - 1);
  data_bed_expect_nothing ();
  mu_timer_advance (1);
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_assert (1, "State", "'disconnecting'");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_failed ("Timeout", "60 s");
  data_bed_assert_seen ("+1|removed 1 failed 36|-1|");
}

/* A dial that is not answered may have been heard. */
static void
test_no_answer (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  at_peer_expect (data_bed->peer, "AT^NDISDUP=1,1");
  mu_timer_advance (30000);
  at_peer_answer (data_bed->peer, "AT", "OK");
  at_peer_settle ();
  at_peer_answer (data_bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  data_bed_answer ("AT^NDISDUP=1,0", "ERROR"); /* it is down */
  mu_timer_advance (0);
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK");
  data_bed_assert_done ("Timeout");
  data_bed_expect_nothing ();
}

/* ---- disconnecting ---- */

static void
test_disconnect (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_assert_done ("");
  data_bed_say ("^NDISSTAT:0,36,,\"IPV4\"");
  data_bed_assert_done ("()");
  data_bed_assert_seen ("removed 1 disconnected 0|-1|");
}

/* Its end is lost; the module is asked. */
static void
test_disconnect_lost (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  mu_timer_advance (3000);
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK");
  data_bed_assert_done ("()");
}

/* It stays up: whoever disconnects is told, and the connection is as before. */
static void
test_disconnect_refused (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_answer ("AT^NDISDUP=1,0", "ERROR");
  for (guint i = 0; i < 3; i++)
    {
      mu_timer_advance (i == 0 ? 0 : 3000);
      data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK");
    }
  data_bed_assert_done ("Failed");
  data_bed_assert (1, "State", "'connected'");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_assert_seen ("removed 1 failed 38|-1|");
}

/* A drop and a Disconnect at once; two who disconnect. */
static void
test_disconnect_races_drop (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  at_peer_expect (data_bed->peer, "AT^NDISDUP=1,0");
  data_bed_say ("^NDISSTAT: 0,38,,IPV4");
  data_bed_assert_done ("()");
  assert_int_equal (data_bed->waiting->len, 0);
  data_bed_say ("ERROR");
  data_bed_assert_seen ("removed 1 disconnected 0|-1|");
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_assert_done ("NotFound");
  mu_timer_advance (1000);
  data_bed_answer ("AT+CGDCONT?", "OK");
  data_bed_answer ("AT+CGACT?", "OK");
  data_bed_expect_nothing ();
}

/* Disconnect of what is only being connected. */
static void
test_disconnect_connecting (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("");
  at_peer_expect (data_bed->peer, "AT^NDISDUP=1,1");
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  data_bed_say ("OK");
  data_bed_say ("^NDISSTAT: 1,,,IPV4"); /* too late */
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_done ("()");
  assert_int_equal (data_bed->waiting->len, 0); /* Connect has been answered, too */
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
}

/* ---- who waits goes ---- */

static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("");

  data_bed_answer ("AT^NDISDUP=1,1", "OK");
  session_bed_cancel (data_bed, call);
  data_bed_answer ("AT^NDISDUP=1,0", "OK");
  data_bed_say ("^NDISSTAT: 0,36,,IPV4");
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
}

static void
test_caller_leaves_at_once (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("");

  session_bed_cancel (data_bed, call);
  data_bed_answer ("AT^NDISDUP=1,1",
                   "+CME ERROR: 100"); /* was under way; its outcome is not waited for */
  data_bed_answer ("AT^NDISDUP=1,0", "ERROR");
  mu_timer_advance (0);
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,0,,IPV4|OK");
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
}

/* ---- drops ---- */

static void
test_drop (void **state G_GNUC_UNUSED)
{
  static const char *const drops[]
      = { "^NDISSTAT: 0,38,,IPV4", "^NDISSTAT:0,38,,\"IPV4\"", "^NDISEND:1,38" };

  for (guint i = 0; i < G_N_ELEMENTS (drops); i++)
    {
      g_autofree char *seen
          = g_strdup_printf ("+%u|removed %u failed 38|-%u|", i + 1, i + 1, i + 1);

      data_bed_connect ("");
      data_bed_bring_up ("AT^NDISDUP=1,1");
      if (i == 0)
        data_bed_answer ("AT^DHCP?", "COMMAND NOT SUPPORT"); /* never asked again */
      data_bed_say (drops[i]);
      data_bed_assert_seen (seen);
      data_bed_contexts ();
    }
}

/* What is no end of a connection. */
static void
test_no_drop (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  data_bed_say (
      "^NDISSTAT: 1,,,IPV4|^NDISSTAT: 0,50,,IPV6|^NDISEND:2,38|^NDISSTAT: nonsense|^NDISEND: x");
  data_bed_say ("^NDISSTAT: 3,,,IPV4|+CREG: 0|+CGREG: 2");
  data_bed_assert (1, "State", "'connected'");
  data_bed_say ("^PDPSTATUS: 0");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK");
  data_bed_assert (1, "State", "'connected'");
  data_bed_say ("^PDPSTATUS: 1");
  data_bed_answer ("AT^NDISSTATQRY?", "^NDISSTATQRY: 0,36,,IPV4|OK");
  data_bed_assert_seen ("removed 1 failed 36|-1|");
}

/* ---- the module goes ---- */

static void
test_gone (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "gone");

  data_bed_bring_up_one ();
  data_bed_connect ("'apn': <'two'>"); /* dialling */
  at_peer_expect (data_bed->peer, "AT^NDISDUP=2,1,\"two\"");
  data_bed_connect ("'apn': <'three'>"); /* waiting */
  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  mu_session_stop (data_bed->session, gone);
  data_bed_assert_done ("Gone");
  assert_int_equal (data_bed->waiting->len, 0);
  data_bed_assert_seen ("+2|+3|removed 1 failed 0|-1|removed 2 failed 0|-2|removed 3 failed 0|-3|");
  mu_timer_advance (120000);
}

/* A restart of the module ends all; then it goes on. */
static void
test_restarted (void **state G_GNUC_UNUSED)
{
  data_bed_bring_up_one ();
  session_bed_say (data_bed, "^SYSSTART");
  data_bed_assert_seen ("removed 1 failed 0|-1|");
  at_peer_sync (data_bed->peer);
  session_bed_settle (data_bed, NULL, 0);
  data_bed_connect ("'apn': <'one'>");
  data_bed_bring_up ("AT^NDISDUP=1,1,\"one\"");
  data_bed_assert (2, "State", "'connected'");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, data_bed_set_up, data_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_up),
    TEST (test_up_before_ok),
    TEST (test_up_spellings),
    TEST (test_refused),
    TEST (test_refused_without_end),
    TEST (test_causes),
    TEST (test_error),
    TEST (test_lost),
    TEST (test_lost_refusal),
    TEST (test_timeout),
    TEST (test_no_answer),
    TEST (test_disconnect),
    TEST (test_disconnect_lost),
    TEST (test_disconnect_refused),
    TEST (test_disconnect_races_drop),
    TEST (test_disconnect_connecting),
    TEST (test_caller_leaves),
    TEST (test_caller_leaves_at_once),
    TEST (test_drop),
    TEST (test_no_drop),
    TEST (test_gone),
    TEST (test_restarted),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

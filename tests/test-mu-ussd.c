/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-timer.h"
#include "ussd-bed.h"

static void
test_answer (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_and_wait ();
  session_bed_say (bed, USSD_HELLO);
  assert_done ("('Hello',)");
  assert_state ("'idle'");
  mu_timer_advance (100000);
  at_peer_expect_nothing (bed->peer);
  assert_string_equal (signals->str, "");
}

static void
test_before_ok (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin ();
  at_peer_answer (bed->peer, USSD_STAR_100, USSD_HELLO "|OK");
  assert_done ("('Hello',)");
  assert_state ("'idle'");
  mu_timer_advance (100000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_menu (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_menu ();
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  assert_state ("'active'");
  at_peer_answer (bed->peer, USSD_ONE, "OK");
  session_bed_say (bed, USSD_HELLO);
  assert_done ("('Hello',)");
  assert_state ("'idle'");
}

/* All <m>; what a session that waits has to hear of them. */
static void
test_outcomes (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *line, *done, *state;
  } rows[] = {
    { "+CUSD: 0", "('',)", "'idle'" },
    { "+CUSD:0,\"Text \"as\" it\nis\",15", "('Text \"as\" it\\nis',)", "'idle'" },
    { "+CUSD: 0,\"AA180C3602\"", "('*100#',)", "'idle'" },
    { "+CUSD: 0,\"04110412\",72", "('БВ',)", "'idle'" },
    { "+CUSD: 2", "NetworkRejected", "'idle'" },
    { "+CUSD: 2,\"C8329BFD06\",15", "('Hello',)", "'idle'" },
    { "+CUSD: 3", "Aborted", "'idle'" },
    { "+CUSD: 4", "NotSupported", "'idle'" },
    { "+CUSD: 5", "Timeout", "'idle'" },
    { "+CUSD: 6", "Modem", "'idle'" },
    { "+CUSD: 1", "('',)", "'waiting'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ussd_bed_begin_and_wait ();
      session_bed_say (bed, rows[i].line);
      assert_done (rows[i].done);
      assert_state (rows[i].state);
    }
  session_bed_say (bed, "+CUSD: 2");
  assert_state ("'idle'");
  assert_string_equal (signals->str, "");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_and_wait ();
  session_bed_say (bed, "+CUSD:|+CUSD: x|+CUSD");
  assert_done ("");
  assert_state ("'active'");
  session_bed_say (bed, USSD_HELLO);
  assert_done ("('Hello',)");
}

static void
test_texts (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = g_strnfill (183, '1');
  g_autofree char *args = g_strdup_printf ("('%s',)", text);

  session_bed_call (bed, "Ussd1", "Initiate", "('',)");
  assert_done ("InvalidArgument");
  session_bed_call (bed, "Ussd1", "Initiate", args);
  assert_done ("TooLong");
  assert_state ("'idle'");
  at_peer_expect_nothing (bed->peer);
  session_bed_call (bed, "Ussd1", "Initiate", "('Бы',)");
  at_peer_answer (bed->peer, "AT+CUSD=1,\"0411044B\",72", "OK");
  session_bed_say (bed, USSD_HELLO);
  assert_done ("('Hello',)");
}

static void
test_order (void **state G_GNUC_UNUSED)
{
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  assert_done ("NotAllowed");
  ussd_bed_begin_menu ();
  session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");
  assert_done ("Busy");
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, USSD_ONE, "OK");
  session_bed_call (bed, "Ussd1", "Respond", "('2',)");
  assert_done ("NotAllowed");
  session_bed_say (bed, USSD_HELLO);
  assert_state ("'idle'");
}

/* A request that the module does not take changes nothing. */
static void
test_refused (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin ();
  at_peer_answer (bed->peer, USSD_STAR_100, "+CME ERROR: operation not allowed");
  assert_done ("NotAllowed");
  assert_state ("'idle'");
  ussd_bed_begin_menu ();
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, USSD_ONE, "ERROR");
  assert_done ("Failed");
  assert_state ("'waiting'");
}

static void
test_notification (void **state G_GNUC_UNUSED)
{
  session_bed_say (bed, USSD_HELLO);
  assert_state ("'idle'");
  session_bed_say (bed, USSD_MENU);
  assert_state ("'waiting'");
  assert_string_equal (signals->str, "Notification('Hello',)|Notification('1\\n2',)|");
  session_bed_call (bed, "Ussd1", "Respond", "('1',)");
  at_peer_answer (bed->peer, USSD_ONE, "OK");
  session_bed_say (bed, USSD_HELLO);
  assert_done ("('Hello',)");
  session_bed_say (bed, USSD_MENU "|+CUSD: 2"); /* the network's patience ends */
  assert_state ("'idle'");
}

static void
test_during_another_command (void **state G_GNUC_UNUSED)
{
  ussd_bed_begin_and_wait ();
  session_bed_call (bed, "Network1", "Attach", "()");
  at_peer_expect (bed->peer, "AT+CGATT=1");
  session_bed_say (bed, USSD_MENU);
  assert_state ("'waiting'");
  session_bed_say (bed, "ERROR");
  assert_done ("Failed"); /* the last call's */
  assert_int_equal (bed->waiting->len, 0);
}

static void
test_no_network (void **state G_GNUC_UNUSED)
{
  session_bed_say (bed, "+CREG: 2|+CGREG: 2");
  at_peer_settle ();
  session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");
  assert_done ("NoNetwork");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_answer),       TEST (test_before_ok),
    TEST (test_menu),         TEST (test_outcomes),
    TEST (test_nonsense),     TEST (test_texts),
    TEST (test_order),        TEST (test_refused),
    TEST (test_notification), TEST (test_during_another_command),
    TEST (test_no_network),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

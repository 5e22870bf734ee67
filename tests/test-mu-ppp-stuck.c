/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A MODEM port that is stuck in data mode, or was left in it. */
#include "mu-test.h"
#include "mu-timer.h"
#include "port-bed.h"

#include <signal.h>
#include <stdlib.h>

/* A pseudo-terminal has no DTR: what is left is the escape, with silence around it. */
static void
test_stuck_port (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  at_peer_expect (port_bed_modem, "ATQ0V1E0");
  mu_timer_advance (2000);
  at_peer_answer (data_bed->peer, "AT", "OK");
  at_peer_answer (data_bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  mu_timer_advance (1000);
  at_peer_expect_nothing (port_bed_modem);
  mu_timer_advance (200);
  at_peer_settle ();
  mu_timer_advance (1200);
  at_peer_expect (port_bed_modem, "+++ATH");
  at_peer_say (port_bed_modem, "\r\nOK\r\n\r\nNO CARRIER\r\n"); /* two results for two things */
  at_peer_answer (port_bed_modem, "ATQ0V1E0", "OK");
  at_peer_answer (port_bed_modem, "AT+CFUN?", "+CFUN: 1|OK"); /* it has ended with the OK before */
  mu_timer_advance (200);
  at_peer_answer (port_bed_modem, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (port_bed_modem, "AT&C1", "ERROR");
  at_peer_answer (port_bed_modem, "AT&D2", "ERROR");
  at_peer_expect (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"");
}

static void
test_stuck_for_good (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  at_peer_settle ();
  port_bed_pass_time (20000); /* silence may be spoilt: one time is not enough */
  assert_false (port_bed_is_done ());
  port_bed_pass_time (40000);
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("Failed", "data mode");
  assert_true (port_bed_is_quiet ());
}

/* Results that belong to what was before never count as the marker's. */
static void
test_late_results (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  at_peer_expect (port_bed_modem, "ATQ0V1E0");
  at_peer_say (port_bed_modem, "\r\nNO CARRIER\r\n");
  at_peer_expect (port_bed_modem, "AT+CFUN?");
  at_peer_say (port_bed_modem, "\r\nOK\r\n");                 /* of the first */
  at_peer_say (port_bed_modem, "\r\n+CFUN: 1\r\n\r\nOK\r\n"); /* of the second, which has ended */
  mu_timer_advance (200);
  at_peer_answer (port_bed_modem, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (port_bed_modem, "AT&C1", "OK");
  at_peer_answer (port_bed_modem, "AT&D2", "OK");
  at_peer_expect (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"");
}

/* ---- what is left behind ---- */

static void
restart_session (void)
{
  g_autoptr (GError) why = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, "sleep");

  mu_session_stop (data_bed->session, why);
  mu_session_start (data_bed->session);
}

/* Answers what is asked on PCUI, until this is asked on the MODEM port; the time until something is
 * asked passes in leaps. */
static void
expect_modem (const char *command)
{
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *asked = at_peer_hear (port_bed_modem);

      if (asked != NULL)
        {
          assert_string_equal (asked, command);
          return;
        }
      at_peer_play (data_bed->peer, session_bed_usual, session_bed_n_usual);
      at_peer_settle ();
      if (at_scheduler_data_fd (data_bed->scheduler) < 0)
        mu_timer_advance (100);
      g_usleep (500);
    }
  fail_msg ("%s was not asked", command);
}

/* Answers what the other services ask, until this is asked. */
static void
play_until (const char *command)
{
  for (int i = 0; i < 1000; i++)
    {
      g_autofree char *asked = at_peer_hear (data_bed->peer);

      if (g_strcmp0 (asked, command) == 0)
        return;
      if (asked != NULL)
        at_peer_play_one (data_bed->peer, asked, session_bed_usual, session_bed_n_usual);
      g_usleep (500);
      at_peer_settle ();
    }
  fail_msg ("%s was not asked", command);
}

/* A pseudo-terminal does not keep a program out that pppd has told to (TIOCEXCL). */
static gboolean
stand_in_is_gone (void)
{
  g_autofree char *path
      = g_build_filename (data_bed->settings.state_directory, "ppp-bed", "pid", NULL);
  g_autofree char *pid = NULL;

  return g_file_get_contents (path, &pid, NULL, NULL) && kill (atoi (pid), 0) != 0;
}

static void
leave_in_data_mode (void)
{
  port_bed_bring_up ();
  session_bed_call (data_bed, "Modem1", "Command", "('AT+CSQ', uint32 0)");
  restart_session ();
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
  port_bed_assert_marked (1); /* pppd is told to end, and nobody waits for that */
  port_bed_wait_until (stand_in_is_gone);
  at_scheduler_start (data_bed->scheduler, AT_SYNC_OPEN);
  at_peer_settle ();
  expect_modem ("ATQ0V1E0");
}

static void
expect_opening (void)
{
  at_peer_say (port_bed_modem, "\r\nOK\r\n");
  expect_modem ("AT+CFUN?");
  at_peer_say (port_bed_modem, "\r\n+CFUN: 1\r\n\r\nOK\r\n");
  expect_modem ("AT&C1");
  at_peer_say (port_bed_modem, "\r\nOK\r\n");
  expect_modem ("AT&D2");
  at_peer_say (port_bed_modem, "\r\nOK\r\n");
}

static void
test_left_in_data_mode (void **state G_GNUC_UNUSED)
{
  leave_in_data_mode ();
  expect_opening ();
  play_until ("AT+CGACT=0,1");
  port_bed_assert_marked (0);
}

/* Whoever connects meanwhile waits for that. */
static void
test_connect_meanwhile (void **state G_GNUC_UNUSED)
{
  leave_in_data_mode ();
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  data_bed_assert_done ("");
  expect_opening ();
  play_until ("AT+CGACT=0,1");
  at_peer_say (data_bed->peer, "\r\nOK\r\n");
  expect_modem ("ATQ0V1E0");
  expect_opening ();
  play_until ("AT+CGDCONT=1,\"IP\",\"ONE\"");
}

static void
test_disconnect_meanwhile (void **state G_GNUC_UNUSED)
{
  leave_in_data_mode ();
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  session_bed_call_object (data_bed, "Data1", 2, "Disconnect", "()");
  data_bed_assert_done ("()");
  expect_opening ();
  play_until ("AT+CGACT=0,1");
  port_bed_assert_marked (0);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, port_bed_set_up, port_bed_tear_down)

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    TEST (test_stuck_port),        TEST (test_stuck_for_good),    TEST (test_late_results),
    TEST (test_left_in_data_mode), TEST (test_connect_meanwhile), TEST (test_disconnect_meanwhile),
  };

  if (argc < 2)
    return EXIT_FAILURE;
  port_bed_stand_in = argv[1];
  return cmocka_run_group_tests (tests, NULL, NULL);
}

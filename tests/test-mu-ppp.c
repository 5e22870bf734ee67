/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "data-bed.h"
#include "mu-modem-port.h"
#include "mu-pppd.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* PPP connections: a pseudo-terminal is the MODEM port, tests/pppd-stand-in is pppd on it. */

#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define CONNECTION1 "('/org/mu709/modem/bed/connection/1',)"
#define DIAL        "ATD*99***1#"

static const char *stand_in;
static char       *port;
static AtPeer     *modem;
static int         keeper; /* of the tty: its other end must not see it go between two openings */

static void
give_port (const char *path)
{
  g_autoptr (MuDevice) device = mu_device_new ("bed", "");

  mu_device_set_port (device, MU_PORT_NET, "bed0");
  mu_device_set_port (device, MU_PORT_MODEM, path);
  mu_session_set_device (data_bed->session, device);
}

static void
settle_all (void)
{
  at_peer_settle ();
  at_peer_play (data_bed->peer, NULL, 0);
  at_peer_settle ();
}

static int
set_up (void **state)
{
  g_setenv ("MU709D_PPPD", stand_in, TRUE);
  g_setenv ("PPPD_STAND_IN", "up", TRUE);
  data_bed_set_up (state);
  port = g_strdup_printf ("%s/modem-port", data_bed->settings.state_directory);
  modem = at_peer_new_tty (port);
  keeper = open (port, O_RDWR | O_NOCTTY | O_CLOEXEC);
  give_port (port);
  settle_all ();
  return 0;
}

static void
clean (void)
{
  static const char *const names[] = { "request", "tty", "pid", "log", "up", "up.new", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path
          = g_build_filename (data_bed->settings.state_directory, "ppp-bed", names[i], NULL);

      g_remove (path);
    }
}

static int
tear_down (void **state)
{
  clean ();
  g_unlink (port);
  close (keeper);
  data_bed_tear_down (state);
  at_peer_free (modem);
  g_clear_pointer (&port, g_free);
  return 0;
}

/* ---- steps ---- */

static void
wait_until (gboolean (*holds) (void))
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!holds ())
    {
      assert_true (g_get_monotonic_time () < end);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      mu_timer_advance (1); /* pppd is a real process, our clock stands still */
    }
}

static gboolean
is_done (void)
{
  return data_bed->done->len > 0;
}

static gboolean
is_quiet (void)
{
  return !g_file_test (port, G_FILE_TEST_EXISTS) || at_scheduler_data_fd (data_bed->scheduler) < 0;
}

static void
assert_marked (guint cid)
{
  assert_int_equal (mu_modem_port_marked (data_bed->session), cid);
}

/* A port that takes commands. */
static void
answer_opening (void)
{
  at_peer_answer (modem, "ATQ0V1E0", "OK");
  at_peer_answer (modem, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (modem, "AT&C1", "OK");
  at_peer_answer (modem, "AT&D2", "OK");
}

static void
dial (void)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  answer_opening ();
  assert_marked (0);
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "OK");
  at_peer_expect (modem, DIAL);
  assert_marked (1);
}

static void
bring_up (void)
{
  dial ();
  at_peer_say (modem, "\r\nCONNECT 21600000\r\n");
  at_peer_expect (modem, "~PPP~"); /* pppd has the port */
  wait_until (is_done);
  data_bed_assert_done (CONNECTION1);
}

static void
answer_end (void)
{
  answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGACT=0,1", "OK");
}

/* ---- up and down ---- */

static void
test_connection (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_assert (1, "State", "'connected'");
  data_bed_assert (1, "Bearer", "'ppp'");
  data_bed_assert (1, "Interface", "'ppp7'");
  data_bed_assert (1, "Ip4/method", "'ppp'");
  data_bed_assert (1, "Ip4/address", "'10.64.64.2'");
  data_bed_assert (1, "Ip4/gateway", "'10.64.64.1'");
  data_bed_assert (1, "Ip4/dns", "['10.64.64.53', '10.64.64.54']");
  assert_marked (1);

  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  answer_end ();
  wait_until (is_done);
  data_bed_assert_done ("()");
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
  assert_marked (0);
}

/* While pppd has the port, all else goes on, and nothing of ours comes into the data. */
static void
test_commands_meanwhile (void **state G_GNUC_UNUSED)
{
  bring_up ();
  session_bed_call (data_bed, "Modem1", "Command", "('AT+CSQ', uint32 0)");
  at_peer_answer (data_bed->peer, "AT+CSQ", "+CSQ: 20,99|OK");
  wait_until (is_done);
  data_bed_assert_done ("(['+CSQ: 20,99'],)");
  at_peer_expect_nothing (modem);
  assert_int_equal (at_scheduler_data_fd (data_bed->scheduler), -1);
}

static void
test_hung_up_by_module (void **state G_GNUC_UNUSED)
{
  bring_up ();
  at_peer_say (modem, "END\n");
  answer_end ();
  at_peer_settle ();
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
  assert_marked (0);
}

static void
test_not_authenticated (void **state G_GNUC_UNUSED)
{
  g_setenv ("PPPD_STAND_IN", "19", TRUE);
  dial ();
  at_peer_say (modem, "\r\nCONNECT\r\n");
  answer_end ();
  wait_until (is_done);
  data_bed_assert_failed ("AuthenticationFailed", "password");
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
}

/* Whether the context can be deactivated is the module's business. */
static void
test_deactivation_fails (void **state G_GNUC_UNUSED)
{
  g_setenv ("PPPD_STAND_IN", "10", TRUE);
  dial ();
  at_peer_say (modem, "\r\nCONNECT\r\n");
  answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGACT=0,1", "+CME ERROR: 148");
  wait_until (is_done);
  data_bed_assert_failed ("NetworkRejected", "PPP");
}

/* ---- dialling ---- */

static void
test_refused (void **state G_GNUC_UNUSED)
{
  dial ();
  at_peer_say (modem, "\r\nNO CARRIER\r\n");
  wait_until (is_done);
  data_bed_assert_failed ("NoCarrier", "");
  assert_marked (0);
  at_peer_expect_nothing (modem);
  assert_true (is_quiet ());
}

static void
test_context_refused (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "ERROR");
  wait_until (is_done);
  data_bed_assert_failed ("Failed", "");
  assert_true (is_quiet ());
}

/* A dial that is not answered may have become a call. */
static void
test_dial_timeout (void **state G_GNUC_UNUSED)
{
  dial ();
  mu_timer_advance (30000);
  at_peer_answer (data_bed->peer, "AT", "OK");
  at_peer_answer (data_bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  answer_opening ();
  wait_until (is_done);
  data_bed_assert_failed ("Timeout", "");
  assert_marked (0);
}

/* The mark could not be written: a full disk is no reason to leave the port stuck. */
static void
test_dial_timeout_unmarked (void **state G_GNUC_UNUSED)
{
  dial ();
  mu_modem_port_unmark (data_bed->session);
  mu_timer_advance (30000);
  at_peer_answer (data_bed->peer, "AT", "OK");
  at_peer_answer (data_bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  answer_opening ();
  wait_until (is_done);
  data_bed_assert_failed ("Timeout", "");
}

static void
test_no_connect (void **state G_GNUC_UNUSED)
{
  dial ();
  at_peer_say (modem, "\r\nOK\r\n");
  answer_opening ();
  wait_until (is_done);
  data_bed_assert_failed ("Modem", "CONNECT");
}

/* The caller goes while it is dialled: one byte, and the port is brought back. */
static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");

  answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "OK");
  at_peer_expect (modem, DIAL);
  session_bed_cancel (data_bed, call);
  at_peer_expect (modem, "");
  answer_opening ();
  at_peer_settle ();
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
  assert_marked (0);
}

static void
test_caller_leaves_early (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");

  at_peer_expect (modem, "ATQ0V1E0");
  session_bed_cancel (data_bed, call);
  at_peer_settle ();
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
  assert_true (is_quiet ());
}

static void
test_caller_leaves_pppd (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");

  answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "OK");
  at_peer_answer (modem, DIAL, "CONNECT");
  at_peer_expect (modem, "~PPP~");
  session_bed_cancel (data_bed, call);
  answer_end ();
  at_peer_settle ();
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
}

/* udev takes the port away, or renames it, while it is dialled: pppd gets the one that was dialled.
 */
static void
test_port_renamed_while_dialling (void **state G_GNUC_UNUSED)
{
  static const char *const names[] = { NULL, "/dev/null" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      dial ();
      give_port (names[i]);
      settle_all ();
      at_peer_say (modem, "\r\nCONNECT\r\n");
      at_peer_expect (modem, "~PPP~");
      give_port (port);
      settle_all ();
      at_peer_say (modem, "END\n");
      answer_end ();
      at_peer_settle ();
      assert_marked (0);
      clean ();
    }
}

/* ---- who may ---- */

static void
test_one_at_a_time (void **state G_GNUC_UNUSED)
{
  bring_up ();
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'TWO'>");
  data_bed_assert_failed ("Busy", "PPP");
}

/* A connection over ECM that nobody here has dialled is on none of our cids. */
static void
test_found_beside (void **state G_GNUC_UNUSED)
{
  bring_up ();
  session_bed_say (data_bed, "^NDISSTAT: 1,,,IPV4");
  at_peer_answer (data_bed->peer, "AT^NDISSTATQRY?", "^NDISSTATQRY: 1,,,IPV4|OK");
  at_peer_answer (data_bed->peer, "AT^NDISSTATQRY=2", "^NDISSTATQRY: 0,,,IPV4|OK");
  at_peer_answer (data_bed->peer, "AT^NDISSTATQRY=4", "^NDISSTATQRY: 1,,,IPV4|OK");
  at_peer_settle ();
  data_bed_assert (2, "Cid", "4");
}

static void
test_no_port (void **state G_GNUC_UNUSED)
{
  give_port (NULL);
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  data_bed_assert_failed ("NotSupported", "MODEM");
}

static void
test_port_held (void **state G_GNUC_UNUSED)
{
  int lock = open (port, O_RDWR | O_NOCTTY | O_CLOEXEC);

  assert_int_equal (flock (lock, LOCK_EX), 0);
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  wait_until (is_done);
  data_bed_assert_failed ("Busy", "");
  close (lock);
}

/* ---- stuck ports ---- */

/* A pseudo-terminal has no DTR: what is left is the escape, with silence around it. */
static void
test_stuck_port (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  at_peer_expect (modem, "ATQ0V1E0");
  mu_timer_advance (2000);
  at_peer_answer (data_bed->peer, "AT", "OK");
  at_peer_answer (data_bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  mu_timer_advance (1000);
  at_peer_expect_nothing (modem);
  mu_timer_advance (200);
  at_peer_settle ();
  mu_timer_advance (1200);
  at_peer_expect (modem, "+++ATH");
  at_peer_say (modem, "\r\nOK\r\n\r\nNO CARRIER\r\n"); /* two results for two things */
  at_peer_answer (modem, "ATQ0V1E0", "OK");
  at_peer_answer (modem, "AT+CFUN?", "+CFUN: 1|OK"); /* it has ended with the OK before */
  mu_timer_advance (200);
  at_peer_answer (modem, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (modem, "AT&C1", "ERROR");
  at_peer_answer (modem, "AT&D2", "ERROR");
  at_peer_expect (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"");
}

static void
pass_time (guint ms)
{
  for (guint i = 0; i < ms / 500; i++)
    {
      mu_timer_advance (500);
      at_peer_play (data_bed->peer, session_bed_usual, session_bed_n_usual);
    }
}

static void
test_stuck_for_good (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  at_peer_settle ();
  pass_time (20000); /* silence may be spoilt: one time is not enough */
  assert_false (is_done ());
  pass_time (40000);
  wait_until (is_done);
  data_bed_assert_failed ("Failed", "data mode");
  assert_true (is_quiet ());
}

/* Results that belong to what was before never count as the marker's. */
static void
test_late_results (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  at_peer_expect (modem, "ATQ0V1E0");
  at_peer_say (modem, "\r\nNO CARRIER\r\n");
  at_peer_expect (modem, "AT+CFUN?");
  at_peer_say (modem, "\r\nOK\r\n");                 /* of the first */
  at_peer_say (modem, "\r\n+CFUN: 1\r\n\r\nOK\r\n"); /* of the second, which has ended */
  mu_timer_advance (200);
  at_peer_answer (modem, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (modem, "AT&C1", "OK");
  at_peer_answer (modem, "AT&D2", "OK");
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
      g_autofree char *asked = at_peer_hear (modem);

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
test_left_in_data_mode (void **state G_GNUC_UNUSED)
{
  bring_up ();
  session_bed_call (data_bed, "Modem1", "Command", "('AT+CSQ', uint32 0)");
  restart_session ();
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
  assert_marked (1); /* pppd is told to end, and nobody waits for that */
  wait_until (stand_in_is_gone);
  at_scheduler_start (data_bed->scheduler, AT_SYNC_OPEN);
  at_peer_settle ();
  expect_modem ("ATQ0V1E0");
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  data_bed_assert_failed ("Busy", "brought back");
  at_peer_say (modem, "\r\nOK\r\n");
  expect_modem ("AT+CFUN?");
  at_peer_say (modem, "\r\n+CFUN: 1\r\n\r\nOK\r\n");
  expect_modem ("AT&C1");
  at_peer_say (modem, "\r\nOK\r\n");
  expect_modem ("AT&D2");
  at_peer_say (modem, "\r\nOK\r\n");
  play_until ("AT+CGACT=0,1");
  assert_marked (0);
}

/* The port is pulled while pppd has it, and with it the module. */
static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  bring_up ();
  at_peer_hang_up (data_bed->peer);
  at_peer_settle ();
  mu_session_stop (data_bed->session, &(GError){ MU_ERROR, MU_ERROR_GONE, "x" });
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
}

static void
test_unplugged_while_dialling (void **state G_GNUC_UNUSED)
{
  dial ();
  at_peer_hang_up (data_bed->peer);
  at_peer_settle ();
  mu_session_stop (data_bed->session, &(GError){ MU_ERROR, MU_ERROR_GONE, "x" });
  data_bed_assert_done ("Gone");
}

/* The MODEM port alone hangs up. */
static void
test_port_pulled_while_dialling (void **state G_GNUC_UNUSED)
{
  dial ();
  close (keeper);
  keeper = -1;
  at_peer_hang_up (modem);
  for (int i = 0; i < 50 && !is_done (); i++)
    pass_time (1000);
  data_bed_assert_done ("Gone");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    TEST (test_connection),
    TEST (test_commands_meanwhile),
    TEST (test_hung_up_by_module),
    TEST (test_not_authenticated),
    TEST (test_deactivation_fails),
    TEST (test_refused),
    TEST (test_context_refused),
    TEST (test_dial_timeout),
    TEST (test_dial_timeout_unmarked),
    TEST (test_no_connect),
    TEST (test_caller_leaves),
    TEST (test_caller_leaves_early),
    TEST (test_caller_leaves_pppd),
    TEST (test_port_renamed_while_dialling),
    TEST (test_one_at_a_time),
    TEST (test_found_beside),
    TEST (test_no_port),
    TEST (test_port_held),
    TEST (test_stuck_port),
    TEST (test_stuck_for_good),
    TEST (test_late_results),
    TEST (test_left_in_data_mode),
    TEST (test_unplugged),
    TEST (test_unplugged_while_dialling),
    TEST (test_port_pulled_while_dialling),
  };

  if (argc < 2)
    return EXIT_FAILURE;
  stand_in = argv[1];
  return cmocka_run_group_tests (tests, NULL, NULL);
}

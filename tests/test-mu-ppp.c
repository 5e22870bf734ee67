/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PPP connections. */
#include "mu-modem-port.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "port-bed.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static void
answer_end (void)
{
  port_bed_answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGACT=0,1", "OK");
}

/* ---- up and down ---- */

static void
test_connection (void **state G_GNUC_UNUSED)
{
  port_bed_bring_up ();
  data_bed_assert (1, "State", "'connected'");
  data_bed_assert (1, "Bearer", "'ppp'");
  data_bed_assert (1, "Interface", "'ppp7'");
  data_bed_assert (1, "Ip4/method", "'ppp'");
  data_bed_assert (1, "Ip4/address", "'10.64.64.2'");
  data_bed_assert (1, "Ip4/gateway", "'10.64.64.1'");
  data_bed_assert (1, "Ip4/dns", "['10.64.64.53', '10.64.64.54']");
  port_bed_assert_marked (1);

  session_bed_call_object (data_bed, "Data1", 1, "Disconnect", "()");
  answer_end ();
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_done ("()");
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
  port_bed_assert_marked (0);
}

/* While pppd has the port, all else goes on, and nothing of ours comes into the data. */
static void
test_commands_meanwhile (void **state G_GNUC_UNUSED)
{
  port_bed_bring_up ();
  session_bed_call (data_bed, "Modem1", "Command", "('AT+CSQ', uint32 0)");
  at_peer_answer (data_bed->peer, "AT+CSQ", "+CSQ: 20,99|OK");
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_done ("(['+CSQ: 20,99'],)");
  at_peer_expect_nothing (port_bed_modem);
  assert_int_equal (at_scheduler_data_fd (data_bed->scheduler), -1);
}

static void
test_hung_up_by_module (void **state G_GNUC_UNUSED)
{
  port_bed_bring_up ();
  at_peer_say (port_bed_modem, "END\n");
  answer_end ();
  at_peer_settle ();
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
  port_bed_assert_marked (0);
}

static void
test_not_authenticated (void **state G_GNUC_UNUSED)
{
  g_setenv ("PPPD_STAND_IN", "19", TRUE);
  port_bed_dial ();
  at_peer_say (port_bed_modem, "\r\nCONNECT\r\n");
  answer_end ();
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("AuthenticationFailed", "password");
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
}

/* Whether the context can be deactivated is the module's business. */
static void
test_deactivation_fails (void **state G_GNUC_UNUSED)
{
  g_setenv ("PPPD_STAND_IN", "10", TRUE);
  port_bed_dial ();
  at_peer_say (port_bed_modem, "\r\nCONNECT\r\n");
  port_bed_answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGACT=0,1", "+CME ERROR: 148");
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("NetworkRejected", "PPP");
}

/* ---- dialling ---- */

static void
test_refused (void **state G_GNUC_UNUSED)
{
  port_bed_dial ();
  at_peer_say (port_bed_modem, "\r\nNO CARRIER\r\n");
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("NoCarrier", "");
  port_bed_assert_marked (0);
  at_peer_expect_nothing (port_bed_modem);
  assert_true (port_bed_is_quiet ());
}

static void
test_context_refused (void **state G_GNUC_UNUSED)
{
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  port_bed_answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "ERROR");
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("Failed", "");
  assert_true (port_bed_is_quiet ());
}

/* A dial that is not answered may have become a call. */
static void
test_dial_timeout (void **state G_GNUC_UNUSED)
{
  port_bed_dial ();
  mu_timer_advance (30000);
  at_peer_answer (data_bed->peer, "AT", "OK");
  at_peer_answer (data_bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  port_bed_answer_opening ();
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("Timeout", "");
  port_bed_assert_marked (0);
}

/* The mark could not be written: a full disk is no reason to leave the port stuck. */
static void
test_dial_timeout_unmarked (void **state G_GNUC_UNUSED)
{
  port_bed_dial ();
  mu_modem_port_unmark (data_bed->session);
  mu_timer_advance (30000);
  at_peer_answer (data_bed->peer, "AT", "OK");
  at_peer_answer (data_bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  port_bed_answer_opening ();
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("Timeout", "");
}

static void
test_no_connect (void **state G_GNUC_UNUSED)
{
  port_bed_dial ();
  at_peer_say (port_bed_modem, "\r\nOK\r\n");
  port_bed_answer_opening ();
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("Modem", "CONNECT");
}

/* The caller goes while it is dialled: one byte, and the port is brought back. */
static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");

  port_bed_answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "OK");
  at_peer_expect (port_bed_modem, DIAL);
  session_bed_cancel (data_bed, call);
  at_peer_expect (port_bed_modem, "");
  port_bed_answer_opening ();
  at_peer_settle ();
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
  port_bed_assert_marked (0);
}

static void
test_caller_leaves_early (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");

  at_peer_expect (port_bed_modem, "ATQ0V1E0");
  session_bed_cancel (data_bed, call);
  at_peer_settle ();
  data_bed_assert_seen ("+1|removed 1 disconnected 0|-1|");
  assert_true (port_bed_is_quiet ());
}

static void
test_caller_leaves_pppd (void **state G_GNUC_UNUSED)
{
  MuCall *call = data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");

  port_bed_answer_opening ();
  at_peer_answer (data_bed->peer, "AT+CGDCONT=1,\"IP\",\"ONE\"", "OK");
  at_peer_answer (port_bed_modem, DIAL, "CONNECT");
  at_peer_expect (port_bed_modem, "~PPP~");
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
      port_bed_dial ();
      port_bed_give (names[i]);
      port_bed_settle ();
      at_peer_say (port_bed_modem, "\r\nCONNECT\r\n");
      at_peer_expect (port_bed_modem, "~PPP~");
      port_bed_give (port_bed_path);
      port_bed_settle ();
      at_peer_say (port_bed_modem, "END\n");
      answer_end ();
      at_peer_settle ();
      port_bed_assert_marked (0);
    }
}

/* ---- who may ---- */

static void
test_one_at_a_time (void **state G_GNUC_UNUSED)
{
  port_bed_bring_up ();
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'TWO'>");
  data_bed_assert_failed ("Busy", "PPP");
}

/* A connection over ECM that nobody here has dialled is on none of our cids. */
static void
test_found_beside (void **state G_GNUC_UNUSED)
{
  port_bed_bring_up ();
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
  port_bed_give (NULL);
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  data_bed_assert_failed ("NotSupported", "MODEM");
}

static void
test_port_held (void **state G_GNUC_UNUSED)
{
  int lock = open (port_bed_path, O_RDWR | O_NOCTTY | O_CLOEXEC);

  assert_int_equal (flock (lock, LOCK_EX), 0);
  data_bed_connect ("'bearer': <'ppp'>, 'apn': <'ONE'>");
  port_bed_wait_until (port_bed_is_done);
  data_bed_assert_failed ("Busy", "");
  close (lock);
}

/* The port is pulled while pppd has it, and with it the module. */
static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  port_bed_bring_up ();
  at_peer_hang_up (data_bed->peer);
  at_peer_settle ();
  mu_session_stop (data_bed->session, &(GError){ MU_ERROR, MU_ERROR_GONE, "x" });
  data_bed_assert_seen ("+1|removed 1 failed 0|-1|");
}

static void
test_unplugged_while_dialling (void **state G_GNUC_UNUSED)
{
  port_bed_dial ();
  at_peer_hang_up (data_bed->peer);
  at_peer_settle ();
  mu_session_stop (data_bed->session, &(GError){ MU_ERROR, MU_ERROR_GONE, "x" });
  data_bed_assert_done ("Gone");
}

/* The MODEM port alone hangs up. */
static void
test_port_pulled_while_dialling (void **state G_GNUC_UNUSED)
{
  port_bed_dial ();
  close (port_bed_keeper);
  port_bed_keeper = -1;
  at_peer_hang_up (port_bed_modem);
  for (int i = 0; i < 50 && !port_bed_is_done (); i++)
    port_bed_pass_time (1000);
  data_bed_assert_done ("Gone");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, port_bed_set_up, port_bed_tear_down)

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
    TEST (test_unplugged),
    TEST (test_unplugged_while_dialling),
    TEST (test_port_pulled_while_dialling),
  };

  if (argc < 2)
    return EXIT_FAILURE;
  port_bed_stand_in = argv[1];
  return cmocka_run_group_tests (tests, NULL, NULL);
}

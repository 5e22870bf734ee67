/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "mu-timer.h"
#include "scheduler-bed.h"

#include <string.h>
#include <unistd.h>

/* Two ports of one module: PCUI and, beside it, the MODEM port on which somebody dials. */

#define DIAL "ATD*99***1#"

static AtPeer *data;
static int     released;

static void
on_done (const AtReply *reply, const GError *error, gpointer user_data)
{
  const char *outcome = error != NULL ? mu_error_word (error) : "ok";

  g_string_append_printf (scheduler_bed.seen, "%s=%s|", (const char *)user_data,
                          reply != NULL && reply->connect ? "connect" : outcome);
}

static guint
send_on (AtPortSlot port, const char *text, AtPriority priority)
{
  return at_scheduler_send (
      scheduler_bed.scheduler,
      &(AtCommand){ .text = text, .lines = AT_LINES_OWN, .priority = priority, .port = port },
      on_done, (gpointer)text);
}

static guint
send_main (const char *text)
{
  return send_on (AT_PORT_MAIN, text, AT_INTERACTIVE);
}

static guint
send_data (const char *text)
{
  return send_on (AT_PORT_DATA, text, AT_INTERACTIVE);
}

static void
open_data (void)
{
  int fd;

  data = at_peer_new (&fd);
  at_scheduler_add_port (scheduler_bed.scheduler, AT_PORT_DATA, fd, "data");
}

static int
set_up (void **state)
{
  released = -1;
  scheduler_bed_set_up (state);
  open_data ();
  return 0;
}

static int
tear_down (void **state)
{
  scheduler_bed_tear_down (state);
  at_peer_free (data);
  if (released >= 0)
    close (released);
  return 0;
}

/* One at a time, whichever port it goes to. */
static void
test_one_at_a_time (void **state G_GNUC_UNUSED)
{
  send_data ("ATE0");
  send_main ("AT+A");
  send_data ("AT&D2");
  at_peer_expect (data, "ATE0");
  at_peer_expect_nothing (scheduler_bed.peer);
  at_peer_say (data, "\r\nOK\r\n");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  at_peer_expect_nothing (data);
  at_peer_say (scheduler_bed.peer, "\r\nOK\r\n");
  at_peer_answer (data, "AT&D2", "OK");
  scheduler_bed_assert_seen ("ATE0=ok|AT+A=ok|AT&D2=ok|");
}

/* A result on one port never ends what runs on the other. */
static void
test_results_keep_to_their_port (void **state G_GNUC_UNUSED)
{
  send_main ("AT+A");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  at_peer_say (data, "\r\nOK\r\n\r\nNO CARRIER\r\n");
  scheduler_bed_assert_seen ("");
  at_peer_say (scheduler_bed.peer, "\r\nOK\r\n");
  scheduler_bed_assert_seen ("AT+A=ok|");
}

/* What the module says on the MODEM port it says on PCUI, too. */
static void
test_no_news_from_data (void **state G_GNUC_UNUSED)
{
  at_peer_say (data, "\r\nRING\r\n\r\n+CMTI: \"SM\",1\r\n");
  at_peer_say (scheduler_bed.peer, "\r\nRING\r\n");
  scheduler_bed_assert_seen ("urc RING|");
}

static void
test_released (void **state G_GNUC_UNUSED)
{
  char buffer[16];

  send_data (DIAL);
  at_peer_answer (data, DIAL, "CONNECT 7200000");
  scheduler_bed_assert_seen (DIAL "=connect|");
  released = at_scheduler_release_data (scheduler_bed.scheduler);
  assert_true (released >= 0);
  assert_int_equal (at_scheduler_data_fd (scheduler_bed.scheduler), -1);
  assert_int_equal (at_scheduler_release_data (scheduler_bed.scheduler), -1);

  at_peer_say (data, "~\xff}#\xc0!OK\r\n");
  at_peer_settle ();
  assert_int_equal (read (released, buffer, sizeof buffer), 10); /* nobody else has read it */

  send_data ("AT");
  scheduler_bed_assert_seen ("AT=Gone|");
  send_main ("AT+CSQ");
  at_peer_answer (scheduler_bed.peer, "AT+CSQ", "OK");
  at_peer_hang_up (data);
  scheduler_bed_assert_seen ("AT+CSQ=ok|");
}

static void
release_at_once (const AtReply *reply, const GError *error, gpointer user_data)
{
  on_done (reply, error, user_data);
  released = at_scheduler_release_data (scheduler_bed.scheduler);
}

/* The frames that follow CONNECT in the same breath are no answer to anything. */
static void
test_released_from_done (void **state G_GNUC_UNUSED)
{
  at_scheduler_send (scheduler_bed.scheduler, &(AtCommand){ .text = DIAL, .port = AT_PORT_DATA },
                     release_at_once, DIAL);
  send_main ("AT+A");
  at_peer_expect (data, DIAL);
  at_peer_say (data, "\r\nCONNECT\r\n~\xff}#\r\nERROR\r\nRING\r\n");
  at_peer_answer (scheduler_bed.peer, "AT+A", "OK");
  scheduler_bed_assert_seen (DIAL "=connect|AT+A=ok|");
  assert_true (released >= 0);
}

static void
test_refusals (void **state G_GNUC_UNUSED)
{
  static const char *const rows[][2] = {
    { "NO CARRIER", DIAL "=NoCarrier|" },
    { "ERROR", DIAL "=Failed|" },
    { "+CME ERROR: 148", NULL },
    { "BUSY", NULL },
    { "NO DIALTONE", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      send_data (DIAL);
      at_peer_answer (data, DIAL, rows[i][0]);
      at_peer_settle ();
      assert_true (g_str_has_prefix (scheduler_bed.seen->str, DIAL "="));
      assert_null (strstr (scheduler_bed.seen->str, "connect"));
      if (rows[i][1] != NULL)
        assert_string_equal (scheduler_bed.seen->str, rows[i][1]);
      g_string_truncate (scheduler_bed.seen, 0);
    }
}

/* A dial that is not answered: aborted, and PCUI is asked whether the module lives. */
static void
test_timeout (void **state G_GNUC_UNUSED)
{
  send_data (DIAL);
  send_main ("AT+A");
  at_peer_expect (data, DIAL);
  scheduler_bed_advance (30000);
  scheduler_bed_assert_seen (DIAL "=Timeout|");
  at_peer_answer (scheduler_bed.peer, "AT", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (scheduler_bed.peer, "AT+A", "OK");
  scheduler_bed_assert_seen ("urc +CFUN: 1|ready|AT+A=ok|");
}

/* Also after many: they say nothing of the voice calls, which are dialled with D, too. */
static void
test_no_quarantine (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < 3; i++)
    {
      send_data (DIAL);
      at_peer_expect (data, DIAL);
      scheduler_bed_advance (30000);
      at_peer_answer (scheduler_bed.peer, "AT", "OK");
      at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "+CFUN: 1|OK");
    }
  g_string_truncate (scheduler_bed.seen, 0);
  send_main ("ATD123;");
  at_peer_answer (scheduler_bed.peer, "ATD123;", "OK");
  scheduler_bed_assert_seen ("ATD123;=ok|");
}

/* Whoever answers a call does not wait for a data call. */
static void
test_aborted_by_call (void **state G_GNUC_UNUSED)
{
  send_data (DIAL);
  at_peer_expect (data, DIAL);
  scheduler_bed_advance (1000);
  send_on (AT_PORT_MAIN, "ATA", AT_CALL);
  at_peer_expect (data, "");
  at_peer_expect_nothing (scheduler_bed.peer);
  at_peer_say (data, "\r\nNO CARRIER\r\n");
  at_peer_answer (scheduler_bed.peer, "ATA", "OK");
  scheduler_bed_assert_seen (DIAL "=Aborted|ATA=ok|");
}

/* It is not aborted by anything less, least of all by a byte of ours. */
static void
test_not_aborted (void **state G_GNUC_UNUSED)
{
  send_data (DIAL);
  at_peer_expect (data, DIAL);
  send_main ("AT+CPIN?");
  scheduler_bed_advance (20000);
  at_peer_expect_nothing (data);
  at_peer_expect_nothing (scheduler_bed.peer);
}

static void
test_hangup_of_data (void **state G_GNUC_UNUSED)
{
  send_data (DIAL);
  send_data ("AT+QUEUED");
  send_main ("AT+A");
  at_peer_expect (data, DIAL);
  at_peer_hang_up (data);
  at_peer_settle ();
  assert_int_equal (at_scheduler_data_fd (scheduler_bed.scheduler), -1);
  at_peer_answer (scheduler_bed.peer, "AT+A", "OK");
  at_peer_settle ();
  assert_non_null (strstr (scheduler_bed.seen->str, DIAL "=Gone|"));
  assert_non_null (strstr (scheduler_bed.seen->str, "AT+QUEUED=Gone|"));
  assert_non_null (strstr (scheduler_bed.seen->str, "AT+A=ok|"));
  assert_null (strstr (scheduler_bed.seen->str, "lost"));
}

static void
test_hangup_of_main (void **state G_GNUC_UNUSED)
{
  send_data (DIAL);
  at_peer_expect (data, DIAL);
  at_peer_hang_up (scheduler_bed.peer);
  scheduler_bed_assert_seen (DIAL "=Gone|lost|");
  assert_int_equal (at_scheduler_data_fd (scheduler_bed.scheduler), -1);
}

static void
test_closed (void **state G_GNUC_UNUSED)
{
  gsize before;

  send_data (DIAL);
  at_peer_expect (data, DIAL);
  before = scheduler_bed.seen->len;
  at_scheduler_close_data (scheduler_bed.scheduler);
  assert_int_equal (scheduler_bed.seen->len, before); /* not from inside */
  at_peer_expect (data, "");                          /* what dials is not left dialling */
  scheduler_bed_assert_seen (DIAL "=Gone|");
  at_scheduler_close_data (scheduler_bed.scheduler);
  at_peer_free (data);
  open_data ();
  send_data ("AT");
  at_peer_answer (data, "AT", "OK");
  scheduler_bed_assert_seen ("AT=ok|");
}

static void
close_data (const AtReply *reply, const GError *error, gpointer user_data)
{
  on_done (reply, error, user_data);
  at_scheduler_close_data (scheduler_bed.scheduler);
}

static void
test_closed_from_done (void **state G_GNUC_UNUSED)
{
  at_scheduler_send (scheduler_bed.scheduler, &(AtCommand){ .text = DIAL, .port = AT_PORT_DATA },
                     close_data, DIAL);
  send_data ("AT");
  at_peer_answer (data, DIAL, "NO CARRIER");
  send_main ("AT+A");
  at_peer_answer (scheduler_bed.peer, "AT+A", "OK");
  scheduler_bed_assert_seen (DIAL "=NoCarrier|AT=Gone|AT+A=ok|");
}

static void
test_escape (void **state G_GNUC_UNUSED)
{
  char *written;

  send_data (DIAL);
  at_peer_answer (data, DIAL, "CONNECT");
  at_scheduler_escape (scheduler_bed.scheduler);
  at_peer_say (data, "\r\nOK\r\n"); /* its answer: nobody's */
  at_peer_settle ();
  send_data ("ATH");
  written = at_peer_hear (data);
  assert_string_equal (written, "+++ATH"); /* no line end between the two */
  g_free (written);
  at_peer_say (data, "\r\nOK\r\n");
  scheduler_bed_assert_seen (DIAL "=connect|ATH=ok|");
}

static void
test_stop (void **state G_GNUC_UNUSED)
{
  send_data (DIAL);
  at_peer_expect (data, DIAL);
  at_scheduler_stop (scheduler_bed.scheduler, &(GError){ MU_ERROR, MU_ERROR_ABORTED, "x" });
  scheduler_bed_assert_seen (DIAL "=Aborted|");
  at_peer_expect (data, "");
  at_scheduler_start (scheduler_bed.scheduler, AT_SYNC_OPEN);
  at_peer_sync (scheduler_bed.peer);
  scheduler_bed_assert_seen ("urc +CFUN: 1|ready|");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_one_at_a_time),
    TEST (test_results_keep_to_their_port),
    TEST (test_no_news_from_data),
    TEST (test_released),
    TEST (test_released_from_done),
    TEST (test_refusals),
    TEST (test_timeout),
    TEST (test_no_quarantine),
    TEST (test_aborted_by_call),
    TEST (test_not_aborted),
    TEST (test_hangup_of_data),
    TEST (test_hangup_of_main),
    TEST (test_closed),
    TEST (test_closed_from_done),
    TEST (test_escape),
    TEST (test_stop),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

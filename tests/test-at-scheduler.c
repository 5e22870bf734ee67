/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "mu-timer.h"
#include "scheduler-bed.h"

#include <string.h>

static void
on_done (const AtReply *reply, const GError *error, gpointer user_data)
{
  g_string_append_printf (scheduler_bed.seen, "%s=%s", (const char *)user_data,
                          error != NULL ? mu_error_word (error) : "ok");
  for (gsize i = 0; reply != NULL && i < reply->n_lines; i++)
    g_string_append_printf (scheduler_bed.seen, " %s", reply->lines[i].text);
  g_string_append_c (scheduler_bed.seen, '|');
}

static guint
send_as (const char *text, AtPriority priority, guint client)
{
  gsize before = scheduler_bed.seen->len;
  guint number = at_scheduler_send (
      scheduler_bed.scheduler,
      &(AtCommand){ .text = text, .lines = AT_LINES_OWN, .priority = priority, .client = client },
      on_done, (gpointer)text);

  assert_int_equal (scheduler_bed.seen->len, before); /* never from inside send */
  return number;
}

static guint
send_text (const char *text)
{
  return send_as (text, AT_INTERACTIVE, 0);
}

static void
test_one_at_a_time (void **state G_GNUC_UNUSED)
{
  send_text ("AT+A");
  send_text ("AT+B");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  at_peer_expect_nothing (scheduler_bed.peer);
  at_peer_say (scheduler_bed.peer, "\r\n+A: 1\r\n\r\nOK\r\n");
  at_peer_answer (scheduler_bed.peer, "AT+B", "+CME ERROR: 14");
  scheduler_bed_assert_seen ("AT+A=ok +A: 1|AT+B=NotReady|");
}

static void
test_priorities (void **state G_GNUC_UNUSED)
{
  send_as ("AT+BUSY", AT_BACKGROUND, 0);
  send_as ("AT+BACK", AT_BACKGROUND, 0);
  send_as ("AT+ASK", AT_INTERACTIVE, 0);
  send_as ("AT+PIN", AT_SIM, 0);
  send_as ("AT+CHUP", AT_CALL, 0);
  send_as ("AT^ECLSTART", AT_ECALL, 0);
  at_peer_answer (scheduler_bed.peer, "AT+BUSY", "OK");
  at_peer_answer (scheduler_bed.peer, "AT^ECLSTART", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+CHUP", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+PIN", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+ASK", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+BACK", "OK");
}

static void
test_fair (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < 100; i++)
    send_as ("AT+FLOOD", AT_INTERACTIVE, 1);
  send_as ("AT+ME", AT_INTERACTIVE, 2);
  at_peer_answer (scheduler_bed.peer, "AT+FLOOD", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+ME", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+FLOOD", "OK");
}

static void
test_limit (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < 513; i++)
    send_text ("AT+X");
  scheduler_bed_assert_seen ("");
  send_text ("AT+TOOMANY");
  scheduler_bed_assert_seen ("AT+TOOMANY=Busy|");
}

static void
test_timeout_fails_one (void **state G_GNUC_UNUSED)
{
  send_text ("AT+A");
  send_text ("AT+B");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  scheduler_bed_advance (30000);
  scheduler_bed_assert_seen ("AT+A=Timeout|timeout|");
  at_peer_answer (scheduler_bed.peer, "AT", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (scheduler_bed.peer, "AT+B", "+B: 2|OK");
  scheduler_bed_assert_seen ("urc +CFUN: 1|ready|AT+B=ok +B: 2|");
}

/* The answer that comes late, at every moment of the way back, never becomes another command's. */
static void
test_late_answer (void **state G_GNUC_UNUSED)
{
  static const char late[] = "\r\n+A: LATE\r\n\r\nOK\r\n";

  for (int moment = 0; moment < 5; moment++)
    {
      send_text ("AT+A"); /* answered once, so that it is not put in quarantine */
      at_peer_answer (scheduler_bed.peer, "AT+A", "OK");
      send_text ("AT+A");
      send_text ("AT+B");
      at_peer_expect (scheduler_bed.peer, "AT+A");
      scheduler_bed_advance (30000);
      g_string_truncate (scheduler_bed.seen, 0);
      at_peer_expect (scheduler_bed.peer, "AT");
      if (moment == 0)
        at_peer_say (scheduler_bed.peer,
                     late); /* and AT's own OK comes in the middle of the marker */
      else
        at_peer_say (scheduler_bed.peer, "\r\nOK\r\n");
      at_peer_expect (scheduler_bed.peer, "AT+CFUN?");
      if (moment == 0)
        at_peer_say (scheduler_bed.peer, "\r\nOK\r\n");
      if (moment == 1)
        at_peer_say (scheduler_bed.peer, late);
      if (moment == 2)
        at_peer_say (scheduler_bed.peer, "\r\n+CME ERROR: 14\r\n");
      if (moment == 3)
        at_peer_say (scheduler_bed.peer, "\r\n+A: LATE\r\n");
      at_peer_say (scheduler_bed.peer, "\r\n+CFUN: 1\r\n\r\nOK\r\n");
      at_peer_answer (scheduler_bed.peer, "AT+B", "+B: 2|OK");
      assert_true (g_str_has_suffix (scheduler_bed.seen->str, "ready|AT+B=ok +B: 2|"));
      g_string_truncate (scheduler_bed.seen, 0);
    }
}

/* +CFUN? itself is late: another marker is taken. */
static void
test_late_marker (void **state G_GNUC_UNUSED)
{
  send_text ("AT+CFUN?");
  at_peer_expect (scheduler_bed.peer, "AT+CFUN?");
  scheduler_bed_advance (30000);
  at_peer_answer (scheduler_bed.peer, "AT", "+CFUN: 1|OK");
  at_peer_expect (scheduler_bed.peer, "AT+IPR?");
  at_peer_say (scheduler_bed.peer, "\r\nOK\r\n\r\n+IPR: 115200\r\n\r\nOK\r\n");
  send_text ("AT+B");
  at_peer_answer (scheduler_bed.peer, "AT+B", "+B: 2|OK");
  scheduler_bed_assert_seen (
      "AT+CFUN?=Timeout|timeout|urc +CFUN: 1|urc +IPR: 115200|ready|AT+B=ok +B: 2|");
}

static void
test_ladder (void **state G_GNUC_UNUSED)
{
  send_text ("AT+A");
  send_text ("AT+B");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  for (int i = 0; i < 3; i++)
    {
      scheduler_bed_advance (30000);
      at_peer_expect (scheduler_bed.peer, "AT");
    }
  scheduler_bed_assert_seen ("AT+A=Timeout|timeout|");
  scheduler_bed_advance (29000);
  scheduler_bed_assert_seen ("");
  scheduler_bed_advance (1000);
  scheduler_bed_assert_seen ("AT+B=Gone|lost|");
  send_text ("AT+C");
  scheduler_bed_assert_seen ("AT+C=Gone|");
}

static void
test_ladder_failure (void **state G_GNUC_UNUSED)
{
  send_text ("AT+A");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  scheduler_bed_advance (30000);
  at_peer_answer (scheduler_bed.peer, "AT", "ERROR"); /* it may have been a late one */
  at_peer_answer (scheduler_bed.peer, "AT", "ERROR");
  at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "ERROR");
  scheduler_bed_advance (2000);
  scheduler_bed_assert_seen ("AT+A=Timeout|timeout|lost|");
}

static void
test_ladder_recovers (void **state G_GNUC_UNUSED)
{
  send_text ("AT+A");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  scheduler_bed_advance (30000);
  at_peer_expect (scheduler_bed.peer, "AT");
  scheduler_bed_advance (30000);
  at_peer_expect (scheduler_bed.peer, "AT");
  at_peer_say (scheduler_bed.peer,
               "\r\n+A: 1\r\n\r\nOK\r\n\r\nOK\r\n\r\nOK\r\n"); /* all three at last */
  at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "+CFUN: 1|OK");
  scheduler_bed_assert_seen ("AT+A=Timeout|timeout|urc +A: 1|urc +CFUN: 1|ready|");
}

static void
test_quarantine (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < 2; i++)
    {
      send_text ("AT^BAD");
      at_peer_expect (scheduler_bed.peer, "AT^BAD");
      scheduler_bed_advance (30000);
      at_peer_answer (scheduler_bed.peer, "AT", "OK");
      at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "+CFUN: 1|OK");
    }
  g_string_truncate (scheduler_bed.seen, 0);
  send_text ("AT^BAD");
  send_text ("AT^GOOD");
  at_peer_answer (scheduler_bed.peer, "AT^GOOD", "OK");
  scheduler_bed_assert_seen ("AT^GOOD=ok|AT^BAD=Timeout|");
}

static void
test_abort (void **state G_GNUC_UNUSED)
{
  send_text ("AT+COPS=?");
  at_peer_expect (scheduler_bed.peer, "AT+COPS=?");
  send_text ("AT+CSQ"); /* not urgent: waits */
  scheduler_bed_advance (5000);
  at_peer_expect_nothing (scheduler_bed.peer);
  send_as ("AT+CHUP", AT_CALL, 0);
  at_peer_expect (scheduler_bed.peer, "");
  at_peer_expect_nothing (scheduler_bed.peer);
  at_peer_say (scheduler_bed.peer, "\r\nOK\r\n");
  scheduler_bed_assert_seen ("AT+COPS=?=Aborted|");
  at_peer_answer (scheduler_bed.peer, "AT+CHUP", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+CSQ", "OK");
}

/* Not within the first 125 ms, when the module would not take it. */
static void
test_abort_guard (void **state G_GNUC_UNUSED)
{
  send_text ("AT+COPS=?");
  send_as ("AT+CHUP", AT_CALL, 0);
  at_peer_expect (scheduler_bed.peer, "AT+COPS=?");
  at_peer_expect_nothing (scheduler_bed.peer);
  scheduler_bed_advance (125);
  at_peer_expect (scheduler_bed.peer, "");
  at_peer_say (scheduler_bed.peer, "\r\nERROR\r\n");
  at_peer_answer (scheduler_bed.peer, "AT+CHUP", "OK");
  scheduler_bed_assert_seen ("AT+COPS=?=Aborted|AT+CHUP=ok|");
}

/* It ends by itself before the byte is written: its answer counts. */
static void
test_abort_too_late (void **state G_GNUC_UNUSED)
{
  send_text ("AT+CLCC");
  send_as ("AT+CHUP", AT_CALL, 0);
  at_peer_answer (scheduler_bed.peer, "AT+CLCC", "+CLCC: 1|OK");
  at_peer_answer (scheduler_bed.peer, "AT+CHUP", "OK");
  scheduler_bed_assert_seen ("AT+CLCC=ok +CLCC: 1|AT+CHUP=ok|");
}

/* A firmware that aborts without a word. */
static void
test_abort_silent (void **state G_GNUC_UNUSED)
{
  send_text ("AT+COPS=?");
  at_peer_expect (scheduler_bed.peer, "AT+COPS=?");
  scheduler_bed_advance (200);
  send_as ("AT^ECLSTART=0,1", AT_ECALL, 0);
  at_peer_expect (scheduler_bed.peer, "");
  scheduler_bed_advance (1000);
  at_peer_answer (scheduler_bed.peer, "AT", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "+CFUN: 1|OK");
  at_peer_answer (scheduler_bed.peer, "AT^ECLSTART=0,1", "OK");
  scheduler_bed_assert_seen ("AT+COPS=?=Aborted|urc +CFUN: 1|ready|AT^ECLSTART=0,1=ok|");
}

static void
test_steady_is_not_aborted (void **state G_GNUC_UNUSED)
{
  send_text ("AT+CPIN=\"1234\"");
  at_peer_expect (scheduler_bed.peer, "AT+CPIN=\"1234\"");
  send_as ("AT^ECLSTART=0,1", AT_ECALL, 0);
  scheduler_bed_advance (5000);
  at_peer_expect_nothing (scheduler_bed.peer);
  at_peer_say (scheduler_bed.peer, "\r\nOK\r\n");
  at_peer_answer (scheduler_bed.peer, "AT^ECLSTART=0,1", "OK");
}

static void
test_ecall_is_not_aborted (void **state G_GNUC_UNUSED)
{
  send_as ("ATD112;", AT_ECALL, 0);
  at_peer_expect (scheduler_bed.peer, "ATD112;");
  send_as ("AT+CHUP", AT_CALL, 0);
  scheduler_bed_advance (5000);
  at_peer_expect_nothing (scheduler_bed.peer);
}

static void
test_cancel (void **state G_GNUC_UNUSED)
{
  guint queued, running, abortive;

  running = send_text ("AT+A");
  queued = send_text ("AT+B");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  at_scheduler_cancel (scheduler_bed.scheduler, queued);
  at_scheduler_cancel (scheduler_bed.scheduler, running);
  at_scheduler_cancel (scheduler_bed.scheduler, running);
  at_scheduler_cancel (scheduler_bed.scheduler, 4711);
  scheduler_bed_assert_seen ("AT+B=Aborted|AT+A=Aborted|");
  at_peer_say (scheduler_bed.peer, "\r\n+A: 1\r\n\r\nOK\r\n");
  scheduler_bed_assert_seen ("");

  abortive = send_text ("AT+COPS=?");
  at_peer_expect (scheduler_bed.peer, "AT+COPS=?");
  scheduler_bed_advance (1000);
  at_scheduler_cancel (scheduler_bed.scheduler, abortive);
  at_peer_expect (scheduler_bed.peer, "");
  at_peer_say (scheduler_bed.peer, "\r\nOK\r\n");
  send_text ("AT+C");
  at_peer_answer (scheduler_bed.peer, "AT+C", "OK");
  scheduler_bed_assert_seen ("AT+COPS=?=Aborted|AT+C=ok|");
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  send_text ("AT+A");
  send_text ("AT+B");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  at_peer_say (scheduler_bed.peer, "\r\n^SYSSTART\r\n");
  scheduler_bed_assert_seen ("urc ^SYSSTART|AT+A=Aborted|AT+B=Aborted|");
  at_peer_sync (scheduler_bed.peer);
  scheduler_bed_assert_seen ("urc +CFUN: 1|ready|");
}

static void
test_hangup (void **state G_GNUC_UNUSED)
{
  send_text ("AT+A");
  send_text ("AT+B");
  at_peer_expect (scheduler_bed.peer, "AT+A");
  at_peer_hang_up (scheduler_bed.peer);
  scheduler_bed_assert_seen ("AT+A=Gone|AT+B=Gone|lost|");
}

static void
test_close (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < 513; i++)
    send_text ("AT+X");
  send_text ("AT+REFUSED");
  at_scheduler_close (scheduler_bed.scheduler);
  g_string_append (scheduler_bed.seen, "closed|");
  at_scheduler_close (scheduler_bed.scheduler);
  at_peer_settle ();
  assert_true (g_str_has_suffix (scheduler_bed.seen->str, "AT+X=Gone|AT+REFUSED=Busy|closed|"));
}

static void
free_all (const AtReply *reply G_GNUC_UNUSED, const GError *error, gpointer user_data)
{
  on_done (NULL, error, user_data);
  g_clear_pointer (&scheduler_bed.scheduler, at_scheduler_free);
}

static void
test_free_from_done (void **state G_GNUC_UNUSED)
{
  at_scheduler_send (scheduler_bed.scheduler, &(AtCommand){ .text = "AT+A" }, free_all, "AT+A");
  send_text ("AT+B");
  at_peer_answer (scheduler_bed.peer, "AT+A", "ERROR");
  scheduler_bed_assert_seen ("AT+A=Failed|AT+B=Gone|");
}

static void
send_again (const AtReply *reply, const GError *error, gpointer user_data)
{
  on_done (reply, error, user_data);
  send_text ("AT+AGAIN");
}

static void
test_send_from_done (void **state G_GNUC_UNUSED)
{
  at_scheduler_send (scheduler_bed.scheduler, &(AtCommand){ .text = "AT+A", .lines = AT_LINES_OWN },
                     send_again, "AT+A");
  at_peer_answer (scheduler_bed.peer, "AT+A", "+A: 1|OK");
  at_peer_answer (scheduler_bed.peer, "AT+AGAIN", "OK");
  scheduler_bed_assert_seen ("AT+A=ok +A: 1|AT+AGAIN=ok|");
  at_scheduler_send (scheduler_bed.scheduler, &(AtCommand){ .text = "AT+A" }, send_again, "AT+A");
  at_scheduler_close (scheduler_bed.scheduler);
  scheduler_bed_assert_seen ("AT+A=Gone|AT+AGAIN=Gone|");
}

/* A former user's answers are still coming when the port is opened. */
static void
test_opened_in_the_middle (void **state G_GNUC_UNUSED)
{
  at_scheduler_stop (scheduler_bed.scheduler, &(GError){ MU_ERROR, MU_ERROR_ABORTED, "x" });
  at_scheduler_start (scheduler_bed.scheduler, AT_SYNC_OPEN);
  at_peer_say (scheduler_bed.peer, "99\r\n\r\nOK\r\n");
  at_peer_expect (scheduler_bed.peer, "ATQ0V1E0");
  at_peer_expect (scheduler_bed.peer, "AT+CFUN?");
  at_peer_say (scheduler_bed.peer, "ATQ0V1E0\r\r\nOK\r\n");
  at_peer_say (scheduler_bed.peer, "\r\n+CFUN: 1\r\n\r\nOK\r\n");
  scheduler_bed_assert_seen ("urc 99|urc ATQ0V1E0|urc +CFUN: 1|ready|");
}

/* Something that knows AT and little else is still spoken to. */
static void
test_small_module (void **state G_GNUC_UNUSED)
{
  at_scheduler_stop (scheduler_bed.scheduler, &(GError){ MU_ERROR, MU_ERROR_ABORTED, "x" });
  at_scheduler_start (scheduler_bed.scheduler, AT_SYNC_OPEN);
  at_peer_answer (scheduler_bed.peer, "ATQ0V1E0", "ERROR");
  at_peer_answer (scheduler_bed.peer, "AT", "OK");
  at_peer_answer (scheduler_bed.peer, "AT+CFUN?", "ERROR");
  scheduler_bed_advance (2000);
  scheduler_bed_assert_seen ("ready|");
}

/* A module that starts loses what it gets. */
static void
test_slow_start (void **state G_GNUC_UNUSED)
{
  at_scheduler_stop (scheduler_bed.scheduler, &(GError){ MU_ERROR, MU_ERROR_ABORTED, "x" });
  at_scheduler_start (scheduler_bed.scheduler, AT_SYNC_SPEED);
  for (int i = 0; i < 80; i++)
    {
      at_peer_expect (scheduler_bed.peer, "AT");
      scheduler_bed_advance (1000);
    }
  at_peer_answer (scheduler_bed.peer, "AT", "OK");
  at_peer_sync (scheduler_bed.peer);
  scheduler_bed_assert_seen ("urc +CFUN: 1|ready|");
}

static void
test_not_a_modem (void **state G_GNUC_UNUSED)
{
  at_scheduler_stop (scheduler_bed.scheduler, &(GError){ MU_ERROR, MU_ERROR_ABORTED, "x" });
  at_scheduler_start (scheduler_bed.scheduler, AT_SYNC_OPEN);
  for (int i = 0; i < 30; i++)
    {
      at_peer_expect (scheduler_bed.peer, "ATQ0V1E0");
      at_peer_say (scheduler_bed.peer, "\x01\xff\xfelogin: \r\n");
      assert_true (scheduler_bed.seen->len > 0);
      g_string_truncate (scheduler_bed.seen, 0);
      scheduler_bed_advance (3000);
    }
  scheduler_bed_assert_seen ("lost|");
}

#define TEST(name)                                                                                 \
  cmocka_unit_test_setup_teardown (name, scheduler_bed_set_up, scheduler_bed_tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_one_at_a_time),
    TEST (test_priorities),
    TEST (test_fair),
    TEST (test_limit),
    TEST (test_timeout_fails_one),
    TEST (test_late_answer),
    TEST (test_late_marker),
    TEST (test_ladder),
    TEST (test_ladder_failure),
    TEST (test_ladder_recovers),
    TEST (test_quarantine),
    TEST (test_abort),
    TEST (test_abort_guard),
    TEST (test_abort_too_late),
    TEST (test_abort_silent),
    TEST (test_steady_is_not_aborted),
    TEST (test_ecall_is_not_aborted),
    TEST (test_cancel),
    TEST (test_restart),
    TEST (test_hangup),
    TEST (test_close),
    TEST (test_free_from_done),
    TEST (test_send_from_done),
    TEST (test_opened_in_the_middle),
    TEST (test_small_module),
    TEST (test_slow_start),
    TEST (test_not_a_modem),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

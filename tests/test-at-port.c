/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-peer.h"
#include "at-port.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

static GString *seen;
static AtPort  *port;
static AtPeer  *peer;
static gboolean free_in_event;

static void
maybe_free (void)
{
  if (free_in_event)
    g_clear_pointer (&port, at_port_free);
}

static void
on_unsolicited (const AtLine *line, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "urc %s|", line->text);
  maybe_free ();
}

static void
on_finished (const AtReply *reply, const GError *error, gpointer user_data G_GNUC_UNUSED)
{
  for (gsize i = 0; reply != NULL && i < reply->n_lines; i++)
    g_string_append_printf (seen, "line %s%s%s|", reply->lines[i].text,
                            reply->lines[i].body != NULL ? "/" : "",
                            reply->lines[i].body != NULL ? reply->lines[i].body : "");
  g_string_append (seen, error != NULL ? error->message : reply->connect ? "connect" : "ok");
  g_string_append_c (seen, '|');
  maybe_free ();
}

static void
on_hangup (const GError *why G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append (seen, "hangup|");
  maybe_free ();
}

static const AtPortEvents events = { on_unsolicited, on_finished, on_hangup };

static int
set_up (void **state G_GNUC_UNUSED)
{
  int fd;

  seen = g_string_new (NULL);
  peer = at_peer_new (&fd);
  port = at_port_new (fd, "test", &events, NULL);
  free_in_event = FALSE;
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_clear_pointer (&port, at_port_free);
  at_peer_free (peer);
  g_string_free (seen, TRUE);
  return 0;
}

static void
begin (const char *text, AtLines lines, const char *body, const char *marker)
{
  at_port_begin (port, &(AtExchange){ .command = { .text = text, .lines = lines, .body = body },
                                      .timeout_ms = 30000,
                                      .marker = marker,
                                      .n_markers = 1 });
}

static void
test_exchange (void **state G_GNUC_UNUSED)
{
  begin ("AT+CSQ", AT_LINES_OWN, NULL, NULL);
  at_peer_answer (peer, "AT+CSQ", "^RSSI: 20|+CSQ: 17,99|OK");
  at_peer_say (peer, "\r\n+CSQ: 1,1\r\n");
  assert_string_equal (seen->str, "urc ^RSSI: 20|line +CSQ: 17,99|ok|urc +CSQ: 1,1|");
}

static void
test_echo (void **state G_GNUC_UNUSED)
{
  begin ("AT+CGSN", AT_LINES_OWN, NULL, NULL);
  at_peer_answer (peer, "AT+CGSN", "AT+CGSN\r|8679|OK");
  assert_string_equal (seen->str, "line 8679|ok|");
}

static void
test_prompt (void **state G_GNUC_UNUSED)
{
  begin ("AT+CMGS=3", AT_LINES_OWN, "0011AB", NULL);
  at_peer_expect (peer, "AT+CMGS=3");
  at_peer_say (peer, "\r\n> ");
  at_peer_expect (peer, "0011AB\x1a");
  at_peer_say (peer, "0011AB\x1a\r\n\r\n+CMGS: 4\r\n\r\nOK\r\n");
  assert_string_equal (seen->str, "line +CMGS: 4|ok|");
}

static void
test_unwanted_prompt (void **state G_GNUC_UNUSED)
{
  begin ("AT+X", AT_LINES_OWN, NULL, NULL);
  at_peer_expect (peer, "AT+X");
  at_peer_say (peer, "\r\n> ");
  at_peer_expect (peer, "\x1b");
  at_peer_say (peer, "\r\nERROR\r\n");
  assert_string_equal (seen->str, "ERROR|");
}

static void
test_timeout_and_late (void **state G_GNUC_UNUSED)
{
  begin ("AT+CSQ", AT_LINES_OWN, NULL, NULL);
  mu_timer_advance (29000);
  at_peer_settle ();
  assert_string_equal (seen->str, "");
  mu_timer_advance (1000);
  at_peer_settle ();
  assert_string_equal (seen->str, "The module did not answer in time|");
  at_peer_say (peer, "\r\n+CSQ: 1,1\r\n\r\nOK\r\n");
  assert_string_equal (seen->str, "The module did not answer in time|urc +CSQ: 1,1|");
}

static void
test_marker (void **state G_GNUC_UNUSED)
{
  begin ("AT+CFUN?", AT_LINES_OWN, NULL, "+CFUN");
  at_peer_say (peer, "\r\nOK\r\n\r\nERROR\r\n\r\n+CSQ: 1,1\r\n\r\nOK\r\n");
  at_peer_say (peer, "\r\n+CFUN: 1\r\n\r\nOK\r\n");
  assert_string_equal (seen->str, "urc +CSQ: 1,1|line +CFUN: 1|ok|");
}

/* A marker of before may be answered before this one, and later than any other late answer. */
static void
test_marker_of_another (void **state G_GNUC_UNUSED)
{
  at_port_begin (port,
                 &(AtExchange){ .command = { .text = "AT+CFUN?;+CFUN?", .lines = AT_LINES_OWN },
                                .timeout_ms = 30000,
                                .marker = "+CFUN",
                                .n_markers = 2 });
  at_peer_say (peer, "\r\n+CFUN: 1\r\n\r\nOK\r\n");
  mu_timer_advance (20000); /* so it is known */
  at_peer_say (peer, "\r\nOK\r\n");
  at_peer_say (peer, "\r\n+CFUN: 1\r\n\r\n+CFUN: 1\r\n\r\n+CFUN: 1\r\n\r\nOK\r\n");
  assert_string_equal (seen->str, "");
  at_peer_say (peer, "\r\n+CFUN: 1\r\n\r\n+CFUN: 1\r\n\r\nOK\r\n");
  assert_string_equal (seen->str, "line +CFUN: 1|line +CFUN: 1|ok|");
}

static void
test_marker_unknown (void **state G_GNUC_UNUSED)
{
  begin ("AT+CFUN?", AT_LINES_OWN, NULL, "+CFUN");
  at_peer_say (peer, "\r\nERROR\r\n");
  assert_string_equal (seen->str, "");
  mu_timer_advance (2000);
  at_peer_settle ();
  assert_string_equal (seen->str, "ERROR|");
}

static void
test_endless_answer (void **state G_GNUC_UNUSED)
{
  begin ("AT+CPBR=1,9", AT_LINES_OWN, NULL, NULL);
  for (int i = 0; i < 3000; i++)
    at_peer_say (peer, "\r\n+CPBR: 1,\"1\",129,\"a\"\r\n");
  at_peer_say (peer, "\r\nOK\r\n");
  assert_true (g_str_has_suffix (seen->str, "The answer does not end|"));
}

static void
test_connect (void **state G_GNUC_UNUSED)
{
  begin ("ATD*99#", AT_LINES_NONE, NULL, NULL);
  at_peer_answer (peer, "ATD*99#", "CONNECT 21600000");
  assert_string_equal (seen->str, "connect|");
}

static void
test_hangup (void **state G_GNUC_UNUSED)
{
  begin ("AT+CSQ", AT_LINES_OWN, NULL, NULL);
  at_peer_say (peer, "\r\n^RSSI: 1\r\n");
  at_peer_hang_up (peer);
  at_peer_settle ();
  mu_timer_advance (60000);
  at_peer_settle ();
  assert_string_equal (seen->str, "urc ^RSSI: 1|hangup|");
}

static void
test_free_in_event (void **state G_GNUC_UNUSED)
{
  free_in_event = TRUE;
  begin ("AT+CSQ", AT_LINES_OWN, NULL, NULL);
  at_peer_say (peer, "\r\n+CSQ: 1,1\r\n\r\nOK\r\n\r\n^RSSI: 1\r\n\r\n^RSSI: 2\r\n");
  assert_string_equal (seen->str, "line +CSQ: 1,1|ok|");
  assert_null (port);
}

static void
test_free_in_timeout (void **state G_GNUC_UNUSED)
{
  free_in_event = TRUE;
  begin ("AT+CSQ", AT_LINES_OWN, NULL, NULL);
  mu_timer_advance (30000);
  at_peer_settle ();
  assert_null (port);
}

static void
test_free_in_hangup (void **state G_GNUC_UNUSED)
{
  free_in_event = TRUE;
  at_peer_hang_up (peer);
  at_peer_settle ();
  assert_string_equal (seen->str, "hangup|");
  assert_null (port);
}

/* A tty that takes nothing does not block the daemon. */
static void
test_blocked_tty (void **state G_GNUC_UNUSED)
{
  g_autofree char *long_text = g_strnfill (1024 * 1024, 'x');

  memcpy (long_text, "AT+X", 4);
  begin (long_text, AT_LINES_OWN, NULL, NULL);
  at_peer_settle ();
  at_peer_expect (peer, long_text);
  at_peer_say (peer, "\r\nOK\r\n");
  assert_string_equal (seen->str, "ok|");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_exchange),         TEST (test_echo),
    TEST (test_prompt),           TEST (test_unwanted_prompt),
    TEST (test_timeout_and_late), TEST (test_marker),
    TEST (test_marker_unknown),   TEST (test_marker_of_another),
    TEST (test_endless_answer),   TEST (test_connect),
    TEST (test_hangup),           TEST (test_free_in_event),
    TEST (test_free_in_timeout),  TEST (test_free_in_hangup),
    TEST (test_blocked_tty),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

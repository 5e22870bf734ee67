/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-log.h"
#include "mu-session.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "session-bed.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static SessionBed *bed;
static GString    *signals;

static void
on_changed (MuService *service G_GNUC_UNUSED, const MuProp *prop, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (signals, "%s|", prop->name);
}

static void
on_emitted (MuService *service G_GNUC_UNUSED, const char *signal, GVariant *args,
            gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  g_string_append_printf (signals, "%s%s|", signal, text);
}

static const MuServiceEvents events = { .changed = on_changed, .emitted = on_emitted };

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = session_bed_new ();
  signals = g_string_new (NULL);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  session_bed_free (bed);
  g_string_free (signals, TRUE);
  return 0;
}

#define SERVICES                                                                                   \
  "Messaging1|Ussd1|Voice1|Supplementary1|Data1|Audio1|Speech1|Recorder1|Modem1|Sim1|Network1|"

/* Each command once, and no more of them than promised before the module is in use. */
static void
test_start (void **state G_GNUC_UNUSED)
{
  g_autoptr (GHashTable) sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint                  n = 2; /* those that bring the line in order */

  at_scheduler_start (bed->scheduler, AT_SYNC_OPEN);
  at_peer_sync (bed->peer);
  for (;; n++)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      if (command == NULL)
        break;
      if (!g_str_equal (command, "AT+COPS?")) /* once for the name, once for the code */
        assert_true (g_hash_table_add (sent, g_strdup (command)));
      at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
    }
  assert_in_range (n, 20, 30);
  assert_string_equal (bed->seen->str, SERVICES "settled|");
  session_bed_settle (bed, NULL, 0);
  assert_string_equal (bed->seen->str, SERVICES "settled|settled|");
}

/* A service appears with what it can tell, without waiting for a card that is locked. */
static void
test_locked (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow locked[] = { { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" } };

  session_bed_start (bed, locked, 1);
  assert_string_equal (bed->seen->str, SERVICES "settled|settled|");
  g_string_truncate (bed->seen, 0);
  session_bed_say (bed, "+CPIN: READY");
  session_bed_play (bed, NULL, 0);
  assert_string_equal (bed->seen->str, "settled|");
}

/* The card was busy and turns out to be locked: news, though no fact has changed. */
static void
test_locked_late (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow busy[] = { { "AT^CPIN?", "+CME ERROR: SIM busy" } };

  session_bed_start (bed, busy, 1);
  g_string_truncate (bed->seen, 0);
  mu_timer_advance (1000);
  at_peer_answer (bed->peer, "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK");
  assert_string_equal (bed->seen->str, "settled|");
}

/* A module that refuses everything is still a module. */
static void
test_everything_fails (void **state G_GNUC_UNUSED)
{
  at_scheduler_start (bed->scheduler, AT_SYNC_OPEN);
  at_peer_sync (bed->peer);
  at_peer_play (bed->peer, NULL, 0);
  for (int i = 0; i < 40; i++)
    {
      mu_timer_advance (1000);
      at_peer_play (bed->peer, NULL, 0);
    }
  assert_non_null (strstr (bed->seen->str, "settled|"));
  assert_property (bed, "Modem1", "Model", "''");
  assert_property (bed, "Sim1", "Lock", "'busy'");
}

static char *
play_until (const char *wanted)
{
  char *command;

  while ((command = at_peer_hear (bed->peer)) != NULL && !g_str_equal (command, wanted))
    {
      at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
      g_free (command);
    }
  return command;
}

/* A question that is not answered is asked again, and after two time-outs not soon. */
static void
test_unanswered (void **state G_GNUC_UNUSED)
{
  g_autofree char *first = NULL;

  at_scheduler_start (bed->scheduler, AT_SYNC_OPEN);
  at_peer_sync (bed->peer);
  first = play_until ("AT+CGSN");
  assert_non_null (first);
  mu_timer_advance (30000);
  at_peer_answer (bed->peer, "AT", "OK");
  at_peer_answer (bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  session_bed_settle (bed, NULL, 0);
  assert_property (bed, "Modem1", "Imei", "''");
  mu_timer_advance (1000);
  at_peer_expect (bed->peer, "AT+CGSN");
  mu_timer_advance (30000);
  at_peer_answer (bed->peer, "AT", "OK");
  at_peer_answer (bed->peer, "AT+CFUN?", "+CFUN: 1|OK");
  mu_timer_advance (60000);
  at_peer_expect_nothing (bed->peer);
  mu_timer_advance (1000);
  at_peer_answer (bed->peer, "AT+CGSN", "868190010000001|OK");
  at_peer_settle ();
  assert_property (bed, "Modem1", "Imei", "'868190010000001'");
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Network1", "Scan", "()");
  at_peer_expect (bed->peer, "AT+COPS=?");
  mu_service_observe (session_bed_service (bed, "Modem1"), &events, NULL);
  session_bed_say (bed, "^SYSSTART");
  mu_service_unobserve (session_bed_service (bed, "Modem1"), NULL);
  assert_string_equal (bed->done->str, "Aborted");
  assert_non_null (strstr (signals->str, "Restarted()|"));
  assert_property (bed, "Modem1", "Restarts", "1");
  assert_property (bed, "Network1", "Registration", "'unknown'");
  assert_property (bed, "Sim1", "Iccid", "''");
  at_peer_expect (bed->peer, ""); /* the search is left */
  at_peer_sync (bed->peer);
  session_bed_play (bed, NULL, 0);
  assert_property (bed, "Network1", "Registration", "'home'");
}

/* Switched on while it is asked: not a restart of something that was in use. */
static void
test_sysstart_at_power_on (void **state G_GNUC_UNUSED)
{
  at_scheduler_start (bed->scheduler, AT_SYNC_OPEN);
  at_peer_expect (bed->peer, "ATQ0V1E0");
  session_bed_say (bed, "^SYSSTART");
  at_peer_sync (bed->peer);
  session_bed_play (bed, NULL, 0);
  assert_property (bed, "Modem1", "Restarts", "0");
  assert_property (bed, "Network1", "Registration", "'home'");
}

static void
test_unknown_lines (void **state G_GNUC_UNUSED)
{
  MuService *modem = session_bed_service (bed, "Modem1");

  session_bed_start (bed, NULL, 0);
  mu_service_observe (modem, &events, NULL);
  session_bed_say (bed,
                   "^BOOT:1,0|^SRVST: 2|something else|+A_VERY_LONG_PREFIX_THAT_NOBODY_HAS: 1");
  mu_service_unobserve (modem, NULL);
  assert_string_equal (signals->str, "Unsolicited('^BOOT:1,0',)|Unsolicited('something else',)|"
                                     "Unsolicited('+A_VERY_LONG_PREFIX_THAT_NOBODY_HAS: 1',)|");
}

/* Only what really changes is told. */
static void
test_changes (void **state G_GNUC_UNUSED)
{
  MuService *network = session_bed_service (bed, "Network1");

  session_bed_start (bed, NULL, 0);
  mu_service_observe (network, &events, NULL);
  session_bed_say (bed, "^HCSQ: \"WCDMA\",30,30,58|^HCSQ: \"WCDMA\",30,31,58");
  mu_service_unobserve (network, NULL);
  assert_string_equal (signals->str, "Rscp|");
}

static void
test_command (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CSQ", "^RSSI: 3|+CSQ: 17,99|OK" },
    { "AT^FOO", "bare|^FOO: 1|OK" },
    { "AT+BAD", "+CME ERROR: 3" },
  };

  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Modem1", "Command", "('AT+CSQ', uint32 0)");
  session_bed_play (bed, rows, 3);
  assert_string_equal (bed->done->str, "(['+CSQ: 17,99'],)");
  session_bed_call (bed, "Modem1", "Command", "('AT^FOO', uint32 0)");
  session_bed_play (bed, rows, 3);
  assert_string_equal (bed->done->str, "(['bare', '^FOO: 1'],)");
  session_bed_call (bed, "Modem1", "Command", "('AT+BAD', uint32 0)");
  session_bed_play (bed, rows, 3);
  assert_string_equal (bed->done->str, "NotAllowed");
  session_bed_call (bed, "Modem1", "Command", "('ATE1', uint32 0)");
  assert_string_equal (bed->done->str, "NotAllowed");
  session_bed_call (bed, "Modem1", "Command", "('AT+SLOW', uint32 100)");
  at_peer_expect (bed->peer, "AT+SLOW");
  mu_timer_advance (100);
  at_peer_settle ();
  assert_string_equal (bed->done->str, "Timeout");
}

static void
test_mode (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = { { "AT+CFUN=4", "OK" }, { "AT+CFUN?", "+CFUN: 4|OK" } };

  session_bed_start (bed, NULL, 0);
  session_bed_call (bed, "Modem1", "SetMode", "('offline',)");
  session_bed_play (bed, rows, 2);
  assert_string_equal (bed->done->str, "()");
  assert_property (bed, "Modem1", "Mode", "'offline'");
  session_bed_call (bed, "Modem1", "SetMode", "('test',)");
  assert_string_equal (bed->done->str, "InvalidArgument");
  session_bed_call (bed, "Modem1", "Reset", "()");
  at_peer_answer (bed->peer, "AT^RESET", "OK");
  assert_string_equal (bed->done->str, "()");
}

/* Whatever a service waits for: without a line it would ask nobody. */
static void
test_timers_end (void **state G_GNUC_UNUSED)
{
  guint n = 0;

  session_bed_start (bed, NULL, 0);
  for (gsize i = 0; i < mu_session_n_services (bed->session); i++)
    for (GSList *link = mu_session_service (bed->session, i)->timers; link != NULL;
         link = link->next, n++)
      mu_timer_start (link->data, 1000);
  assert_true (mu_timer_n_running () >= n && n > 0);
  session_bed_unplug (bed);
  assert_int_equal (mu_timer_n_running (), 0);
}

static void
test_not_started (void **state G_GNUC_UNUSED)
{
  session_bed_call (bed, "Modem1", "Command", "('AT', uint32 0)");
  assert_string_equal (bed->done->str, "NotReady");
}

/* What does not fit is cut behind a whole character: "é" has its first byte at the last place. */
static void
test_long_text (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow rows[] = {
    { "AT+CGMR", "0123456789012345678901234567890123456789012345\xc3\xa9|OK" },
  };

  session_bed_start (bed, rows, G_N_ELEMENTS (rows));
  assert_property (bed, "Modem1", "Revision", "'0123456789012345678901234567890123456789012345'");
}

/* What is logged while the module says lines. */
static char *
logged (const char *lines)
{
  g_autofree char *path = NULL;
  int              file = g_file_open_tmp (NULL, &path, NULL);
  int              out = dup (STDOUT_FILENO);
  char            *text;

  assert_true (file >= 0 && out >= 0);
  fflush (stdout);
  dup2 (file, STDOUT_FILENO);
  mu_log_init (MU_LOG_DEBUG, FALSE);
  session_bed_say (bed, lines);
  at_peer_settle ();
  mu_log_init (MU_LOG_INFO, FALSE);
  fflush (stdout);
  dup2 (out, STDOUT_FILENO);
  close (out);
  close (file);
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_remove (path);
  return text;
}

/* A line that is not understood says as little about people as others. */
static void
test_wrong_lines_are_masked (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = NULL;

  session_bed_start (bed, NULL, 0);
  text = logged ("+CLIP: \"+4930123456\",145,,,,x|+CGDCONT: x,\"IP\",\"secret.apn\"");
  assert_non_null (strstr (text, "Ignored"));
  assert_null (strstr (text, "4930"));
  assert_null (strstr (text, "secret.apn"));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_start),
    TEST (test_locked),
    TEST (test_locked_late),
    TEST (test_everything_fails),
    TEST (test_unanswered),
    TEST (test_restart),
    TEST (test_sysstart_at_power_on),
    TEST (test_unknown_lines),
    TEST (test_changes),
    TEST (test_command),
    TEST (test_mode),
    TEST (test_not_started),
    TEST (test_long_text),
    TEST (test_timers_end),
    TEST (test_wrong_lines_are_masked),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What may happen to a message on its way: callers leave, networks and cards go, reports come. */
#include "message-bed.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "store.h"
#include "tpdu-text.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static SessionBed *bed;

static int
set_up (void **state)
{
  (void)state;
  bed = message_bed_new ();
  return 0;
}

static int
tear_down (void **state)
{
  (void)state;
  message_bed_free (bed);
  return 0;
}

static void
test_caller_leaves (void **state G_GNUC_UNUSED)
{
  MuCall *call;

  session_bed_start (bed, NULL, 0);
  call = message_bed_send (bed, message_bed_long_text (), "");
  message_bed_take (bed, "+CMGS: 1|OK");
  session_bed_cancel (bed, call);
  message_bed_take (bed, "+CMGS: 2|OK");
  message_bed_take (bed, "+CMGS: 3|OK");
  assert_states ("sent|");
}

static void
test_network_lost (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_take (bed, NULL);
  session_bed_say (bed, "+CREG: 2|+CGREG: 2|+CMGS: 1|OK");
  at_peer_expect_nothing (bed->peer);
  assert_done ("");
  session_bed_say (bed, "+CREG: 1,\"31C5\",\"0083F7CD\",2");
  for (int i = 0; i < 2;)
    {
      g_autofree char *command = at_peer_hear (bed->peer);

      assert_non_null (command);
      if (!g_str_has_prefix (command, "AT+CMGS="))
        at_peer_play_one (bed->peer, command, session_bed_usual, session_bed_n_usual);
      else
        {
          at_peer_say (bed->peer, "\r\n> ");
          g_free (at_peer_hear (bed->peer));
          session_bed_say (bed, "+CMGS: 2|OK");
          i++;
        }
    }
  assert_done (MESSAGE_BED_PATH (1));
  session_bed_play (bed, NULL, 0);
}

static void
report (guint reference, guint status)
{
  session_bed_say (
      bed, message_bed_pushed ("+CDS: ", message_bed_report ("+4917112345", reference, status)));
}

static void
test_reports (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "'report': <true>");
  for (int i = 0; i < 3; i++)
    message_bed_take (bed, i == 0 ? "+CMGS: 10|OK" : i == 1 ? "+CMGS: 11|OK" : "+CMGS: 12|OK");
  message_bed_told ();
  report (11, 0);
  assert_told ("1 sent 3|Reported 11 0|");
  report (12, 0x20); /* still trying */
  assert_told ("1 sent 3|Reported 12 32|");
  report (12, 0);
  report (12, 0);
  message_bed_told ();
  report (99, 0); /* of a message that is not there any more */
  assert_told ("Reported 99 0|");
  assert_null (strstr (message_bed_told (), "Delivered"));
  report (10, 0);
  assert_told ("1 delivered 3|Delivered 1|Reported 10 0|");
  assert_string_equal (message_bed_list (bed, "", "Reference"), "12|");
  assert_string_equal (message_bed_list (bed, "", "Delivered"), "1700000005|");
}

/* The network is quicker than the module with its answer. */
static void
test_report_overtakes (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "quick", "'report': <true>");
  message_bed_take (bed, NULL);
  report (9, 0); /* somebody else's */
  report (10, 0);
  assert_null (strstr (message_bed_told (), "ed ")); /* Delivered, Reported */
  session_bed_say (bed, "+CMGS: 10|OK");
  assert_done (MESSAGE_BED_PATH (1));
  assert_states ("delivered|");
  message_bed_send (bed, "next", "'report': <true>");
  message_bed_take (bed, "+CMGS: 9|OK"); /* what was not its own is forgotten */
  assert_states ("sent|delivered|");
}

/* Before its last part has gone: nobody waits for the rest. */
static void
test_early_failure (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "'report': <true>");
  message_bed_take (bed, "+CMGS: 10|OK");
  message_bed_take (bed, NULL);
  report (10, 0x41);
  assert_done ("NetworkRejected");
  session_bed_say (bed, "+CMGS: 11|OK");
  at_peer_expect_nothing (bed->peer);
  assert_states ("failed|");
  message_bed_send (bed, "short", "'report': <true>");
  message_bed_take (bed, "+CMGS: 12|OK");
  assert_done (MESSAGE_BED_PATH (2));
}

static void
test_last_part_after_failure (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = g_strnfill (200, 'x');

  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, text, "'report': <true>");
  message_bed_take (bed, "+CMGS: 10|OK");
  message_bed_take (bed, NULL);
  report (10, 0x41);
  session_bed_say (bed, "+CMGS: 11|OK");
  assert_states ("failed|");
}

static void
test_deleted (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "on its way", "");
  message_bed_send (bed, "waits", "");
  session_bed_call_object (bed, "Messaging1", 1, "Delete", "()");
  assert_done ("Busy");
  message_bed_send (bed, "is deleted", "");
  session_bed_call_object (bed, "Messaging1", 3, "Delete", "()");
  assert_done ("()");
  session_bed_call (bed, "Messaging1", "DeleteAll", "(@a{sv} {},)");
  assert_done ("(1,)");
  message_bed_take (bed, "+CMGS: 1|OK");
  session_bed_play (bed, NULL, 0);
  assert_states ("sent|");
}

static void
test_deleted_while_called (void **state G_GNUC_UNUSED)
{
  g_key_file_set_integer (bed->settings.config, "messaging", "retries", 3);
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, "hello", "");
  message_bed_take (bed, "+CMS ERROR: 331");
  assert_done ("");
  /* the bed keeps only the outcome of the newest call: count who waits */
  session_bed_call_object (bed, "Messaging1", 1, "Delete", "()");
  assert_done ("()");
  assert_int_equal (bed->waiting->len, 0);
  session_bed_play (bed, NULL, 0);
  mu_timer_advance (10000);
  at_peer_expect_nothing (bed->peer);
}

static void
test_card_pulled (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_take (bed, NULL);
  session_bed_say (bed, "^SIMST: 255");
  assert_done ("SimMissing");
  session_bed_say (bed, "+CMS ERROR: 310");
  session_bed_play (bed, NULL, 0);
  mu_timer_advance (10000);
  session_bed_play (bed, NULL, 0);
  session_bed_say (bed, "^SIMST: 1");
  session_bed_play (bed, NULL, 0);
  assert_states ("failed|");
}

static void
test_too_many (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  for (int i = 0; i < 1001; i++) /* one is on its way */
    session_bed_call (bed, "Messaging1", "Send", "('1', 'x', @a{sv} {})");
  assert_done ("");
  session_bed_call (bed, "Messaging1", "Send", "('1', 'x', @a{sv} {})");
  assert_done ("Busy");
}

static void
limit_files (rlim_t octets)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = MIN (octets, limit.rlim_max);
  setrlimit (RLIMIT_FSIZE, &limit);
}

/* The database does not take what a part has come to: it does so later, and till then no other is
 * sent. */
static void
test_unwritten (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_take (bed, NULL);
  limit_files (0);
  session_bed_say (bed, "+CMGS: 1|OK");
  assert_string_not_equal (bed->done->str, "");
  at_peer_expect_nothing (bed->peer);
  limit_files (RLIM_INFINITY);
  mu_timer_advance (61000);
  message_bed_take (bed, "+CMGS: 2|OK");
  message_bed_take (bed, "+CMGS: 3|OK");
  assert_states ("sent|");
  assert_string_equal (message_bed_list (bed, "", "PartsPresent"), "3|");
}

static void
test_unwritten_failure (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  message_bed_send (bed, message_bed_long_text (), "");
  message_bed_take (bed, NULL);
  limit_files (0);
  session_bed_say (bed, "+CMS ERROR: 21");
  assert_done ("NetworkRejected");
  session_bed_say (bed, "^SYSSTART"); /* the timer is gone with it */
  limit_files (RLIM_INFINITY);
  session_bed_play (bed, NULL, 0);
  assert_states ("failed|");
  assert_true (strncmp (message_bed_list (bed, "", "Error"), "NetworkRejected: ", 17) == 0);
}

static void
compose (const char *path)
{
  Tpdu               head = { .type = TPDU_SUBMIT };
  TpduSplit          split = { .class = TPDU_CLASS_NONE };
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  StoreMessage message = { .number = (char *)"123", .text = (char *)"waits", .data = nothing };
  Store       *store = store_open (path, NULL);
  g_autoptr (GArray) parts = NULL;
  guint              id;

  assert_true (tpdu_address_set (&head.number, message.number, NULL));
  parts = tpdu_split_text (&head, message.text, &split, NULL);
  assert_true (store_compose (store, "89860112345678901234", &message, parts, 1, &id, NULL));
  store_close (store);
}

/* What was left in the queue goes out when the database can be opened after all. */
static void
test_unopened (void **state G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (bed->settings.state_directory, "messages.db", NULL);
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);

  compose (path);
  assert_int_equal (g_rename (path, aside), 0);
  assert_int_equal (g_mkdir (path, 0700), 0);
  session_bed_start (bed, NULL, 0);
  at_peer_expect_nothing (bed->peer);
  assert_int_equal (g_rmdir (path), 0);
  assert_int_equal (g_rename (aside, path), 0);
  mu_timer_advance (61000);
  message_bed_take (bed, "+CMGS: 1|OK");
  assert_states ("sent|");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_caller_leaves),     TEST (test_network_lost),
    TEST (test_reports),           TEST (test_report_overtakes),
    TEST (test_early_failure),     TEST (test_last_part_after_failure),
    TEST (test_deleted),           TEST (test_deleted_while_called),
    TEST (test_card_pulled),       TEST (test_too_many),
    TEST (test_unopened),          TEST (test_unwritten),
    TEST (test_unwritten_failure),
  };

  mu_log_init (g_getenv ("DBG") ? MU_LOG_DEBUG : MU_LOG_ERROR, FALSE); /* warnings are meant */
  return cmocka_run_group_tests (tests, NULL, NULL);
}

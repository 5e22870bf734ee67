/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Receiving messages of several parts: late parts, parts of others. */
#include "message-bed.h"
#include "mu-log.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <string.h>

#define ANNA "+491711111111"

static SessionBed *bed;

static int
set_up (void **state G_GNUC_UNUSED)
{
  bed = message_bed_new ();
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  message_bed_free (bed);
  return 0;
}

static char *
long_text (void)
{
  GString *text = g_string_new (NULL);

  while (text->len < 400)
    g_string_append_printf (text, "%zu ", text->len);
  return g_string_free (text, FALSE);
}

/* 60 s after the last part it is shown as it is; a late part completes it. */
static void
test_parts (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = long_text ();
  g_autofree char *expected = g_strconcat (text, "|", NULL);
  const char      *incomplete;

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 3, 3)));
  mu_timer_advance (50000);
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 1, 3)));
  at_peer_settle ();
  assert_told ("");
  assert_property (bed, "Messaging1", "Unread", "0");
  assert_string_equal (message_bed_list (bed, "'state': <'receiving'>", "PartsPresent"), "2|");
  mu_timer_advance (59000);
  at_peer_settle ();
  assert_told ("");
  mu_timer_advance (3000);
  at_peer_settle ();
  assert_told ("Received 1|");
  assert_property (bed, "Messaging1", "Unread", "1");
  incomplete = message_bed_list (bed, "", "Text");
  assert_non_null (strstr (incomplete, "…"));
  assert_int_equal (strncmp (incomplete, text, 100), 0);
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 2, 3)));
  assert_told ("1 received 3|");
  assert_texts (expected);
  mu_timer_advance (1000000);
  at_peer_settle ();
  assert_told ("");
}

/* Of another sender, with the same reference: another message. */
static void
test_parts_of_two (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = long_text ();

  session_bed_start (bed, NULL, 0);
  for (guint i = 3; i >= 1; i--)
    {
      session_bed_say (bed, message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, i, 3)));
      session_bed_say (bed,
                       message_bed_pushed ("+CMT: ,", message_bed_deliver ("123", text, i, 3)));
    }
  assert_told ("Received 1|Received 2|");
  assert_string_equal (message_bed_list (bed, "'number': <'123'>", "PartsPresent"), "3|");
}

/* The wait goes on after a restart, also if the card is empty. */
static void
test_parts_and_restart (void **state G_GNUC_UNUSED)
{
  g_autofree char *text = long_text ();

  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", message_bed_deliver (ANNA, text, 1, 3)));
  at_peer_settle ();
  session_bed_say (bed, "^SYSSTART");
  session_bed_play (bed, NULL, 0);
  mu_timer_advance (62000);
  at_peer_settle ();
  assert_told ("Received 1|");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_parts),
    TEST (test_parts_of_two),
    TEST (test_parts_and_restart),
  };

  mu_log_init (MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}

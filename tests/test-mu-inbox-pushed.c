/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the network hands over without the card: the module keeps none of it. */
#include "message-bed.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <glib/gstdio.h>

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

static const char *
one (const char *text)
{
  return message_bed_deliver (ANNA, text, 1, 1);
}

static void
test_pushed (void **state G_GNUC_UNUSED)
{
  session_bed_start (bed, NULL, 0);
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", one ("flash")));
  assert_told ("Received 1|");
  assert_texts ("flash|");
  session_bed_say (bed, message_bed_pushed ("+CMT: \"Anna, \",", one ("named")));
  session_bed_say (bed, message_bed_pushed ("+CMT:", one ("bare")));
  assert_texts ("bare|named|flash|");
  session_bed_say (bed, message_bed_pushed ("+CDS: ", message_bed_report (ANNA, 9, 0)));
  assert_told ("Received 2|Received 3|Reported 9 0|"); /* nobody waits for that report */
  session_bed_say (bed, "+CMT: ,24|+CMT: ,24|+CDS: 3|ABC");
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", one ("last")));
  assert_told ("Received 4|");
  assert_texts ("last|bare|named|flash|");
  at_peer_expect_nothing (bed->peer);
}

/* The module need not wait for us: until the card is known it is held. */
static void
test_pushed_early (void **state G_GNUC_UNUSED)
{
  static const AtPeerRow busy[] = { { "AT^ICCID?", "+CME ERROR: SIM busy" } };

  session_bed_start (bed, busy, G_N_ELEMENTS (busy));
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", one ("first")));
  for (int i = 0; i < 100; i++)
    session_bed_say (bed, message_bed_pushed ("+CDS: ", message_bed_report (ANNA, 9, 0)));
  assert_told ("");
  mu_timer_advance (1000);
  session_bed_play (bed, NULL, 0);
  assert_true (g_str_has_prefix (message_bed_told (), "Received 1|Reported 9 0|"));
  assert_texts ("first|");
}

/* Nor until there is room. */
static void
test_pushed_without_database (void **state G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (bed->settings.state_directory, "messages.db", NULL);

  session_bed_start (bed, NULL, 0);
  assert_int_equal (g_mkdir (path, 0700), 0);
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", one ("first")));
  session_bed_say (bed, message_bed_pushed ("+CMT: ,", one ("second")));
  assert_told ("StorageFull database|");
  mu_timer_advance (2000);
  session_bed_play (bed, NULL, 0);
  assert_told ("");
  g_rmdir (path);
  mu_timer_advance (64000);
  session_bed_play (bed, NULL, 0);
  assert_told ("Received 1|Received 2|");
  assert_texts ("second|first|");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_pushed),
    TEST (test_pushed_early),
    TEST (test_pushed_without_database),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

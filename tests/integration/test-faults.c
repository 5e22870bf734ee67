/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What modules do when they misbehave, and cables when they are pulled: the daemon goes on. */
#include "house.h"

#include "../mu-test.h"

#include <glib/gstdio.h>

#include <string.h>

#define MAX_CUTS 1500 /* more bytes than an initialisation and a registration have */

static House *house;

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("200");
  house_start_daemon (house, NULL);
  house_ready (house);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  return 0;
}

static const char *
command (const char *text)
{
  g_autofree char *args = g_strdup_printf ("('%s', uint32 0)", text);

  return house_call (house, "Modem1", "Command", args);
}

#define assert_command(text, answer) assert_non_null (strstr (command (text), answer))

/* One command fails, the next one gets its own answer. */
static void
test_silence (void **state G_GNUC_UNUSED)
{
  house_sim (house, "silence 35");
  assert_command ("AT+CSQ", "Timeout");
  house_wait (house, "Modem1", "Healthy", "true");
  house_wait (house, "Modem1", "Timeouts", "1");
  assert_command ("AT+CGMM", "MU709s-2");
  house_wait (house, "Modem1", "State", "'ready'");
}

/* The guide's ladder (1.2.3), then it is looked for again, for ever. */
static void
test_dead (void **state G_GNUC_UNUSED)
{
  house_sim (house, "silence 1000000");
  assert_command ("AT+CSQ", "Timeout");
  house_wait (house, "Modem1", "Healthy", "false");
  house_wait (house, "Modem1", "StateReason", "'silent'");
  house_sim (house, "silence 0");
  house_ready (house);
}

static void
test_late (void **state G_GNUC_UNUSED)
{
  for (int seconds = 31; seconds < 100; seconds += 13)
    {
      house_sim (house, "late %d", seconds);
      assert_command ("AT+CSQ", "Timeout");
      assert_command ("AT+CGMM", "MU709s-2");
      assert_command ("AT+CSQ", "+CSQ: "); /* no quarantine: it was answered in between */
    }
}

/* A command that the firmware does not survive does not stop the others again and again. */
static void
test_ignored (void **state G_GNUC_UNUSED)
{
  house_sim (house, "ignore +CSQ");
  assert_command ("AT+CSQ", "Timeout");
  assert_command ("AT+CGMM", "MU709s-2");
  assert_command ("AT+CSQ", "Timeout");
  assert_command ("AT+CSQ", "Timeout"); /* at once */
  assert_non_null (strstr (house->message, "Not sent"));
  assert_command ("AT+CGMM", "MU709s-2");
}

static void
test_garbage (void **state G_GNUC_UNUSED)
{
  for (int i = 1; i < 200; i += 7)
    {
      house_sim (house, "garbage %d now", i);
      house_sim (house, "garbage %d", i);
      command ("AT+CSQ"); /* may cost this one */
    }
  house_sim (house, "no-faults");
  house_wait (house, "Modem1", "State", "'ready'");
  assert_command ("AT+CGMM", "MU709s-2");
}

/* The line itself is always heard, wherever it gets in between. */
static void
test_news_in_replies (void **state G_GNUC_UNUSED)
{
  for (int k = 0; k < 30; k++)
    {
      g_autofree char *rssi = g_strdup_printf ("%d", -113 + 2 * (k + 1));

      house_sim (house, "urc-at %d ^RSSI:%d", k, k + 1);
      command ("AT+CGMM");
      house_wait (house, "Network1", "Rssi", rssi);
    }
  assert_command ("AT+CGMM", "MU709s-2");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  house_sim (house, "nonsense on");
  house_sim (house, "reset");
  house_wait (house, "Modem1", "Restarts", "1");
  g_usleep (200000);
  house_sim (house, "nonsense off");
  house_sim (house, "reset");
  house_ready (house);
}

static void
test_errors (void **state G_GNUC_UNUSED)
{
  house_sim (house, "error-next +CME ERROR: SIM busy");
  assert_string_equal (command ("AT+CSQ"), "NotReady");
  house_sim (house, "error-next");
  assert_string_equal (command ("AT+CSQ"), "Failed");
  house_sim (house, "error-next +CME ERROR: 4711");
  assert_string_equal (command ("AT+CSQ"), "Modem");
  house_sim (house, "echo on"); /* whatever ATE0 has said */
  assert_command ("AT+CGMM", "['MU709s-2']");
}

/* Whether the module comes to "ready" before its cable is cut. */
static gboolean
survives (void)
{
  g_autofree char *link = g_build_filename (house->directory, "sim", "pcui", NULL);
  GStatBuf         status;

  while (g_lstat (link, &status) == 0)
    {
      g_autofree char *now = house_get (house, "Modem1", "State");

      if (g_str_equal (now, "'ready'"))
        return TRUE;
      g_usleep (300);
    }
  return FALSE;
}

static void
unplug (void)
{
  house_sim (house, "unplug");
  house_wait_object (house, FALSE);
  house_sim (house, "no-faults");
}

/* An initialisation cut after every byte, on real processes; ASan judges. */
static void
test_cut (void **state G_GNUC_UNUSED)
{
  guint cuts = 0;

  do
    {
      unplug ();
      house_sim (house, "hang-up-after %u", cuts);
      house_sim (house, "plug");
    }
  while (!survives () && ++cuts < MAX_CUTS);
  assert_in_range (cuts, 300, MAX_CUTS - 1);
  print_message ("%u cuts\n", cuts);
  unplug (); /* the last cut may still come, in what is asked afterwards */
  house_sim (house, "plug");
  house_ready (house);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_silence),  TEST (test_dead),    TEST (test_late),
    TEST (test_ignored),  TEST (test_garbage), TEST (test_news_in_replies),
    TEST (test_nonsense), TEST (test_errors),  TEST (test_cut),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

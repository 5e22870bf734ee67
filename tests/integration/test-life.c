/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The main job, on real processes: a module appears, is unlocked, registers, changes, goes, comes
 * back. */
#include "house.h"

#include "../mu-test.h"

#include <string.h>

static House *house;

static int
set_up (void **state G_GNUC_UNUSED)
{
  house = house_new ("50");
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  house_free (house);
  return 0;
}

static void
test_appears (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  house_wait (house, "Modem1", "Model", "'MU709s-2'");
  house_wait (house, "Modem1", "Healthy", "true");
  house_wait (house, "Sim1", "Lock", "'none'");
  house_wait (house, "Network1", "OperatorCode", "'00101'");
  house_sim (house, "signal -85");
  house_wait (house, "Network1", "Rssi", "-85");
  house_sim (house, "technology gsm");
  house_wait_not (house, "Network1", "Technology", "'hspa'");
}

static void
test_unlock (void **state G_GNUC_UNUSED)
{
  house_sim (house, "pin on");
  house_sim (house, "pin-code 1234 12345678");
  house_sim (house, "reset");
  house_start_daemon (house, NULL);
  house_wait (house, "Modem1", "State", "'locked'");
  house_wait (house, "Modem1", "StateReason", "'sim-pin'");
  assert_string_equal (house_call (house, "Sim1", "Unlock", "('0000',)"), "WrongPassword");
  house_wait (house, "Sim1", "PinAttempts", "2");
  assert_string_equal (house_call (house, "Sim1", "Unlock", "('1234',)"), "()");
  house_wait (house, "Sim1", "Lock", "'none'");
  house_ready (house);
}

static void
test_puk (void **state G_GNUC_UNUSED)
{
  house_sim (house, "pin on");
  house_sim (house, "pin-code 1234 12345678");
  house_sim (house, "pin-tries 1 2");
  house_sim (house, "reset");
  house_start_daemon (house, NULL);
  house_wait (house, "Modem1", "State", "'locked'");
  house_call (house, "Sim1", "Unlock", "('0000',)");
  house_wait (house, "Sim1", "Lock", "'puk'");
  assert_string_equal (house_call (house, "Sim1", "UnlockWithPuk", "('00000000', '1234')"),
                       "WrongPassword");
  house_wait (house, "Sim1", "PukAttempts", "1");
  assert_string_equal (house_call (house, "Sim1", "UnlockWithPuk", "('12345678', '4321')"), "()");
  house_ready (house);
  assert_string_equal (house_call (house, "Sim1", "ChangePin", "('4321', '1111')"), "()");
  assert_string_equal (house_call (house, "Sim1", "ChangePin", "('4321', '2222')"),
                       "WrongPassword");
}

/* Once per card, never one of the last attempts; what was wrong is remembered over restarts. */
static void
test_configured_pin (void **state G_GNUC_UNUSED)
{
  g_autofree char *config = g_build_filename (house->directory, "config", NULL);
  const char      *args[] = { "--config", config, NULL };

  house_sim (house, "pin on");
  house_sim (house, "pin-code 1234 12345678");
  house_sim (house, "reset");
  assert_true (g_file_set_contents (config, "[sim]\npin=9999\n", -1, NULL));
  for (int i = 0; i < 3; i++)
    {
      house_start_daemon (house, args);
      house_wait (house, "Modem1", "State", "'locked'");
      house_wait (house, "Sim1", "PinAttempts", "2");
      if (i < 2)
        house_stop_daemon (house);
      else
        house_kill_daemon (house);
    }
  assert_true (g_file_set_contents (config, "[sim]\npin=1234\n", -1, NULL));
  house_start_daemon (house, args);
  house_ready (house);
}

static void
test_unplugged (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  house_begin (house, "Network1", "Scan", "()");
  g_usleep (20000);
  house_sim (house, "unplug");
  assert_string_equal (house_finish (house), "Gone");
  house_wait_object (house, FALSE);
  house_sim (house, "plug");
  house_ready (house);
}

static void
test_no_card (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  house_sim (house, "remove-sim");
  house_wait (house, "Sim1", "Lock", "'missing'");
  house_wait (house, "Modem1", "StateReason", "'sim-missing'");
  assert_string_equal (house_call (house, "Network1", "Scan", "()"), "SimMissing");
  house_sim (house, "insert-sim");
  house_ready (house);
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  house_sim (house, "reset");
  house_wait (house, "Modem1", "Restarts", "1");
  house_ready (house);
  assert_string_equal (house_call (house, "Modem1", "Reset", "()"), "()");
  house_wait (house, "Modem1", "Restarts", "2");
  house_ready (house);
}

static void
test_network (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  assert_non_null (strstr (house_call (house, "Network1", "Scan", "()"), "'Home Mobile'"));
  assert_string_equal (house_call (house, "Network1", "Register", "('00101',)"), "()");
  house_wait (house, "Network1", "SelectionMode", "'manual'");
  assert_string_equal (house_call (house, "Network1", "Register", "('99999',)"), "NoNetwork");
  assert_string_equal (house_call (house, "Network1", "Register", "('',)"), "()");
  house_wait (house, "Network1", "SelectionMode", "'automatic'");
  house_ready (house);
  assert_string_equal (house_call (house, "Network1", "Detach", "()"), "()");
  house_wait (house, "Network1", "Attached", "false");
  assert_string_equal (house_call (house, "Network1", "Attach", "()"), "()");
  house_wait (house, "Network1", "Attached", "true");
  house_sim (house, "network lost");
  house_wait_not (house, "Network1", "Registration", "'home'");
  house_sim (house, "network found");
  house_ready (house);
  assert_string_equal (house_call (house, "Modem1", "SetMode", "('offline',)"), "()");
  house_wait (house, "Modem1", "Mode", "'offline'");
  house_wait_not (house, "Network1", "Registration", "'home'");
  assert_string_equal (house_call (house, "Modem1", "SetMode", "('online',)"), "()");
  house_ready (house);
}

/* The same module again for a daemon that was killed in the middle of anything. */
static void
test_killed (void **state G_GNUC_UNUSED)
{
  for (int i = 0; i < 12; i++)
    {
      house_start_daemon (house, NULL);
      if (i % 3 == 0)
        {
          house_ready (house);
          house_begin (house, "Network1", "Scan", "()");
        }
      g_usleep ((gulong)i * 3000);
      house_kill_daemon (house);
      if (i % 3 == 0)
        assert_string_equal (house_finish (house), "org.freedesktop.DBus.Error.NoReply");
    }
  house_start_daemon (house, NULL);
  house_ready (house);
}

/* SIGTERM in the middle of a search: the module is free again. */
static void
test_stopped (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  house_begin (house, "Network1", "Scan", "()");
  g_usleep (50000);
  house_stop_daemon (house);
  assert_non_null (house_finish (house));
  house_start_daemon (house, NULL);
  house_ready (house);
}

static void
test_raw (void **state G_GNUC_UNUSED)
{
  house_start_daemon (house, NULL);
  house_ready (house);
  assert_non_null (
      strstr (house_call (house, "Modem1", "Command", "('AT+CSQ', uint32 0)"), "+CSQ: "));
  assert_string_equal (house_call (house, "Modem1", "Command", "('AT+CSQ;+CMEE=0', uint32 0)"),
                       "NotAllowed");
  assert_string_equal (house_call (house, "Modem1", "Command", "('AT^NOSUCH', uint32 0)"),
                       "NotSupported");
  assert_string_equal (house_call (house, "Modem1", "Command", "('hello', uint32 0)"),
                       "InvalidArgument");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_appears),   TEST (test_unlock),  TEST (test_puk),     TEST (test_configured_pin),
    TEST (test_unplugged), TEST (test_no_card), TEST (test_restart), TEST (test_network),
    TEST (test_killed),    TEST (test_stopped), TEST (test_raw),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

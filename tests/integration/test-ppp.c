/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* PPP from the bus to the module's data mode and back.  ../pppd-stand-in takes pppd's place: it has
 * the port, and speaks no PPP. */
#include "house.h"

#include "../mu-test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SPEED       "20"
#define PATIENCE_US (30 * G_USEC_PER_SEC)

static const char *stand_in;

static House *house;
static char  *modem_port;
static char  *state;
static int    keeper; /* holds the port open: its close is all that a pseudo-terminal has of DTR */

static void
start_daemon (void)
{
  g_autofree char *port = g_strconcat ("modem=", modem_port, NULL);
  const char      *args[]
      = { "--port", port, "--state-directory", state, "--config", "/dev/null", NULL };

  house_start_daemon (house, args);
  house_ready (house);
}

/* What the daemon runs: mu709-pppd, with the stand-in where it expects pppd. */
static void
place_pppd (void)
{
  g_autofree char *path = g_build_filename (house->directory, "pppd", NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nexec '%s' --pppd '%s' \"$@\"\n",
                                           g_getenv ("MU709_PPPD"), stand_in);

  assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0755, NULL));
  g_setenv ("MU709D_PPPD", path, TRUE);
}

static int
set_up (void **unused G_GNUC_UNUSED)
{
  house = house_new (SPEED);
  modem_port = g_build_filename (house->directory, "sim", "modem", NULL);
  state = g_build_filename (house->directory, "state", NULL);
  keeper = -1;
  place_pppd ();
  start_daemon ();
  return 0;
}

static int
tear_down (void **unused G_GNUC_UNUSED)
{
  if (keeper >= 0)
    close (keeper);
  house_free (house);
  g_clear_pointer (&modem_port, g_free);
  g_clear_pointer (&state, g_free);
  return 0;
}

static void
hold_port (void)
{
  keeper = open (modem_port, O_RDWR | O_NOCTTY | O_CLOEXEC);
  assert_true (keeper >= 0);
}

static const char *
connect_ppp (void)
{
  return house_call (house, "Data1", "Connect",
                     "(@a{sv} {'bearer': <'ppp'>, 'apn': <'internet'>},)");
}

static void
assert_connects (guint number)
{
  g_autofree char *expected = g_strdup_printf ("('%s/connection/%u',)", HOUSE_MODEM, number);

  assert_string_equal (connect_ppp (), expected);
}

static void
assert_disconnects (guint number)
{
  g_autofree char *path = g_strdup_printf ("%s/connection/%u", HOUSE_MODEM, number);

  house->modem = path;
  assert_string_equal (house_call (house, "Connection1", "Disconnect", "()"), "()");
  house->modem = HOUSE_MODEM;
  house_wait (house, "Data1", "Connections", "[]");
}

static gboolean
is_marked (void)
{
  g_autofree char *path = g_build_filename (state, "dialled-tty_pcui", NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_twice (void **unused G_GNUC_UNUSED)
{
  assert_connects (1);
  assert_true (is_marked ());
  assert_string_equal (house_call (house, "Modem1", "Command", "('AT+CFUN?', uint32 0)"),
                       "(['+CFUN: 1'],)");
  assert_string_equal (connect_ppp (), "Busy");
  assert_disconnects (1);
  assert_false (is_marked ());
  assert_connects (2);
  assert_disconnects (2);
}

/* The port stays in data mode: it takes silence, "+++", silence, ATH. */
static void
test_escape (void **unused G_GNUC_UNUSED)
{
  hold_port ();
  assert_connects (1);
  assert_disconnects (1);
  assert_false (is_marked ());
  assert_connects (2);
}

/* The daemon is killed, and pppd ends with it; the next one finds the port as it was left. */
static void
test_killed (void **unused G_GNUC_UNUSED)
{
  gint64 end;

  hold_port ();
  assert_connects (1);
  house_kill_daemon (house);
  assert_true (is_marked ());
  start_daemon ();
  end = g_get_monotonic_time () + PATIENCE_US;
  while (is_marked ())
    {
      assert_true (g_get_monotonic_time () < end);
      g_usleep (10000);
    }
  assert_connects (1);
}

/* The module goes and comes while pppd has the port. */
static void
test_module_gone (void **unused G_GNUC_UNUSED)
{
  assert_connects (1);
  house_stop_sim (house);
  house_wait (house, "Data1", "Connections", "");
  house_start_sim (house, SPEED);
  house_wait (house, "Modem1", "State", "'ready'");
  house_ready (house);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    TEST (test_twice),
    TEST (test_escape),
    TEST (test_killed),
    TEST (test_module_gone),
  };

  if (argc < 2)
    return EXIT_FAILURE;
  stand_in = argv[1];
  return cmocka_run_group_tests (tests, NULL, NULL);
}

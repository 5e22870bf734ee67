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
launch_daemon (void)
{
  g_autofree char *port = g_strconcat ("modem=", modem_port, NULL);
  const char      *args[]
      = { "--port", port, "--state-directory", state, "--config", "/dev/null", NULL };

  house_start_daemon (house, args);
}

static void
start_daemon (void)
{
  launch_daemon ();
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

/* ---- in any order ---- */

#define N_EVENTS 40

static const char *const happenings[] = {
  "context drop 1",
  "context drop 1 36",
  "network lost",
  "network found",
  "reset",
  "unplug",
  "plug",
  "silence 3",
  "silence 40",
  "late 35",
  "hang-up-after 5 modem",
  "hang-up-after 60 modem",
  "garbage 30",
  "ppp terminate",
  "error-next",
  "apn any cause=33",
  "apn-forget",
  "remove-sim",
  "insert-sim",
  "incoming-call +491707 gives-up=5",
};

static guint unanswered;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data G_GNUC_UNUSED)
{
  GVariant *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  g_clear_pointer (&reply, g_variant_unref);
  unanswered--;
}

static void
begin (const char *path, const char *interface, const char *method, const char *args)
{
  unanswered++;
  g_dbus_connection_call (house->connection, "org.mu709", path, interface, method,
                          g_variant_new_parsed (args), NULL, G_DBUS_CALL_FLAGS_NONE, G_MAXINT, NULL,
                          on_answered, NULL);
}

static void
let_pass (guint ms)
{
  gint64 end = g_get_monotonic_time () + (gint64)ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
begin_something (GRand *dice)
{
  g_autofree char *connection
      = g_strdup_printf ("%s/connection/%d", HOUSE_MODEM, g_rand_int_range (dice, 1, 6));

  if (g_rand_int_range (dice, 0, 3) > 0)
    begin (HOUSE_MODEM, "org.mu709.Data1", "Connect",
           "(@a{sv} {'bearer': <'ppp'>, 'apn': <'x'>},)");
  else
    begin (connection, "org.mu709.Connection1", "Disconnect", "()");
}

static void
event (GRand *dice)
{
  int what = g_rand_int_range (dice, 0, 100);

  if (what < 40)
    begin_something (dice);
  else if (what < 75)
    (void)house_try_sim (house,
                         happenings[g_rand_int_range (dice, 0, (gint)G_N_ELEMENTS (happenings))]);
  else if (what < 78)
    {
      house_kill_daemon (house);
      launch_daemon ();
    }
  let_pass ((guint)g_rand_int_range (dice, 0, 200));
}

/* A connection that there is may be one: the stand-in does not hear that it is over. */
static void
disconnect_any (void)
{
  for (guint number = 1; number <= N_EVENTS; number++)
    {
      g_autofree char *path = g_strdup_printf ("%s/connection/%u", HOUSE_MODEM, number);

      begin (path, "org.mu709.Connection1", "Disconnect", "()");
    }
  let_pass (100);
}

/* Whatever there was before, PPP connects. */
static void
assert_works (void)
{
  static const char *const cures[] = { "no-faults",  "power on",   "plug",         "apn-forget",
                                       "remove-sim", "insert-sim", "network found" };
  gint64                   end = g_get_monotonic_time () + 2 * PATIENCE_US;

  for (gsize i = 0; i < G_N_ELEMENTS (cures); i++)
    (void)house_try_sim (house, cures[i]);
  house_wait (house, "Modem1", "State", "'ready'");
  while (!g_str_has_prefix (connect_ppp (), "("))
    {
      assert_true (g_get_monotonic_time () < end);
      disconnect_any ();
    }
  while (unanswered > 0)
    {
      assert_true (g_get_monotonic_time () < end);
      let_pass (10);
    }
}

static void
test_any_order (void **unused G_GNUC_UNUSED)
{
  const char *seed = g_getenv ("ANY_ORDER_SEED");
  GRand      *dice = g_rand_new_with_seed (seed != NULL ? (guint32)strtoul (seed, NULL, 10) : 1);

  hold_port ();
  for (int i = 0; i < N_EVENTS; i++)
    event (dice);
  assert_works ();
  g_rand_free (dice);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    TEST (test_twice),       TEST (test_escape),    TEST (test_killed),
    TEST (test_module_gone), TEST (test_any_order),
  };

  if (argc < 2)
    return EXIT_FAILURE;
  stand_in = argv[1];
  return cmocka_run_group_tests (tests, NULL, NULL);
}

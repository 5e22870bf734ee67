/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lifecycle, on a real pseudo-terminal. */
#include "at-peer.h"
#include "mu-log.h"
#include "mu-modem.h"
#include "mu-test.h"
#include "mu-timer.h"
#include "session-bed.h"

#include <glib/gstdio.h>

#include <string.h>
#include <unistd.h>

/* The services that have something to ask at once appear last. */
#define APPEAR                                                                                     \
  "+Messaging1|+Ussd1|+Voice1|+Supplementary1|+Data1|+Audio1|+Speech1|+Recorder1|+Sim1|"           \
  "+Network1|"
#define VANISH                                                                                     \
  "-Sim1|-Network1|-Messaging1|-Ussd1|-Voice1|-Supplementary1|-Data1|-Audio1|-Speech1|"            \
  "-Recorder1|"

static char      *directory, *link_path;
static AtPeer    *peer;
static MuDevice  *device;
static MuModem   *modem;
static MuSettings settings;
static GString   *seen;

static void
on_present (MuModem *m G_GNUC_UNUSED, gboolean present, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append (seen, present ? "present|" : "absent|");
}

static void
on_appeared (MuModem *m G_GNUC_UNUSED, MuService *service, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "+%s|", strrchr (service->class->interface, '.') + 1);
}

static void
on_vanished (MuModem *m G_GNUC_UNUSED, MuService *service, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "-%s|", strrchr (service->class->interface, '.') + 1);
}

static void
on_entered (MuModem *m, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "%s|", mu_modem_state_word (mu_modem_state (m)));
}

static const MuModemEvents events = { on_present, on_appeared, on_vanished, on_entered };

static void
plug (void)
{
  peer = at_peer_new_tty (link_path);
}

static void
unplug (void)
{
  g_unlink (link_path);
  g_clear_pointer (&peer, at_peer_free);
  at_peer_settle ();
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  directory = g_dir_make_tmp ("mu-modem-XXXXXX", NULL);
  link_path = g_build_filename (directory, "pcui", NULL);
  settings.config = g_key_file_new ();
  seen = g_string_new (NULL);
  device = mu_device_new ("tty_test", "");
  mu_device_set_port (device, MU_PORT_PCUI, link_path);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  g_clear_pointer (&modem, mu_modem_free);
  unplug ();
  mu_device_unref (device);
  g_string_free (seen, TRUE);
  g_key_file_unref (settings.config);
  g_rmdir (directory);
  g_free (directory);
  g_free (link_path);
  return 0;
}

static void
make (gboolean fixed)
{
  modem = mu_modem_new (device, fixed, &settings, &events, NULL);
  mu_modem_start (modem);
}

static void
play (void)
{
  at_peer_sync (peer);
  at_peer_play (peer, session_bed_usual, session_bed_n_usual);
}

static void
advance (guint ms)
{
  mu_timer_advance (ms);
  at_peer_settle ();
}

static void
assert_seen (const char *expected)
{
  at_peer_settle ();
  assert_string_equal (seen->str, expected);
  g_string_truncate (seen, 0);
}

static void
assert_reason (const char *expected)
{
  g_autoptr (GVariant) value = NULL;
  MuService           *service = mu_modem_service (modem, 0);

  value = g_variant_ref_sink (mu_service_get (service, &service->class->props[1]));
  assert_string_equal (g_variant_get_string (value, NULL), expected);
}

static void
test_life (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  assert_seen ("present|starting|starting|");
  play ();
  assert_seen (APPEAR "ready|");
  g_clear_pointer (&modem, mu_modem_free);
  assert_seen (VANISH "absent|gone|");
}

static void
test_locked (void **state G_GNUC_UNUSED)
{
  const AtPeerRow locked[] = { { "AT^CPIN?", "^CPIN: SIM PIN,3,10,3,10,3|OK" } };

  plug ();
  make (FALSE);
  at_peer_sync (peer);
  at_peer_play (peer, locked, 1);
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "locked");
  assert_reason ("sim-pin");
  at_peer_say (peer, "\r\n+CPIN: READY\r\n");
  at_peer_play (peer, session_bed_usual, session_bed_n_usual);
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "ready");
}

/* One whose port was given by hand is there while its port is. */
static void
test_plugged_and_unplugged (void **state G_GNUC_UNUSED)
{
  make (TRUE);
  assert_seen ("starting|absent|");
  advance (60000);
  assert_seen ("");
  plug ();
  advance (8000);
  assert_seen ("starting|present|starting|");
  play ();
  assert_seen (APPEAR "ready|");
  unplug ();
  assert_seen (VANISH "absent|absent|");
  plug ();
  advance (500);
  play ();
  assert_seen ("starting|present|starting|" APPEAR "ready|");
}

/* A hang-up while the device is there: everybody hears of it, and it comes back by itself. */
static void
test_hangup (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  play ();
  g_string_truncate (seen, 0);
  g_clear_pointer (&peer, at_peer_free);
  assert_seen (VANISH "failed|");
  assert_reason ("hang-up");
  unplug ();
  plug ();
  advance (1000);
  assert_seen ("starting|starting|");
  play ();
  assert_seen (APPEAR "ready|");
}

static void
test_back_off (void **state G_GNUC_UNUSED)
{
  static const guint seconds[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };

  make (FALSE);
  assert_seen ("present|starting|failed|");
  assert_reason ("no-port");
  for (gsize i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      advance (seconds[i] * 1000 - 1);
      assert_seen ("");
      advance (1);
      assert_seen ("starting|failed|");
    }
  plug ();
  mu_modem_retry (modem);
  assert_seen ("starting|starting|");
}

static void
test_not_a_tty (void **state G_GNUC_UNUSED)
{
  assert_true (g_file_set_contents (link_path, "", 0, NULL));
  make (TRUE);
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "failed");
  assert_reason ("port-error");
}

static void
test_port_busy (void **state G_GNUC_UNUSED)
{
  MuModem *second;

  plug ();
  make (FALSE);
  second = mu_modem_new (device, FALSE, &settings, &events, NULL);
  mu_modem_start (second);
  assert_string_equal (mu_modem_state_word (mu_modem_state (second)), "failed");
  mu_modem_free (second);
  play ();
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "ready");
}

static void
test_silent (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  for (int i = 0; i < 30; i++)
    {
      at_peer_expect (peer, "ATQ0V1E0");
      advance (3000);
    }
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "failed");
  assert_reason ("silent");
  advance (1000);
  play ();
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "ready");
}

/* The AT port comes after others, and has another name after a reset. */
static void
test_ports_come (void **state G_GNUC_UNUSED)
{
  mu_device_set_port (device, MU_PORT_PCUI, NULL);
  mu_device_set_port (device, MU_PORT_MODEM, "/dev/null");
  make (FALSE);
  assert_reason ("no-port");
  plug ();
  mu_device_set_port (device, MU_PORT_PCUI, link_path);
  mu_modem_device_changed (modem);
  play ();
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "ready");
  mu_device_set_port (device, MU_PORT_NET, "wwan0"); /* no reason to begin anew */
  mu_modem_device_changed (modem);
  at_peer_expect_nothing (peer);
  mu_device_set_port (device, MU_PORT_PCUI, NULL);
  mu_modem_device_changed (modem);
  assert_reason ("no-port");
}

static void
test_restart (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  play ();
  g_string_truncate (seen, 0);
  at_peer_say (peer, "\r\n^SYSSTART\r\n");
  assert_seen ("starting|");
  assert_reason ("restarted");
  play ();
  assert_seen ("ready|");
}

static void
test_sleep (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  play ();
  g_string_truncate (seen, 0);
  mu_modem_suspend (modem);
  mu_modem_suspend (modem);
  assert_seen ("suspended|");
  at_peer_expect_nothing (peer);
  mu_modem_resume (modem);
  mu_modem_resume (modem);
  play (); /* nothing is assumed */
  assert_seen (VANISH "starting|starting|" APPEAR "ready|");
}

/* The computer's port is powered again before it says that it is awake, and with it the module. */
static void
test_sleep_and_restart (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  play ();
  mu_modem_suspend (modem);
  g_string_truncate (seen, 0);
  at_peer_say (peer, "\r\n^SYSSTART\r\n");
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "suspended");
  at_peer_expect_nothing (peer);
  mu_modem_resume (modem);
  play ();
  assert_seen (VANISH "starting|starting|" APPEAR "ready|");
}

/* What was asked before it slept is answered after it: none of it is taken for what is asked then.
 */
static void
test_sleep_of_a_slow_module (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  at_peer_answer (peer, "ATQ0V1E0", "OK");
  at_peer_expect (peer, "AT+CFUN?");
  mu_modem_suspend (modem);
  mu_modem_resume (modem);
  at_peer_expect (peer, "ATQ0V1E0");
  at_peer_say (peer, "\r\n+CFUN: 1\r\n\r\nOK\r\n");
  at_peer_expect (peer, "AT+CFUN?;+CFUN?");
  at_peer_say (peer, "\r\nOK\r\n");
  at_peer_expect_nothing (peer);
  at_peer_say (peer, "\r\n+CFUN: 1\r\n\r\n+CFUN: 1\r\n\r\nOK\r\n");
  at_peer_play (peer, session_bed_usual, session_bed_n_usual);
  assert_seen ("present|starting|starting|suspended|starting|starting|" APPEAR "ready|");
}

/* The port goes while the computer sleeps, and comes back later than it wakes. */
static void
test_sleep_and_hangup (void **state G_GNUC_UNUSED)
{
  plug ();
  make (FALSE);
  play ();
  mu_modem_suspend (modem);
  unplug ();
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "suspended");
  mu_modem_resume (modem);
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "failed");
  plug ();
  advance (1000);
  play ();
  assert_string_equal (mu_modem_state_word (mu_modem_state (modem)), "ready");
}

static void
on_quiet (gpointer user_data)
{
  ++*(int *)user_data;
}

static void
test_quiet (void **state G_GNUC_UNUSED)
{
  int quiet = 0;

  plug ();
  make (FALSE);
  play ();
  mu_modem_quiet (modem, on_quiet, &quiet);
  at_peer_answer (peer, "AT^CURC=0", "OK");
  assert_int_equal (quiet, 1);
  mu_modem_quiet (modem, on_quiet, &quiet);
  at_peer_expect (peer, "AT^CURC=0");
  advance (500); /* it does not wait for long */
  assert_int_equal (quiet, 2);
}

/* It is unplugged while it is told. */
static void
test_quiet_unplugged (void **state G_GNUC_UNUSED)
{
  int quiet = 0;

  plug ();
  make (FALSE);
  play ();
  mu_modem_quiet (modem, on_quiet, &quiet);
  mu_modem_free (modem);
  modem = NULL;
  assert_int_equal (quiet, 1);
}

static void
test_quiet_without_line (void **state G_GNUC_UNUSED)
{
  int quiet = 0;

  make (FALSE);
  mu_modem_quiet (modem, on_quiet, &quiet);
  at_peer_settle ();
  assert_int_equal (quiet, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_life),
    TEST (test_locked),
    TEST (test_plugged_and_unplugged),
    TEST (test_hangup),
    TEST (test_back_off),
    TEST (test_not_a_tty),
    TEST (test_port_busy),
    TEST (test_silent),
    TEST (test_ports_come),
    TEST (test_restart),
    TEST (test_sleep),
    TEST (test_sleep_and_restart),
    TEST (test_sleep_of_a_slow_module),
    TEST (test_sleep_and_hangup),
    TEST (test_quiet),
    TEST (test_quiet_unplugged),
    TEST (test_quiet_without_line),
  };

  mu_log_init (MU_LOG_ERROR, FALSE);
  return cmocka_run_group_tests (tests, NULL, NULL);
}

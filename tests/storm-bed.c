/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* memfd_create() */
#include "storm-bed.h"

#include "mu-test.h"
#include "mu-timer.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define QUIET_US 150 /* what is under way in the kernel arrives within that, mostly */

Storm storm;

static GString *history;

/* ---- time ---- */

void
storm_turn (void)
{
  gint64 until = g_get_monotonic_time () + QUIET_US;

  while (g_get_monotonic_time () < until)
    while (g_main_context_iteration (NULL, FALSE))
      until = g_get_monotonic_time () + QUIET_US;
}

void
storm_pass (guint seconds)
{
  for (guint i = 0; i < seconds; i++)
    {
      sim_clock_advance (storm.module->clock, SIM_SECONDS (1));
      storm_turn ();
      mu_timer_advance (1000);
      storm_turn ();
    }
}

/* ---- trouble with a test is where it came from ---- */

void
storm_note (const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (history, format, args);
  va_end (args);
  g_string_append_c (history, '\n');
}

void
storm_check (gboolean good, const char *what)
{
  if (good)
    return;
  (void)fprintf (stderr, "%s\n", history->str);
  fail_msg ("%s", what);
}

void
storm_tell (const char *line)
{
  g_autofree char *answer = sim_control_do (storm.module, line);

  storm_note ("(%s: %s)", line, answer);
}

/* ---- dice ---- */

guint
storm_choose (const gboolean *chosen, gsize n)
{
  guint i;

  do
    i = (guint)g_rand_int_range (storm.dice, 0, (gint)n);
  while (!chosen[i]);
  return i;
}

void
storm_choose_some (gboolean *chosen, gsize n)
{
  static const double shares[] = { 0.1, 0.4, 1 };
  double              share = shares[g_rand_int_range (storm.dice, 0, G_N_ELEMENTS (shares))];

  for (gsize i = 0; i < n; i++)
    chosen[i] = g_rand_double (storm.dice) < share;
  chosen[g_rand_int_range (storm.dice, 0, (gint)n)] = TRUE;
}

/* ---- one storm ---- */

static void
on_service (MuModem *m G_GNUC_UNUSED, MuService *service G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_present (MuModem *m G_GNUC_UNUSED, gboolean present G_GNUC_UNUSED,
            gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_entered (MuModem *m, gpointer user_data G_GNUC_UNUSED)
{
  storm_note ("  -> %s %s", mu_modem_state_word (mu_modem_state (m)), mu_modem_reason (m));
}

static const MuModemEvents events = { on_present, on_service, on_service, on_entered };

/* A recording of a second's silence, and what everything can be written to. */
static GUnixFDList *
make_files (void)
{
  static const char frame[32] = { 0x3c };
  GUnixFDList      *list = g_unix_fd_list_new ();
  int fds[] = { memfd_create ("amr", MFD_CLOEXEC), open ("/dev/null", O_RDWR | O_CLOEXEC) };

  assert_int_equal (write (fds[0], "#!AMR\n", 6), 6);
  for (int i = 0; i < 50; i++)
    assert_int_equal (write (fds[0], frame, sizeof frame), sizeof frame);
  for (gsize i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      assert_true (g_unix_fd_list_append (list, fds[i], NULL) >= 0);
      close (fds[i]);
    }
  return list;
}

static void
remove_files (void)
{
  static const char *const names[]
      = { "messages.db", "messages.db-wal", "messages.db-shm", "sim-pins" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (storm.directory, names[i], NULL);

      g_unlink (path);
    }
  assert_int_equal (g_rmdir (storm.directory), 0);
}

void
storm_begin (guint32 seed)
{
  g_autofree char *pcui = NULL;
  SimConfig        config = { .seed = seed };

  storm.directory = g_dir_make_tmp ("mu-storm-XXXXXX", NULL);
  storm.outcome = g_string_new (NULL);
  history = g_string_new (NULL);
  pcui = g_build_filename (storm.directory, "pcui", NULL);
  config.directory = storm.directory;
  storm.dice = g_rand_new_with_seed (seed);
  storm_note ("seed %u", seed);
  storm.settings
      = (MuSettings){ .config = g_key_file_new (), .state_directory = g_strdup (storm.directory) };
  storm.settings.apn_list = g_strdup ("/nonexistent");
  if (g_rand_boolean (storm.dice))
    g_key_file_set_string (storm.settings.config, "sim", "pin", "1234");
  if (g_rand_boolean (storm.dice))
    g_key_file_set_boolean (storm.settings.config, "data", "auto-connect", TRUE);
  g_key_file_set_integer (storm.settings.config, "messaging", "retries",
                          g_rand_int_range (storm.dice, 0, 4));
  storm.waiting = g_ptr_array_new_with_free_func (g_free);
  storm.files = make_files ();
  storm.module = sim_module_new (&config);
  if (g_rand_boolean (storm.dice))
    storm_tell ("pin on");
  assert_true (sim_module_power_on (storm.module, NULL));
  storm.device = mu_device_new ("storm", "");
  mu_device_set_port (storm.device, MU_PORT_PCUI, pcui);
  mu_device_set_port (storm.device, MU_PORT_NET, "storm0");
  storm.modem = mu_modem_new (storm.device, FALSE, &storm.settings, &events, NULL);
  mu_modem_start (storm.modem);
}

void
storm_end (void)
{
  g_clear_pointer (&storm.modem, mu_modem_free);
  storm_check (storm.waiting->len == 0, "somebody was not answered");
  g_ptr_array_unref (storm.waiting);
  storm_check (mu_timer_n_running () == 0, "a timer runs on");
  mu_device_unref (storm.device);
  sim_module_free (storm.module);
  g_object_unref (storm.files);
  g_key_file_unref (storm.settings.config);
  g_free (storm.settings.state_directory);
  g_free (storm.settings.apn_list);
  g_rand_free (storm.dice);
  remove_files ();
  g_free (storm.directory);
  g_string_free (storm.outcome, TRUE);
  g_string_free (history, TRUE);
}

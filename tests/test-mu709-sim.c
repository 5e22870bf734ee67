/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The program itself: its command line, its line "ready", its control socket, D-Bus, its end. */
#define _GNU_SOURCE 1 /* mkdtemp() */
#include "mu-test.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *program, *manual;

typedef struct
{
  char             *directory;
  GSubprocess      *process;
  GDataInputStream *output;
} Fixture;

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  char     name[] = "/tmp/test-program-XXXXXX";

  assert_non_null (mkdtemp (name));
  self->directory = g_strdup (name);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  g_clear_object (&self->output);
  g_clear_object (&self->process);
  assert_int_equal (g_rmdir (self->directory), 0); /* nothing is left behind */
  g_free (self->directory);
  g_free (self);
  return 0;
}

/* What the program prints and how it ends. */
static char *
run (const Fixture *self, const char *option, const char *value, int status)
{
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, NULL,
                          program, "--directory", self->directory, option, value, NULL);
  char *output = NULL;

  assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  assert_int_equal (g_subprocess_get_exit_status (process), status);
  return output;
}

static void
start (Fixture *self, const char *option, const char *value)
{
  g_autofree char *line = NULL, *ready = g_strdup_printf ("mu709-sim: ready %s", self->directory);

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, program, "--directory",
                                    self->directory, option, value, NULL);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line = g_data_input_stream_read_line (self->output, NULL, NULL, NULL);
  assert_string_equal (line, ready);
}

static void
stop (Fixture *self, int signal)
{
  g_subprocess_send_signal (self->process, signal);
  assert_true (g_subprocess_wait (self->process, NULL, NULL));
  assert_true (g_subprocess_get_if_exited (self->process));
  assert_int_equal (g_subprocess_get_exit_status (self->process), 0);
}

static void
ask (const Fixture *self, const char *command, const char *answer_end)
{
  g_autofree char    *path = g_build_filename (self->directory, "pcui", NULL);
  g_autoptr (GString) heard = g_string_new (NULL);
  int                 fd = open (path, O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct pollfd       wait = { .fd = fd, .events = POLLIN };
  char                bytes[256];

  assert_true (fd >= 0);
  assert_int_equal (write (fd, command, strlen (command)), strlen (command));
  while (!g_str_has_suffix (heard->str, answer_end))
    {
      gssize n = 0;

      assert_int_equal (poll (&wait, 1, 10000), 1);
      n = read (fd, bytes, sizeof bytes);
      assert_true (n > 0);
      g_string_append_len (heard, bytes, n);
    }
  close (fd);
}

static void
test_life (void **state)
{
  Fixture *self = *state;

  start (self, "--setup", "set-imei 123456789012345");
  ask (self, "AT+CGSN\r", "\r\n123456789012345\r\n\r\nOK\r\n");
  ask (self, "ATE0\r", "OK\r\n"); /* another host */
  stop (self, SIGTERM);
}

static void
test_tell (void **state)
{
  Fixture         *self = *state;
  g_autofree char *told = NULL, *refused = NULL, *gone = NULL, *busy = NULL;

  start (self, "--speed", "100");
  told = run (self, "--tell", "state speed", 0);
  assert_string_equal (told, "ok 100\n");
  refused = run (self, "--tell", "dance", 1);
  assert_non_null (strstr (refused, "error no such verb: dance"));
  busy = run (self, "--speed", "1", 1); /* the directory has a simulator */
  assert_non_null (strstr (busy, "a simulator listens there"));
  ask (self, "AT\r", "OK\r\n");
  stop (self, SIGINT);
  gone = run (self, "--tell", "help", 1);
  assert_true (g_str_has_prefix (gone, "mu709-sim: "));
}

static void
test_command_line (void **state)
{
  static const char *const wrong[][2] = {
    { "--speed", "-1" },         { "--speed", "1e9" }, { "--setup", "dance" },
    { "--log", "/nowhere/log" }, { "--dance", "" },    { "word", "word" },
  };
  Fixture *self = *state;

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *output = run (self, wrong[i][0], wrong[i][1], 1);

      assert_true (g_str_has_prefix (output, "mu709-sim: "));
    }
}

/* The manual has every verb. */
static void
test_manual (void **state)
{
  Fixture         *self = *state;
  g_autofree char *help = NULL, *text = NULL;
  g_auto (GStrv)   lines = NULL;

  assert_true (g_file_get_contents (manual, &text, NULL, NULL));
  start (self, "--speed", "0");
  help = run (self, "--tell", "help", 0);
  lines = g_strsplit (g_strchomp (help), "\n", -1);
  assert_true (g_strv_length (lines) > 30);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv)   words = g_strsplit_set (lines[i], " :", 2);
      g_autofree char *item = g_strdup_printf (".It Cm %s", words[0]);

      if (strstr (text, item) == NULL)
        fail_msg ("%s is not in the manual", words[0]);
    }
  stop (self, SIGTERM);
}

/* On a bus of our own. */
static void
test_bus (void **state)
{
  Fixture                    *self = *state;
  g_autoptr (GTestDBus)       bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GVariant)        reply = NULL;
  const char                 *answer;
  g_autofree char            *daemon = g_find_program_in_path ("dbus-daemon");

  if (daemon == NULL)
    skip ();
  g_test_dbus_up (bus);
  start (self, "--seed", "7");
  connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  reply = g_dbus_connection_call_sync (connection, "org.mu709.Simulator1", "/org/mu709/simulator",
                                       "org.mu709.Simulator1", "Do",
                                       g_variant_new ("(s)", "state power"), G_VARIANT_TYPE ("(s)"),
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL);
  assert_non_null (reply);
  g_variant_get (reply, "(&s)", &answer);
  assert_string_equal (answer, "ok on");
  g_dbus_connection_close_sync (connection, NULL, NULL);
  g_test_dbus_stop (bus); /* it lives on without one */
  ask (self, "AT\r", "OK\r\n");
  stop (self, SIGTERM);
}

#define WITH_DIRECTORY(test) cmocka_unit_test_setup_teardown (test, setup, teardown)

int
main (int argc G_GNUC_UNUSED, char **argv)
{
  const struct CMUnitTest tests[] = {
    WITH_DIRECTORY (test_life),   WITH_DIRECTORY (test_tell), WITH_DIRECTORY (test_command_line),
    WITH_DIRECTORY (test_manual), WITH_DIRECTORY (test_bus),
  };

  program = argv[1];
  manual = argv[2];
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  return cmocka_run_group_tests (tests, NULL, NULL);
}

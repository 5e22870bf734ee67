/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "ppp-options.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define assert_error(error, word) assert_string_equal (mu_error_word (error), word)

#define PPPD "/usr/sbin/pppd"

static const PppRequest card = { PPP_AUTH_CHAP, 700, "card", "secret" };

static char **
options_for (const PppRequest *request)
{
  return ppp_options (PPPD, request, "/dev/ttyUSB0", "/run/mu709-ppp/ttyUSB0", 0, NULL);
}

static gboolean
has (char **options, const char *option)
{
  return g_strv_contains ((const char *const *)options, option);
}

static const char *
value_of (char **options, const char *option)
{
  while (*options != NULL && !g_str_equal (*options, option))
    options++;
  return *options != NULL ? options[1] : NULL;
}

static void
test_what_the_request_chooses (void **state G_GNUC_UNUSED)
{
  g_auto (GStrv) chap = options_for (&card);
  g_auto (GStrv) pap = options_for (&(PppRequest){ .auth = PPP_AUTH_PAP });
  g_auto (GStrv) none = options_for (&(PppRequest){ 0 });

  assert_string_equal (chap[0], PPPD);
  assert_string_equal (chap[1], "/dev/ttyUSB0");
  assert_string_equal (value_of (chap, "user"), "card");
  assert_string_equal (value_of (chap, "defaultroute-metric"), "700");
  assert_true (has (chap, "defaultroute") && has (chap, "refuse-pap"));
  assert_false (has (chap, "refuse-chap"));
  assert_true (has (pap, "refuse-chap") && has (pap, "nodefaultroute"));
  assert_false (has (pap, "refuse-pap") || has (pap, "defaultroute"));
  assert_string_equal (value_of (none, "user"), "");
  assert_false (has (none, "refuse-pap") || has (none, "refuse-chap"));
}

/* A command line is for everybody to read. */
static void
test_no_password (void **state G_GNUC_UNUSED)
{
  g_auto (GStrv)   options = options_for (&card);
  g_autofree char *line = g_strjoinv (" ", options);

  assert_null (strstr (line, "secret"));
}

/* Whatever the user is called is one word behind "user". */
static void
test_user_is_no_option (void **state G_GNUC_UNUSED)
{
  PppRequest     request = { .user = "connect" };
  g_auto (GStrv) plain = options_for (&(PppRequest){ 0 });
  g_auto (GStrv) options = NULL;

  g_strlcpy (request.user, "x connect /bin/sh plugin evil.so", sizeof request.user);
  options = options_for (&request);
  assert_int_equal (g_strv_length (options), g_strv_length (plain));
  assert_string_equal (value_of (options, "user"), request.user);
}

static void
test_paths (void **state G_GNUC_UNUSED)
{
  static const char *const ttys[] = {
    "ttyUSB0", "", "/etc/passwd", "/dev/../etc/passwd", "/dev/tty USB0", "/dev/tty;reboot",
  };
  static const char *const directories[] = { "", "run", "/run/../etc", "/run/a b", "/run/$(x)" };
  g_autoptr (GError)       error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ttys); i++)
    {
      assert_null (ppp_options (PPPD, &card, ttys[i], "/run/x", 0, &error));
      assert_error (error, "InvalidArgument");
      g_clear_error (&error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (directories); i++)
    assert_null (ppp_options (PPPD, &card, "/dev/ttyUSB0", directories[i], 0, NULL));
}

/* ---- the real pppd ---- */

/* The password is in the pipe before anybody reads it, or does not. */
static int
password_fd (void)
{
  int ends[2];

  assert_int_equal (pipe (ends), 0);
  assert_int_equal (write (ends[1], "secret\n", 7), 7);
  close (ends[1]);
  return ends[0];
}

/* Runs it on a pseudo-terminal.  What it says goes to *ret_output. */
static int
run_pppd (char **options, char **ret_output)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) pppd = NULL;

  g_subprocess_launcher_take_stdin_fd (launcher, password_fd ());
  pppd = g_subprocess_launcher_spawnv (launcher, (const char *const *)options, NULL);
  assert_non_null (pppd);
  assert_true (g_subprocess_communicate_utf8 (pppd, NULL, NULL, ret_output, NULL, NULL));
  return g_subprocess_get_exit_status (pppd);
}

/* 2 is what it says to an option that it does not know; 4 that the kernel has no PPP, which it
 * looks for after it has read them all; 0 that it has printed them. */
static void
test_pppd_takes_them (void **state G_GNUC_UNUSED)
{
  char name[64];
  int  master, slave;

  if (geteuid () != 0 || !g_file_test (PPPD, G_FILE_TEST_IS_EXECUTABLE))
    {
      print_message ("SKIPPED: it takes root and Debian's package ppp\n");
      skip ();
    }
  assert_int_equal (openpty (&master, &slave, name, NULL, NULL), 0);
  for (PppAuth auth = PPP_AUTH_NONE; auth <= PPP_AUTH_CHAP; auth++)
    {
      PppRequest       request = { .auth = auth, .metric = auth == PPP_AUTH_PAP ? 0 : 700 };
      g_auto (GStrv)   options = ppp_options (PPPD, &request, name, "/run/x", 0, NULL);
      guint            n = g_strv_length (options);
      g_autofree char *output = NULL;
      int              status;

      options = g_renew (char *, options, n + 2);
      options[n] = g_strdup ("dryrun");
      options[n + 1] = NULL;
      status = run_pppd (options, &output);
      if (status != 0 && status != 4)
        fail_msg ("pppd %d: %s", status, output);
      g_free (options[n]);
      options[n] = g_strdup ("no-such-option"); /* and it does look at them */
      g_clear_pointer (&output, g_free);
      assert_int_equal (run_pppd (options, &output), 2);
    }
  close (master);
  close (slave);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_what_the_request_chooses), cmocka_unit_test (test_no_password),
    cmocka_unit_test (test_user_is_no_option),        cmocka_unit_test (test_paths),
    cmocka_unit_test (test_pppd_takes_them),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-pppd.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* pppd as our child; tests/pppd-stand-in is its part. */

#define PATIENCE_US (20 * G_USEC_PER_SEC)
#define NO_TTY      "/dev/no-such-tty"

static const char *stand_in;
static char       *directory;
static GString    *seen;
static MuPppd     *pppd;

static void
on_up (const MuPppdLink *link, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "up %s %s %s %s %s|", link->interface, link->address, link->peer,
                          link->dns[0], link->dns[1]);
}

static void
on_ended (const GError *why, gpointer user_data G_GNUC_UNUSED)
{
  g_string_append_printf (seen, "ended %s|", why != NULL ? mu_error_word (why) : "well");
}

static const MuPppdEvents events = { on_up, on_ended };

static void
start (const char *what)
{
  static const PppRequest request = { PPP_AUTH_PAP, 700, "card", "secret" };

  g_setenv ("PPPD_STAND_IN", what, TRUE);
  pppd = mu_pppd_start (NO_TTY, &request, directory, &events, NULL);
  assert_int_equal (seen->len, 0); /* never from inside */
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
wait_for (const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (strstr (seen->str, text) == NULL)
    {
      assert_true (g_get_monotonic_time () < end);
      run_for (5);
    }
}

static char *
note (const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  char            *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static void
wait_for_note (const char *name, const char *text)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (TRUE)
    {
      g_autofree char *now = note (name);

      if (strstr (now, text) != NULL)
        return;
      assert_true (g_get_monotonic_time () < end);
      run_for (5);
    }
}

static gboolean
lives (void)
{
  g_autofree char *pid = note ("pid");

  return kill (atoi (pid), 0) == 0;
}

static void
wait_for_end (void)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (lives ())
    {
      assert_true (g_get_monotonic_time () < end);
      run_for (5);
    }
}

static int
set_up (void **state G_GNUC_UNUSED)
{
  directory = g_dir_make_tmp ("mu709-pppd-XXXXXX", NULL);
  seen = g_string_new (NULL);
  g_setenv ("MU709D_PPPD", stand_in, TRUE);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  static const char *const names[] = { "request", "tty", "pid", "log", "up", "up.new" };

  g_clear_pointer (&pppd, mu_pppd_free);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (directory, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
  g_clear_pointer (&directory, g_free);
  g_string_free (seen, TRUE);
  return 0;
}

static void
test_up_and_down (void **state G_GNUC_UNUSED)
{
  g_autofree char *request = NULL;
  g_autofree char *tty = NULL;

  start ("up");
  wait_for ("up ");
  assert_string_equal (seen->str, "up ppp7 10.64.64.2 10.64.64.1 10.64.64.53 10.64.64.54|");
  request = note ("request");
  assert_string_equal (request, "mu709-ppp 1\nauth pap\nmetric 700\nuser card\npassword secret\n");
  tty = note ("tty");
  assert_string_equal (tty, NO_TTY "\n");
  mu_pppd_stop (pppd);
  mu_pppd_stop (pppd);
  wait_for ("ended well|");
  wait_for_note ("log", "term\n");
  assert_false (lives ());
  run_for (50);
  assert_true (g_str_has_suffix (seen->str, "54|ended well|"));
}

static void
test_statuses (void **state)
{
  static const char *const rows[][2] = {
    { "16", "ended NoCarrier|" },   { "19", "ended AuthenticationFailed|" },
    { "4", "ended NotSupported|" }, { "0", "ended NoCarrier|" },
    { "77", "ended Failed|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      start (rows[i][0]);
      wait_for ("ended");
      assert_string_equal (seen->str, rows[i][1]);
      mu_pppd_stop (pppd); /* too late */
      tear_down (state);
      set_up (state);
    }
}

static void
test_killed (void **state G_GNUC_UNUSED)
{
  g_autofree char *pid = NULL;

  start ("up");
  wait_for ("up ");
  pid = note ("pid");
  assert_int_equal (kill (atoi (pid), SIGKILL), 0);
  wait_for ("ended Aborted|");
}

/* What a former run has left is not this one's. */
static void
test_old_addresses (void **state G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (directory, "up", NULL);

  assert_true (g_file_set_contents (path, "interface ppp0\naddress 1.2.3.4\n", -1, NULL));
  start ("19");
  wait_for ("ended");
  mu_timer_advance (1000);
  run_for (50);
  assert_string_equal (seen->str, "ended AuthenticationFailed|");
}

/* 15 s after it was asked. */
static void
test_deaf (void **state G_GNUC_UNUSED)
{
  start ("deaf");
  wait_for ("up ");
  mu_pppd_stop (pppd);
  wait_for_note ("log", "deaf");
  mu_timer_advance (14000);
  run_for (50);
  assert_true (lives ());
  mu_timer_advance (1100);
  wait_for ("ended well|");
  assert_false (lives ());
}

/* It is told to end, and nobody hears of it. */
static void
test_freed (void **state G_GNUC_UNUSED)
{
  start ("up");
  wait_for ("up ");
  g_string_truncate (seen, 0);
  g_clear_pointer (&pppd, mu_pppd_free);
  wait_for_note ("log", "term");
  wait_for_end ();
  run_for (50);
  assert_int_equal (seen->len, 0);
}

static void
test_freed_deaf (void **state G_GNUC_UNUSED)
{
  start ("deaf");
  wait_for ("up ");
  g_clear_pointer (&pppd, mu_pppd_free);
  wait_for_note ("log", "deaf");
  mu_timer_advance (15000);
  wait_for_end ();
}

static void
test_cannot_start (void **state G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  g_setenv ("MU709D_PPPD", "/no/such/program", TRUE);
  assert_false (mu_pppd_check (&error));
  assert_string_equal (mu_error_word (error), "NotSupported");
  start ("up");
  wait_for ("ended Failed|");
}

static void
test_no_directory (void **state G_GNUC_UNUSED)
{
  pppd = mu_pppd_start (NO_TTY, &(PppRequest){ 0 }, NULL, &events, NULL);
  wait_for ("ended Failed|");
}

static void
test_bad_request (void **state G_GNUC_UNUSED)
{
  PppRequest request = { .user = "a\nb" };

  pppd = mu_pppd_start (NO_TTY, &request, directory, &events, NULL);
  wait_for ("ended InvalidCharacters|");
}

/* pppd does not outlive us, not even when we are killed. */
static void
test_dies_with_parent (void **state G_GNUC_UNUSED)
{
  const char *program = g_getenv ("MU709_PPPD");
  const char *words = "mu709-ppp 1\nauth none\nmetric 0\nuser \npassword \n";
  int         fds[2], status;
  pid_t       parent;

  assert_int_equal (pipe (fds), 0);
  parent = fork ();
  if (parent == 0)
    {
      if (fork () == 0)
        {
          dup2 (fds[0], STDIN_FILENO);
          close (fds[1]);
          execl (program, program, "--die-with-parent", "--pppd", stand_in, "--directory",
                 directory, NO_TTY, NULL);
          _exit (1);
        }
      close (fds[1]); /* else there is no end of the request */
      pause ();
      _exit (0);
    }
  assert_int_equal (write (fds[1], words, strlen (words)), strlen (words));
  close (fds[0]);
  close (fds[1]);
  wait_for_note ("up", "ppp7");
  assert_int_equal (kill (parent, SIGKILL), 0);
  assert_int_equal (waitpid (parent, &status, 0), parent);
  wait_for_note ("log", "term");
}

/* Whatever stands in the file, what is taken from it is an interface and addresses. */
static void
test_odd_links (void **state G_GNUC_UNUSED)
{
  g_autofree char *path = g_build_filename (directory, "up", NULL);
  g_autofree char *huge = g_strnfill (5000, 'x');
  MuPppdLink       link;

  assert_false (mu_pppd_read_link (directory, &link));
  g_file_set_contents (path, "", -1, NULL);
  assert_false (mu_pppd_read_link (directory, &link));
  g_file_set_contents (path, huge, -1, NULL);
  assert_false (mu_pppd_read_link (directory, &link));
  g_file_set_contents (path, "interface a-name-that-is-too-long\n", -1, NULL);
  assert_false (mu_pppd_read_link (directory, &link));
  g_file_set_contents (path, "interface \xff\n", -1, NULL);
  assert_false (mu_pppd_read_link (directory, &link));
  g_file_set_contents (path,
                       "what\naddress x\naddress 10.0.0.1\ndns \ndns ::1\ninterface ppp0\n"
                       "dns 9.9.9.9\ndns 1.1.1.1\ndns 8.8.8.8",
                       -1, NULL);
  assert_true (mu_pppd_read_link (directory, &link));
  assert_string_equal (link.interface, "ppp0");
  assert_string_equal (link.address, "10.0.0.1");
  assert_string_equal (link.peer, "");
  assert_string_equal (link.dns[0], "9.9.9.9");
  assert_string_equal (link.dns[1], "1.1.1.1");
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    TEST (test_up_and_down),
    TEST (test_statuses),
    TEST (test_killed),
    TEST (test_old_addresses),
    TEST (test_deaf),
    TEST (test_freed),
    TEST (test_freed_deaf),
    TEST (test_cannot_start),
    TEST (test_no_directory),
    TEST (test_bad_request),
    TEST (test_dies_with_parent),
    TEST (test_odd_links),
  };

  if (argc < 2)
    return EXIT_FAILURE;
  stand_in = argv[1];
  return cmocka_run_group_tests (tests, NULL, NULL);
}

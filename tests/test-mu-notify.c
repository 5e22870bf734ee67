/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-notify.h"
#include "mu-test.h"

#include <glib.h>
#include <glib/gstdio.h>

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int   fd;
static char *name;

static int
set_up (void **state G_GNUC_UNUSED)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autofree char   *pid = g_strdup_printf ("%d", (int)getpid ());

  name = g_strdup_printf ("%s/mu-notify-%s", g_get_tmp_dir (), pid);
  g_strlcpy (address.sun_path, name, sizeof address.sun_path);
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  assert_int_equal (bind (fd, (struct sockaddr *)&address, sizeof address), 0);
  g_setenv ("NOTIFY_SOCKET", name, TRUE);
  g_setenv ("WATCHDOG_PID", pid, TRUE);
  g_setenv ("WATCHDOG_USEC", "20000", TRUE);
  return 0;
}

static int
tear_down (void **state G_GNUC_UNUSED)
{
  close (fd);
  g_unlink (name);
  g_free (name);
  return 0;
}

static void
assert_told (const char *expected)
{
  char    text[256] = "";
  ssize_t n = recv (fd, text, sizeof text - 1, 0);

  assert_true (n >= 0);
  assert_true (g_str_has_prefix (text, expected));
}

static gboolean
quit (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
test_life (void **state G_GNUC_UNUSED)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  char                  byte;

  mu_notify_ready ();
  assert_told ("READY=1");
  mu_notify_status ("usb_2_1 ready");
  assert_told ("STATUS=usb_2_1 ready");
  g_timeout_add (50, quit, loop);
  g_main_loop_run (loop);
  assert_told ("WATCHDOG=1");
  while (recv (fd, &byte, 1, 0) >= 0)
    ;
  mu_notify_reloading ();
  assert_told ("RELOADING=1\nMONOTONIC_USEC=");
  mu_notify_ready ();
  assert_told ("READY=1");
  mu_notify_stopping ();
  assert_told ("STOPPING=1");
  g_timeout_add (50, quit, loop);
  g_main_loop_run (loop);
  assert_true (recv (fd, &byte, 1, 0) < 0); /* nobody feeds the watchdog any more */
}

int
main (void)
{
  const struct CMUnitTest tests[]
      = { cmocka_unit_test_setup_teardown (test_life, set_up, tear_down) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

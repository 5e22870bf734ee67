/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* mkdtemp() */
#include "mu-test.h"
#include "sim-pty.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#ifndef TIOCGEXCL
#define TIOCGEXCL _IOR ('T', 0x40, int)
#endif

typedef struct
{
  char    *directory, *link;
  SimPty  *pty;
  GString *received;
  int      closed, hung_up;
} Fixture;

static void
on_bytes (gpointer fixture, const char *bytes, gsize n_bytes)
{
  g_string_append_len (((Fixture *)fixture)->received, bytes, (gssize)n_bytes);
}

static void
on_closed (gpointer fixture)
{
  ((Fixture *)fixture)->closed++;
}

static void
on_hung_up (gpointer fixture)
{
  Fixture *self = fixture;

  self->hung_up++;
  g_clear_pointer (&self->pty, sim_pty_free);
}

static const SimPtyHandlers handlers = { on_bytes, on_closed, on_hung_up };

static int
setup (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  char     name[] = "/tmp/test-pty-XXXXXX";

  assert_non_null (mkdtemp (name));
  self->directory = g_strdup (name);
  self->link = g_build_filename (name, "pcui", NULL);
  self->received = g_string_new (NULL);
  self->pty = sim_pty_new (self->link, &handlers, self, NULL);
  assert_non_null (self->pty);
  *state = self;
  return 0;
}

static int
teardown (void **state)
{
  Fixture *self = *state;

  sim_pty_free (self->pty);
  assert_int_equal (g_rmdir (self->directory), 0);
  g_string_free (self->received, TRUE);
  g_free (self->link);
  g_free (self->directory);
  g_free (self);
  return 0;
}

static int
open_host (const Fixture *self)
{
  int fd = open (self->link, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

  assert_true (fd >= 0);
  return fd;
}

static void
say (int fd, const char *text)
{
  assert_int_equal (write (fd, text, strlen (text)), strlen (text));
}

static void
wait_for (const int *what, int value)
{
  while (*what < value)
    g_main_context_iteration (NULL, TRUE);
}

static void
receive (Fixture *self, const char *text)
{
  while (self->received->len < strlen (text))
    g_main_context_iteration (NULL, TRUE);
  assert_string_equal (self->received->str, text);
  g_string_truncate (self->received, 0);
}

/* All that can be read now or comes within a moment. */
static gsize
drain (int fd)
{
  struct pollfd wait = { .fd = fd, .events = POLLIN };
  char          bytes[4096];
  gsize         total = 0;
  gssize        n;

  while (poll (&wait, 1, 20) > 0 && (n = read (fd, bytes, sizeof bytes)) > 0)
    total += (gsize)n;
  return total;
}

static void
test_both_ways (void **state)
{
  Fixture *self = *state;
  int      fd = open_host (self);

  say (fd, "AT\r\n\x11\x13\x03\xff");
  receive (self, "AT\r\n\x11\x13\x03\xff"); /* raw: nothing is special */
  sim_pty_write (self->pty, "\r\nOK\r\n", 6);
  assert_int_equal (drain (fd), 6);
  close (fd);
  wait_for (&self->closed, 1);
}

/* The next host finds a new terminal, however the last one left it. */
static void
test_next_host (void **state)
{
  Fixture       *self = *state;
  struct termios mode;
  int            fd = open_host (self), exclusive = -1;

  assert_int_equal (tcgetattr (fd, &mode), 0);
  mode.c_lflag |= ICANON; /* not ECHO: it would talk to us */
  cfsetspeed (&mode, B9600);
  assert_int_equal (tcsetattr (fd, TCSANOW, &mode), 0);
  assert_int_equal (sim_pty_baud (self->pty), 9600);
  assert_int_equal (ioctl (fd, TIOCEXCL), 0);
  sim_pty_write (self->pty, "stale", 5);
  say (fd, "last words");
  close (fd);
  wait_for (&self->closed, 1);
  receive (self, "last words");

  fd = open_host (self);
  assert_int_equal (ioctl (fd, TIOCGEXCL, &exclusive), 0);
  assert_int_equal (exclusive, 0);
  assert_int_equal (tcgetattr (fd, &mode), 0);
  assert_int_equal (mode.c_lflag & ICANON, 0);
  assert_int_equal (sim_pty_baud (self->pty), 115200);
  assert_int_equal (drain (fd), 0);
  say (fd, "AT\r");
  receive (self, "AT\r");
  close (fd);
  wait_for (&self->closed, 2);
}

/* Two descriptors are one host: only the last close counts. */
static void
test_two_descriptors (void **state)
{
  Fixture *self = *state;
  int      a = open_host (self), b = open_host (self);

  close (a);
  say (b, "AT\r");
  receive (self, "AT\r");
  assert_int_equal (self->closed, 0);
  close (b);
  wait_for (&self->closed, 1);
}

static void
test_unread_does_not_block (void **state)
{
  Fixture         *self = *state;
  g_autofree char *much = g_strnfill (50000, 'x');
  int              fd = open_host (self);

  for (int i = 0; i < 20; i++)
    sim_pty_write (self->pty, much, 50000); /* a million, unread */
  say (fd, "AT\r");
  receive (self, "AT\r");
  for (gsize total = 0; total < 65536;)
    {
      gsize n = drain (fd);

      assert_true (n > 0);
      total += n;
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
  close (fd);
  wait_for (&self->closed, 1);
}

/* Every byte arrives before the hang-up does. */
static void
test_hang_up (void **state)
{
  Fixture      *self = *state;
  int           fd = open_host (self);
  struct pollfd wait = { .fd = fd, .events = POLLIN };
  char          bytes[8];

  sim_pty_write (self->pty, "12345", 5);
  sim_pty_hang_up (self->pty);
  sim_pty_write (self->pty, "6", 1);
  for (int i = 0; i < 10; i++)
    g_main_context_iteration (NULL, TRUE);
  assert_int_equal (self->hung_up, 0); /* it is not read yet */
  assert_int_equal (poll (&wait, 1, 1000), 1);
  assert_int_equal (read (fd, bytes, sizeof bytes), 5);
  wait_for (&self->hung_up, 1);
  assert_int_equal (poll (&wait, 1, 1000), 1);
  assert_true ((wait.revents & POLLHUP) != 0);
  assert_true (read (fd, bytes, sizeof bytes) <= 0);
  assert_false (g_file_test (self->link, G_FILE_TEST_IS_SYMLINK));
  close (fd);
}

static void
test_links (void **state)
{
  Fixture           *self = *state;
  g_autoptr (GError) error = NULL;
  SimPty            *other = sim_pty_new (self->link, &handlers, self, &error);

  assert_non_null (other); /* a link that is there is taken for a dead one's */
  sim_pty_free (other);
  assert_true (g_file_set_contents (self->link, "a file", -1, NULL));
  assert_null (sim_pty_new (self->link, &handlers, self, &error));
  assert_non_null (strstr (error->message, self->link));
  assert_int_equal (g_unlink (self->link), 0);
}

#define WITH_PTY(test) cmocka_unit_test_setup_teardown (test, setup, teardown)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_PTY (test_both_ways),       WITH_PTY (test_next_host),
    WITH_PTY (test_two_descriptors), WITH_PTY (test_unread_does_not_block),
    WITH_PTY (test_hang_up),         WITH_PTY (test_links),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

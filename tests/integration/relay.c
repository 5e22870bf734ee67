/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "relay.h"

#include "../mu-test.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define QUIET_US 100000

struct Relay
{
  char    *link;
  int      daemon_end; /* the master */
  int      slave;      /* held open: the line does not hang up with the daemon */
  int      module_end;
  int      stop[2];
  GThread *thread;

  GMutex   mutex; /* for all that follows */
  GPid     daemon;
  gsize    limit;
  guint    delay_us;
  gsize    passed;
  int      last_from;
  gint64   last_time;
  gboolean killed;
  GArray  *turns;
};

static void
set_raw (int fd)
{
  struct termios raw;

  assert_int_equal (tcgetattr (fd, &raw), 0);
  cfmakeraw (&raw);
  assert_int_equal (tcsetattr (fd, TCSANOW, &raw), 0);
}

static void
kill_daemon (Relay *self)
{
  if (self->delay_us > 0)
    g_usleep (self->delay_us);
  kill (self->daemon, SIGKILL);
  self->daemon = 0;
  self->killed = TRUE;
}

static void
pass (Relay *self, int from, int to)
{
  char   bytes[1024];
  gsize  allowed;
  gssize n = read (from, bytes, sizeof bytes);

  if (n <= 0)
    return;
  g_mutex_lock (&self->mutex);
  if (self->last_from != from && self->passed > 0)
    g_array_append_val (self->turns, self->passed);
  self->last_from = from;
  self->last_time = g_get_monotonic_time ();
  allowed = self->daemon != 0 ? MIN ((gsize)n, self->limit - self->passed) : (gsize)n;
  self->passed += allowed;
  (void)!write (to, bytes, allowed);
  if (self->daemon != 0 && self->passed == self->limit)
    kill_daemon (self);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run (gpointer user_data)
{
  Relay        *self = user_data;
  struct pollfd fds[] = {
    { .fd = self->stop[0], .events = POLLIN },
    { .fd = self->daemon_end, .events = POLLIN },
    { .fd = self->module_end, .events = POLLIN },
  };

  while (poll (fds, G_N_ELEMENTS (fds), -1) > 0 && fds[0].revents == 0)
    {
      if (fds[1].revents != 0)
        pass (self, self->daemon_end, self->module_end);
      if (fds[2].revents != 0)
        pass (self, self->module_end, self->daemon_end);
    }
  return NULL;
}

Relay *
relay_new (const char *link, const char *port)
{
  Relay *self = g_new0 (Relay, 1);

  self->link = g_strdup (link);
  g_mutex_init (&self->mutex);
  self->turns = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->daemon_end = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  assert_true (self->daemon_end >= 0);
  assert_int_equal (grantpt (self->daemon_end), 0);
  assert_int_equal (unlockpt (self->daemon_end), 0);
  assert_int_equal (symlink (ptsname (self->daemon_end), link), 0);
  self->slave = open (link, O_RDWR | O_NOCTTY | O_CLOEXEC);
  self->module_end = open (port, O_RDWR | O_NOCTTY | O_CLOEXEC);
  assert_true (self->slave >= 0 && self->module_end >= 0);
  set_raw (self->slave);
  set_raw (self->module_end);
  assert_int_equal (pipe (self->stop), 0);
  self->thread = g_thread_new ("relay", run, self);
  return self;
}

void
relay_free (Relay *self)
{
  assert_int_equal (write (self->stop[1], "", 1), 1);
  g_thread_join (self->thread);
  close (self->daemon_end);
  close (self->slave);
  close (self->module_end);
  close (self->stop[0]);
  close (self->stop[1]);
  unlink (self->link);
  g_array_unref (self->turns);
  g_mutex_clear (&self->mutex);
  g_free (self->link);
  g_free (self);
}

void
relay_arm (Relay *self, GPid daemon, gsize n_bytes, guint delay_us)
{
  g_mutex_lock (&self->mutex);
  self->daemon = daemon;
  self->limit = n_bytes;
  self->delay_us = delay_us;
  self->passed = 0;
  self->killed = FALSE;
  g_array_set_size (self->turns, 0);
  g_mutex_unlock (&self->mutex);
}

gboolean
relay_has_killed (Relay *self)
{
  gboolean killed;

  g_mutex_lock (&self->mutex);
  killed = self->killed;
  g_mutex_unlock (&self->mutex);
  if (killed)
    ioctl (self->slave, TIOCNXCL); /* as if the daemon's end had closed it */
  return killed;
}

gboolean
relay_is_quiet (Relay *self)
{
  gboolean quiet;

  g_mutex_lock (&self->mutex);
  quiet = self->passed > 0 && g_get_monotonic_time () - self->last_time > QUIET_US;
  g_mutex_unlock (&self->mutex);
  return quiet;
}

GArray *
relay_disarm (Relay *self)
{
  GArray *turns;

  g_mutex_lock (&self->mutex);
  self->daemon = 0;
  turns = g_array_copy (self->turns);
  g_array_append_val (turns, self->passed);
  g_mutex_unlock (&self->mutex);
  return turns;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* kill() */
#include "sim-ppp-program.h"

#include "mu-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_UNSENT 65536u

struct SimPppProgram
{
  SimPppHandlers handlers;
  gpointer       user_data;
  GPid           pid; /* 0: it has exited */
  int            fd;  /* of the link */
  guint          reading, writing, watch;
  GByteArray    *unsent;
};

/* its bytes */

static gboolean
on_readable (gint fd, GIOCondition condition G_GNUC_UNUSED, gpointer program)
{
  SimPppProgram *self = program;
  guint8         bytes[4096];
  gssize         n = read (fd, bytes, sizeof bytes);

  if (n > 0)
    {
      self->handlers.carried (self->user_data, 0, (gsize)n);
      self->handlers.send (self->user_data, bytes, (gsize)n);
      return G_SOURCE_CONTINUE;
    }
  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  self->reading = 0;
  return G_SOURCE_REMOVE;
}

static void
send_unsent (SimPppProgram *self)
{
  gssize n = send (self->fd, self->unsent->data, self->unsent->len, MSG_NOSIGNAL);

  if (n < 0 && errno != EAGAIN && errno != EINTR)
    n = (gssize)self->unsent->len; /* nobody wants it any more */
  if (n > 0)
    g_byte_array_remove_range (self->unsent, 0, (guint)n);
}

static gboolean
on_writable (gint fd G_GNUC_UNUSED, GIOCondition condition G_GNUC_UNUSED, gpointer program)
{
  SimPppProgram *self = program;

  send_unsent (self);
  if (self->unsent->len > 0)
    return G_SOURCE_CONTINUE;
  self->writing = 0;
  return G_SOURCE_REMOVE;
}

void
sim_ppp_program_input (SimPppProgram *self, const guint8 *bytes, gsize n_bytes)
{
  self->handlers.carried (self->user_data, n_bytes, 0);
  n_bytes = MIN (n_bytes, MAX_UNSENT - self->unsent->len); /* the rest is lost, as on a line */
  g_byte_array_append (self->unsent, bytes, (guint)n_bytes);
  if (self->writing != 0 || self->unsent->len == 0)
    return;
  send_unsent (self);
  if (self->unsent->len > 0)
    self->writing = g_unix_fd_add (self->fd, G_IO_OUT, on_writable, self);
}

/* its life */

static void
on_exited (GPid pid, gint status G_GNUC_UNUSED, gpointer program)
{
  SimPppProgram *self = program;

  g_spawn_close_pid (pid);
  self->pid = 0;
  self->watch = 0;
  self->handlers.ended (self->user_data);
}

static void
on_reaped (GPid pid, gint status G_GNUC_UNUSED, gpointer nothing G_GNUC_UNUSED)
{
  g_spawn_close_pid (pid);
}

void
sim_ppp_program_terminate (SimPppProgram *self)
{
  if (self->pid != 0)
    (void)kill (self->pid, SIGTERM);
}

void
sim_ppp_program_free (SimPppProgram *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->reading, g_source_remove);
  g_clear_handle_id (&self->writing, g_source_remove);
  g_clear_handle_id (&self->watch, g_source_remove);
  sim_ppp_program_terminate (self);
  if (self->pid != 0)
    (void)g_child_watch_add (self->pid, on_reaped, NULL);
  if (self->fd >= 0)
    (void)close (self->fd);
  g_byte_array_unref (self->unsent);
  g_free (self);
}

/* pppd(8): on standard input, without modem lines, and silent until the host begins (guide 4.2) */
static gboolean
start (SimPppProgram *self, const char *path, const SimApn *access, int far_fd, GError **error)
{
  g_autofree char  *addresses = g_strdup_printf ("%s:%s", access->gateway, access->address);
  const char *const argv[] = { path,         "notty",  "nodetach",       "noauth",  "local",
                               "nocrtscts",  "silent", "nodefaultroute", addresses, "ms-dns",
                               access->dns1, "ms-dns", access->dns2,     NULL };

  return g_spawn_async_with_fds (NULL, (char **)argv, NULL,
                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, NULL, NULL,
                                 &self->pid, far_fd, far_fd, -1, error);
}

SimPppProgram *
sim_ppp_program_new (const char *path, const SimApn *access, const SimPppHandlers *handlers,
                     gpointer user_data, GError **error)
{
  SimPppProgram *self = g_new0 (SimPppProgram, 1);
  int            fds[2] = { -1, -1 };
  gboolean       started;

  self->handlers = *handlers;
  self->user_data = user_data;
  self->unsent = g_byte_array_new ();
  started = socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) == 0;
  self->fd = fds[0];
  if (!started)
    (void)mu_fail (error, MU_ERROR_FAILED, "no socket: %s", g_strerror (errno));
  else
    {
      (void)fcntl (self->fd, F_SETFL, O_NONBLOCK);
      started = start (self, path, access, fds[1], error);
      (void)close (fds[1]);
    }
  if (!started)
    {
      sim_ppp_program_free (self);
      return NULL;
    }
  self->reading = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP, on_readable, self);
  self->watch = g_child_watch_add (self->pid, on_exited, self);
  return self;
}

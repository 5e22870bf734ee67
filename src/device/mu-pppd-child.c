/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* memfd_create() */
#include "mu-pppd-private.h"

#include "mu-error.h"
#include "mu-timer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* pppd as a child of ours.  It gets SIGTERM when we end, however we end (--die-with-parent). */

#define KILL_MS 15000 /* the peer may be silent, and pppd asks it three times to end the link */

typedef struct
{
  MuPppd      *pppd;    /* NULL: nobody wants to know any more */
  GSubprocess *process; /* NULL: it has ended, or was never started */
  MuTimer      kill_timer;
  GError      *failure;
  guint        failed_id;
  gboolean     waiting; /* on_exited() will come */
} Child;

static void
child_release (Child *self)
{
  if (self->pppd != NULL || self->waiting)
    return;
  g_clear_handle_id (&self->failed_id, g_source_remove);
  g_clear_error (&self->failure);
  mu_timer_clear (&self->kill_timer);
  g_clear_object (&self->process);
  g_free (self);
}

static void
on_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child       *self = user_data;
  GSubprocess *process = G_SUBPROCESS (source);
  MuPppd      *pppd = self->pppd;

  (void)g_subprocess_wait_finish (process, result, NULL);
  self->waiting = FALSE;
  mu_timer_stop (&self->kill_timer);
  if (pppd == NULL)
    child_release (self);
  else
    mu_pppd_exited (
        pppd, g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1);
}

static gboolean
on_failed (gpointer user_data)
{
  Child             *self = user_data;
  g_autoptr (GError) why = g_steal_pointer (&self->failure);

  self->failed_id = 0;
  mu_pppd_failed (self->pppd, why);
  return G_SOURCE_REMOVE;
}

/* What a former run has left would be taken for the link's. */
static gboolean
clean_directory (const char *directory, GError **error)
{
  g_autofree char *up = g_build_filename (directory, "up", NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0 || (g_unlink (up) != 0 && errno != ENOENT))
    return mu_fail (error, MU_ERROR_FAILED, "%s: %s", directory, g_strerror (errno));
  return TRUE;
}

/* A file in memory: nothing of it is on a disk, and it takes the text at once. */
static int
request_fd (const char *text, GError **error)
{
  int fd = memfd_create ("mu709-ppp", MFD_CLOEXEC);

  if (fd >= 0 && write (fd, text, strlen (text)) == (gssize)strlen (text)
      && lseek (fd, 0, SEEK_SET) == 0)
    return fd;
  (void)mu_fail (error, MU_ERROR_FAILED, "No memory file: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

static GSubprocess *
spawn (const char *directory, const char *tty, const char *text, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  int fd;

  if (directory == NULL)
    {
      (void)mu_fail (error, MU_ERROR_FAILED, "There is no directory for what pppd leaves");
      return NULL;
    }
  if (!clean_directory (directory, error) || (fd = request_fd (text, error)) < 0)
    return NULL;
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  return g_subprocess_launcher_spawn (launcher, error, mu_pppd_program (), "--die-with-parent",
                                      "--directory", directory, tty, NULL);
}

static void
on_kill_time (gpointer user_data)
{
  Child *self = user_data;

  g_subprocess_force_exit (self->process);
}

static gpointer
child_start (MuPppd *pppd, const char *tty, const char *text)
{
  Child *self = g_new0 (Child, 1);

  self->pppd = pppd;
  mu_timer_init (&self->kill_timer, on_kill_time, self);
  self->process = spawn (mu_pppd_directory (pppd), tty, text, &self->failure);
  if (self->process == NULL)
    {
      self->failed_id = g_idle_add (on_failed, self);
      return self;
    }
  self->waiting = TRUE;
  g_subprocess_wait_async (self->process, NULL, on_exited, self);
  return self;
}

static void
child_stop (gpointer run)
{
  Child *self = run;

  if (!self->waiting || mu_timer_is_running (&self->kill_timer))
    return;
  g_subprocess_send_signal (self->process, SIGTERM);
  mu_timer_start (&self->kill_timer, KILL_MS);
}

static void
child_free (gpointer run)
{
  Child *self = run;

  self->pppd = NULL;
  child_release (self);
}

const MuPppdBackend mu_pppd_child = { child_start, child_stop, child_free };

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-file.h"

#include "mu-error.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct MuFile
{
  GInputStream  *in; /* one of the two */
  GOutputStream *out;
  MuFileDone     done; /* NULL: freed, the thread is still at it */
  gpointer       user_data;
  GCancellable  *cancellable;
  guint8         bytes[MU_FILE_CHUNK]; /* the thread's, while there is one */
  gsize          n;
};

static void
clear (gpointer data)
{
  MuFile *self = data;

  g_clear_object (&self->in);
  g_clear_object (&self->out);
  g_clear_object (&self->cancellable);
}

/* ---- the thread ---- */

static void
work (GTask *task, gpointer source G_GNUC_UNUSED, gpointer data, GCancellable *cancellable)
{
  MuFile *self = data;
  GError *error = NULL;
  gssize  n = (gssize)self->n;

  if (self->in != NULL)
    n = g_input_stream_read (self->in, self->bytes, sizeof self->bytes, cancellable, &error);
  else if (!g_output_stream_write_all (self->out, self->bytes, self->n, NULL, cancellable, &error))
    n = -1;
  if (n < 0)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, n);
}

static void
on_worked (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer user_data)
{
  MuFile            *self = user_data;
  g_autoptr (GError) why = NULL;
  g_autoptr (GError) error = NULL;
  gssize             n = g_task_propagate_int (G_TASK (result), &why);

  if (n < 0)
    error = g_error_new_literal (MU_ERROR, MU_ERROR_FAILED, why->message);
  if (self->done != NULL)
    self->done (self->bytes, n < 0 ? 0 : (gsize)n, error, self->user_data);
  g_atomic_rc_box_release_full (self, clear);
}

static void
begin (MuFile *self)
{
  g_autoptr (GTask) task
      = g_task_new (NULL, self->cancellable, on_worked, g_atomic_rc_box_acquire (self));

  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, work);
}

/* ---- life ---- */

static gboolean
is_open (int fd, MuFileWay way)
{
  int mode = fcntl (fd, F_GETFL);

  if (mode < 0)
    return FALSE;
  return (mode & O_ACCMODE) == O_RDWR
         || (mode & O_ACCMODE) == (way == MU_FILE_IN ? O_RDONLY : O_WRONLY);
}

MuFile *
mu_file_new (int fd, MuFileWay way, MuFileDone done, gpointer user_data, GError **error)
{
  MuFile *self;

  if (!is_open (fd, way))
    {
      mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "The file descriptor cannot be %s",
               way == MU_FILE_IN ? "read" : "written");
      (void)close (fd);
      return NULL;
    }
  self = g_atomic_rc_box_new0 (MuFile);
  if (way == MU_FILE_IN)
    self->in = g_unix_input_stream_new (fd, TRUE);
  else
    self->out = g_unix_output_stream_new (fd, TRUE);
  self->cancellable = g_cancellable_new ();
  self->done = done;
  self->user_data = user_data;
  return self;
}

void
mu_file_free (MuFile *self)
{
  self->done = NULL;
  g_cancellable_cancel (self->cancellable);
  g_atomic_rc_box_release_full (self, clear);
}

void
mu_file_read (MuFile *self)
{
  begin (self);
}

void
mu_file_write (MuFile *self, const guint8 *bytes, gsize n)
{
  g_assert (n <= sizeof self->bytes);
  memcpy (self->bytes, bytes, n);
  self->n = n;
  begin (self);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* posix_openpt() and its kin */
#include "sim-pty.h"

#include "mu-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define MAX_UNSENT 65536u
#define MAX_READS  16 /* in a row, before the main loop looks at anything else */

/* The kernel moves written bytes to the reader's side a moment later: only so many looks in a row
 * at an empty queue tell that the host has read them. */
#define HANG_UP_LOOKS     5
#define HANG_UP_LOOKS_MAX 2000
#define HANG_UP_LOOK_MS   1

#define LAST_CLOSE_MS 2 /* waited in vain where a second host stays */

struct SimPty
{
  char          *link;
  char           name[64]; /* of the slave */
  SimPtyHandlers handlers;
  gpointer       user_data;
  struct termios raw;
  int            master, slave;
  int            notify, watch; /* inotify, of closes of the slave; -1: the kernel has no more */
  GSource       *source;
  gpointer       master_tag, notify_tag; /* notify_tag: NULL without inotify */
  GByteArray    *unsent;
  guint          hang_up_source, looks, empty_looks;
};

typedef struct
{
  speed_t code;
  guint   baud;
} Baud;

/* The rates of guide 3.1. */
/* clang-format off */
static const Baud bauds[] = {
  { B9600, 9600 },
  { B19200, 19200 },
  { B38400, 38400 },
  { B57600, 57600 },
  { B115200, 115200 },
  { B230400, 230400 },
  { B460800, 460800 },
  { B921600, 921600 },
};
/* clang-format on */

guint
sim_pty_baud (const SimPty *self)
{
  struct termios now;

  if (tcgetattr (self->slave, &now) == 0)
    for (gsize i = 0; i < G_N_ELEMENTS (bauds); i++)
      if (bauds[i].code == cfgetospeed (&now))
        return bauds[i].baud;
  return 0;
}

gboolean
sim_pty_rate_is_0 (const SimPty *self)
{
  struct termios now;

  return tcgetattr (self->slave, &now) == 0 && cfgetospeed (&now) == B0;
}

static void
make_raw (SimPty *self)
{
  cfmakeraw (&self->raw);
  (void)cfsetspeed (&self->raw, B115200);
}

/* bytes in, bytes out */

static void
watch_master (SimPty *self)
{
  GIOCondition when = self->unsent->len > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN;

  if (self->hang_up_source != 0)
    when = self->unsent->len > 0 ? G_IO_OUT : 0;
  g_source_modify_unix_fd (self->source, self->master_tag, when);
}

static void
send_unsent (SimPty *self)
{
  gssize n = 0;

  if (self->unsent->len > 0)
    n = write (self->master, self->unsent->data, self->unsent->len);
  if (n > 0)
    g_byte_array_remove_range (self->unsent, 0, (guint)n);
  watch_master (self);
}

void
sim_pty_write (SimPty *self, const char *bytes, gsize n_bytes)
{
  gssize n = 0;

  if (self->hang_up_source != 0)
    return;
  if (self->unsent->len == 0)
    n = write (self->master, bytes, n_bytes);
  if (n < 0)
    n = 0;
  if ((gsize)n == n_bytes)
    return;
  n_bytes = MIN (n_bytes - (gsize)n, MAX_UNSENT - self->unsent->len);
  g_byte_array_append (self->unsent, (const guint8 *)bytes + n, (guint)n_bytes);
  watch_master (self);
}

static void
receive (SimPty *self)
{
  char   bytes[4096];
  gssize n;

  for (int i = 0; i < MAX_READS && self->hang_up_source == 0; i++)
    {
      n = read (self->master, bytes, sizeof bytes);
      if (n <= 0)
        return;
      self->handlers.bytes (self->user_data, bytes, (gsize)n);
      if (n < (gssize)sizeof bytes)
        return; /* that was all */
    }
}

/* hosts come and go */

static void
watch_closes (SimPty *self)
{
  if (self->notify >= 0)
    self->watch = inotify_add_watch (self->notify, self->name, IN_CLOSE);
}

/* The kernel counts who has the slave open, but tells only the master of nobody: so let go of it
 * for a moment.  We do not hear of our own close, and hear of every one that comes after the look.
 */
static gboolean
has_host (SimPty *self)
{
  struct pollfd look = { .fd = self->master }; /* for POLLHUP */
  int           exclusive = 0;

  (void)ioctl (self->slave, TIOCGEXCL, &exclusive);
  (void)ioctl (self->slave, TIOCNXCL); /* else we cannot open it again */
  (void)inotify_rm_watch (self->notify, self->watch);
  (void)close (self->slave);
  watch_closes (self);
  (void)poll (&look, 1, LAST_CLOSE_MS);
  self->slave = ioctl (self->master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if ((look.revents & POLLHUP) != 0)
    return FALSE;
  if (exclusive)
    (void)ioctl (self->slave, TIOCEXCL);
  return TRUE;
}

static void
host_gone (SimPty *self)
{
  receive (self); /* its last words */
  self->handlers.closed (self->user_data);
  g_byte_array_set_size (self->unsent, 0);
  watch_master (self);
  (void)tcsetattr (self->slave, TCSANOW, &self->raw);
  (void)tcflush (self->slave, TCIFLUSH);
}

static void
read_notifications (SimPty *self)
{
  struct inotify_event events[64]; /* a watched file's events carry no name: all of one size */
  gssize               n = read (self->notify, events, sizeof events);
  gboolean             closed = FALSE;

  for (gssize i = 0; i < n / (gssize)sizeof events[0]; i++)
    closed |= (events[i].mask & (IN_CLOSE | IN_Q_OVERFLOW)) != 0;
  if (closed && !has_host (self))
    host_gone (self);
}

static gboolean
pty_dispatch (GSource *source, GSourceFunc callback G_GNUC_UNUSED, gpointer pty)
{
  SimPty *self = pty;

  send_unsent (self);
  receive (self);
  if (self->notify_tag != NULL && g_source_query_unix_fd (source, self->notify_tag) != 0)
    read_notifications (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs pty_funcs = { .dispatch = pty_dispatch };

static gboolean
never_called (gpointer pty G_GNUC_UNUSED)
{
  g_assert_not_reached ();
}

/* hang up */

static gboolean
look_for_unread (gpointer user_data)
{
  SimPty *self = user_data;
  int     unread = 0;

  send_unsent (self);
  (void)ioctl (self->slave, FIONREAD, &unread);
  self->empty_looks = unread == 0 && self->unsent->len == 0 ? self->empty_looks + 1 : 0;
  if (self->empty_looks < HANG_UP_LOOKS && ++self->looks < HANG_UP_LOOKS_MAX)
    return G_SOURCE_CONTINUE;
  self->hang_up_source = 0;
  self->handlers.hung_up (self->user_data);
  return G_SOURCE_REMOVE;
}

void
sim_pty_hang_up (SimPty *self)
{
  if (self->hang_up_source != 0)
    return;
  self->hang_up_source = g_timeout_add (HANG_UP_LOOK_MS, look_for_unread, self);
  watch_master (self);
}

gboolean
sim_pty_is_hanging_up (const SimPty *self)
{
  return self->hang_up_source != 0;
}

/* life */

static gboolean
place_link (const SimPty *self, GError **error)
{
  if (g_file_test (self->link, G_FILE_TEST_IS_SYMLINK))
    (void)unlink (self->link); /* of one that was killed */
  if (symlink (self->name, self->link) != 0)
    return mu_fail (error, MU_ERROR_FAILED, "%s: %s", self->link, g_strerror (errno));
  return TRUE;
}

static gboolean
open_pair (SimPty *self, GError **error)
{
  self->master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (self->master < 0 || grantpt (self->master) != 0 || unlockpt (self->master) != 0
      || ptsname_r (self->master, self->name, sizeof self->name) != 0)
    return mu_fail (error, MU_ERROR_FAILED, "no pseudo-terminal: %s", g_strerror (errno));
  self->slave = open (self->name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (self->slave < 0 || tcgetattr (self->slave, &self->raw) != 0)
    return mu_fail (error, MU_ERROR_FAILED, "%s: %s", self->name, g_strerror (errno));
  make_raw (self);
  (void)tcsetattr (self->slave, TCSANOW, &self->raw);
  return TRUE;
}

static void
watch (SimPty *self)
{
  self->source = g_source_new (&pty_funcs, sizeof (GSource));
  self->master_tag = g_source_add_unix_fd (self->source, self->master, G_IO_IN);
  self->notify = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (self->notify >= 0)
    {
      watch_closes (self);
      self->notify_tag = g_source_add_unix_fd (self->source, self->notify, G_IO_IN);
    }
  g_source_set_callback (self->source, never_called, self, NULL);
  g_source_attach (self->source, NULL);
}

SimPty *
sim_pty_new (const char *link, const SimPtyHandlers *handlers, gpointer user_data, GError **error)
{
  SimPty *self = g_new0 (SimPty, 1);

  self->link = g_strdup (link);
  self->handlers = *handlers;
  self->user_data = user_data;
  self->master = self->slave = self->notify = -1;
  self->unsent = g_byte_array_new ();
  if (!open_pair (self, error) || !place_link (self, error))
    {
      sim_pty_free (self);
      return NULL;
    }
  watch (self);
  return self;
}

static void
close_fd (int fd)
{
  if (fd >= 0)
    (void)close (fd);
}

void
sim_pty_free (SimPty *self)
{
  if (self == NULL)
    return;
  if (self->source != NULL)
    {
      (void)unlink (self->link);
      g_source_destroy (self->source);
      g_source_unref (self->source);
    }
  g_clear_handle_id (&self->hang_up_source, g_source_remove);
  close_fd (self->master); /* first: it is what hangs the host up */
  close_fd (self->slave);
  close_fd (self->notify);
  g_byte_array_unref (self->unsent);
  g_free (self->link);
  g_free (self);
}

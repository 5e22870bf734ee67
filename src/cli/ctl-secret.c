/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-secret.h"

#include "ctl-error.h"

#include <glib-unix.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRET 128 /* longer than what any of them may be, so that the daemon says so */

typedef struct
{
  char     text[MAX_SECRET];
  gsize    len;
  gboolean done;
  int      problem; /* errno; 0: none */
} Line;

void
ctl_secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* One byte at a time: what comes after the line belongs to whoever reads next. */
static gboolean
on_input (int fd, GIOCondition condition G_GNUC_UNUSED, gpointer user_data)
{
  Line  *line = user_data;
  char   c;
  gssize n = read (fd, &c, 1);

  line->problem = n < 0 ? errno : 0;
  line->done = n != 1 || c == '\n';
  if (!line->done && line->len + 1 < sizeof line->text)
    line->text[line->len++] = c;
  return line->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Waits in the main loop, where a signal can end it, so that the echo comes back. */
static char *
read_line (Ctl *ctl, int fd, const char *what, GError **error)
{
  Line  line = { 0 };
  guint id = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, &line);
  char *secret = NULL;

  while (!line.done && !g_cancellable_is_cancelled (ctl->interrupted))
    g_main_context_iteration (NULL, TRUE);
  if (!line.done)
    {
      g_source_remove (id);
      ctl_fail (error, CTL_ERROR_INTERRUPTED, "Interrupted");
    }
  else if (line.problem != 0)
    ctl_fail (error, CTL_ERROR_FAILED, "The %s cannot be read: %s", what,
              g_strerror (line.problem));
  else if (line.len == 0)
    ctl_fail (error, CTL_ERROR_USAGE, "No %s was given", what);
  else if (!g_utf8_validate (line.text, (gssize)line.len, NULL))
    ctl_fail (error, CTL_ERROR_USAGE, "The %s is not valid UTF-8", what);
  else
    secret = g_strdup (line.text);
  explicit_bzero (&line, sizeof line);
  return secret;
}

static char *
ask_once (Ctl *ctl, const char *what, const char *again, GError **error)
{
  struct termios before, silent;
  gboolean       is_terminal = tcgetattr (STDIN_FILENO, &before) == 0;
  char          *secret;

  if (!is_terminal)
    return read_line (ctl, STDIN_FILENO, what, error);
  silent = before;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  (void)tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent); /* first: somebody may type at once */
  g_printerr ("%s%s: ", what, again);
  secret = read_line (ctl, STDIN_FILENO, what, error);
  (void)tcsetattr (STDIN_FILENO, TCSADRAIN, &before);
  g_printerr ("\n");
  return secret;
}

char *
ctl_secret_ask (Ctl *ctl, const char *what, gboolean is_new, GError **error)
{
  char    *secret = ask_once (ctl, what, "", error);
  char    *again;
  gboolean same;

  if (secret == NULL || !is_new || !isatty (STDIN_FILENO))
    return secret;
  again = ask_once (ctl, what, " again", error);
  same = again != NULL && g_str_equal (secret, again);
  if (again != NULL && !same)
    ctl_fail (error, CTL_ERROR_USAGE, "They are not the same");
  ctl_secret_free (again);
  if (!same)
    g_clear_pointer (&secret, ctl_secret_free);
  return secret;
}

char *
ctl_secret_read (Ctl *ctl, const char *file, const char *what, GError **error)
{
  int   fd;
  char *secret;

  if (g_str_equal (file, "-"))
    return ctl_secret_ask (ctl, what, FALSE, error);
  fd = open (file, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0)
    {
      ctl_fail (error, CTL_ERROR_FAILED, "%s: %s", file, g_strerror (errno));
      return NULL;
    }
  secret = read_line (ctl, fd, what, error);
  (void)close (fd);
  return secret;
}

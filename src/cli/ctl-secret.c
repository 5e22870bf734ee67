/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-secret.h"

#include "ctl-error.h"

#include <glib-unix.h>

#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRET 64

typedef struct
{
  char     text[MAX_SECRET];
  gsize    len;
  gboolean done;
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
  Line *line = user_data;
  char  c;

  line->done = read (fd, &c, 1) != 1 || c == '\n';
  if (!line->done && line->len + 1 < sizeof line->text)
    line->text[line->len++] = c;
  return line->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Waits in the main loop, where a signal can end it, so that the echo comes back. */
static char *
read_line (Ctl *ctl, const char *what, GError **error)
{
  Line  line = { 0 };
  guint id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, &line);
  char *secret = NULL;

  while (!line.done && !g_cancellable_is_cancelled (ctl->interrupted))
    g_main_context_iteration (NULL, TRUE);
  if (!line.done)
    {
      g_source_remove (id);
      ctl_fail (error, CTL_ERROR_INTERRUPTED, "Interrupted");
    }
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
    return read_line (ctl, what, error);
  silent = before;
  silent.c_lflag &= ~(tcflag_t)ECHO;
  (void)tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent); /* first: somebody may type at once */
  g_printerr ("%s%s: ", what, again);
  secret = read_line (ctl, what, error);
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

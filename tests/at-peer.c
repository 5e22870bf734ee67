/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-peer.h"
#include "mu-test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATIENCE_US (20 * G_USEC_PER_SEC)

struct AtPeer
{
  int         fd; /* -1: cut */
  GString    *heard;
  gsize       said;
  gsize       cut_after;
  gsize       insert_at;
  const char *insert;
};

static AtPeer *
peer_alloc (void)
{
  AtPeer *self = g_new0 (AtPeer, 1);

  self->heard = g_string_new (NULL);
  self->cut_after = self->insert_at = G_MAXSIZE;
  return self;
}

AtPeer *
at_peer_new (int *ret_fd)
{
  AtPeer *self = peer_alloc ();
  int     fds[2];

  (void)signal (SIGPIPE, SIG_IGN);
  assert_int_equal (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds), 0);
  self->fd = fds[0];
  *ret_fd = fds[1];
  return self;
}

AtPeer *
at_peer_new_tty (const char *link)
{
  AtPeer *self = peer_alloc ();

  self->fd = posix_openpt (O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  assert_true (self->fd >= 0);
  assert_int_equal (grantpt (self->fd), 0);
  assert_int_equal (unlockpt (self->fd), 0);
  assert_int_equal (symlink (ptsname (self->fd), link), 0);
  return self;
}

void
at_peer_free (AtPeer *self)
{
  at_peer_hang_up (self);
  g_string_free (self->heard, TRUE);
  g_free (self);
}

void
at_peer_hang_up (AtPeer *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

void
at_peer_settle (void)
{
  for (int i = 0; i < 3; i++)
    while (g_main_context_iteration (NULL, FALSE))
      ;
}

static void
hear (AtPeer *self)
{
  char    buffer[1024];
  ssize_t n;

  while (self->fd >= 0 && (n = read (self->fd, buffer, sizeof buffer)) > 0)
    g_string_append_len (self->heard, buffer, n);
}

/* The next thing written; what: that is waited for. */
static char *
wait_for (AtPeer *self, const char *what)
{
  gint64 deadline = g_get_monotonic_time () + PATIENCE_US;
  char  *said;
  gsize  len;

  for (;;)
    {
      hear (self);
      len = strcspn (self->heard->str, "\r\x1a\x1b");
      if (self->heard->str[len] != '\0')
        break;
      if (g_get_monotonic_time () > deadline)
        fail_msg ("waited for '%s', heard '%s'", what, self->heard->str);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (100);
    }
  said = g_strndup (self->heard->str, len + (self->heard->str[len] != '\r'));
  g_string_erase (self->heard, 0, (gssize)len + 1);
  return said;
}

void
at_peer_expect (AtPeer *self, const char *command)
{
  g_autofree char *said = wait_for (self, command);

  assert_string_equal (said, command);
}

void
at_peer_expect_nothing (AtPeer *self)
{
  at_peer_settle ();
  hear (self);
  assert_string_equal (self->heard->str, "");
}

void
at_peer_cut_after (AtPeer *self, gsize n)
{
  self->cut_after = n;
}

void
at_peer_insert_at (AtPeer *self, gsize n, const char *text)
{
  self->insert_at = n;
  self->insert = text;
}

gsize
at_peer_said (AtPeer *self)
{
  return self->said;
}

static void
put (AtPeer *self, const char *text, gsize len)
{
  if (self->fd >= 0 && len > 0)
    assert_int_equal (write (self->fd, text, len), len);
}

void
at_peer_say (AtPeer *self, const char *text)
{
  gsize len = strlen (text);
  gsize event = MIN (self->insert_at, self->cut_after);
  gsize before = MIN (len, event - MIN (self->said, event));

  put (self, text, before);
  self->said += before;
  if (self->said == self->cut_after)
    at_peer_hang_up (self);
  if (self->said == self->insert_at)
    {
      put (self, self->insert, strlen (self->insert));
      self->insert_at = G_MAXSIZE;
    }
  put (self, text + before, len - before);
  self->said += len - before;
  at_peer_settle ();
}

static void
say_framed (AtPeer *self, const char *lines)
{
  g_auto (GStrv)      parts = g_strsplit (lines, "|", -1);
  g_autoptr (GString) framed = g_string_new (NULL);

  for (char **part = parts; *part != NULL; part++)
    g_string_append_printf (framed, "\r\n%s\r\n", *part);
  at_peer_say (self, framed->str);
}

void
at_peer_answer (AtPeer *self, const char *command, const char *lines)
{
  at_peer_expect (self, command);
  say_framed (self, lines);
}

static const char *
find_row (const AtPeerRow *rows, gsize n_rows, const char *command)
{
  for (gsize i = 0; i < n_rows; i++)
    if (g_str_equal (rows[i].command, command))
      return rows[i].lines;
  return "ERROR";
}

char *
at_peer_hear (AtPeer *self)
{
  char *command;
  gsize len;

  at_peer_settle ();
  hear (self);
  len = strcspn (self->heard->str, "\r\x1a\x1b");
  if (self->heard->str[len] == '\0')
    return NULL;
  command = g_strndup (self->heard->str, len + (self->heard->str[len] != '\r'));
  g_string_erase (self->heard, 0, (gssize)len + 1);
  return command;
}

void
at_peer_play_one (AtPeer *self, const char *command, const AtPeerRow *rows, gsize n_rows)
{
  say_framed (self, find_row (rows, n_rows, command));
}

void
at_peer_play (AtPeer *self, const AtPeerRow *rows, gsize n_rows)
{
  for (;;)
    {
      g_autofree char *command = at_peer_hear (self);

      if (command == NULL)
        return;
      at_peer_play_one (self, command, rows, n_rows);
    }
}

void
at_peer_sync (AtPeer *self)
{
  at_peer_answer (self, "ATQ0V1E0", "OK");
  at_peer_answer_marker (self);
}

void
at_peer_answer_marker (AtPeer *self)
{
  g_autofree char    *said = wait_for (self, "a marker");
  g_auto (GStrv)      queries = g_strsplit (said, ";", -1);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (char **query = queries; *query != NULL; query++)
    {
      assert_string_equal (*query, query == queries ? "AT+CFUN?" : "+CFUN?");
      g_string_append (lines, "+CFUN: 1|");
    }
  g_string_append (lines, "OK");
  say_framed (self, lines->str);
}

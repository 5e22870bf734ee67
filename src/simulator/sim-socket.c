/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* accept4() */
#include "sim-socket.h"

#include "mu-error.h"
#include "sim-control.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define MAX_CLIENTS 32u
#define MAX_LINE    65536u

struct SimSocket
{
  SimModule *module;
  char      *path;
  int        fd;
  guint      source;
  GPtrArray *clients;
};

typedef struct
{
  SimSocket *socket;
  int        fd;
  guint      source;
  GString   *input;
} Client;

/* clients */

static void
client_free (gpointer client)
{
  Client *self = client;

  g_source_remove (self->source);
  (void)close (self->fd);
  g_string_free (self->input, TRUE);
  g_free (self);
}

/* The answers are short: a client that does not take one in time is not waited for. */
static gboolean
answer (Client *self, const char *line)
{
  g_autofree char *text = sim_control_do (self->socket->module, line);
  g_autofree char *framed = g_strconcat (text, "\n", NULL);
  gsize            length = strlen (framed);

  return send (self->fd, framed, length, MSG_DONTWAIT | MSG_NOSIGNAL) == (gssize)length;
}

static gboolean
answer_lines (Client *self, gboolean ended)
{
  char *end;

  while ((end = strchr (self->input->str, '\n')) != NULL
         || (ended && self->input->len > 0 && (end = self->input->str + self->input->len) != NULL))
    {
      gsize            length = (gsize)(end - self->input->str);
      g_autofree char *line = g_strndup (self->input->str, length);

      g_string_erase (self->input, 0, (gssize)MIN (length + 1, self->input->len));
      if (!answer (self, line))
        return FALSE;
    }
  return !ended && self->input->len <= MAX_LINE;
}

static gboolean
on_readable (gint fd, GIOCondition condition G_GNUC_UNUSED, gpointer client)
{
  Client *self = client;
  char    bytes[4096];
  gssize  n = recv (fd, bytes, sizeof bytes, MSG_DONTWAIT);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  for (gssize i = 0; i < n; i++)
    if (bytes[i] != '\0' && bytes[i] != '\r')
      g_string_append_c (self->input, bytes[i]);
  if (!answer_lines (self, n <= 0))
    g_ptr_array_remove_fast (self->socket->clients, self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_connection (gint fd, GIOCondition condition G_GNUC_UNUSED, gpointer socket)
{
  SimSocket *self = socket;
  Client    *client;
  int        accepted = accept4 (fd, NULL, NULL, SOCK_CLOEXEC);

  if (accepted < 0)
    return G_SOURCE_CONTINUE;
  if (self->clients->len == MAX_CLIENTS)
    {
      (void)close (accepted);
      return G_SOURCE_CONTINUE;
    }
  client = g_new (Client, 1);
  *client = (Client){ .socket = self, .fd = accepted, .input = g_string_new (NULL) };
  client->source = g_unix_fd_add (accepted, G_IO_IN | G_IO_HUP, on_readable, client);
  g_ptr_array_add (self->clients, client);
  return G_SOURCE_CONTINUE;
}

/* the socket */

static gboolean
make_address (const char *path, struct sockaddr_un *ret_address, GError **error)
{
  *ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  if (g_strlcpy (ret_address->sun_path, path, sizeof ret_address->sun_path)
      >= sizeof ret_address->sun_path)
    return mu_fail (error, MU_ERROR_TOO_LONG, "%s: too long for a socket", path);
  return TRUE;
}

/* The connected socket; -1: error is set. */
static int
connect_to (const char *path, GError **error)
{
  struct sockaddr_un address;
  int                fd;

  if (!make_address (path, &address, error))
    return -1;
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect (fd, (struct sockaddr *)&address, sizeof address) == 0)
    return fd;
  mu_fail (error, MU_ERROR_GONE, "%s: %s", path, g_strerror (errno));
  if (fd >= 0)
    (void)close (fd);
  return -1;
}

static gboolean
listen_at (SimSocket *self, GError **error)
{
  struct sockaddr_un address;
  int                other = connect_to (self->path, NULL);

  if (other >= 0)
    {
      (void)close (other);
      return mu_fail (error, MU_ERROR_BUSY, "%s: a simulator listens there", self->path);
    }
  if (!make_address (self->path, &address, error))
    return FALSE;
  (void)unlink (self->path);
  self->fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (self->fd < 0 || bind (self->fd, (struct sockaddr *)&address, sizeof address) != 0
      || listen (self->fd, 8) != 0)
    return mu_fail (error, MU_ERROR_FAILED, "%s: %s", self->path, g_strerror (errno));
  self->source = g_unix_fd_add (self->fd, G_IO_IN, on_connection, self);
  return TRUE;
}

SimSocket *
sim_socket_new (SimModule *module, const char *path, GError **error)
{
  SimSocket *self = g_new (SimSocket, 1);

  *self = (SimSocket){ .module = module, .path = g_strdup (path), .fd = -1 };
  self->clients = g_ptr_array_new_with_free_func (client_free);
  if (listen_at (self, error))
    return self;
  sim_socket_free (self);
  return NULL;
}

void
sim_socket_free (SimSocket *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->clients);
  if (self->source != 0)
    {
      g_source_remove (self->source);
      (void)unlink (self->path);
    }
  if (self->fd >= 0)
    (void)close (self->fd);
  g_free (self->path);
  g_free (self);
}

/* the other end */

char *
sim_socket_tell (const char *path, const char *line, GError **error)
{
  GString *text = g_string_new (line);
  int      fd = connect_to (path, error);
  char     bytes[4096];
  gssize   n;

  if (fd < 0)
    {
      g_string_free (text, TRUE);
      return NULL;
    }
  g_string_append_c (text, '\n');
  n = send (fd, text->str, text->len, MSG_NOSIGNAL);
  (void)shutdown (fd, SHUT_WR);
  g_string_truncate (text, 0);
  while (n > 0 && (n = recv (fd, bytes, sizeof bytes, 0)) > 0)
    g_string_append_len (text, bytes, n);
  (void)close (fd);
  if (text->len > 0)
    g_string_truncate (text, text->len - 1);
  return g_string_free (text, FALSE);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-error.h"
#include "mu-test.h"
#include "sim-host.h"
#include "sim-socket.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WITH_SOCKET(test) cmocka_unit_test_setup_teardown (test, setup_socket, teardown_socket)

typedef struct
{
  SimHost   *host;
  SimSocket *socket;
  char      *path;
} Fixture;

static int
setup_socket (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->host = sim_host_new_ready ();
  self->path = g_build_filename (self->host->directory, "control", NULL);
  self->socket = sim_socket_new (self->host->module, self->path, NULL);
  assert_non_null (self->socket);
  *state = self;
  return 0;
}

static int
teardown_socket (void **state)
{
  Fixture *self = *state;

  sim_socket_free (self->socket);
  sim_host_free (self->host);
  g_free (self->path);
  g_free (self);
  return 0;
}

static int
connect_client (const Fixture *self)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int                fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  (void)g_strlcpy (address.sun_path, self->path, sizeof address.sun_path);
  assert_int_equal (connect (fd, (struct sockaddr *)&address, sizeof address), 0);
  return fd;
}

static void
expect (int fd, const char *text)
{
  char  heard[1024] = "";
  gsize n = 0;

  while (n < strlen (text))
    {
      gssize got = recv (fd, heard + n, sizeof heard - 1 - n, MSG_DONTWAIT);

      assert_true (got != 0);
      n += got > 0 ? (gsize)got : 0;
      g_main_context_iteration (NULL, FALSE);
    }
  assert_string_equal (heard, text);
}

static void
expect_end (int fd)
{
  char byte;

  while (recv (fd, &byte, 1, MSG_DONTWAIT) != 0)
    g_main_context_iteration (NULL, FALSE);
  close (fd);
}

static void
say (int fd, const char *text)
{
  assert_int_equal (send (fd, text, strlen (text), MSG_NOSIGNAL), strlen (text));
}

static void
test_lines (void **state)
{
  Fixture *self = *state;
  int      fd = connect_client (self), other = connect_client (self);

  say (fd, "state imei\nreset now\r\n");
  expect (fd, "ok 865261010004010\nerror usage: reset\n");
  say (fd, "sta");
  say (other, "state power\n");
  expect (other, "ok on\n");
  say (fd, "te power\n");
  expect (fd, "ok on\n");
  close (fd);
  say (other, "state power"); /* its last line needs no end */
  shutdown (other, SHUT_WR);
  expect (other, "ok on\n");
  expect_end (other);
}

static void
test_too_long (void **state)
{
  Fixture         *self = *state;
  int              fd = connect_client (self);
  g_autofree char *much = g_strnfill (40000, 'x');

  say (fd, much);
  for (int i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  say (fd, much);
  expect_end (fd);
}

static void
test_many (void **state)
{
  Fixture *self = *state;
  int      fds[40];

  for (int i = 0; i < 40; i++)
    {
      fds[i] = connect_client (self);
      for (int k = 0; k < 5; k++)
        g_main_context_iteration (NULL, FALSE);
    }
  expect_end (fds[39]); /* more than enough */
  say (fds[0], "state power\n");
  expect (fds[0], "ok on\n");
  for (int i = 0; i < 39; i++)
    close (fds[i]);
}

/* A living simulator keeps its socket, a dead one's is taken over. */
static void
test_path (void **state)
{
  Fixture           *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char   *long_path = g_strnfill (200, 'x'), *dead = NULL;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int                fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  assert_null (sim_socket_new (self->host->module, self->path, &error));
  assert_true (g_error_matches (error, MU_ERROR, MU_ERROR_BUSY));
  assert_null (sim_socket_new (self->host->module, long_path, NULL));
  dead = g_build_filename (self->host->directory, "dead", NULL);
  (void)g_strlcpy (address.sun_path, dead, sizeof address.sun_path);
  assert_int_equal (bind (fd, (struct sockaddr *)&address, sizeof address), 0);
  close (fd);
  assert_null (sim_socket_tell (dead, "help", NULL));
  sim_socket_free (self->socket);
  self->socket = sim_socket_new (self->host->module, dead, NULL);
  assert_non_null (self->socket);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    WITH_SOCKET (test_lines),
    WITH_SOCKET (test_too_long),
    WITH_SOCKET (test_many),
    WITH_SOCKET (test_path),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

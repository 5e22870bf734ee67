/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ppp-options.h"

#include "mu-error.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* mu709-pppd: becomes pppd on a tty that is in data mode.  It is what stands between mu709d, which
 * has no privileges, and pppd, which has them all: it takes the request from standard input and
 * makes the command line of it.  Exit status: pppd's, of which 2 says that the request is wrong. */

#define EXIT_OPTIONS 2 /* of pppd(8) */
#define EXIT_FATAL   1

static char    *pppd = (char *)PPP_PPPD;
static char    *directory;
static gboolean die_with_parent;
static char   **rest;

static const GOptionEntry entries[] = {
  { "directory", 0, 0, G_OPTION_ARG_FILENAME, &directory, "where the addresses are left", "DIR" },
  { "pppd", 0, 0, G_OPTION_ARG_FILENAME, &pppd, "the program", "PATH" },
  { "die-with-parent", 0, 0, G_OPTION_ARG_NONE, &die_with_parent, "end when it ends", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, "TTY" },
  { 0 },
};

static gboolean
read_arguments (int argc, char **argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (rest == NULL || g_strv_length (rest) != 1 || directory == NULL)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "usage: --directory DIR TTY");
  return TRUE;
}

static gboolean
read_request (PppRequest *ret_request, GError **error)
{
  char   text[PPP_REQUEST_BYTES + 1];
  gsize  used = 0;
  gssize n;

  while ((n = read (STDIN_FILENO, text + used, PPP_REQUEST_BYTES - used)) > 0)
    used += (gsize)n;
  text[used] = '\0';
  if (n < 0 || strlen (text) != used)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "Not a request");
  return ppp_request_parse (text, ret_request, error);
}

/* Puts the password where pppd's passwordfd.so reads it, up to the end (a line end would be a part of
 * it): a pipe that takes it whole. */
static gboolean
pass_password (const char *password, GError **error)
{
  gsize len = strlen (password);
  int   fds[2];

  if (pipe (fds) != 0 || write (fds[1], password, len) != (gssize)len
      || dup2 (fds[0], STDIN_FILENO) < 0)
    return mu_fail (error, MU_ERROR_FAILED, "No pipe: %s", g_strerror (errno));
  close (fds[0]);
  close (fds[1]);
  return TRUE;
}

/* Only returns if it fails. */
static gboolean
become_pppd (GError **error)
{
  static char *const environment[] = { (char *)"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL };
  PppRequest         request;
  g_auto (GStrv)     options = NULL;

  if (!read_request (&request, error))
    return FALSE;
  options = ppp_options (pppd, &request, rest[0], directory, STDIN_FILENO, error);
  if (options == NULL || !pass_password (request.password, error))
    return FALSE;
  if (die_with_parent)
    (void)prctl (PR_SET_PDEATHSIG, SIGTERM);
  (void)execve (pppd, options, environment);
  return mu_fail (error, MU_ERROR_FAILED, "%s: %s", pppd, g_strerror (errno));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!read_arguments (argc, argv, &error))
    {
      fprintf (stderr, "mu709-pppd: %s\n", error->message);
      return EXIT_OPTIONS;
    }
  (void)become_pppd (&error);
  fprintf (stderr, "mu709-pppd: %s\n", error->message);
  return error->code == MU_ERROR_FAILED ? EXIT_FATAL : EXIT_OPTIONS;
}

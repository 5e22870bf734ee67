/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-pppd-private.h"

#include "mu-error.h"
#include "mu-timer.h"
#include "ppp-status.h"

#include <string.h>
#include <unistd.h>

#define LOOK_MS  100 /* for the link's addresses; only until it is up */
#define MAX_LINK 4096

struct MuPppd
{
  const MuPppdBackend *backend;
  gpointer             run;
  const MuPppdEvents  *events;
  gpointer             user_data;
  char                *directory;
  MuTimer              look;
  gboolean             stopping;
  guint                failed_id;
  GError              *failure;
};

/* ---- the link ---- */

/* text becomes that of member if it is an address and the member is free. */
static void
take_address (const char *text, char member[static INET_ADDRSTRLEN])
{
  if (member[0] == '\0' && g_hostname_is_ip_address (text) && strchr (text, ':') == NULL)
    g_strlcpy (member, text, INET_ADDRSTRLEN);
}

static void
take_line (MuPppdLink *link, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);

  if (g_strv_length (words) != 2)
    return;
  if (g_str_equal (words[0], "interface") && strlen (words[1]) < IFNAMSIZ)
    g_strlcpy (link->interface, words[1], sizeof link->interface);
  else if (g_str_equal (words[0], "address"))
    take_address (words[1], link->address);
  else if (g_str_equal (words[0], "peer"))
    take_address (words[1], link->peer);
  else if (g_str_equal (words[0], "dns"))
    take_address (words[1], link->dns[0][0] == '\0' ? link->dns[0] : link->dns[1]);
}

gboolean
mu_pppd_read_link (const char *directory, MuPppdLink *ret_link)
{
  g_autofree char *path = g_build_filename (directory, "up", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv)   lines = NULL;
  gsize            len;
  MuPppdLink       link = { 0 };

  if (!g_file_get_contents (path, &text, &len, NULL) || len > MAX_LINK)
    return FALSE;
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    take_line (&link, *line);
  if (link.interface[0] == '\0' || !g_utf8_validate (link.interface, -1, NULL))
    return FALSE;
  *ret_link = link;
  return TRUE;
}

static void
on_look (gpointer user_data)
{
  MuPppd    *self = user_data;
  MuPppdLink link;

  if (mu_pppd_read_link (self->directory, &link))
    self->events->up (&link, self->user_data);
  else
    mu_timer_start (&self->look, LOOK_MS);
}

/* ---- for the back-ends ---- */

const char *
mu_pppd_program (void)
{
  const char *stand_in = g_getenv ("MU709D_PPPD");

  return stand_in != NULL ? stand_in : MU_PPPD;
}

void
mu_pppd_set_directory (MuPppd *self, const char *directory)
{
  g_free (self->directory);
  self->directory = g_strdup (directory);
}

const char *
mu_pppd_directory (MuPppd *self)
{
  return self->directory;
}

void
mu_pppd_exited (MuPppd *self, int status)
{
  g_autoptr (GError) why = ppp_status_error (status);

  mu_pppd_failed (self, why);
}

void
mu_pppd_failed (MuPppd *self, const GError *why)
{
  mu_timer_stop (&self->look);
  g_clear_pointer (&self->run, self->backend->free);
  self->events->ended (self->stopping ? NULL : why, self->user_data);
}

/* ---- for the owner ---- */

/* MU709D_PPPD: of tests, a stand-in for the program, or "unit" */
static gboolean
may_be_child (void)
{
  const char *stand_in = g_getenv ("MU709D_PPPD");

  return stand_in != NULL ? !g_str_equal (stand_in, "unit") : geteuid () == 0;
}

/* sd_booted(3) */
static gboolean
is_booted_by_systemd (void)
{
  return g_file_test ("/run/systemd/system", G_FILE_TEST_IS_DIR);
}

gboolean
mu_pppd_check (GError **error)
{
  if (may_be_child () && !g_file_test (mu_pppd_program (), G_FILE_TEST_IS_EXECUTABLE))
    return mu_fail (error, MU_ERROR_NOT_SUPPORTED, "%s is not installed", mu_pppd_program ());
  if (!may_be_child () && !is_booted_by_systemd ())
    return mu_fail (error, MU_ERROR_NOT_SUPPORTED, "PPP needs systemd, or a mu709d that is root");
  return TRUE;
}

static gboolean
on_failed (gpointer user_data)
{
  MuPppd            *self = user_data;
  g_autoptr (GError) why = g_steal_pointer (&self->failure);

  self->failed_id = 0;
  mu_pppd_failed (self, why);
  return G_SOURCE_REMOVE;
}

MuPppd *
mu_pppd_start (const char *tty, const PppRequest *request, const char *directory,
               const MuPppdEvents *events, gpointer user_data)
{
  MuPppd          *self = g_new0 (MuPppd, 1);
  g_autofree char *text = NULL;

  self->backend = may_be_child () ? &mu_pppd_child : &mu_pppd_unit;
  self->events = events;
  self->user_data = user_data;
  self->directory = g_strdup (directory);
  mu_timer_init (&self->look, on_look, self);
  text = ppp_request_print (request, &self->failure);
  if (text == NULL)
    {
      self->failed_id = g_idle_add (on_failed, self);
      return self;
    }
  self->run = self->backend->start (self, tty, text);
  mu_timer_start (&self->look, LOOK_MS);
  return self;
}

void
mu_pppd_stop (MuPppd *self)
{
  self->stopping = TRUE;
  if (self->run != NULL)
    self->backend->stop (self->run);
}

void
mu_pppd_free (MuPppd *self)
{
  if (self->run != NULL)
    {
      self->backend->stop (self->run);
      self->backend->free (self->run);
    }
  g_clear_handle_id (&self->failed_id, g_source_remove);
  g_clear_error (&self->failure);
  mu_timer_clear (&self->look);
  g_free (self->directory);
  g_free (self);
}

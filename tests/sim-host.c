/* SPDX-License-Identifier: LGPL-2.1-or-later */
#define _GNU_SOURCE 1 /* mkdtemp() */
#include "sim-host.h"

#include "mu-test.h"
#include "sim-text.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define PATIENCE_US ((gint64)10 * G_USEC_PER_SEC)

/* What the module has taken is in its transcript: MICROSECONDS PORT < BYTES */
static void
read_log (SimHost *self)
{
  char line[20000];

  while (fgets (line, sizeof line, self->log) != NULL)
    {
      g_auto (GStrv)      words = NULL;
      g_autoptr (GString) bytes = g_string_new (NULL);

      line[strcspn (line, "\n")] = '\0';
      words = g_strsplit (line, " ", 4);
      assert_int_equal (g_strv_length (words), 4);
      assert_true (sim_unescape (words[3], bytes, NULL));
      for (int i = 0; g_str_equal (words[2], "<") && i < SIM_N_PORTS; i++)
        if (g_str_equal (sim_port_kinds[i].name, words[1]))
          self->taken[i] += bytes->len;
    }
  clearerr (self->log);
}

static void
read_ports (SimHost *self)
{
  char bytes[4096];

  for (int i = 0; i < SIM_N_PORTS; i++)
    {
      gssize n = self->fds[i] < 0 ? 0 : read (self->fds[i], bytes, sizeof bytes);

      if (n > 0)
        g_string_append_len (self->heard[i], bytes, n);
    }
}

/* A little of everything; the timer ends a wait for what the kernel is still moving. */
static void
turn (SimHost *self)
{
  gint64 until = g_get_monotonic_time () + 200;

  while (g_main_context_iteration (NULL, FALSE) || g_get_monotonic_time () < until)
    ;
  read_ports (self);
  read_log (self);
}

static gboolean
patient (gint64 since)
{
  return g_get_monotonic_time () - since < PATIENCE_US;
}

static void
link_path (SimHost *self, SimRole role, char *path, gsize n)
{
  (void)g_snprintf (path, (gulong)n, "%s/%s", self->directory, sim_port_kinds[role].name);
}

void
sim_host_open (SimHost *self, SimRole role)
{
  char path[256];

  link_path (self, role, path, sizeof path);
  self->fds[role] = open (path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  assert_true (self->fds[role] >= 0);
}

void
sim_host_close (SimHost *self, SimRole role)
{
  close (self->fds[role]);
  self->fds[role] = -1;
  for (int i = 0; i < 10; i++)
    turn (self);
}

void
sim_host_set_dtr (SimHost *self, SimRole role, gboolean high)
{
  struct termios line;

  assert_int_equal (tcgetattr (self->fds[role], &line), 0);
  assert_int_equal (cfsetspeed (&line, high ? B115200 : B0), 0);
  assert_int_equal (tcsetattr (self->fds[role], TCSANOW, &line), 0);
}

static SimHost *
make (const char *const *setup, const SimChapter *const *chapters, const char *net_interface)
{
  SimHost         *self = g_new0 (SimHost, 1);
  char             name[] = "/tmp/test-sim-XXXXXX";
  g_autofree char *log = NULL;

  assert_non_null (mkdtemp (name));
  self->directory = g_strdup (name);
  const SimConfig config
      = { .directory = name, .seed = 1, .net_interface = net_interface, .chapters = chapters };
  self->module = sim_module_new (&config);
  log = g_build_filename (name, "log", NULL);
  assert_true (sim_transcript_open (self->module->transcript, log, NULL));
  self->log = fopen (log, "re");
  for (guint i = 0; setup != NULL && setup[i] != NULL; i++)
    sim_host_do (self, setup[i]);
  assert_true (sim_module_power_on (self->module, NULL));
  for (int i = 0; i < SIM_N_PORTS; i++)
    {
      self->heard[i] = g_string_new (NULL);
      sim_host_open (self, (SimRole)i);
    }
  return self;
}

SimHost *
sim_host_new (const char *const *setup, const SimChapter *const *chapters)
{
  return make (setup, chapters, NULL);
}

SimHost *
sim_host_new_beside (const char *net_interface)
{
  return make (NULL, NULL, net_interface);
}

SimHost *
sim_host_new_ready (void)
{
  SimHost *self = sim_host_new (NULL, NULL);

  sim_host_advance (self, 10);
  for (int role = SIM_PORT_PCUI; role <= SIM_PORT_MODEM; role++)
    {
      sim_host_send (self, (SimRole)role, "ATE0\r");
      sim_host_expect_end (self, (SimRole)role, "ATE0\r\r\nOK\r\n");
    }
  sim_host_forget (self);
  return self;
}

void
sim_host_free (SimHost *self)
{
  g_autofree char *log = g_build_filename (self->directory, "log", NULL);

  for (int i = 0; i < SIM_N_PORTS; i++)
    {
      if (self->fds[i] >= 0)
        close (self->fds[i]);
      g_string_free (self->heard[i], TRUE);
    }
  sim_module_free (self->module);
  (void)fclose (self->log);
  (void)g_unlink (log);
  assert_int_equal (g_rmdir (self->directory), 0); /* no link is left */
  g_free (self->directory);
  g_free (self);
}

void
sim_host_send (SimHost *self, SimRole role, const char *text)
{
  gint64 since = g_get_monotonic_time ();
  gsize  length = strlen (text);

  assert_int_equal (write (self->fds[role], text, length), length);
  self->sent[role] += length;
  while (self->taken[role] < self->sent[role] && patient (since))
    turn (self);
  assert_int_equal (self->taken[role], self->sent[role]);
}

void
sim_host_expect (SimHost *self, SimRole role, const char *text)
{
  gint64 since = g_get_monotonic_time ();

  read_ports (self);
  while (self->heard[role]->len < strlen (text) && patient (since))
    turn (self);
  assert_string_equal (self->heard[role]->str, text);
  g_string_truncate (self->heard[role], 0);
}

void
sim_host_expect_end (SimHost *self, SimRole role, const char *end)
{
  gint64 since = g_get_monotonic_time ();

  while (!g_str_has_suffix (self->heard[role]->str, end) && patient (since))
    turn (self);
  if (!g_str_has_suffix (self->heard[role]->str, end))
    assert_string_equal (self->heard[role]->str, end);
  g_string_truncate (self->heard[role], 0);
}

void
sim_host_expect_nothing (SimHost *self, SimRole role)
{
  for (int i = 0; i < 10; i++)
    turn (self);
  assert_string_equal (self->heard[role]->str, "");
}

void
sim_host_listen (SimHost *self)
{
  for (int i = 0; i < 10; i++)
    turn (self);
}

void
sim_host_forget (SimHost *self)
{
  sim_host_listen (self);
  for (int i = 0; i < SIM_N_PORTS; i++)
    g_string_truncate (self->heard[i], 0);
}

void
sim_host_ask (SimHost *self, const char *command, const char *reply)
{
  g_autofree char *line = g_strconcat (command, "\r", NULL);

  sim_host_send (self, SIM_PORT_PCUI, line);
  sim_host_expect (self, SIM_PORT_PCUI, reply);
}

void
sim_host_ask_for (SimHost *self, double seconds, const char *command, const char *reply)
{
  g_autofree char *line = g_strconcat (command, "\r", NULL);

  sim_host_send (self, SIM_PORT_PCUI, line);
  sim_host_advance (self, seconds);
  sim_host_expect (self, SIM_PORT_PCUI, reply);
}

void
sim_host_answers (SimHost *self, const char *line, const char *answer)
{
  g_autofree char *text = sim_control_do (self->module, line);

  assert_string_equal (text, answer);
}

void
sim_host_do (SimHost *self, const char *line)
{
  sim_host_answers (self, line, "ok");
}

void
sim_host_advance (SimHost *self, double seconds)
{
  sim_clock_advance (self->module->clock, SIM_SECONDS (seconds));
}

int
sim_host_set_up (void **state)
{
  *state = sim_host_new_ready ();
  return 0;
}

int
sim_host_tear_down (void **state)
{
  sim_host_free (*state);
  return 0;
}

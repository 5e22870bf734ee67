/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* mu709-sim: one simulated MU709 on pseudo-terminals. */
#include "mu-error.h"
#include "mu-log.h"
#include "sim-bus.h"
#include "sim-module.h"
#include "sim-socket.h"

#include <glib-unix.h>
#include <stdio.h>

typedef struct
{
  char    *directory, *control, *log, *net_interface, *tell;
  char   **setup;
  gint64   seed;
  double   speed;
  gboolean version;
} Options;

static gboolean
parse (Options *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "directory", 'd', 0, G_OPTION_ARG_FILENAME, &self->directory, "where the ports appear",
      "DIR" },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &self->control, "control socket (DIR/control)",
      "SOCKET" },
    { "log", 0, 0, G_OPTION_ARG_FILENAME, &self->log, "append every byte of every port", "FILE" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &self->seed, "of all that is random (1)", "N" },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &self->speed, "of the simulated clock (1)", "X" },
    { "net-interface", 0, 0, G_OPTION_ARG_STRING, &self->net_interface, "stands for the ECM port",
      "NAME" },
    { "setup", 's', 0, G_OPTION_ARG_FILENAME_ARRAY, &self->setup,
      "do that before power-on; may be repeated", "LINE" },
    { "tell", 't', 0, G_OPTION_ARG_FILENAME, &self->tell, "send LINE to a running simulator",
      "LINE" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a simulated Huawei MU709");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (self->version)
    return TRUE;
  if (self->directory == NULL || *argc > 1)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "give --directory DIR, and no other words");
  if (!(self->speed >= 0 && self->speed <= SIM_MAX_SPEED))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "--speed is from 0 to %g", SIM_MAX_SPEED);
  if (self->control == NULL)
    self->control = g_build_filename (self->directory, "control", NULL);
  return TRUE;
}

static void
clear (Options *self)
{
  g_free (self->directory);
  g_free (self->control);
  g_free (self->log);
  g_free (self->net_interface);
  g_free (self->tell);
  g_strfreev (self->setup);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear)

static gboolean
set_up (SimModule *module, char **lines, GError **error)
{
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    {
      g_autofree char *answer = sim_control_do (module, lines[i]);

      if (!g_str_has_prefix (answer, "ok"))
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "--setup '%s': %s", lines[i], answer);
    }
  return TRUE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
run (const Options *options, GError **error)
{
  const SimConfig       config = { .directory = options->directory,
                                   .seed = (guint32)options->seed,
                                   .speed = options->speed,
                                   .net_interface = options->net_interface };
  g_autoptr (SimModule) module = sim_module_new (&config);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (SimSocket) socket = NULL;
  g_autoptr (SimBus)    bus = NULL;

  if (g_mkdir_with_parents (options->directory, 0700) != 0)
    return mu_fail (error, MU_ERROR_FAILED, "%s: cannot be made", options->directory);
  if (!sim_transcript_open (module->transcript, options->log, error)
      || !set_up (module, options->setup, error))
    return FALSE;
  socket = sim_socket_new (module, options->control, error);
  if (socket == NULL || !sim_module_power_on (module, error))
    return FALSE;
  bus = sim_bus_new (module);
  if (bus == NULL)
    mu_log (MU_LOG_DEBUG, NULL, "no session bus: the socket is all there is");
  (void)g_unix_signal_add (SIGTERM, on_signal, loop);
  (void)g_unix_signal_add (SIGINT, on_signal, loop);
  printf ("mu709-sim: ready %s\n", options->directory);
  (void)fflush (stdout);
  g_main_loop_run (loop);
  return TRUE;
}

static gboolean
tell (const Options *options, GError **error)
{
  g_autofree char *answer = sim_socket_tell (options->control, options->tell, error);

  if (answer == NULL)
    return FALSE;
  printf ("%s\n", answer);
  return g_str_has_prefix (answer, "ok") || mu_fail (error, MU_ERROR_FAILED, "not done");
}

int
main (int argc, char **argv)
{
  g_auto (Options)   options = { .seed = 1, .speed = 1 };
  g_autoptr (GError) error = NULL;
  gboolean           done;

  mu_log_init (MU_LOG_INFO, TRUE);
  done = parse (&options, &argc, &argv, &error);
  if (done && options.version)
    printf ("mu709-sim %s\n", MU_VERSION);
  else if (done)
    done = options.tell != NULL ? tell (&options, &error) : run (&options, &error);
  if (!done)
    fprintf (stderr, "mu709-sim: %s\n", error->message);
  return done ? 0 : 1;
}

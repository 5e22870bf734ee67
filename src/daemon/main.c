/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-daemon.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>

static void
options_clear (MuOptions *options)
{
  g_free (options->config);
  g_free (options->state_directory);
  g_strfreev (options->ports);
  g_free (options->log_level);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MuOptions, options_clear)

static gboolean
parse_options (int *argc, char ***argv, MuOptions *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "session", 0, 0, G_OPTION_ARG_NONE, &options->session,
      "Use the session bus instead of the system bus", NULL },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, "Read this configuration alone",
      "FILE" },
    { "state-directory", 0, 0, G_OPTION_ARG_FILENAME, &options->state_directory,
      "Keep here what must be remembered", "DIR" },
    { "port", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->ports,
      "A port (pcui, modem, uart, diag, net) of the one module, in place of udev; repeatable",
      "ROLE=PATH" },
    { "log-level", 0, 0, G_OPTION_ARG_STRING, &options->log_level, "error, warning, info, debug",
      "LEVEL" },
    { "print-config", 0, 0, G_OPTION_ARG_NONE, &options->print_config,
      "Print the configuration with all defaults, and exit", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version, and exit", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "Gives every program the Huawei MU709 over D-Bus.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "Unknown argument %s",
                 (*argv)[1]);
  return *argc == 1;
}

int
main (int argc, char **argv)
{
  g_auto (MuOptions) options = { 0 };
  g_autoptr (GError) error = NULL;

  (void)setlocale (LC_ALL, "");
  (void)signal (SIGPIPE, SIG_IGN);
  if (!parse_options (&argc, &argv, &options, &error))
    {
      g_printerr ("mu709d: %s\n", error->message);
      return 2;
    }
  if (options.version)
    {
      g_print ("mu709d %s\n", MU_VERSION);
      return EXIT_SUCCESS;
    }
  return mu_daemon_run (&options);
}

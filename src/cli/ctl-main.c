/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl.h"

#include "ctl-commands.h"
#include "ctl-error.h"
#include "ctl-help.h"
#include "ctl-output.h"

#include <glib-unix.h>

#include <signal.h>
#include <stdlib.h>

/* ---- signals ---- */

static const int signals[] = { SIGINT, SIGTERM };

G_STATIC_ASSERT (G_N_ELEMENTS (signals) == G_N_ELEMENTS (((Ctl *)0)->signal_ids));

static void
ignore_signals (Ctl *ctl)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_clear_handle_id (&ctl->signal_ids[i], g_source_remove);
}

/* The first one ends what is waited for; a second one finds no handler and ends the process. */
static gboolean
on_interrupt (gpointer user_data)
{
  Ctl *ctl = user_data;

  g_cancellable_cancel (ctl->interrupted);
  ignore_signals (ctl);
  return G_SOURCE_REMOVE;
}

/* ---- life ---- */

void
ctl_init (Ctl *ctl)
{
  *ctl = (Ctl){
    .out = stdout,
    .call_flags = G_DBUS_CALL_FLAGS_ALLOW_INTERACTIVE_AUTHORIZATION,
    .interrupted = g_cancellable_new (),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    ctl->signal_ids[i] = g_unix_signal_add (signals[i], on_interrupt, ctl);
  (void)sigaction (SIGPIPE, NULL, &ctl->on_pipe);
}

/* Leaving the bus is what cancels a call that is under way. */
void
ctl_clear (Ctl *ctl)
{
  if (ctl->connection != NULL)
    (void)g_dbus_connection_close_sync (ctl->connection, NULL, NULL);
  g_clear_object (&ctl->connection);
  ignore_signals (ctl);
  g_clear_object (&ctl->interrupted);
  g_clear_pointer (&ctl->note, g_free);
  g_clear_pointer (&ctl->module_path, g_free);
  g_clear_pointer (&ctl->module, g_variant_unref);
  g_clear_pointer (&ctl->objects, g_variant_unref);
  ctl_options_clear (&ctl->options);
}

/* ---- the command line ---- */

static void
print_version (Ctl *ctl)
{
  if (ctl->options.json)
    ctl_output_json (ctl, g_variant_new_parsed ("{'version': %s}", MU_VERSION));
  else
    ctl_output_text (ctl, "mu709ctl " MU_VERSION "\n");
}

static gboolean
run (Ctl *ctl, const char *const *argv, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *const    *args;
  const CtlCommand     *command;

  if (!ctl_options_parse (&ctl->options, argv, words, error))
    return FALSE;
  g_ptr_array_add (words, NULL);
  args = (const char *const *)words->pdata;
  ctl->style = ctl_style_of_output (ctl->options.no_color);
  if (ctl->options.version)
    {
      print_version (ctl);
      return TRUE;
    }
  if (ctl->options.help)
    return ctl_help (ctl, args, error);
  command = ctl_commands_find (&args, error);
  return command != NULL && ctl_commands_check_args (command, args, error)
         && ctl_commands_run (ctl, command, args, error);
}

int
ctl_main (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  Ctl                ctl;
  int                status = EXIT_SUCCESS;

  ctl_init (&ctl);
  if (run (&ctl, argv, &error) && ctl_output_flush (&ctl, &error)
      && g_cancellable_is_cancelled (ctl.interrupted))
    status = CTL_ERROR_INTERRUPTED; /* which is how monitor and the watches end */
  if (error != NULL)
    {
      status = ctl_error_status (error);
      ctl_output_error (&ctl, error);
    }
  ctl_clear (&ctl);
  return status;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The module as a whole, and raw commands to it. */
#include "ctl-call.h"
#include "ctl-command.h"

static gboolean
run_mode (Ctl *ctl, const char *const *args, GError **error)
{
  static const char *const nothing[] = { NULL };

  if (g_str_equal (args[0], "reset"))
    return ctl_call (ctl, "Modem1", "Reset", nothing, error);
  return ctl_call (ctl, "Modem1", "SetMode", args, error);
}

/* The time is the module's: the daemon gives the command up, not we the daemon. */
static gboolean
run_at (Ctl *ctl, const char *const *args, GError **error)
{
  g_autofree char  *timeout_ms = g_strdup_printf ("%u", (guint)(ctl->options.timeout * 1000));
  const char *const texts[] = { args[0], timeout_ms, NULL };

  ctl->options.timeout = 0;
  return ctl_call (ctl, "Modem1", "Command", texts, error);
}

const CtlCommand ctl_modem_commands[] = {
  { "modem mode", "online|offline|minimum|reset",
    "Switch the radio on or off, or restart the module", .run = run_mode,
    .more
    = "offline: no radio, as in an aeroplane; minimum: neither radio nor card; reset: a restart,\n"
      "after which the module leaves and comes back." },
  { "at", "AT-COMMAND", "Send an AT command, print its answer", .run = run_at,
    .more
    = "It takes its turn among the daemon's own.  --timeout is how long the module may take;\n"
      "without it, as long as its guide says." },
  { NULL },
};

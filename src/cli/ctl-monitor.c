/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that happens, as it happens. */
#include "ctl-command.h"
#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-output.h"

static void
tell (GVariant *event, gpointer user_data)
{
  Ctl             *ctl = user_data;
  g_autofree char *text = ctl_event_text (event, &ctl->style);

  if (ctl->options.json)
    ctl_output_json (ctl, event);
  else
    ctl_output_text (ctl, text);
}

static gboolean
on_event (GVariant *event, gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Ctl *ctl = user_data;

  tell (event, ctl);
  if (ctl_event_is (event, "daemon-present"))
    ctl_follow_objects (ctl, tell, ctl);
  return TRUE;
}

static gboolean
run_monitor (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  return ctl_follow (ctl, on_event, ctl, error);
}

const CtlCommand ctl_monitor_commands[] = {
  { "monitor", "", "Tell what happens, until Ctrl-C", .run = run_monitor,
    .more = "Signals, changes of properties, objects that come and go, also over restarts of the\n"
            "daemon.  With --json, one object a line." },
  { NULL },
};

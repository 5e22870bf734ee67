/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Everything that happens, as it happens. */
#include "ctl-bus.h"
#include "ctl-command.h"
#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-output.h"

/* Whoever reads wants it now. */
static void
tell (Ctl *ctl, GVariant *event)
{
  g_autofree char *text = ctl_event_text (event, &ctl->style);

  if (ctl->options.json)
    ctl_output_json (ctl, event);
  else
    ctl_output_text (ctl, text);
  (void)fflush (ctl->out);
}

/* If it fails, the daemon has left again, which is told of its own. */
static void
tell_objects (Ctl *ctl)
{
  g_autoptr (GVariant)  objects = ctl_bus_objects (ctl, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GVariantIter          iter;
  const char           *path;
  GVariant             *interfaces;

  if (objects == NULL)
    return;
  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      g_autoptr (GVariant) event = ctl_event_of_object (now, path, interfaces);

      if (ctl->module_path == NULL || ctl_event_is_below (event, ctl->module_path))
        tell (ctl, event);
    }
}

static gboolean
on_event (GVariant *event, gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Ctl *ctl = user_data;

  tell (ctl, event);
  if (ctl_event_is (event, "daemon-present"))
    tell_objects (ctl);
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

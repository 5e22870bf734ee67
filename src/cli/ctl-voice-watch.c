/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* call watch: calls as they come and go. */
#include "ctl-voice.h"

#include "ctl-child.h"
#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-output.h"
#include "ctl-voice-text.h"
#include "ctl-voice-track.h"

#include <string.h>

typedef struct
{
  Ctl           *ctl;
  CtlVoiceTrack *calls;
} Watch;

static const char *const words[] = {
  [CTL_VOICE_ADDED] = "added",
  [CTL_VOICE_CHANGED] = "changed",
  [CTL_VOICE_REMOVED] = "removed",
};

static void
tell_json (Ctl *ctl, GVariant *event, CtlVoiceNews news, const char *path, GVariant *properties)
{
  g_autofree char *module = g_strndup (path, (gsize)(strstr (path, "/call/") - path));

  ctl_output_json (ctl, ctl_event_of_ours (event, words[news], module, "call",
                                           ctl_child_json (path, properties)));
}

static void
tell_text (Ctl *ctl, GVariant *event, const char *path, GVariant *properties)
{
  g_autofree char *time = ctl_event_time (event);
  g_autofree char *line = ctl_voice_line (path, properties, &ctl->style);
  g_autofree char *text = g_strconcat (time, "  ", line, "\n", NULL);

  ctl_output_text (ctl, text);
}

static void
tell_call (Watch *self, GVariant *event)
{
  g_autofree char     *path = NULL;
  g_autoptr (GVariant) properties = NULL;
  CtlVoiceNews         news = ctl_voice_track (self->calls, event, &path, &properties);

  if (news == CTL_VOICE_NOTHING || strstr (path, "/call/") == NULL)
    return;
  if (self->ctl->options.json)
    tell_json (self->ctl, event, news, path, properties);
  else
    tell_text (self->ctl, event, path, properties);
}

/* If it fails, the daemon has left again, which is told of its own. */
static void
tell_calls (Watch *self)
{
  g_autoptr (GVariant)  objects = ctl_bus_objects (self->ctl, NULL);
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

      if (self->ctl->module_path == NULL || ctl_event_is_below (event, self->ctl->module_path))
        tell_call (self, event);
    }
}

static void
tell_daemon (Ctl *ctl, GVariant *event)
{
  g_autofree char *text = ctl_event_text (event, &ctl->style);

  if (ctl->options.json)
    ctl_output_json (ctl, event);
  else
    g_printerr ("%s", text);
}

/* A daemon that comes has calls of its own, whatever their numbers. */
static gboolean
on_event (GVariant *event, gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Watch   *self = user_data;
  gboolean is_there = ctl_event_is (event, "daemon-present");

  if (is_there || ctl_event_is (event, "daemon-absent"))
    {
      tell_daemon (self->ctl, event);
      g_hash_table_remove_all (self->calls);
    }
  if (is_there)
    tell_calls (self);
  tell_call (self, event);
  (void)fflush (self->ctl->out);
  return TRUE;
}

gboolean
ctl_voice_watch (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  g_autoptr (GHashTable) calls = ctl_voice_track_new ();
  Watch                  self = { ctl, calls };

  return ctl_follow (ctl, on_event, &self, error);
}

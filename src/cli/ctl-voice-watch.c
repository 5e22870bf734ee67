/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* call watch: calls as they come and go. */
#include "ctl-voice.h"

#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-output.h"
#include "ctl-voice-text.h"

typedef struct
{
  Ctl      *ctl;
  CtlTrack *calls;
} Watch;

static void
tell_call (GVariant *event, const char *path, GVariant *properties, gpointer user_data)
{
  Watch           *self = user_data;
  g_autofree char *time = ctl_event_time (event);
  g_autofree char *line = ctl_voice_line (path, properties, &self->ctl->style);
  g_autofree char *module = ctl_track_prefix (self->calls, path);
  g_autofree char *text = g_strconcat (time, "  ", module, line, "\n", NULL);

  ctl_output_text (self->ctl, text);
}

static gboolean
on_event (GVariant *event, gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Watch *self = user_data;

  ctl_track_watch (self->calls, self->ctl, event, tell_call, self);
  return TRUE;
}

gboolean
ctl_voice_watch (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  g_autoptr (CtlTrack) calls = ctl_track_new (&ctl_voice_track_kind);
  Watch                self = { ctl, calls };

  return ctl_follow (ctl, on_event, &self, error);
}

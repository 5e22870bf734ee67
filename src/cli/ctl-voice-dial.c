/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* call dial: the number, and what becomes of the call while somebody looks. */
#include "ctl-voice.h"

#include "ctl-child.h"
#include "ctl-error.h"
#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-keys.h"
#include "ctl-output.h"
#include "ctl-voice-text.h"

#include <unistd.h>

typedef struct
{
  Ctl        *ctl;
  const char *number;
  GVariant   *options; /* a{sv} */

  char     *path; /* of the call; NULL: not dialled yet */
  CtlTrack *calls;
  gboolean  answered;
} Order;

static const CtlKey keys[] = {
  { "clir", "s" },
  { NULL },
};

static gboolean
dial (Order *self, GError **error)
{
  Ctl                 *ctl = self->ctl;
  const CtlMethod      method = { ctl->module_path, CTL_VOICE, "Dial", "(o)" };
  g_autoptr (GVariant) reply = ctl_bus_call (
      ctl, &method, g_variant_new ("(s@a{sv})", self->number, self->options), NULL, error);
  g_autofree char *text = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(o)", &self->path);
  text = g_strdup_printf ("%u\n", ctl_child_id (self->path));
  if (ctl->options.json)
    ctl_output_json (ctl, g_variant_new_parsed ("{'call': <%o>, 'id': <%u>}", self->path,
                                                ctl_child_id (self->path)));
  else
    ctl_output_text (ctl, text);
  return TRUE;
}

/* ---- what becomes of it ---- */

static gboolean
fail_over (GVariant *properties, GError **error)
{
  g_autofree char *reason = ctl_voice_end (properties);

  return ctl_fail (error, CTL_ERROR_FAILED, "The call is over: %s", reason);
}

/* FALSE: that was all, with an error if it has come to nothing. */
static gboolean
tell (Order *self, GVariant *event, GError **error)
{
  g_autofree char     *path = NULL;
  g_autofree char     *line = NULL;
  g_autoptr (GVariant) properties = NULL;
  CtlTrackNews         news = ctl_track_event (self->calls, event, &path, &properties);

  if (news == CTL_TRACK_NOTHING || !g_str_equal (path, self->path))
    return TRUE;
  if (news == CTL_TRACK_REMOVED)
    return fail_over (properties, error);
  line = ctl_voice_line (path, properties, &self->ctl->style);
  ctl_output_text (self->ctl, line);
  ctl_output_text (self->ctl, "\n");
  self->answered = g_str_equal (ctl_child_text (properties, "State"), "active");
  return !self->answered;
}

/* What happens while it is being dialled is told afterwards, so that nothing of it is missed. */
static gboolean
on_event (GVariant *event, gpointer user_data, GError **error)
{
  Order *self = user_data;

  if (ctl_event_is (event, "daemon-absent"))
    return ctl_fail (error, CTL_ERROR_NO_DAEMON, "mu709d has left");
  if (ctl_event_is (event, "daemon-present"))
    return dial (self, error);
  return tell (self, event, error);
}

static gboolean
dial_and_look (Order *self, GError **error)
{
  if (!ctl_follow (self->ctl, on_event, self, error))
    return self->answered;
  if (self->path == NULL)
    return ctl_fail (error, CTL_ERROR_INTERRUPTED, "Interrupted");
  return ctl_fail (error, CTL_ERROR_INTERRUPTED,
                   "Interrupted; call %u goes on, mu709ctl call hangup %u ends it",
                   ctl_child_id (self->path), ctl_child_id (self->path));
}

gboolean
ctl_voice_dial (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant) options = ctl_keys_parse (keys, args + 1, error);
  g_autoptr (CtlTrack) calls = ctl_track_new (&ctl_voice_track_kind);
  Order                order = { ctl, args[0], options, .calls = calls };
  gboolean             done;

  if (options == NULL || !ctl_voice_choose (ctl, error))
    return FALSE;
  if (!ctl->options.json && ctl_style_is_terminal (STDOUT_FILENO))
    done = dial_and_look (&order, error);
  else
    done = dial (&order, error);
  g_free (order.path);
  return done;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The calls that there are, put together from what happens (ctl-event.h): each path and, as far as
 * they have been told, the properties of Call1. */
typedef GHashTable CtlVoiceTrack;

CtlVoiceTrack *ctl_voice_track_new (void);

typedef enum
{
  CTL_VOICE_NOTHING, /* the event is about something else, or tells nothing that is shown */
  CTL_VOICE_ADDED,
  CTL_VOICE_CHANGED,
  CTL_VOICE_REMOVED,
} CtlVoiceNews;

/* What event says of a call; path and properties are set, and the caller's, unless it is nothing.
 */
CtlVoiceNews ctl_voice_track (CtlVoiceTrack *self, GVariant *event, char **ret_path,
                              GVariant **ret_properties);

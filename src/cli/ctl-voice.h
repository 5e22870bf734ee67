/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-bus.h"

/* What the commands about calls share. */

#define CTL_VOICE CTL_PREFIX "Voice1"
#define CTL_CALL  CTL_PREFIX "Call1"

/* Chooses the module, which must have Voice1. */
gboolean ctl_voice_choose (Ctl *ctl, GError **error);

/* Chooses it and returns its calls, as ctl_child_list() has them. */
GVariant *ctl_voice_calls (Ctl *ctl, GError **error);

/* ctl-voice-dial.c, ctl-voice-watch.c */
gboolean ctl_voice_dial (Ctl *ctl, const char *const *args, GError **error);
gboolean ctl_voice_watch (Ctl *ctl, const char *const *args, GError **error);

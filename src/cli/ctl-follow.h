/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Is told of an event (see ctl-event.h).  It may call the daemon meanwhile: what happens then is
 * told afterwards.  FALSE ends the following, which then fails, with an error or without one; so
 * does an output that nobody takes.  What it has put out is written when it returns. */
typedef gboolean (*CtlFollowFunc) (GVariant *event, gpointer user_data, GError **error);

/* Tells everything that happens, over restarts of the daemon, until the bus or a signal to this
 * process ends it: the daemon's coming and leaving, and its signals; if --modem names a module,
 * only those of that one, which must be there at the start. */
gboolean ctl_follow (Ctl *ctl, CtlFollowFunc func, gpointer user_data, GError **error);

/* The same, and the event "tick" each time that so many milliseconds are over. */
gboolean ctl_follow_every (Ctl *ctl, guint every_ms, CtlFollowFunc func, gpointer user_data,
                           GError **error);

/* The objects that there are now, each as an event "appeared"; of --modem only, if that is given.
 * Of a daemon that has left meanwhile nothing is told: it is an event of its own. */
typedef void (*CtlObjectFunc) (GVariant *event, gpointer user_data);
void ctl_follow_objects (Ctl *ctl, CtlObjectFunc func, gpointer user_data);

/* If the event is the daemon's coming or leaving, it is told, to a person apart from what is asked
 * for.  Returns whether it is. */
gboolean ctl_follow_tell_daemon (Ctl *ctl, GVariant *event);

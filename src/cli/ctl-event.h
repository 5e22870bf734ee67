/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-style.h"

/* Something that happened, as monitor shows it: a dictionary, which is its JSON.
 *
 *   event      appeared, vanished, changed, signal; daemon-present, daemon-absent; tick, which is
 *              only for who wants to be told of time
 *   time       ISO 8601
 *   path       of the object
 *   interfaces appeared: by name, with their properties; vanished: their names
 *   interface  changed, signal
 *   properties changed: by name; a property whose value was not told is null
 *   name       signal
 *   arguments  signal: an array
 */

GVariant *ctl_event_of_daemon (GDateTime *time, gboolean is_present);

GVariant *ctl_event_of_tick (GDateTime *time);

/* interfaces: a{sa{sv}} */
GVariant *ctl_event_of_object (GDateTime *time, const char *path, GVariant *interfaces);

/* What a signal of the daemon's says. */
GVariant *ctl_event_of_signal (GDateTime *time, const char *path, const char *interface,
                               const char *name, GVariant *args);

/* One of a command's own, at the time of event: word, the path of a module, and value, which is
 * sunk if it floats, by its key.  Floating. */
GVariant *ctl_event_of_ours (GVariant *event, const char *word, const char *path, const char *key,
                             GVariant *value);

/* Whether it is about the object at path, or one below it. */
gboolean ctl_event_is_below (GVariant *event, const char *path);

/* Whether it is of this kind. */
gboolean ctl_event_is (GVariant *event, const char *word);

/* The properties that it tells of that interface, an a{sv}: all of them if it is there now, else
 * those that have changed; NULL: it is about something else. */
GVariant *ctl_event_properties (GVariant *event, const char *interface);

/* The arguments of that signal, a tuple of this type; NULL: it is something else. */
GVariant *ctl_event_arguments (GVariant *event, const char *interface, const char *name,
                               const char *type);

/* Its time of day: "19:19:34". */
char *ctl_event_time (GVariant *event);

/* The path of the object. */
const char *ctl_event_path (GVariant *event);

/* One line, or as many as it tells of properties, each with its end. */
char *ctl_event_text (GVariant *event, const CtlStyle *style);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl.h"

/* Objects below a module, such as calls, put together from what happens (ctl-event.h): each path
 * and, as far as they have been told, the properties of its interface. */

typedef struct
{
  const char        *element;         /* of the path: "call" */
  const char        *interface;       /* "Call1" */
  const char        *parent, *signal; /* (oa{sv}) when it is over: "Voice1", "CallRemoved" */
  const char *const *shown; /* properties that a person is told of, the rest adds to them */
  const char *const *ends;  /* states that are told, with the reason, by the signal */
} CtlTrackKind;

typedef struct CtlTrack CtlTrack;

/* kind stays the caller's. */
CtlTrack *ctl_track_new (const CtlTrackKind *kind);
void      ctl_track_free (CtlTrack *self);

guint ctl_track_count (const CtlTrack *self);

/* Their paths, which are the track's, as an array that ends with NULL and is the caller's. */
const char **ctl_track_paths (const CtlTrack *self);

typedef enum
{
  CTL_TRACK_NOTHING, /* the event is about something else, or tells nothing that is shown */
  CTL_TRACK_ADDED,
  CTL_TRACK_CHANGED,
  CTL_TRACK_REMOVED,
} CtlTrackNews;

/* What event says of one; path and properties are set, and the caller's, unless it is nothing. */
CtlTrackNews ctl_track_event (CtlTrack *self, GVariant *event, char **ret_path,
                              GVariant **ret_properties);

/* Is told of news for people. */
typedef void (*CtlTrackFunc) (GVariant *event, const char *path, GVariant *properties,
                              gpointer user_data);

/* For the watches: tells func of news, or prints them with --json, as ctl_event_of_ours(); tells of
 * a daemon's coming, with all that it has then, and leaving too. */
void ctl_track_watch (CtlTrack *self, Ctl *ctl, GVariant *event, CtlTrackFunc func,
                      gpointer user_data);

/* "usb_2_1  ", which module path is of, while several are watched; else "". */
char *ctl_track_prefix (const CtlTrack *self, const char *path);

/* Prints one as JSON with a word of the caller's. */
void ctl_track_json (const CtlTrack *self, Ctl *ctl, GVariant *event, const char *word,
                     const char *path, GVariant *properties);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlTrack, ctl_track_free)

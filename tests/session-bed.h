/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-peer.h"
#include "mu-session.h"

/* The services of one module over a line whose other end the test plays. */
typedef struct
{
  AtPeer      *peer;
  AtScheduler *scheduler;
  MuSession   *session;
  MuDevice    *device;   /* with a network interface, bed0, that the kernel does not know */
  MuSettings   settings; /* its state directory is a temporary one, removed with all files in it */
  GString     *seen;     /* "settled|", "Sim1|" for a service that appeared, "restarted|" */
  GString     *done;     /* what the last call came to: its reply printed, or the error's word */
  GError      *error;
  guint        n_calls;
  GPtrArray   *waiting;
  GUnixFDList *files; /* of the calls that are begun; NULL: none */
} SessionBed;

SessionBed *session_bed_new (void);
void        session_bed_free (SessionBed *self);
/* The module is gone: the line is stopped and freed. */
void session_bed_unplug (SessionBed *self);

/* Brings the line in order and begins; the module's answers are rows, the first that fits. */
void session_bed_start (SessionBed *self, const AtPeerRow *rows, gsize n_rows);
/* What a card that is open and a module that is at home answer: put it behind one's own rows. */
extern const AtPeerRow session_bed_usual[];
extern const gsize     session_bed_n_usual;
/* Answers by the rows, then by the usual ones, for as long as anything is asked. */
void session_bed_play (SessionBed *self, const AtPeerRow *rows, gsize n_rows);
/* The same until also that is asked for which nobody waits. */
void session_bed_settle (SessionBed *self, const AtPeerRow *rows, gsize n_rows);

MuService *session_bed_service (SessionBed *self, const char *name); /* "Sim1" */
/* A property, printed; valid until the next call. */
const char *session_bed_get (SessionBed *self, const char *service, const char *property);
/* Begins an operation, or sets a property; args in GVariant text, "('1234',)".  It has ended when
 * done is not empty. */
MuCall *session_bed_call (SessionBed *self, const char *service, const char *op, const char *args);
/* The same on an object below: Call1 of "Voice1". */
MuCall *session_bed_call_object (SessionBed *self, const char *service, guint object,
                                 const char *op, const char *args);
/* The caller of a call that has not ended goes away. */
void session_bed_cancel (SessionBed *self, MuCall *call);
/* The peer says lines, framed. */
void session_bed_say (SessionBed *self, const char *lines);

#define assert_property(bed, service, property, text)                                              \
  assert_string_equal (session_bed_get (bed, service, property), text)

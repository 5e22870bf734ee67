/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-interfaces.h"
#include "session-bed.h"

/* Interfaces of the ModemManager facade on a real bus, with a session bed's services behind them,
 * called and watched by other connections.  All is allowed but facade_bed_denied. */
typedef struct
{
  SessionBed      *session;
  GDBusConnection *server, *client;
  BusShared        bus;
  Mm1Shared        mm1;
  Mm1Object       *object; /* NULL: freed by the test */
  GString         *heard;  /* "/SMS/0 StateChanged(0, 1)" a line, of all its objects */
  guint            subscription;
} FacadeBed;

#define FACADE_OBJECT "/modem"

extern const char *facade_bed_denied; /* a polkit action; NULL: none, as it is in a new bed */

/* session: of which the bed takes care */
FacadeBed *facade_bed_new (SessionBed *session);
void       facade_bed_free (FacadeBed *self);

GDBusConnection *facade_bed_connect (void);

/* An interface of FACADE_OBJECT ("Modem.Voice") or of an object below ("/SMS/0" has "Sms"). */
typedef struct
{
  const char *path; /* NULL: FACADE_OBJECT */
  const char *interface;
} FacadeTarget;

/* Begins; *ret_answer becomes the reply, printed, or the error's last word; it is freed by the
 * caller. */
void facade_bed_begin (FacadeBed *self, GDBusConnection *client, const FacadeTarget *target,
                       const char *method, const char *args, char **ret_answer);
void facade_bed_wait (char **answer);
/* The same until it has ended; valid until the next call. */
const char *facade_bed_call (FacadeBed *self, const FacadeTarget *target, const char *method,
                             const char *args);
/* A property, printed, as a client reads it. */
const char *facade_bed_get (FacadeBed *self, const FacadeTarget *target, const char *property);
const char *facade_bed_get_all (FacadeBed *self, const FacadeTarget *target);
/* What was heard since the last time. */
char *facade_bed_heard (FacadeBed *self);

void facade_bed_assert_call (FacadeBed *self, const FacadeTarget *target, const char *method,
                             const char *args, const char *expected);
void facade_bed_assert_get (FacadeBed *self, const FacadeTarget *target, const char *property,
                            const char *expected);
/* What was heard, a "|" behind each, but for changes of properties. */
void facade_bed_assert_events (FacadeBed *self, const char *expected);

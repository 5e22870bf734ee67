/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-interfaces.h"
#include "mm1-wish.h"

#include "mu-timer.h"

/* Bearers: what a client has asked for, and, while it is connected, the connection of the service
 * Data1 behind it.  A connection that somebody else has made is a bearer, too, for as long as it
 * lasts. */
typedef struct
{
  Mm1Interface base;
  Mm1Wish      wish;       /* empty for a foreign one */
  gboolean     foreign;    /* somebody else's */
  gboolean     connecting; /* it waits for its connection */
  guint        connection; /* number of the Connection1; 0: none */
  guint        cause;      /* 24.008, of the last end */
  guint        attempts;
  guint        failures;
  MuTimer      stats_timer;
} Mm1Bearer;

#define MM1_MAX_BEARERS 16 /* objects; of connections the service Data1 allows fewer */

/* ---- one ---- */

/* Connects it for a call; the reply is of no consequence. */
void mm1_bearer_connect (Mm1Bearer *self, Mm1Call *call, Mm1Next next);

/* Its connection is over, or has failed; last: what its properties were. */
void mm1_bearer_ended (Mm1Bearer *self, GVariant *last);

/* ---- all of a module ---- */

/* A bearer for each connection, and none for those that are over; while refreshing. */
void        mm1_bearers_update (Mm1Modem *modem);
const char *mm1_bearers_state (const Mm1Object *object); /* Mm1Facts.connection */

gboolean mm1_bearers_are_leaving (const Mm1Object *object); /* is one being disconnected? */

/* One that fits the wish, or a new one, which takes the wish; NULL: there are too many. */
Mm1Bearer *mm1_bearers_obtain (Mm1Modem *modem, Mm1Wish *wish);
Mm1Bearer *mm1_bearers_find (const Mm1Modem *modem, const char *path); /* NULL: there is none */

/* Disconnects for a call: the one at path, or all ("/"); foreign ones, too, or not. */
void mm1_bearers_disconnect (Mm1Modem *modem, Mm1Call *call, const char *path, gboolean foreign,
                             Mm1Next next);

/* Methods and events of Modem */
void mm1_bearers_list (Mm1Interface *base, GVariant *args, Mm1Call *call);
void mm1_bearers_create (Mm1Interface *base, GVariant *args, Mm1Call *call);
void mm1_bearers_delete (Mm1Interface *base, GVariant *args, Mm1Call *call);
void mm1_bearers_child_present (Mm1Interface *base, MuService *service, guint number,
                                gboolean present);
void mm1_bearers_emitted (Mm1Interface *base, MuService *service, const char *signal,
                          GVariant *args);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-sms.h"

/* The permission where no operation of Messaging1 is behind it */
#define MM1_ACCESS_MESSAGES "org.mu709.messages"

/* Messages: the newest of the database, and those that are nowhere else: what a client has written
 * and not sent yet, and reports on what was sent from here. */

typedef struct
{
  Mm1Interface base;
  GPtrArray   *messages; /* Mm1Sms, the oldest first */
  guint        total;    /* Messaging1.Total, when the database was listed */
  char        *card;     /* Sim1.Iccid, likewise */
  gboolean     due;      /* it is to be listed */
  MuCall      *listing;  /* NULL: not under way */
  GHashTable  *news;     /* numbers of what has come in and is not listed yet */
  GQueue       sent;     /* see mm1-reports.c */
} Mm1Messaging;

Mm1Messaging *mm1_messaging_of (const Mm1Object *object);
Mm1Sms       *mm1_messaging_find (const Mm1Messaging *self, guint number);

/* Publishes it, which is the object's from then on, and says so; or the other way round. */
void mm1_messaging_add (Mm1Messaging *self, Mm1Sms *sms, gboolean received);
void mm1_messaging_drop (Mm1Messaging *self, Mm1Sms *sms);

/* Drops the oldest draft, or report, if there are too many: nobody else does. */
void mm1_messaging_limit (Mm1Messaging *self, gboolean reports);

/* Clients delete what they have sent and wait for a report, a message of its own that is only to be
 * recognized by reference and number.  What was sent; then Reported: */
void mm1_reports_expect (Mm1Messaging *self, guint reference, const char *number);
void mm1_reports_take (Mm1Messaging *self, GVariant *args);
void mm1_reports_clear (Mm1Messaging *self);

/* Methods of Modem.Messaging, see Mm1Method */
void mm1_messaging_list (Mm1Interface *base, GVariant *args, Mm1Call *call);
void mm1_messaging_create (Mm1Interface *base, GVariant *args, Mm1Call *call);
void mm1_messaging_delete (Mm1Interface *base, GVariant *args, Mm1Call *call);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-interfaces.h"

/* The database takes the place of the modem's memory. */
#define MM1_STORAGE MM_SMS_STORAGE_ME

/* One message: of the database, or one that is nowhere else, a draft or a report. */
typedef struct
{
  Mm1Interface base;
  guint        number;  /* of Message1; 0: it is none */
  gboolean     sending; /* Send has not returned */
  gboolean     report;  /* and no draft */
  GVariant    *options; /* of Messaging1.Send, a{sv} */
} Mm1Sms;

/* Those of the database, not published; properties: Message1's. */
Mm1Sms *mm1_sms_new (Mm1Object *object, guint number, GVariant *properties);
/* One to be sent; properties: of Create.  NULL with an error. */
Mm1Sms *mm1_sms_new_draft (Mm1Object *object, GVariant *properties, GError **error);
/* One on what was sent to that number; args: of Messaging1.Reported. */
Mm1Sms *mm1_sms_new_report (Mm1Object *object, const char *number, GVariant *args);
/* What may change: its state and its delivery. */
void     mm1_sms_update (Mm1Sms *self, GVariant *properties);
gboolean mm1_sms_has_text (const Mm1Sms *self, GVariant *properties);
/* Whether this, which is being sent, is that in the database. */
gboolean mm1_sms_is (const Mm1Sms *self, GVariant *properties);

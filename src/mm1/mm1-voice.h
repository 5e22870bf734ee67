/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-interfaces.h"

/* The permission where no operation of Voice1 is behind it */
#define MM1_ACCESS_VOICE "org.mu709.voice"

/* Calls: those of Voice1, those that a client has made up and not begun yet, and those that are
 * over, until somebody deletes them. */

typedef struct
{
  Mm1Interface base;
  GPtrArray   *calls; /* Mm1VoiceCall, the oldest first */
} Mm1Voice;

typedef struct
{
  Mm1Interface base;
  guint        number; /* of Call1; 0: none behind it, not yet or not any more */
  gboolean     is_over;
  gboolean     starting;  /* Start has not returned */
  gboolean     forgotten; /* it goes as soon as it is over */
  Mm1Call     *early;     /* Hangup, before it could be done; NULL: none */
  gboolean     is_early;  /* it still cannot */
} Mm1VoiceCall;

Mm1Voice     *mm1_voice_of (const Mm1Object *object);
Mm1VoiceCall *mm1_voice_find (const Mm1Voice *self, guint number);

/* A call to nobody yet, not published. */
Mm1VoiceCall *mm1_voice_call_new (Mm1Object *object);
/* properties: Call1's */
void mm1_voice_call_take (Mm1VoiceCall *self, GVariant *properties);
/* properties: the last ones; NULL: not known */
void mm1_voice_call_end (Mm1VoiceCall *self, GVariant *properties);
/* It is that call of Voice1. */
void        mm1_voice_call_become (Mm1VoiceCall *self, guint number);
const char *mm1_voice_call_digits (const Mm1VoiceCall *self);
MMCallState mm1_voice_call_state (const Mm1VoiceCall *self);

/* Methods of Modem.Voice, see Mm1Method */
void mm1_voice_hold_and_accept (Mm1Interface *base, GVariant *args, Mm1Call *call);
void mm1_voice_hang_up_and_accept (Mm1Interface *base, GVariant *args, Mm1Call *call);
void mm1_voice_query_waiting (Mm1Interface *base, GVariant *args, Mm1Call *call);

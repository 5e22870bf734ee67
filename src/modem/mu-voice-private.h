/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-call-table.h"
#include "mu-session.h"
#include "mu-timer.h"
#include "mu-voice.h"

/* The voice service's parts: mu-voice.c hears, mu-voice-control.c dials and has all calls' methods,
 * mu-call1.c has those of one, mu-voice-priority.c what the internal stack has to do with them. */

typedef struct
{
  MuService   base;
  MuCallTable table;
  gboolean    asking;       /* +CLCC is under way */
  gboolean    ask_again;    /* something has happened since */
  gboolean    soon;         /* something has happened: the timer is for that */
  MuTimer     timer;        /* until it is asked again of itself */
  gint64      rang;         /* RING has come, of mu_timer_now() */
  MuCall     *dialler;      /* whose ATD is under way; NULL: nobody's */
  char        dialling[48]; /* its number, else "" */
  guint       dialled;      /* the object that ^ORIG has brought meanwhile; 0: none yet */
  MuCall     *toning;       /* SendTones, which one at a time can do */
  guint       tone;         /* the next one of it */
  MuTimer     tone_timer;   /* a pause */
  guint       data_first;   /* IncomingPriority, of its words; what was chosen last */
} MuVoice;

void  mu_voice_check (MuVoice *self); /* asks +CLCC, soon */
char *mu_voice_path (MuVoice *self, guint object);
void  mu_voice_check_tones (MuVoice *self); /* whether they may go on */

void mu_voice_go_on_toning (gpointer voice); /* after a pause */

/* The end of a method, what it has brought about being told of itself. */
void mu_voice_done (MuService *base, MuCall *call, const AtReply *reply, const GError *error);
/* The same where nothing tells: asks +CLCC first, so that the calls are by then what it has made of
 * them. */
void mu_voice_controlled (MuService *base, MuCall *call, const AtReply *reply, const GError *error);

extern const MuOp mu_voice_ops[8];

extern const MuOp        mu_voice_setters[1];
extern const char *const mu_voice_priority_words[];
void                     mu_voice_restore_priority (MuVoice *self);

extern const MuChildClass mu_call1_class;
/* Call1's properties, a{sv}, floating. */
GVariant *mu_call1_properties (const MuVoiceCall *call);

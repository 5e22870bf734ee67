/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-supplementary.h"

/* The service's parts: mu-supplementary.c has callers' numbers, call waiting and the tables,
 * mu-forwarding.c and mu-barring.c what their names say, mu-survey.c the questions. */

typedef enum
{
  SUBSCRIBED_NO, /* 27.007 7.6, <m> */
  SUBSCRIBED_YES,
  SUBSCRIBED_UNKNOWN,
} Subscribed;

typedef enum
{
  HIDE_DEFAULT, /* 27.007 7.7, <n> */
  HIDE_HIDE,
  HIDE_SHOW,
  HIDE_UNKNOWN,
} Hide;

typedef struct
{
  MuService  base;
  gboolean   shown;
  gboolean   show; /* what shown shall be, also after a restart of the module */
  gboolean   told; /* the module has been told so, or is being told */
  Subscribed subscribed;
  Hide       hide;
  gboolean   waiting;
  GSList    *surveys; /* MuSurvey */
} MuSupplementary;

/* ---- mu-survey.c ---- */

/* A question, and the word for what it is about. */
typedef struct
{
  const char *word;
  const char *command;
} MuQuestion;

/* Questions of one kind, whose answers are rows of one table. */
typedef struct
{
  const AtRecord   *record; /* of a MuAnswer */
  const char       *key;    /* of the word in a row; NULL: none */
  const MuQuestion *questions;
  gsize             n_questions;
} MuSurveyKind;

/* +CCFC: <status>,<class>[,<number>,<type>[,<subaddr>,<satype>[,<time>]]]; +CLCK and +CCWA end with
 * the class -- 27.007 7.4, 7.11, 7.12 */
typedef struct
{
  guint status;
  guint classes; /* a sum; 0: not told */
  char  number[48];
  guint type;
  guint time; /* s; 0: not told */
} MuAnswer;

extern const AtField mu_answer_fields[7];

#define MU_CLASS_VOICE 1u

/* The next line of a reply from *i on that is an answer; what was said unasked meanwhile under the
 * same name becomes news.  FALSE: there is none. */
gboolean mu_answer_next (MuService *base, const AtRecord *record, const AtReply *reply, gsize *i,
                         gpointer ret);
/* A row for each class; key: see MuSurveyKind. */
void mu_answer_add_rows (const MuAnswer *answer, const char *key, const char *word,
                         GVariantBuilder *rows);

/* Asks those of the kind's questions whose bit is set, one after another, and returns all rows. */
void mu_survey_begin (MuSupplementary *self, MuCall *call, const MuSurveyKind *kind, guint which);

/* voice, data, fax, sms, all */
gboolean mu_class_from_word (const char *word, guint *ret_class, GError **error);

/* Ends a call that had one command. */
void mu_supplementary_done (MuService *base, MuCall *call, const AtReply *reply,
                            const GError *error);

/* ---- operations ---- */

void mu_forwarding_get (MuService *base, GVariant *args, MuCall *call);
void mu_forwarding_set (MuService *base, GVariant *args, MuCall *call);
void mu_forwarding_clear (MuService *base, GVariant *args, MuCall *call);

void mu_barring_get (MuService *base, GVariant *args, MuCall *call);
void mu_barring_set (MuService *base, GVariant *args, MuCall *call);
void mu_barring_change_password (MuService *base, GVariant *args, MuCall *call);

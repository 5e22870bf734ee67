/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-data-private.h"
#include "mu-ndis.h"

/* The two halves of the ECM bearer: mu-ecm.c dials and hangs up, mu-ecm-news.c hears. */

/* ^NDISEND, which knows better, comes after ^NDISSTAT: guide 7.1.2 */
#define MU_ECM_REASON_MS 300

typedef enum
{
  MU_ECM_WAITING,    /* for its turn */
  MU_ECM_DIALLING,   /* ^NDISDUP has been sent */
  MU_ECM_REFUSED,    /* it has failed, why may come yet */
  MU_ECM_UP,         /* connected */
  MU_ECM_HANGING_UP, /* ^NDISDUP=cid,0 has been sent */
} MuEcmPhase;

/* The bearer's own part of a connection. */
typedef struct
{
  MuConnection *connection;
  MuEcmPhase    phase;
  MuTimer       timer;
  guint         asks;
  guint         cause; /* of being refused */
  gboolean      fell;  /* by its own answer; while dialling: perhaps */
} MuEcmLink;

MuEcmLink *mu_ecm_link (const MuConnection *connection); /* NULL: another bearer's, or not begun */
MuEcmLink *mu_ecm_link_new (MuConnection *connection, MuEcmPhase phase);
/* The first one that is in a phase; NULL: none. */
MuEcmLink *mu_ecm_find (MuData *self, MuEcmPhase phase);
guint      mu_ecm_count (MuData *self, MuEcmPhase phase);

void mu_ecm_up (MuData *self, MuEcmLink *link);
void mu_ecm_ended (MuData *self, MuEcmLink *link, guint cause);

typedef enum
{
  MU_ECM_UNKNOWN,
  MU_ECM_IS_UP,
  MU_ECM_IS_DOWN,
  MU_ECM_CHANGES,
} MuEcmAnswer;

/* What an answer says of a cid, 0: of any; ret_cause is set if it is down. */
MuEcmAnswer mu_ecm_read_answer (const AtReply *reply, guint cid, guint *ret_cause);

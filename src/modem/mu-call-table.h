/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* All calls of a module, put together from what it says: ^ORIG, ^CONF, ^CONN, ^CEND, RING, +CLIP,
 * +CCWA as they come, and +CLCC, which has the last word.  Pure: it knows no commands and no
 * clock. */

#define MU_MAX_CALLS 9 /* ids on the wire, at-facts 8 */

/* What the module says of another id is of no call. */
gboolean mu_call_is_id (guint id);

typedef enum
{
  MU_CALL_DIALING,
  MU_CALL_ALERTING,
  MU_CALL_ACTIVE,
  MU_CALL_HELD,
  MU_CALL_INCOMING,
  MU_CALL_WAITING,
  MU_CALL_ENDED,
} MuCallState;

typedef enum
{
  MU_CALL_END_LOCAL,
  MU_CALL_END_REMOTE,
  MU_CALL_END_BUSY,
  MU_CALL_END_REJECTED,
  MU_CALL_END_NO_ANSWER,
  MU_CALL_END_BARRED,
  MU_CALL_END_NO_NETWORK,
  MU_CALL_END_NETWORK,
  MU_CALL_END_ABORTED,
  MU_CALL_END_GONE,
} MuCallEnd;

/* end_status and cc_cause of ^CEND -- at-facts 8, 3GPP 24.008 annex H; cause 0: not said */
MuCallEnd mu_call_end_reason (guint status, guint cause);

typedef struct
{
  guint       object; /* the number of its object, never used again */
  guint       id;     /* on the wire; 0: the module has not said yet */
  MuCallState state;
  gboolean    incoming;
  gboolean    hidden; /* its number is withheld */
  gboolean    emergency;
  gboolean    multiparty;
  gboolean    released; /* the module has agreed to end it */
  guint       missed;   /* how often +CLCC has not had it, in a row */
  gint64      started;  /* seconds since 1970; 0: not yet */
  MuCallEnd   reason;   /* once ended */
  guint       end_status, cause;
  char        number[48];
} MuVoiceCall;

typedef struct
{
  void (*added) (const MuVoiceCall *call, gpointer user_data);
  void (*changed) (const MuVoiceCall *call, gpointer user_data);
  void (*removed) (const MuVoiceCall *call, gpointer user_data); /* it is ended */
} MuCallTableEvents;

typedef struct
{
  GPtrArray               *calls; /* MuVoiceCall, the oldest first */
  guint                    last_object;
  const MuCallTableEvents *events;
  gpointer                 user_data;
} MuCallTable;

void mu_call_table_init (MuCallTable *self, const MuCallTableEvents *events, gpointer user_data);
void mu_call_table_clear (MuCallTable *self); /* of calls, without a word */

MuVoiceCall *mu_call_table_find (MuCallTable *self, guint object);
/* The first one in a state; NULL: none. */
MuVoiceCall *mu_call_table_in (MuCallTable *self, MuCallState state);

/* We have dialled.  Returns the call, or NULL: there are too many. */
MuVoiceCall *mu_call_table_dialled (MuCallTable *self, const char *number);
/* number: "" if it was not we who dialled.  Returns the call, or NULL: there are too many, or that
 * is no id. */
MuVoiceCall *mu_call_table_originated (MuCallTable *self, guint id, gboolean emergency,
                                       const char *number);
void         mu_call_table_alerting (MuCallTable *self, guint id);
void         mu_call_table_connected (MuCallTable *self, guint id, gint64 now);
void         mu_call_table_ended (MuCallTable *self, guint id, guint status, guint cause);
void         mu_call_table_ring (MuCallTable *self);
/* number: empty if it is withheld */
void mu_call_table_caller (MuCallTable *self, const char *number, gboolean hidden);
void mu_call_table_waiting (MuCallTable *self, const char *number, gboolean hidden);

/* One row of +CLCC. */
typedef struct
{
  guint       id;
  gboolean    incoming;
  guint       stat; /* 0 active, 1 held, 2 dialling, 3 alerting, 4 incoming, 5 waiting */
  gboolean    multiparty;
  const char *number;
} MuCallRow;

/* Everything that +CLCC has said.  A call that is missing twice has ended without a word.  TRUE:
 * one is missing for the first time, ask again. */
gboolean mu_call_table_listed (MuCallTable *self, const MuCallRow *rows, guint n, gint64 now);

/* +CLCC does not answer: who has been released has ended, and who came and does not ring. */
void mu_call_table_unlisted (MuCallTable *self, gboolean rings);

/* All calls end at once. */
void mu_call_table_end_all (MuCallTable *self, MuCallEnd reason);

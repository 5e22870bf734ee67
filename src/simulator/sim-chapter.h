/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-args.h"
#include "sim-clock.h"
#include "sim-result.h"

#include <glib.h>

/* All that a chapter of the guide needs to be simulated: a struct for its state, a table of AT
 * commands, a table of control verbs and a few hooks make one `const SimChapter`; one line in
 * sim-chapters.c adds it to the module.  Chapters do not call the scheduler or the ports: they
 * answer commands, send unsolicited lines, and tell each other that a fact has changed. */

typedef struct SimModule  SimModule;
typedef struct SimPort    SimPort;
typedef struct SimCall    SimCall;
typedef struct SimCommand SimCommand;
typedef struct SimOrder   SimOrder;

/* AT commands */

typedef SimResult (*SimRun) (SimCall *call);

/* What a command cannot do without.  The chapter that knows refuses it in its guard. */
typedef enum
{
  SIM_NEEDS_NOTHING = 0,
  SIM_NEEDS_CARD = 1 << 0, /* a card, open or not */
  SIM_NEEDS_PIN = 1 << 1,  /* an open card that is no longer busy */
  SIM_NEEDS_SMS = 1 << 2,  /* the same, refused as message commands refuse */
} SimNeeds;

/* A form without a function is answered with ERROR, but for the test form: what follows "NAME: " in
 * the answer to AT+NAME=?, or NULL for OK alone.  Basic commands are sets: ATE0 is "E" with "0". */
struct SimCommand
{
  const char *name;
  SimNeeds    needs;
  const char *test;
  SimRun      exec, read, set;
  SimRun      run_test; /* where the answer to the test form is work */
};

struct SimCall
{
  SimModule        *module;
  SimPort          *port;
  const SimCommand *command;
  gpointer          state; /* of the command's chapter */
  SimArgs           args;
};

/* A line of information text before the final result. */
void sim_reply (SimCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Before the final result and at once, with what was replied so far: a prompt, CONNECT. */
void sim_call_say (SimCall *call, const char *text);

/* The line's answers are never written, and nobody is asked for more: the fault "ignore", or an
 * outcome that is not told. */
void     sim_call_mute (SimCall *call);
gboolean sim_call_is_mute (const SimCall *call);

/* For commands that take time: return sim_call_wait (...).  After that much simulated time done is
 * asked for the result, and may wait again; us below 0: never, somebody calls sim_call_finish().
 * aborted: asked for the result when the host types on meanwhile (guide 1.2.2); NULL: it cannot. */
SimResult sim_call_wait (SimCall *call, gint64 us, SimRun done, SimRun aborted);

/* Ends a call that waits, before its time.  SIM_LATER is no result. */
void sim_call_finish (SimCall *call, SimResult result);

/* Unsolicited lines */

typedef enum
{
  SIM_URC_ALWAYS,
  SIM_URC_GATED, /* not to a port that said ^CURC=0 */
} SimUrc;

/* To every port that takes AT commands. */
void sim_urc (SimModule *self, SimUrc kind, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* To one port only; NULL: to all.  sim_ring(): the result code RING, which is a number after ATV0.
 */
void sim_urc_to (SimModule *self, SimPort *port, SimUrc kind, const char *line);
void sim_ring (SimModule *self);

/* Control verbs */

struct SimOrder
{
  SimModule         *module;
  gpointer           state;  /* of the verb's chapter */
  const char *const *args;   /* n_args of them, then NULL */
  guint              n_args; /* as many as the verb's usage allows */
  GString           *answer; /* follows "ok " */
};

typedef gboolean (*SimDo) (SimOrder *order, GError **error);

/* usage: the name, then one word per argument, [IN BRACKETS] if it may be missing; the last one
 * takes the rest of the line if it ends in "...". */
typedef struct
{
  const char *usage;
  const char *help;
  SimDo       run;
} SimVerb;

/* Facts that chapters share */

typedef enum
{
  SIM_EVENT_RADIO,   /* +CFUN */
  SIM_EVENT_CARD,    /* came, went, opened, became busy or ready */
  SIM_EVENT_WORLD,   /* what can be received has changed */
  SIM_EVENT_CELL,    /* the serving cell, its level, its technology */
  SIM_EVENT_NETWORK, /* registration */
  SIM_EVENT_CALL,    /* a voice call came, changed its state or went */
  SIM_EVENT_SENDING, /* a message begins to be sent, or has been */
  SIM_EVENT_BEARER,  /* a PDP context came up or went */
  SIM_EVENT_CLOSED,  /* the host has closed a port: the one whose closing is set */
} SimEvent;

void sim_event (SimModule *self, SimEvent event);

typedef struct
{
  const char *name;
  gsize       state_size;

  void (*init) (SimModule *module, gpointer state);  /* as delivered; once */
  void (*start) (SimModule *module, gpointer state); /* at each start: what a restart forgets */
  void (*stop) (SimModule *module, gpointer state);  /* power goes: nothing may happen any more */
  void (*clear) (SimModule *module, gpointer state); /* the end of init */
  void (*event) (SimModule *module, gpointer state, SimEvent event);
  void (*dump) (SimModule *module, gpointer state, GString *out); /* lines of sim_dump() */
  SimResult (*guard) (SimModule *module, gpointer state, SimNeeds needs);

  const SimCommand *commands;
  gsize             n_commands;
  const SimVerb    *verbs;
  gsize             n_verbs;
} SimChapter;

/* SIM_ROWS (commands, commands): a table and its length */
#define SIM_ROWS(member, rows) .member = rows, .n_##member = G_N_ELEMENTS (rows)

/* The state of another chapter, for the functions it offers. */
gpointer sim_state (SimModule *self, const SimChapter *chapter);

/* key=value, for the verb "state" */
void sim_dump (GString *out, const char *key, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* One of a list of words, or MU_ERROR_INVALID_ARGUMENT naming them all. */
gboolean sim_word (const char *text, const char *const *words, guint *ret_index, GError **error);

/* A decimal number of the control language. */
gboolean sim_number (const char *text, double min, double max, double *ret_number, GError **error);

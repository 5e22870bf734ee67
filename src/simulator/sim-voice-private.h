/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-voice.h"

/* The calls themselves, for the chapters that make, answer, hold and end them.  A state changes at
 * once, the host hears of it a moment later: behind the OK of the command that was the cause. */

#define SIM_MAX_CALLS      7u /* 24.007 11.2.3.1.3: transaction identifiers */
#define SIM_MAX_MULTIPARTY 5u /* 22.084 1.2: remote parties */
#define SIM_MAX_DIGITS     40u

/* 27.007 7.18 <stat> */
typedef enum
{
  SIM_VOICE_ACTIVE = 0,
  SIM_VOICE_HELD = 1,
  SIM_VOICE_DIALING = 2,
  SIM_VOICE_ALERTING = 3,
  SIM_VOICE_INCOMING = 4,
  SIM_VOICE_WAITING = 5,
  SIM_VOICE_FREE, /* there is no call in this place */
} SimVoiceState;

/* 27.007 7.11 <CLI validity> */
typedef enum
{
  SIM_CLI_SHOWN = 0,
  SIM_CLI_WITHHELD = 1,
  SIM_CLI_UNAVAILABLE = 2,
} SimCli;

/* <end_status> of ^CEND */
typedef enum
{
  SIM_END_OFFLINE = 0,
  SIM_END_NO_SERVICE = 21,
  SIM_END_FADE = 22,
  SIM_END_HOST = 29,
  SIM_END_SET_UP = 100, /* see the cause */
  SIM_END_DECLINED = 102,
  SIM_END_NETWORK = 104, /* see the cause */
} SimEndStatus;

/* <cc_cause> of ^CEND: 24.008 10.5.4.11, above 127 the module's own */
enum
{
  SIM_CAUSE_NONE = 0, /* no network has spoken */
  SIM_CAUSE_UNASSIGNED = 1,
  SIM_CAUSE_NORMAL = 16,
  SIM_CAUSE_BUSY = 17,
  SIM_CAUSE_NO_ANSWER = 19,
  SIM_CAUSE_REJECTED = 21,
  SIM_CAUSE_OUT_OF_ORDER = 27,
  SIM_CAUSE_NO_CELL = 171,
};

typedef enum
{
  SIM_DOES_ANSWER,
  SIM_DOES_BUSY,
  SIM_DOES_REJECT,
  SIM_DOES_NOT_ANSWER,
  SIM_DOES_NOT_REACH,
  SIM_DOES_NOT_EXIST,
  SIM_DOES_NOTHING, /* but what the verb "remote" says */
  SIM_DOES_BAR,     /* the network, for its own subscriber */
  SIM_N_DOES,
} SimDoes;

/* What the other end does by itself.  Times are seconds. */
typedef struct
{
  guint  does;
  double alerts, answers; /* since it was dialled */
  double hangs_up;        /* since the call was answered; 0: never */
  guint  cause;           /* instead of the usual one; 0: that */
} SimParty;

typedef struct
{
  SimModule    *module;
  guint         id; /* its place, from 1 */
  SimVoiceState state;
  gboolean      incoming, emergency, multiparty;
  gboolean      hidden; /* the own number, from the remote party */
  char          number[SIM_MAX_DIGITS + 1];
  SimCli        cli;
  SimPort      *port;      /* that dialled or answered; NULL: none */
  gboolean      connected; /* at some time, since: */
  gint64        since;
  guint         rings;
  SimTimer      ring;
  SimParty      party;
  int           step; /* of the party: what it does when the timer is due */
  SimTimer      remote;
} SimVoice;

/* number: as it was dialled or presented.  NULL: there are as many as there may be. */
SimVoice *sim_voice_open (SimModule *module, SimVoiceState state, const char *number);

SimVoice *sim_voice_nth (SimModule *module, guint id);              /* NULL: no such call */
SimVoice *sim_voice_first (SimModule *module, SimVoiceState state); /* NULL: none is in it */
guint     sim_voice_count (SimModule *module, SimVoiceState state);

void sim_voice_originate (SimVoice *self); /* ^ORIG */
void sim_voice_alert (SimVoice *self);     /* ^CONF */
void sim_voice_connect (SimVoice *self);   /* ^CONN */
void sim_voice_end (SimVoice *self, SimEndStatus status, guint cause, SimPort *port);

/* The host hangs up: declines it if it rings. */
void sim_voice_hang_up (SimVoice *self, SimPort *port);
void sim_voice_hang_up_all (SimModule *module, SimVoiceState state, SimPort *port);

/* Hold and retrieve, without a word.  All: those in that state. */
void sim_voice_set_state (SimVoice *self, SimVoiceState state);
void sim_voice_set_all (SimModule *module, SimVoiceState from, SimVoiceState to);
void sim_voice_swap (SimModule *module); /* the active and the held ones */

/* A line about calls, in its place behind those that are still to be said.  line NULL: RING. */
void sim_voice_say (SimModule *module, SimPort *port, SimUrc kind, const char *line);

/* 27.007 6.2 <type>: 145 with a '+', 129 without, 128 if there is no number. */
guint sim_voice_type_of_number (const char *number);

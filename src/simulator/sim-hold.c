/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several calls: guide 8.6; 27.007 7.13, 7.18; 22.030 6.5.5; 22.083, 22.084, 22.091. */
#include "sim-hold.h"

#include "sim-module.h"
#include "sim-services.h"
#include "sim-voice-private.h"

#define MODE_VOICE   0 /* 27.007 7.18 <mode> */
#define RELEASE_TIME SIM_MS (300)

typedef struct
{
  guint n, id; /* of the +CHLD that waits for the network */
} SimHold;

/* +CLCC: id,direction,state,mode,multiparty[,"number",type] */
static SimResult
list_calls (SimCall *call)
{
  for (guint id = 1; id <= SIM_MAX_CALLS; id++)
    {
      const SimVoice *voice = sim_voice_nth (call->module, id);

      if (voice != NULL)
        sim_reply (call, "+CLCC: %u,%d,%d,%d,%d,\"%s\",%u", id, voice->incoming, (int)voice->state,
                   MODE_VOICE, voice->multiparty, voice->number,
                   sim_voice_type_of_number (voice->number));
    }
  return SIM_OK;
}

/* +CHLD */

/* The one that wants to be answered: a waiting call, or one that rings. */
static SimVoice *
calling (SimModule *module)
{
  SimVoice *waiting = sim_voice_first (module, SIM_VOICE_WAITING);

  return waiting != NULL ? waiting : sim_voice_first (module, SIM_VOICE_INCOMING);
}

static gboolean
has (SimModule *module, SimVoiceState state)
{
  return sim_voice_first (module, state) != NULL;
}

static void
accept (SimVoice *voice, SimPort *port)
{
  voice->port = port;
  sim_voice_connect (voice);
}

/* 0: busy for the one that calls, else the end of those on hold. */
static SimResult
release_held (SimCall *call, SimVoice *unused G_GNUC_UNUSED)
{
  SimVoice *caller = calling (call->module);

  if (caller != NULL)
    sim_voice_hang_up (caller, call->port);
  else if (has (call->module, SIM_VOICE_HELD))
    sim_voice_hang_up_all (call->module, SIM_VOICE_HELD, call->port);
  else
    return SIM_CME_NOT_ALLOWED;
  return SIM_OK;
}

/* 1: the end of the active ones, then the other one. */
static SimResult
release_active (SimCall *call, SimVoice *unused G_GNUC_UNUSED)
{
  SimVoice *caller = calling (call->module);

  if (sim_voice_setting_up (call->module)
      || (caller == NULL && !sim_voice_connected (call->module)))
    return SIM_CME_NOT_ALLOWED;
  if (caller != NULL)
    caller->state = SIM_VOICE_HELD; /* or it would ring in between */
  sim_voice_hang_up_all (call->module, SIM_VOICE_ACTIVE, call->port);
  if (caller != NULL)
    accept (caller, call->port);
  else
    sim_voice_set_all (call->module, SIM_VOICE_HELD, SIM_VOICE_ACTIVE);
  return SIM_OK;
}

/* 1x */
static SimResult
release_one (SimCall *call, SimVoice *voice)
{
  sim_voice_hang_up (voice, call->port);
  return SIM_OK;
}

/* 2: the active ones go on hold, then the other one; with both of them, a third has to wait. */
static SimResult
swap (SimCall *call, SimVoice *unused G_GNUC_UNUSED)
{
  SimModule *module = call->module;
  SimVoice  *caller = calling (module);
  gboolean   held = has (module, SIM_VOICE_HELD), active = has (module, SIM_VOICE_ACTIVE);

  if (sim_voice_setting_up (module) || (caller != NULL && held && active)
      || (caller == NULL && !held && !active))
    return SIM_CME_NOT_ALLOWED;
  if (caller != NULL)
    {
      sim_voice_set_all (module, SIM_VOICE_ACTIVE, SIM_VOICE_HELD);
      accept (caller, call->port);
      return SIM_OK;
    }
  sim_voice_swap (module);
  return SIM_OK;
}

/* 2x: in private with one of the conference */
static SimResult
hold_others (SimCall *call, SimVoice *voice)
{
  SimModule *module = call->module;

  if (voice->state != SIM_VOICE_ACTIVE || !voice->multiparty || has (module, SIM_VOICE_HELD)
      || calling (module) != NULL || sim_voice_setting_up (module))
    return SIM_CME_NOT_ALLOWED;
  voice->multiparty = FALSE;
  sim_voice_set_all (module, SIM_VOICE_ACTIVE, SIM_VOICE_HELD);
  sim_voice_set_state (voice, SIM_VOICE_ACTIVE);
  return SIM_OK;
}

/* 3: all together */
static SimResult
join (SimCall *call, SimVoice *unused G_GNUC_UNUSED)
{
  SimModule *module = call->module;
  guint n = sim_voice_count (module, SIM_VOICE_ACTIVE) + sim_voice_count (module, SIM_VOICE_HELD);

  if (!has (module, SIM_VOICE_ACTIVE) || !has (module, SIM_VOICE_HELD) || n > SIM_MAX_MULTIPARTY)
    return SIM_CME_NOT_ALLOWED;
  for (guint id = 1; id <= SIM_MAX_CALLS; id++)
    if (sim_voice_nth (module, id) != NULL && sim_voice_nth (module, id)->connected)
      sim_voice_nth (module, id)->multiparty = TRUE;
  sim_voice_set_all (module, SIM_VOICE_HELD, SIM_VOICE_ACTIVE);
  return SIM_OK;
}

/* 4: the two others go on without us; the second may still be ringing (22.091 4.1). */
static SimResult
transfer (SimCall *call, SimVoice *unused G_GNUC_UNUSED)
{
  static const SimVoiceState states[] = { SIM_VOICE_ACTIVE, SIM_VOICE_ALERTING, SIM_VOICE_HELD };
  SimModule                 *module = call->module;
  SimVoice                  *voice;

  if (!has (module, SIM_VOICE_HELD)
      || (!has (module, SIM_VOICE_ACTIVE) && !has (module, SIM_VOICE_ALERTING)))
    return SIM_CME_NOT_ALLOWED;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    while ((voice = sim_voice_first (module, states[i])) != NULL)
      sim_voice_end (voice, SIM_END_NETWORK, SIM_CAUSE_NORMAL, call->port);
  return SIM_OK;
}

typedef SimResult (*HoldRun) (SimCall *call, SimVoice *voice);

typedef struct
{
  guint    n;
  gboolean one;     /* with the ID of a call: 1x, 2x */
  int      service; /* SimService that it takes; -1: none */
  HoldRun  run;
} Operation;

static const Operation operations[] = {
  { 0, FALSE, -1, release_held },
  { 1, FALSE, -1, release_active },
  { 1, TRUE, -1, release_one },
  { 2, FALSE, SIM_SERVICE_HOLD, swap },
  { 2, TRUE, SIM_SERVICE_MULTIPARTY, hold_others },
  { 3, FALSE, SIM_SERVICE_MULTIPARTY, join },
  { 4, FALSE, SIM_SERVICE_TRANSFER, transfer },
};

static const Operation *
find (guint n, gboolean one)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (operations[i].n == n && operations[i].one == one)
      return &operations[i];
  return NULL;
}

static SimResult
done (SimCall *call)
{
  const SimHold   *self = call->state;
  const Operation *operation = find (self->n, self->id != 0);
  SimVoice        *voice = sim_voice_nth (call->module, self->id);

  if (self->id != 0 && voice == NULL)
    return SIM_CME_NOT_ALLOWED;
  return operation->run (call, voice);
}

/* +CHLD=n  or  nx: x is the ID of a call */
static SimResult
set_chld (SimCall *call)
{
  SimHold         *self = call->state;
  guint            number = sim_arg_uint (&call->args, 0, 99);
  const Operation *operation;

  self->n = number < 10 ? number : number / 10;
  self->id = number < 10 ? 0 : number % 10;
  operation = find (self->n, number >= 10);
  if (!sim_args_end (&call->args) || operation == NULL)
    return SIM_CME_BAD_PARAMETERS;
  if (number >= 10 && sim_voice_nth (call->module, self->id) == NULL)
    return SIM_CME_NOT_ALLOWED;
  if (!sim_voice_exists (call->module))
    return SIM_CME_NOT_ALLOWED;
  if (operation->service >= 0)
    return sim_service_ask (call, (SimService)operation->service, done, NULL);
  return sim_call_wait (call, RELEASE_TIME, done, NULL);
}

static const SimCommand commands[] = {
  { "+CLCC", .exec = list_calls, .read = list_calls },
  { "+CHLD", .test = "(0,1,1x,2,2x,3,4)", .set = set_chld },
};

const SimChapter sim_hold_chapter = {
  .name = "hold",
  .state_size = sizeof (SimHold),
  SIM_ROWS (commands, commands),
};

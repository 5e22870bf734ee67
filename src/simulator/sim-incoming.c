/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls that come: guide 8.2, 8.5 to 8.7, 14.3; 24.008 5.2.2. */
#include "sim-incoming.h"

#include "mu-error.h"
#include "sim-barring.h"
#include "sim-basic.h"
#include "sim-classes.h"
#include "sim-forwarding.h"
#include "sim-keys.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-number.h"
#include "sim-party.h"
#include "sim-presentation.h"
#include "sim-waiting.h"

#include <string.h>

#define RING_TIME SIM_SECONDS (5) /* guide 8.4.1: every 5 seconds */

typedef struct
{
  gboolean data_first;  /* ^DVCFG */
  gboolean transparent; /* the internal stack is */
} SimIncoming;

void
sim_incoming_set_transparent (SimModule *module, gboolean transparent)
{
  ((SimIncoming *)sim_state (module, &sim_incoming_chapter))->transparent = transparent;
}

/* Ringing */

static void
on_ring (gpointer voice)
{
  SimVoice *call = voice;
  guint     answers_after = sim_basic_rings (call->module);

  if (call->rings > 0 && call->rings == answers_after)
    {
      sim_voice_connect (call);
      return;
    }
  call->rings++;
  sim_timer_start (&call->ring, RING_TIME);
  sim_presentation_ring (call);
}

static void
ring (SimVoice *call)
{
  sim_timer_init (&call->ring, call->module->clock, on_ring, call);
  on_ring (call);
}

/* A call that waited may have become one that rings. */
static void
incoming_event (SimModule *module, gpointer state G_GNUC_UNUSED, SimEvent event)
{
  SimVoice *call = sim_voice_first (module, SIM_VOICE_INCOMING);

  if (event == SIM_EVENT_CALL && call != NULL && !sim_timer_running (&call->ring))
    ring (call);
}

/* The network */

typedef enum
{
  RINGS,
  WAITS,
  BUSY,
  NOT_REACHABLE,
  BARRED,
  FORWARDED,
} Fate;

static const char *const fates[] = {
  [BUSY] = "busy", [NOT_REACHABLE] = "unreachable", [BARRED] = "barred", [FORWARDED] = "forwarded"
};

static gboolean
reachable (SimModule *module)
{
  SimReg stat = sim_network_stat (module);

  return stat == SIM_REG_HOME || stat == SIM_REG_ROAMING;
}

static gboolean
emergency (SimModule *module)
{
  for (guint id = 1; id <= SIM_MAX_CALLS; id++)
    if (sim_voice_nth (module, id) != NULL && sim_voice_nth (module, id)->emergency)
      return TRUE;
  return FALSE;
}

/* 22.083 1.4: one call may wait, and only while none is being set up. */
static Fate
fate_here (SimModule *module)
{
  if (!sim_voice_exists (module))
    return RINGS;
  if (sim_voice_setting_up (module) || emergency (module)
      || sim_voice_first (module, SIM_VOICE_INCOMING) != NULL
      || sim_voice_first (module, SIM_VOICE_WAITING) != NULL || !sim_waiting_active (module))
    return BUSY;
  return WAITS;
}

/* 22.082: forwarding comes after barring; ret_to: where it was forwarded. */
static Fate
fate_of_call (SimModule *module, const char **ret_to)
{
  Fate fate;

  if (sim_barring_incoming (module, SIM_CLASS_VOICE))
    return BARRED;
  *ret_to = sim_forwarding_to (module, SIM_FORWARD_ALWAYS);
  if (*ret_to != NULL)
    return FORWARDED;
  fate = reachable (module) ? fate_here (module) : NOT_REACHABLE;
  if (fate == BUSY)
    *ret_to = sim_forwarding_to (module, SIM_FORWARD_BUSY);
  if (fate == NOT_REACHABLE)
    *ret_to = sim_forwarding_to (module, SIM_FORWARD_NOT_REACHABLE);
  return *ret_to != NULL ? FORWARDED : fate;
}

/* incoming-call NUMBER|withheld|unavailable [KEY=VALUE...] */

typedef struct
{
  double gives_up, hangs_up;
} Caller;

static const SimKey caller_keys[] = {
  { "gives-up", SIM_KEY_LEVEL, offsetof (Caller, gives_up), 0, 1e6, NULL },
  { "hangs-up", SIM_KEY_LEVEL, offsetof (Caller, hangs_up), 0, 1e6, NULL },
};

static void
set_number (SimVoice *call, const char *from)
{
  if (g_str_equal (from, "withheld"))
    call->cli = SIM_CLI_WITHHELD;
  else if (g_str_equal (from, "unavailable"))
    call->cli = SIM_CLI_UNAVAILABLE;
  else
    (void)g_strlcpy (call->number, from, sizeof call->number);
}

static SimVoice *
come (SimModule *module, const char *from, Fate fate, Caller caller)
{
  SimVoice *call
      = sim_voice_open (module, fate == WAITS ? SIM_VOICE_WAITING : SIM_VOICE_INCOMING, "");

  if (sim_forwarding_to (module, SIM_FORWARD_NO_REPLY) != NULL)
    caller.gives_up = MIN (caller.gives_up, sim_forwarding_time (module));
  set_number (call, from);
  sim_party_calls (call, caller.gives_up, caller.hangs_up);
  if (fate == WAITS)
    sim_waiting_announce (call);
  return call;
}

static gboolean
do_incoming_call (SimOrder *order, GError **error)
{
  const SimIncoming *self = order->state;
  const char        *from = order->args[0], *to = NULL;
  Caller             caller = { .gives_up = 60 };
  Fate               fate;
  SimVoice          *call;

  if (!g_str_equal (from, "withheld") && !g_str_equal (from, "unavailable")
      && (!sim_number_valid (from) || strlen (from) > SIM_MAX_DIGITS))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "no telephone number: %s", from);
  if (order->n_args > 1
      && !sim_keys_set (caller_keys, G_N_ELEMENTS (caller_keys), order->args[1], &caller,
                        sizeof caller, error))
    return FALSE;
  fate = fate_of_call (order->module, &to);
  if (fate > WAITS)
    {
      g_string_append_printf (order->answer, "%s%s%s", fates[fate], to != NULL ? " " : "",
                              to != NULL ? to : "");
      return TRUE;
    }
  call = come (order->module, from, fate, caller);
  g_string_append_printf (order->answer, "%u", call->id);
  if (self->data_first && self->transparent)
    sim_voice_end (call, SIM_END_HOST, SIM_CAUSE_NORMAL, NULL);
  else
    sim_event (order->module, SIM_EVENT_CALL);
  return TRUE;
}

/* ^DVCFG: priority  0: voice calls (guide 14.3), 1: data in transparent mode */

static SimResult
read_dvcfg (SimCall *call)
{
  sim_reply (call, "^DVCFG: %d", ((SimIncoming *)call->state)->data_first);
  return SIM_OK;
}

static SimResult
set_dvcfg (SimCall *call)
{
  guint data_first = sim_arg_uint (&call->args, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  ((SimIncoming *)call->state)->data_first = data_first != 0;
  return SIM_OK;
}

static void
incoming_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  *(SimIncoming *)state = (SimIncoming){ 0 };
}

static const SimCommand commands[] = {
  { "^DVCFG", .test = "(0,1)", .read = read_dvcfg, .set = set_dvcfg },
};

static const SimVerb verbs[] = {
  { "incoming-call NUMBER|withheld|unavailable [KEY=VALUE...]",
    "somebody calls: gives-up hangs-up; answers with the call's ID or with what the network made "
    "of it",
    do_incoming_call },
};

const SimChapter sim_incoming_chapter = {
  .name = "incoming",
  .state_size = sizeof (SimIncoming),
  .start = incoming_start,
  .event = incoming_event,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-party.h"

#include "mu-error.h"
#include "sim-control.h"
#include "sim-keys.h"
#include "sim-module.h"
#include "sim-number.h"

#include <string.h>

#define MAX_KNOWN 32u

enum
{
  STEP_NONE,
  STEP_ALERT,
  STEP_ANSWER,
  STEP_REFUSE,
  STEP_HANG_UP,
  STEP_GIVE_UP,
};

/* How a call to somebody goes: whether it rings there, what happens how long after it was dialled,
 * and the cause that the network gives. */
typedef struct
{
  const char *word;
  gboolean    rings;
  double      decides; /* seconds */
  guint       cause;
} Way;

static const Way ways[SIM_N_DOES] = {
  [SIM_DOES_ANSWER] = { "answers", TRUE, 3, SIM_CAUSE_NONE },
  [SIM_DOES_BUSY] = { "busy", FALSE, 1, SIM_CAUSE_BUSY },
  [SIM_DOES_REJECT] = { "rejects", TRUE, 3, SIM_CAUSE_REJECTED }, /* guide 8.7.1: after ^CONF */
  [SIM_DOES_NOT_ANSWER] = { "silent", TRUE, 45, SIM_CAUSE_NO_ANSWER },
  [SIM_DOES_NOT_REACH] = { "unreachable", FALSE, 2, SIM_CAUSE_OUT_OF_ORDER },
  [SIM_DOES_NOT_EXIST] = { "unassigned", FALSE, 1, SIM_CAUSE_UNASSIGNED },
  [SIM_DOES_NOTHING] = { "waits", FALSE, 0, SIM_CAUSE_NONE },
  [SIM_DOES_BAR] = { "barred", TRUE, 2, SIM_CAUSE_REJECTED }, /* guide 8.7.1 */
};

static const char *const way_words[SIM_N_DOES + 1] = { "answers", "busy",        "rejects",
                                                       "silent",  "unreachable", "unassigned",
                                                       "waits",   "barred",      NULL };

static const SimParty usual = { .does = SIM_DOES_ANSWER, .alerts = 1 };

typedef struct
{
  char     number[SIM_MAX_DIGITS + 1];
  SimParty party;
} Known;

typedef struct
{
  Known    known[MAX_KNOWN];
  guint    n_known;
  SimParty any, next;
  gboolean has_next;
} SimParties;

/* Who answers */

static Known *
find (SimParties *self, const char *number)
{
  for (guint i = 0; i < self->n_known; i++)
    if (g_str_equal (self->known[i].number, number))
      return &self->known[i];
  return NULL;
}

static SimParty
party_for (SimParties *self, const char *number)
{
  const Known *known = find (self, number);
  gboolean     next = self->has_next;

  self->has_next = FALSE;
  if (next)
    return self->next;
  return known != NULL ? known->party : self->any;
}

/* What they do */

static void
plan (SimVoice *call, int step, double seconds)
{
  call->step = step;
  sim_timer_start (&call->remote, SIM_SECONDS (MAX (seconds, 0)));
}

static guint
cause_of (const SimParty *party)
{
  return party->cause != 0 ? party->cause : ways[party->does].cause;
}

static double
decision_of (const SimParty *party)
{
  return party->answers > 0 ? party->answers : ways[party->does].decides;
}

static void
plan_end (SimVoice *call)
{
  if (call->party.hangs_up > 0)
    plan (call, STEP_HANG_UP, call->party.hangs_up);
  else
    sim_timer_stop (&call->remote);
}

static void
answer (SimVoice *call)
{
  plan_end (call);
  sim_voice_connect (call);
}

/* The cause of the end of a call that was answered is normal unless somebody wants another. */
static void
hang_up (SimVoice *call, guint cause)
{
  gboolean set_up = call->state == SIM_VOICE_DIALING || call->state == SIM_VOICE_ALERTING;

  sim_voice_end (call, set_up ? SIM_END_SET_UP : SIM_END_NETWORK,
                 cause != 0 ? cause : SIM_CAUSE_NORMAL, NULL);
}

static void
on_step (gpointer voice)
{
  SimVoice *call = voice;
  int       step = call->step;

  call->step = STEP_NONE;
  switch (step)
    {
    case STEP_ALERT:
      plan (call, call->party.does == SIM_DOES_ANSWER ? STEP_ANSWER : STEP_REFUSE,
            decision_of (&call->party) - call->party.alerts);
      sim_voice_alert (call);
      break;
    case STEP_ANSWER: answer (call); break;
    case STEP_REFUSE: sim_voice_end (call, SIM_END_SET_UP, cause_of (&call->party), NULL); break;
    case STEP_HANG_UP: hang_up (call, call->party.cause); break;
    case STEP_GIVE_UP: hang_up (call, 0); break;
    default: break;
    }
}

void
sim_party_dialled (SimVoice *call, gboolean barred)
{
  SimParties *self = sim_state (call->module, &sim_party_chapter);

  call->party = party_for (self, call->number);
  if (barred)
    call->party = (SimParty){ .does = SIM_DOES_BAR, .alerts = usual.alerts };
  call->step = STEP_NONE;
  sim_timer_init (&call->remote, call->module->clock, on_step, call);
  if (ways[call->party.does].rings)
    plan (call, STEP_ALERT, MIN (call->party.alerts, decision_of (&call->party)));
  else if (call->party.does != SIM_DOES_NOTHING)
    plan (call, STEP_REFUSE, decision_of (&call->party));
}

void
sim_party_calls (SimVoice *call, double gives_up, double hangs_up)
{
  call->party = (SimParty){ .does = SIM_DOES_NOTHING, .hangs_up = hangs_up };
  call->step = STEP_NONE;
  sim_timer_init (&call->remote, call->module->clock, on_step, call);
  if (gives_up > 0)
    plan (call, STEP_GIVE_UP, gives_up);
}

/* A caller whose call was answered no longer gives up. */
static void
party_event (SimModule *module, gpointer state G_GNUC_UNUSED, SimEvent event)
{
  for (guint id = 1; event == SIM_EVENT_CALL && id <= SIM_MAX_CALLS; id++)
    {
      SimVoice *call = sim_voice_nth (module, id);

      if (call == NULL || !call->incoming || call->state != SIM_VOICE_ACTIVE
          || call->step == STEP_HANG_UP)
        continue;
      call->step = STEP_NONE;
      plan_end (call);
    }
}

/* party NUMBER|next|any [KEY=VALUE...] */

static const SimKey party_keys[] = {
  { "does", SIM_KEY_WORD, offsetof (SimParty, does), 0, 0, way_words },
  { "alerts", SIM_KEY_LEVEL, offsetof (SimParty, alerts), 0, 600, NULL },
  { "answers", SIM_KEY_LEVEL, offsetof (SimParty, answers), 0, 600, NULL },
  { "hangs-up", SIM_KEY_LEVEL, offsetof (SimParty, hangs_up), 0, 1e6, NULL },
  { "cause", SIM_KEY_DECIMAL, offsetof (SimParty, cause), 0, 127, NULL },
};

static gboolean
set_known (SimParties *self, const char *number, const SimParty *party, GError **error)
{
  Known *known = find (self, number);

  if (!sim_number_valid (number) || strlen (number) > SIM_MAX_DIGITS)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "no telephone number: %s", number);
  if (known == NULL && self->n_known == MAX_KNOWN)
    return mu_fail (error, MU_ERROR_MEMORY_FULL, "%u parties are known already", MAX_KNOWN);
  if (known == NULL)
    known = &self->known[self->n_known++];
  (void)g_strlcpy (known->number, number, sizeof known->number);
  known->party = *party;
  return TRUE;
}

static gboolean
do_party (SimOrder *order, GError **error)
{
  SimParties *self = order->state;
  const char *who = order->args[0];
  SimParty    party = usual;

  if (order->n_args > 1
      && !sim_keys_set (party_keys, G_N_ELEMENTS (party_keys), order->args[1], &party, sizeof party,
                        error))
    return FALSE;
  if (g_str_equal (who, "any"))
    self->any = party;
  else if (!g_str_equal (who, "next"))
    return set_known (self, who, &party, error);
  else
    {
      self->next = party;
      self->has_next = TRUE;
    }
  return TRUE;
}

/* remote ID alerts|answers|busy|rejects|hangs-up [CAUSE] */

static const char *const remote_words[]
    = { "alerts", "answers", "busy", "rejects", "hangs-up", NULL };

enum
{
  REMOTE_ALERTS,
  REMOTE_ANSWERS,
  REMOTE_BUSY,
  REMOTE_REJECTS,
  REMOTE_HANGS_UP,
};

static void
act (SimVoice *call, guint what, guint cause)
{
  static const guint causes[] = {
    [REMOTE_BUSY] = SIM_CAUSE_BUSY, [REMOTE_REJECTS] = SIM_CAUSE_REJECTED, [REMOTE_HANGS_UP] = 0
  };

  sim_timer_stop (&call->remote);
  if (what == REMOTE_ALERTS)
    sim_voice_alert (call);
  else if (what == REMOTE_ANSWERS)
    answer (call);
  else
    hang_up (call, cause != 0 ? cause : causes[what]);
}

static gboolean
do_remote (SimOrder *order, GError **error)
{
  double    id, cause = 0;
  guint     what;
  SimVoice *call;
  gboolean  set_up;

  if (!sim_number (order->args[0], 1, SIM_MAX_CALLS, &id, error)
      || !sim_word (order->args[1], remote_words, &what, error)
      || (order->n_args > 2 && !sim_number (order->args[2], 1, 127, &cause, error)))
    return FALSE;
  call = sim_voice_nth (order->module, (guint)id);
  if (call == NULL)
    return mu_fail (error, MU_ERROR_NOT_FOUND, "no such call: %s", order->args[0]);
  set_up = call->state == SIM_VOICE_DIALING
           || (call->state == SIM_VOICE_ALERTING && what != REMOTE_ALERTS);
  if (!set_up && what != REMOTE_HANGS_UP)
    return mu_fail (error, MU_ERROR_NOT_ALLOWED, "the call is not in that state");
  act (call, what, (guint)cause);
  return TRUE;
}

/* calls */

static void
append_call (GString *text, guint id, const SimVoice *call)
{
  static const char *const states[]
      = { "active", "held", "dialing", "alerting", "incoming", "waiting" };

  g_string_append_printf (text, "%u %s %s %s", id, states[call->state],
                          call->incoming ? "from" : "to",
                          call->number[0] != '\0' ? call->number : "withheld");
  g_string_append_printf (text, "%s%s%s\n", call->multiparty ? " multiparty" : "",
                          call->emergency ? " emergency" : "", call->hidden ? " hidden" : "");
}

static gboolean
do_calls (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint id = 1; id <= SIM_MAX_CALLS; id++)
    {
      const SimVoice *call = sim_voice_nth (order->module, id);

      if (call != NULL)
        append_call (text, id, call);
    }
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static void
party_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimParties *)state)->any = usual;
}

static const SimVerb verbs[] = {
  { "party NUMBER|next|any [KEY=VALUE...]",
    "what a number does when it is dialled: does alerts answers hangs-up cause", do_party },
  { "remote ID alerts|answers|busy|rejects|hangs-up [CAUSE]",
    "the other end of a call does that now", do_remote },
  { "calls", "lists the calls", do_calls },
};

const SimChapter sim_party_chapter = {
  .name = "party",
  .state_size = sizeof (SimParties),
  .init = party_init,
  .event = party_event,
  SIM_ROWS (verbs, verbs),
};

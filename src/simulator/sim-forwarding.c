/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Call forwarding: guide 8.5; 27.007 7.11; 22.082. */
#include "sim-forwarding.h"

#include "sim-classes.h"
#include "sim-number.h"
#include "sim-services.h"

#include <string.h>

#define MAX_DIGITS   28u
#define N_CLASSES    4u
#define DEFAULT_TIME 20u
#define MIN_TIME     1u
#define MAX_TIME     30u

/* Sums of reasons: 27.007 7.11 */
enum
{
  REASON_ALL = 4,
  REASON_ALL_CONDITIONAL = 5,
};

typedef enum
{
  MODE_DISABLE,
  MODE_ENABLE,
  MODE_QUERY,
  MODE_REGISTER,
  MODE_ERASE,
} Mode;

typedef struct
{
  gboolean active;
  char     number[MAX_DIGITS + 8]; /* complete; empty: none is registered */
  guint    time;
} Forward;

typedef struct
{
  guint reason;
  Mode  mode;
  char  number[MAX_DIGITS + 1];
  guint classes, time;
} Wish;

typedef struct
{
  Forward forwards[SIM_N_FORWARDS][N_CLASSES];
  Wish    wish; /* of the command that waits for the network */
} SimForwarding;

static const Forward *
voice_forward (SimModule *module, SimForward reason)
{
  const SimForwarding *self = sim_state (module, &sim_forwarding_chapter);

  return &self->forwards[reason][0];
}

const char *
sim_forwarding_to (SimModule *module, SimForward reason)
{
  const Forward *forward = voice_forward (module, reason);

  return forward->active && sim_service_provided (module, SIM_SERVICE_FORWARDING) ? forward->number
                                                                                  : NULL;
}

guint
sim_forwarding_time (SimModule *module)
{
  return voice_forward (module, SIM_FORWARD_NO_REPLY)->time;
}

/* +CCFC: status,class[,"number",type,subaddress,its type,time]  a line per class; time for no reply
 */
static void
reply (SimCall *call, SimForward reason, guint class, const Forward *forward)
{
  char time[12] = "";

  if (reason == SIM_FORWARD_NO_REPLY)
    (void)g_snprintf (time, sizeof time, "%u", forward->time);
  sim_reply (call, "+CCFC: %d,%u,\"%s\",145,,,%s", forward->active, class, forward->number, time);
}

static SimResult
query (SimCall *call)
{
  SimForwarding *self = call->state;
  SimForward     reason = (SimForward)self->wish.reason;
  guint          n = 0;

  for (guint i = 0; i < N_CLASSES; i++)
    if ((self->wish.classes & 1u << i) != 0 && self->forwards[reason][i].active)
      {
        reply (call, reason, 1u << i, &self->forwards[reason][i]);
        n++;
      }
  if (n == 0)
    sim_reply (call, "+CCFC: 0,%u", self->wish.classes);
  return SIM_OK;
}

/* FALSE: there is no number to forward to. */
static gboolean
change (Forward *forward, const Wish *wish)
{
  g_autofree char *complete = sim_number_complete (wish->number);

  if (wish->mode == MODE_ENABLE && forward->number[0] == '\0')
    return FALSE;
  if (wish->mode == MODE_REGISTER)
    (void)g_strlcpy (forward->number, complete, sizeof forward->number);
  if (wish->mode == MODE_ERASE)
    forward->number[0] = '\0';
  if (wish->mode == MODE_REGISTER)
    forward->time = wish->time;
  forward->active = wish->mode == MODE_ENABLE || wish->mode == MODE_REGISTER;
  return TRUE;
}

static gboolean
concerns (const Wish *wish, guint reason)
{
  return wish->reason == reason || wish->reason == REASON_ALL
         || (wish->reason == REASON_ALL_CONDITIONAL && reason != SIM_FORWARD_ALWAYS);
}

static SimResult
done (SimCall *call)
{
  SimForwarding *self = call->state;
  gboolean       right = TRUE;

  if (self->wish.mode == MODE_QUERY)
    return query (call);
  for (guint reason = 0; reason < SIM_N_FORWARDS; reason++)
    for (guint i = 0; i < N_CLASSES; i++)
      if (concerns (&self->wish, reason) && (self->wish.classes & 1u << i) != 0)
        right &= change (&self->forwards[reason][i], &self->wish);
  return right ? SIM_OK : SIM_CME_NOT_ALLOWED;
}

/* +CCFC=reason,mode[,"number"[,type[,class[,"subaddress"[,its type[,time]]]]]] */
static SimResult
set_ccfc (SimCall *call)
{
  SimForwarding *self = call->state;
  Wish          *wish = &self->wish;
  guint          classes;

  wish->reason = sim_arg_uint (&call->args, 0, REASON_ALL_CONDITIONAL);
  wish->mode = (Mode)sim_arg_uint (&call->args, MODE_DISABLE, MODE_ERASE);
  (void)g_strlcpy (wish->number, sim_arg_text_or (&call->args, "", MAX_DIGITS),
                   sizeof wish->number);
  (void)sim_arg_uint_or (&call->args, 129, 128, 255);
  classes = sim_arg_uint_or (&call->args, SIM_CLASS_DEFAULT, 1, SIM_CLASS_MAX);
  (void)sim_arg_text_or (&call->args, "", 32);
  (void)sim_arg_uint_or (&call->args, 128, 0, 255);
  wish->time = sim_arg_uint_or (&call->args, DEFAULT_TIME, MIN_TIME, MAX_TIME);
  wish->classes = classes & SIM_CLASS_ALL;
  if (!sim_args_end (&call->args)
      || (wish->mode == MODE_REGISTER && !sim_number_valid (wish->number)))
    return SIM_CME_BAD_PARAMETERS;
  if (wish->mode == MODE_QUERY && wish->reason >= REASON_ALL)
    return SIM_CME_NOT_ALLOWED;
  return sim_service_ask (call, SIM_SERVICE_FORWARDING, done, NULL);
}

static const SimCommand commands[] = {
  { "+CCFC", .needs = SIM_NEEDS_PIN, .test = "(0-5)", .set = set_ccfc },
};

const SimChapter sim_forwarding_chapter = {
  .name = "forwarding",
  .state_size = sizeof (SimForwarding),
  SIM_ROWS (commands, commands),
};

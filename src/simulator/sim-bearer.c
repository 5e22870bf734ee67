/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Activation of PDP contexts (24.008 6.1.3) and the rules of guide 26. */
#include "sim-bearer.h"

#include "mu-error.h"
#include "sim-control.h"
#include "sim-module.h"
#include "sim-network.h"

#define SWIFT          3u /* guide 26.2: more than so many at once go slower */
#define LOOK_TIME      SIM_MS (500)
#define PATIENCE       SIM_SECONDS (20)
#define MIN_TIME       SIM_MS (50)
#define RESERVED_CID_A 3u
#define RESERVED_CID_B 5u

typedef struct
{
  SimBearer bearers[SIM_MAX_CID]; /* by cid - 1 */
} SimBearers;

static SimBearer *
bearer (SimModule *module, guint cid)
{
  SimBearers *self = sim_state (module, &sim_bearer_chapter);

  g_assert (cid >= 1 && cid <= SIM_MAX_CID);
  return &self->bearers[cid - 1];
}

const SimBearer *
sim_bearer (SimModule *module, guint cid)
{
  return bearer (module, cid);
}

const SimApn *
sim_bearer_access (const SimBearer *self)
{
  return sim_apn_find (self->module, self->wish.apn);
}

gboolean
sim_bearer_dialled_cid (guint cid)
{
  return cid >= 1 && cid <= SIM_MAX_DIAL_CID && cid != RESERVED_CID_A && cid != RESERVED_CID_B;
}

static guint
count_in_use (SimModule *module)
{
  guint n = 0;

  for (guint cid = 1; cid <= SIM_MAX_CID; cid++)
    n += bearer (module, cid)->state != SIM_BEARER_DOWN;
  return n;
}

/* up and down */

static void
go_down (SimBearer *self, guint cause, guint shown)
{
  sim_timer_stop (&self->timer);
  self->state = SIM_BEARER_DOWN;
  self->users = 0;
  self->cause = cause;
  self->shown = shown;
  sim_event (self->module, SIM_EVENT_BEARER);
}

static void
answered (SimBearer *self)
{
  const SimApn        *access = sim_bearer_access (self);
  const SimBearerWish *wish = &self->wish;
  guint                cause = access->cause;

  if (cause == SIM_SM_NONE && !wish->admitted
      && !sim_apn_admits (access, wish->auth, wish->user, wish->password))
    cause = SIM_SM_AUTHENTICATION;
  if (cause != SIM_SM_NONE)
    {
      go_down (self, cause, access->shown != 0 ? access->shown : cause);
      return;
    }
  self->state = SIM_BEARER_UP;
  sim_event (self->module, SIM_EVENT_BEARER);
}

/* The network is asked as soon as the packet domain is there, which may have to be waited for. */
static void
ask (SimBearer *self)
{
  gint64 takes = SIM_SECONDS (sim_bearer_access (self)->takes);

  if (count_in_use (self->module) > SWIFT)
    takes *= 2;
  self->patience = -1;
  sim_timer_start (&self->timer, MAX (takes, MIN_TIME));
}

static void
on_timer (gpointer bearer_)
{
  SimBearer *self = bearer_;

  if (self->patience < 0)
    answered (self);
  else if (sim_network_ps_attached (self->module))
    ask (self);
  else if (self->patience == 0)
    go_down (self, SIM_SM_NETWORK_FAILURE, SIM_SM_NETWORK_FAILURE);
  else
    {
      self->patience -= LOOK_TIME;
      sim_timer_start (&self->timer, LOOK_TIME);
    }
}

static void
begin (SimBearer *self, const SimBearerWish *wish)
{
  self->wish = *wish;
  self->cause = self->shown = SIM_SM_NONE;
  self->patience = PATIENCE;
  self->state = SIM_BEARER_RISING;
  if (sim_network_ps_attached (self->module))
    {
      ask (self);
      return;
    }
  sim_network_wishes (self->module)->attach = TRUE;
  sim_network_update (self->module);
  sim_timer_start (&self->timer, LOOK_TIME);
}

gboolean
sim_bearer_excluded (SimModule *module, guint cid, SimBearerUser user, const char *apn)
{
  guint other = user == SIM_USER_ECM ? SIM_USER_MODEM : user == SIM_USER_MODEM ? SIM_USER_ECM : 0;

  for (guint i = 1; i <= SIM_MAX_CID; i++)
    {
      const SimBearer *used = bearer (module, i);

      if ((used->users & other) != 0 && (i == cid || g_str_equal (used->wish.apn, apn)))
        return TRUE;
    }
  return FALSE;
}

SimResult
sim_bearer_raise (SimModule *module, guint cid, SimBearerUser user, const SimBearerWish *wish)
{
  SimBearer *self = bearer (module, cid);

  if (!sim_network_registered (module))
    return SIM_CME_NO_NETWORK;
  if (sim_bearer_excluded (module, cid, user, wish->apn)
      || (self->state != SIM_BEARER_DOWN && !g_str_equal (self->wish.apn, wish->apn)))
    return SIM_CME_NOT_ALLOWED;
  self->users |= user;
  if (self->state == SIM_BEARER_DOWN)
    begin (self, wish);
  return SIM_OK;
}

void
sim_bearer_release (SimModule *module, guint cid, SimBearerUser user)
{
  SimBearer *self = bearer (module, cid);
  guint      users = self->users;

  self->users &= ~(guint)user;
  if (users != 0 && self->users == 0)
    go_down (self, SIM_SM_REGULAR, SIM_SM_REGULAR);
}

gboolean
sim_bearer_drop (SimModule *module, guint cid, guint cause)
{
  SimBearer *self = bearer (module, cid);

  if (self->state == SIM_BEARER_DOWN)
    return FALSE;
  go_down (self, cause, cause);
  return TRUE;
}

/* contexts, context drop CID [CAUSE] */

static const char *const actions[] = { "drop", NULL };
static const char *const state_words[] = { "down", "rising", "up" };

static gboolean
do_contexts (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint cid = 1; cid <= SIM_MAX_CID; cid++)
    {
      const SimBearer *self = bearer (order->module, cid);

      if (self->state != SIM_BEARER_DOWN)
        g_string_append_printf (text, "%u %s apn=%s%s%s%s\n", cid, state_words[self->state],
                                self->wish.apn, self->users & SIM_USER_CONTEXT ? " context" : "",
                                self->users & SIM_USER_ECM ? " ecm" : "",
                                self->users & SIM_USER_MODEM ? " modem" : "");
    }
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static gboolean
do_context (SimOrder *order, GError **error)
{
  double cid, cause = SIM_SM_NETWORK_FAILURE;
  guint  what;

  if (!sim_word (order->args[0], actions, &what, error)
      || !sim_number (order->args[1], 1, SIM_MAX_CID, &cid, error)
      || (order->n_args > 2 && !sim_number (order->args[2], 0, 255, &cause, error)))
    return FALSE;
  if (!sim_bearer_drop (order->module, (guint)cid, (guint)cause))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "no such context: %u", (guint)cid);
  return TRUE;
}

/* life */

static void
bearer_event (SimModule *module, gpointer state, SimEvent event)
{
  SimBearers *self = state;
  guint       cause = sim_network_wishes (module)->attach ? SIM_SM_NETWORK_FAILURE : SIM_SM_REGULAR;

  if (event != SIM_EVENT_NETWORK || sim_network_ps_attached (module))
    return;
  for (guint i = 0; i < SIM_MAX_CID; i++)
    if (self->bearers[i].state == SIM_BEARER_UP || self->bearers[i].patience < 0)
      (void)sim_bearer_drop (module, self->bearers[i].cid, cause);
}

static void
bearer_init (SimModule *module, gpointer state)
{
  SimBearers *self = state;

  for (guint i = 0; i < SIM_MAX_CID; i++)
    {
      self->bearers[i] = (SimBearer){ .module = module, .cid = i + 1 };
      sim_timer_init (&self->bearers[i].timer, module->clock, on_timer, &self->bearers[i]);
    }
}

static void
bearer_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimBearers *self = state;

  for (guint i = 0; i < SIM_MAX_CID; i++)
    {
      sim_timer_stop (&self->bearers[i].timer);
      self->bearers[i].state = SIM_BEARER_DOWN;
      self->bearers[i].users = 0;
    }
}

static const SimVerb verbs[] = {
  { "contexts", "lists the PDP contexts that are up or coming up, and who uses them", do_contexts },
  { "context drop CID [CAUSE]", "the network ends that PDP context, for 38 or for another SM cause",
    do_context },
};

const SimChapter sim_bearer_chapter = {
  .name = "bearer",
  .state_size = sizeof (SimBearers),
  .init = bearer_init,
  .stop = bearer_stop,
  .event = bearer_event,
  SIM_ROWS (verbs, verbs),
};

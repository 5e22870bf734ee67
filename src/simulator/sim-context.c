/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The host's definitions of PDP contexts, and contexts that it activates by itself. */
#include "sim-context.h"

#include "sim-control.h"

#include <string.h>

#define RELEASE_TIME SIM_MS (300)
#define MAX_TYPE     16u

typedef struct
{
  gboolean defined;
  char     apn[SIM_MAX_APN + 1];
  char     address[SIM_MAX_ADDRESS + 1];
  guint    compress_data, compress_header;
} SimDefinition;

typedef struct
{
  SimDefinition definitions[SIM_MAX_CID]; /* outlive a restart */
  SimCall      *waiting;                  /* an AT+CGACT=1 for what comes up */
  guint         wanted[SIM_MAX_CID];
  guint         n_wanted, next; /* of +CGACT, one after the other */
} SimContexts;

static SimContexts *
contexts_of (SimModule *module)
{
  return sim_state (module, &sim_context_chapter);
}

static gboolean
is_up (SimModule *module, guint cid)
{
  return sim_bearer (module, cid)->state == SIM_BEARER_UP;
}

void
sim_context_wish (SimModule *module, guint cid, SimBearerWish *wish)
{
  const SimDefinition *definition = &contexts_of (module)->definitions[cid - 1];

  *wish = (SimBearerWish){ .auth = SIM_AUTH_NONE };
  (void)g_strlcpy (wish->apn, definition->apn, sizeof wish->apn);
}

/* +CGDCONT: cid,type,apn,address,data compression,header compression */

static SimResult
read_cgdcont (SimCall *call)
{
  const SimContexts *self = call->state;

  for (guint i = 0; i < SIM_MAX_CID; i++)
    {
      const SimDefinition *row = &self->definitions[i];

      if (row->defined)
        sim_reply (call, "+CGDCONT: %u,\"IP\",\"%s\",\"%s\",%u,%u", i + 1, row->apn, row->address,
                   row->compress_data, row->compress_header);
    }
  return SIM_OK;
}

/* =cid alone takes the definition back.  The guide's module knows IPv4 only. */
static SimResult
set_cgdcont (SimCall *call)
{
  SimContexts  *self = call->state;
  guint         cid = sim_arg_uint (&call->args, 1, SIM_MAX_CID);
  SimDefinition wanted = { .defined = call->args.next != NULL };
  gboolean      ip = g_ascii_strcasecmp (sim_arg_text_or (&call->args, "IP", MAX_TYPE), "IP") == 0;

  (void)g_strlcpy (wanted.apn, sim_arg_text_or (&call->args, "", SIM_MAX_APN), sizeof wanted.apn);
  (void)g_strlcpy (wanted.address, sim_arg_text_or (&call->args, "0.0.0.0", SIM_MAX_ADDRESS),
                   sizeof wanted.address);
  wanted.compress_data = sim_arg_uint_or (&call->args, 0, 0, 2);
  wanted.compress_header = sim_arg_uint_or (&call->args, 0, 0, 3);
  if (!sim_args_end (&call->args) || !ip)
    return SIM_CME_BAD_PARAMETERS;
  if (sim_bearer (call->module, cid)->state != SIM_BEARER_DOWN)
    return SIM_CME_NOT_ALLOWED; /* 27.007 10.1.1: not while it is in use */
  self->definitions[cid - 1] = wanted;
  return SIM_OK;
}

/* +CGACT: cid,state */

static SimResult
read_cgact (SimCall *call)
{
  const SimContexts *self = call->state;

  for (guint cid = 1; cid <= SIM_MAX_CID; cid++)
    if (self->definitions[cid - 1].defined || is_up (call->module, cid))
      sim_reply (call, "+CGACT: %u,%d", cid, is_up (call->module, cid));
  return SIM_OK;
}

/* [,cid...]; none of them: all that are defined, or to be deactivated all that are there. */
static gboolean
take_cids (SimCall *call, gboolean activate)
{
  SimContexts *self = call->state;

  self->n_wanted = self->next = 0;
  while (call->args.next != NULL && !call->args.bad && self->n_wanted < SIM_MAX_CID)
    self->wanted[self->n_wanted++] = sim_arg_uint (&call->args, 1, SIM_MAX_CID);
  if (!sim_args_end (&call->args))
    return FALSE;
  if (self->n_wanted > 0)
    return TRUE;
  for (guint cid = 1; cid <= SIM_MAX_CID; cid++)
    if (activate ? self->definitions[cid - 1].defined
                 : sim_bearer (call->module, cid)->state != SIM_BEARER_DOWN)
      self->wanted[self->n_wanted++] = cid;
  return TRUE;
}

/* 27.007 9.2.2.1: what a refusal is called here */
static SimResult
result_of (guint cause)
{
  switch (cause)
    {
    case SIM_SM_AUTHENTICATION: return SIM_CME (149);
    case 32: return SIM_CME (132);
    case SIM_SM_NOT_SUBSCRIBED: return SIM_CME (133);
    case 34: return SIM_CME (134);
    default: return SIM_CME (148);
    }
}

/* One after the other; the first one that fails ends it. */
static SimResult
activate_next (SimCall *call)
{
  SimContexts *self = call->state;

  while (self->next < self->n_wanted)
    {
      guint            cid = self->wanted[self->next];
      const SimBearer *bearer = sim_bearer (call->module, cid);
      SimBearerWish    wish;
      SimResult        result;

      sim_context_wish (call->module, cid, &wish);
      result = sim_bearer_raise (call->module, cid, SIM_USER_CONTEXT,
                                 bearer->state == SIM_BEARER_DOWN ? &wish : &bearer->wish);
      if (result != SIM_OK)
        return result;
      if (bearer->state != SIM_BEARER_UP)
        {
          self->waiting = call;
          return sim_call_wait (call, -1, activate_next, NULL);
        }
      self->next++;
    }
  return SIM_OK;
}

static SimResult
released (SimCall *call)
{
  SimContexts *self = call->state;

  for (guint i = 0; i < self->n_wanted; i++)
    (void)sim_bearer_drop (call->module, self->wanted[i], SIM_SM_REGULAR);
  return SIM_OK;
}

/* +CGACT=state[,cid...] */
static SimResult
set_cgact (SimCall *call)
{
  SimContexts *self = call->state;
  guint        activate = sim_arg_uint (&call->args, 0, 1);

  if (!take_cids (call, activate != 0))
    return SIM_CME_BAD_PARAMETERS;
  if (activate == 0)
    return sim_call_wait (call, RELEASE_TIME, released, NULL);
  for (guint i = 0; i < self->n_wanted; i++)
    if (!self->definitions[self->wanted[i] - 1].defined)
      return SIM_CME_BAD_PARAMETERS;
  return activate_next (call);
}

static void
context_event (SimModule *module, gpointer state, SimEvent event)
{
  SimContexts     *self = state;
  SimCall         *call = self->waiting;
  const SimBearer *bearer;
  SimResult        result;

  if (event != SIM_EVENT_BEARER || call == NULL)
    return;
  bearer = sim_bearer (module, self->wanted[self->next]);
  if (bearer->state == SIM_BEARER_RISING)
    return;
  self->waiting = NULL;
  result = bearer->state == SIM_BEARER_UP ? activate_next (call) : result_of (bearer->cause);
  if (result != SIM_LATER)
    sim_call_finish (call, result);
}

/* +CGPADDR: cid,"address" */

static void
show_address (SimCall *call, guint cid)
{
  const SimBearer *bearer = sim_bearer (call->module, cid);

  if (bearer->state == SIM_BEARER_UP)
    sim_reply (call, "+CGPADDR: %u,\"%s\"", cid, sim_bearer_access (bearer)->address);
  else
    sim_reply (call, "+CGPADDR: %u,\"0.0.0.0\"", cid);
}

static SimResult
show_addresses (SimCall *call)
{
  const SimContexts *self = call->state;

  for (guint i = 0; i < self->n_wanted; i++)
    if (self->definitions[self->wanted[i] - 1].defined || is_up (call->module, self->wanted[i]))
      show_address (call, self->wanted[i]);
  return SIM_OK;
}

static SimResult
set_cgpaddr (SimCall *call)
{
  return take_cids (call, TRUE) ? show_addresses (call) : SIM_CME_BAD_PARAMETERS;
}

static SimResult
exec_cgpaddr (SimCall *call)
{
  call->args.next = NULL;
  return set_cgpaddr (call);
}

/* +CGPADDR: (1,2)  those that are defined */
static SimResult
test_cgpaddr (SimCall *call)
{
  const SimContexts  *self = call->state;
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < SIM_MAX_CID; i++)
    if (self->definitions[i].defined)
      g_string_append_printf (list, "%s%u", list->len > 0 ? "," : "", i + 1);
  sim_reply (call, "+CGPADDR: (%s)", list->str);
  return SIM_OK;
}

static void
context_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimContexts *)state)->waiting = NULL;
}

static const SimCommand commands[] = {
  { "+CGDCONT", .test = "(1-16),\"IP\",,,(0-2),(0-3)", .read = read_cgdcont, .set = set_cgdcont },
  { "+CGACT", .needs = SIM_NEEDS_PIN, .test = "(0,1)", .read = read_cgact, .set = set_cgact },
  { "+CGPADDR", .needs = SIM_NEEDS_PIN, .exec = exec_cgpaddr, .set = set_cgpaddr,
    .run_test = test_cgpaddr },
};

const SimChapter sim_context_chapter = {
  .name = "context",
  .state_size = sizeof (SimContexts),
  .stop = context_stop,
  .event = context_event,
  SIM_ROWS (commands, commands),
};

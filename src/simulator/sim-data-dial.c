/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How data calls are begun and taken up again: guide 4.2, 4.4. */
#include "sim-data-dial.h"

#include "mu-error.h"
#include "sim-basic.h"
#include "sim-context.h"
#include "sim-data-call.h"
#include "sim-flow.h"
#include "sim-module.h"
#include "sim-network.h"

#define CONNECT_TIME SIM_MS (300)

/* The call that is being dialled. */
typedef struct
{
  guint    cid;
  gboolean rated; /* CONNECT tells the rate */
} SimDataDial;

static SimResult
connected (SimCall *call)
{
  const SimDataDial *self = sim_state (call->module, &sim_data_dial_chapter);

  if (!sim_network_registered (call->module)
      || !sim_data_call_open (call->module, call->port, self->cid))
    return SIM_NO_CARRIER; /* meanwhile */
  return self->rated && sim_basic_x (call->module) > 0
             ? SIM_CONNECT_AT (sim_flow_rx_rate (call->module))
             : SIM_CONNECT;
}

static SimResult
not_connected (SimCall *call G_GNUC_UNUSED)
{
  return SIM_NO_CARRIER;
}

static SimResult
begin (SimCall *call, guint cid)
{
  SimDataDial  *self = sim_state (call->module, &sim_data_dial_chapter);
  SimBearerWish wish;
  SimResult     result = sim_module_guard (call->module, SIM_NEEDS_CARD | SIM_NEEDS_PIN);

  if (result != SIM_OK)
    return result;
  if (!sim_bearer_dialled_cid (cid) || sim_data_call_exists (call->module)
      || (call->port->role != SIM_PORT_MODEM && call->port->role != SIM_PORT_UART)
      || !sim_network_registered (call->module))
    return SIM_NO_CARRIER;
  sim_context_wish (call->module, cid, &wish);
  if (sim_bearer_excluded (call->module, cid, SIM_USER_MODEM, wish.apn))
    return SIM_NO_CARRIER;
  self->cid = cid;
  return sim_call_wait (call, CONNECT_TIME, connected, not_connected);
}

SimResult
sim_data_dial (SimCall *call, guint cid)
{
  SimDataDial *self = sim_state (call->module, &sim_data_dial_chapter);

  self->rated = TRUE;
  return begin (call, cid);
}

/* +CGDATA="PPP"[,cid] */
static SimResult
set_cgdata (SimCall *call)
{
  SimDataDial *self = call->state;
  gboolean     ppp = g_ascii_strcasecmp (sim_arg_text_or (&call->args, "PPP", 8), "PPP") == 0;
  guint        cid = sim_arg_uint_or (&call->args, 1, 1, SIM_MAX_CID);

  if (!sim_args_end (&call->args) || !ppp)
    return SIM_CME_BAD_PARAMETERS;
  self->rated = FALSE; /* guide 4.2 */
  return begin (call, cid);
}

/* ATO: guide 4.4.1 */
static SimResult
set_o (SimCall *call)
{
  (void)sim_arg_uint_or (&call->args, 0, 0, 0);
  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  return sim_data_call_resume (call->module, call->port) ? SIM_CONNECT : SIM_NO_CARRIER;
}

/* ppp terminate|silent|answers */
static gboolean
do_ppp (SimOrder *order, GError **error)
{
  static const char *const words[] = { "terminate", "silent", "answers", NULL };
  guint                    what;

  if (!sim_word (order->args[0], words, &what, error))
    return FALSE;
  if (what > 0)
    sim_data_call_set_silent (order->module, what == 1);
  else if (!sim_data_call_terminate (order->module))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "there is no data call");
  return TRUE;
}

/* ppp-program PATH|none */
static gboolean
do_program (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  const char *path = order->args[0];

  sim_data_call_set_program (order->module, g_str_equal (path, "none") ? NULL : path);
  return TRUE;
}

static const SimCommand commands[] = {
  { "+CGDATA", .needs = SIM_NEEDS_PIN, .test = "(\"PPP\")", .set = set_cgdata },
  { "O", .set = set_o },
};

static const SimVerb verbs[] = {
  { "ppp terminate|silent|answers", "the module ends PPP; it is deaf and dumb there, or not",
    do_ppp },
  { "ppp-program PATH|none", "the next data calls are for that program, which is like pppd",
    do_program },
};

const SimChapter sim_data_dial_chapter = {
  .name = "data-dial",
  .state_size = sizeof (SimDataDial),
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

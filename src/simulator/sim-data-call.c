/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One data call at a time (guide 26.2), on MODEM or UART (guide 4.1.1).  Other ports go on
 * meanwhile (guide 14.2); the port itself says nothing but PPP. */
#include "sim-data-call.h"

#include "mu-error.h"
#include "sim-basic.h"
#include "sim-context.h"
#include "sim-flow.h"
#include "sim-guard.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-ppp.h"
#include "sim-serial.h"

#include <string.h>

#define CONNECT_TIME SIM_MS (300)
#define END_TIME     SIM_MS (50)  /* from the end of PPP to NO CARRIER */
#define LOOK_TIME    SIM_MS (200) /* how often the host's rate is looked at */
#define DTR_ON       0u           /* &D0: the host's DTR does not matter */

typedef enum
{
  DATA_NONE,
  DATA_ONLINE,
  DATA_COMMAND, /* after +++ */
} DataState;

typedef struct
{
  SimModule *module;
  DataState  state;
  SimPort   *port;
  guint      cid;
  gboolean   raised; /* the bearer is ours */
  gboolean   up;     /* and has been up */
  SimPpp    *ppp;
  SimGuard   guard;
  SimTimer   end, look;
  guint      wanted; /* cid of the ATD that waits */
  gboolean   rated;  /* and whether its CONNECT tells the rate */
  gboolean   silent; /* PPP neither hears nor speaks */
} SimDataCall;

static gsize reader (SimPort *port, const char *bytes, gsize n_bytes, gpointer data_call);

/* between data and commands */

/* Unsolicited lines are for the other ports meanwhile (guide 14.2.1). */
static void
take_commands (SimDataCall *self)
{
  sim_guard_stop (&self->guard);
  if (self->port->reader != reader)
    return;
  g_string_truncate (self->port->held, 0);
  sim_port_set_reader (self->port, NULL, NULL);
}

static void
take_data (SimDataCall *self)
{
  self->state = DATA_ONLINE;
  sim_guard_start (&self->guard);
  sim_port_set_reader (self->port, reader, self);
}

static void
on_escape (gpointer data_call)
{
  SimDataCall *self = data_call;

  self->state = DATA_COMMAND;
  take_commands (self);
  sim_port_result (self->port, SIM_OK);
}

static gsize
reader (SimPort *port G_GNUC_UNUSED, const char *bytes, gsize n_bytes, gpointer data_call)
{
  SimDataCall *self = data_call;

  sim_guard_feed (&self->guard, bytes, n_bytes);
  if (!self->silent)
    sim_ppp_input (self->ppp, (const guint8 *)bytes, n_bytes);
  return n_bytes;
}

/* the end */

static void
forget (SimDataCall *self)
{
  gboolean raised = self->raised;

  if (self->up)
    sim_flow_end (self->module);
  self->raised = self->up = FALSE;
  self->state = DATA_NONE;
  sim_timer_stop (&self->end);
  sim_timer_stop (&self->look);
  take_commands (self);
  g_clear_pointer (&self->ppp, sim_ppp_free);
  if (raised)
    sim_bearer_release (self->module, self->cid, SIM_USER_MODEM);
}

static void
hang_up (SimDataCall *self)
{
  forget (self);
  sim_port_result (self->port, SIM_NO_CARRIER);
}

static void
on_end (gpointer data_call)
{
  hang_up (data_call);
}

void
sim_data_call_hang_up (SimModule *module, const SimPort *port)
{
  SimDataCall *self = sim_state (module, &sim_data_call_chapter);

  if (self->state != DATA_NONE && self->port == port)
    forget (self);
}

/* DTR drops with the last close, and while the rate is 0 (termios(3)): V.250 6.2.9. */
static void
dtr_dropped (SimDataCall *self)
{
  if (self->state != DATA_NONE && sim_serial_dtr (self->module, self->port->role) != DTR_ON)
    hang_up (self);
}

static void
on_look (gpointer data_call)
{
  SimDataCall *self = data_call;

  sim_timer_start (&self->look, LOOK_TIME);
  if (self->port->pty != NULL && sim_pty_rate_is_0 (self->port->pty))
    dtr_dropped (self);
}

/* PPP and the bearer */

static void
ppp_send (gpointer data_call, const guint8 *bytes, gsize n_bytes)
{
  SimDataCall *self = data_call;

  if (self->state == DATA_ONLINE && !self->silent) /* guide 4.4.1: suspended on the command line */
    sim_port_write (self->port, (const char *)bytes, n_bytes);
}

/* Its credentials were found right by PPP. */
static void
ppp_ready (gpointer data_call)
{
  SimDataCall  *self = data_call;
  SimBearerWish wish;

  sim_context_wish (self->module, self->cid, &wish);
  wish.admitted = TRUE;
  self->raised = sim_bearer_raise (self->module, self->cid, SIM_USER_MODEM, &wish) == SIM_OK;
  if (!self->raised)
    sim_ppp_terminate (self->ppp);
  else if (sim_bearer (self->module, self->cid)->state == SIM_BEARER_UP)
    sim_event (self->module, SIM_EVENT_BEARER); /* somebody else had it already */
}

static void
ppp_carried (gpointer data_call, gsize tx, gsize rx)
{
  sim_flow_add (((SimDataCall *)data_call)->module, tx, rx);
}

static void
ppp_ended (gpointer data_call)
{
  SimDataCall *self = data_call;

  sim_timer_start (&self->end, END_TIME);
}

static const SimPppHandlers ppp_handlers = { ppp_send, ppp_ready, ppp_carried, ppp_ended };

static void
on_bearer (SimDataCall *self)
{
  const SimBearer *bearer = sim_bearer (self->module, self->cid);

  if (!self->raised)
    return;
  if (bearer->state == SIM_BEARER_UP && !self->up)
    {
      self->up = TRUE;
      sim_flow_begin (self->module);
      sim_ppp_network_up (self->ppp, sim_bearer_access (bearer));
    }
  if (bearer->state != SIM_BEARER_DOWN)
    return;
  self->raised = FALSE;
  if (self->state == DATA_COMMAND)
    hang_up (self);
  else
    sim_ppp_terminate (self->ppp);
}

static void
data_call_event (SimModule *module, gpointer state, SimEvent event)
{
  SimDataCall *self = state;

  if (self->state == DATA_NONE)
    return;
  if (event == SIM_EVENT_BEARER)
    on_bearer (self);
  if (event == SIM_EVENT_CALL || event == SIM_EVENT_CELL)
    sim_ppp_suspend (self->ppp, sim_flow_suspended (module));
  if (event == SIM_EVENT_CLOSED && self->port->closing)
    dtr_dropped (self);
}

/* dialling */

static SimResult
connected (SimCall *call)
{
  SimDataCall  *self = sim_state (call->module, &sim_data_call_chapter);
  SimBearerWish wish;

  if (!sim_network_registered (call->module) || self->state != DATA_NONE)
    return SIM_NO_CARRIER; /* meanwhile */
  self->port = call->port;
  self->cid = self->wanted;
  sim_context_wish (call->module, self->cid, &wish);
  self->ppp = sim_ppp_new (call->module->clock, call->module->random,
                           sim_apn_find (call->module, wish.apn), &ppp_handlers, self);
  sim_ppp_suspend (self->ppp, sim_flow_suspended (call->module));
  sim_timer_start (&self->look, LOOK_TIME);
  take_data (self);
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
  SimDataCall  *self = sim_state (call->module, &sim_data_call_chapter);
  SimBearerWish wish;
  SimResult     result = sim_module_guard (call->module, SIM_NEEDS_CARD | SIM_NEEDS_PIN);

  if (result != SIM_OK)
    return result;
  if (!sim_bearer_dialled_cid (cid) || self->state != DATA_NONE
      || (call->port->role != SIM_PORT_MODEM && call->port->role != SIM_PORT_UART)
      || !sim_network_registered (call->module))
    return SIM_NO_CARRIER;
  sim_context_wish (call->module, cid, &wish);
  if (sim_bearer_excluded (call->module, cid, SIM_USER_MODEM, wish.apn))
    return SIM_NO_CARRIER;
  self->wanted = cid;
  return sim_call_wait (call, CONNECT_TIME, connected, not_connected);
}

SimResult
sim_data_call_dial (SimCall *call, guint cid)
{
  SimDataCall *self = sim_state (call->module, &sim_data_call_chapter);

  self->rated = TRUE;
  return begin (call, cid);
}

/* +CGDATA="PPP"[,cid] */
static SimResult
set_cgdata (SimCall *call)
{
  SimDataCall *self = call->state;
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
  SimDataCall *self = call->state;

  (void)sim_arg_uint_or (&call->args, 0, 0, 0);
  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  if (self->state != DATA_COMMAND || self->port != call->port)
    return SIM_NO_CARRIER;
  take_data (self);
  return SIM_CONNECT;
}

/* ppp terminate|silent|answers */
static gboolean
do_ppp (SimOrder *order, GError **error)
{
  static const char *const words[] = { "terminate", "silent", "answers", NULL };
  SimDataCall             *self = order->state;
  guint                    what;

  if (!sim_word (order->args[0], words, &what, error))
    return FALSE;
  if (what > 0)
    self->silent = what == 1;
  else if (self->state == DATA_NONE)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "there is no data call");
  else
    sim_ppp_terminate (self->ppp);
  return TRUE;
}

/* life */

static void
data_call_init (SimModule *module, gpointer state)
{
  SimDataCall *self = state;

  self->module = module;
  sim_guard_init (&self->guard, module->clock, on_escape, self);
  sim_timer_init (&self->end, module->clock, on_end, self);
  sim_timer_init (&self->look, module->clock, on_look, self);
}

static void
data_call_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimDataCall *self = state;

  if (self->state != DATA_NONE)
    forget (self);
}

static void
data_call_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  static const char *const words[] = { "none", "online", "command" };
  const SimDataCall       *self = state;

  sim_dump (out, "data-call", "%s", words[self->state]);
  sim_dump (out, "ppp", "%s", self->ppp != NULL ? sim_ppp_phase (self->ppp) : "");
}

static const SimCommand commands[] = {
  { "+CGDATA", .needs = SIM_NEEDS_PIN, .test = "(\"PPP\")", .set = set_cgdata },
  { "O", .set = set_o },
};

static const SimVerb verbs[] = {
  { "ppp terminate|silent|answers", "the module ends PPP; it is deaf and dumb there, or not",
    do_ppp },
};

const SimChapter sim_data_call_chapter = {
  .name = "data-call",
  .state_size = sizeof (SimDataCall),
  .init = data_call_init,
  .stop = data_call_stop,
  .event = data_call_event,
  .dump = data_call_dump,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

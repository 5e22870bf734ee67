/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One data call at a time (guide 26.2), on MODEM or UART (guide 4.1.1).  Other ports go on
 * meanwhile (guide 14.2); the port itself says nothing but PPP. */
#include "sim-data-call.h"

#include "mu-log.h"
#include "sim-context.h"
#include "sim-flow.h"
#include "sim-guard.h"
#include "sim-module.h"
#include "sim-ppp-program.h"
#include "sim-ppp.h"
#include "sim-serial.h"

#define END_TIME  SIM_MS (50)  /* from the end of PPP to NO CARRIER */
#define LOOK_TIME SIM_MS (200) /* how often the host's rate is looked at */
#define DTR_ON    0u           /* &D0: the host's DTR does not matter */

typedef enum
{
  DATA_NONE,
  DATA_ONLINE,
  DATA_COMMAND, /* after +++ */
} DataState;

typedef struct
{
  SimModule     *module;
  DataState      state;
  SimPort       *port;
  guint          cid;
  gboolean       raised; /* the bearer is ours */
  gboolean       up;     /* and has been up */
  SimPpp        *ppp;
  char          *path;    /* of a program that is the other end instead; NULL: none */
  SimPppProgram *program; /* if it runs, ppp is idle */
  SimGuard       guard;
  SimTimer       end, look;
  gboolean       silent; /* PPP neither hears nor speaks */
} SimDataCall;

static gsize reader (SimPort *port, const char *bytes, gsize n_bytes, gpointer data_call);

static SimDataCall *
data_call_of (SimModule *module)
{
  return sim_state (module, &sim_data_call_chapter);
}

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
  if (self->program != NULL && !self->silent)
    sim_ppp_program_input (self->program, (const guint8 *)bytes, n_bytes);
  else if (!self->silent)
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
  g_clear_pointer (&self->program, sim_ppp_program_free);
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
  SimDataCall *self = data_call_of (module);

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
terminate (SimDataCall *self)
{
  if (self->program != NULL)
    sim_ppp_program_terminate (self->program);
  else
    sim_ppp_terminate (self->ppp);
}

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
    terminate (self);
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
    terminate (self);
}

static void
data_call_event (SimModule *module, gpointer state, SimEvent event)
{
  SimDataCall *self = state;

  if (self->state == DATA_NONE)
    return;
  if (event == SIM_EVENT_BEARER)
    on_bearer (self);
  if (event == SIM_EVENT_CALL || event == SIM_EVENT_SENDING || event == SIM_EVENT_CELL)
    sim_ppp_suspend (self->ppp, sim_flow_suspended (module));
  if (event == SIM_EVENT_CLOSED && self->port->closing)
    dtr_dropped (self);
}

/* Our own end of PPP, or the program's, which asks nobody for a name. */
static gboolean
begin_ppp (SimDataCall *self)
{
  g_autoptr (GError) error = NULL;
  SimBearerWish      wish;
  const SimApn      *access;

  sim_context_wish (self->module, self->cid, &wish);
  access = sim_apn_find (self->module, wish.apn);
  if (self->path != NULL)
    {
      self->program = sim_ppp_program_new (self->path, access, &ppp_handlers, self, &error);
      if (self->program == NULL)
        {
          mu_log (MU_LOG_WARNING, self->path, "%s", error->message);
          return FALSE;
        }
    }
  self->ppp = sim_ppp_new (self->module->clock, self->module->random, access, &ppp_handlers, self);
  sim_ppp_suspend (self->ppp, sim_flow_suspended (self->module));
  return TRUE;
}

gboolean
sim_data_call_open (SimModule *module, SimPort *port, guint cid)
{
  SimDataCall *self = data_call_of (module);

  if (self->state != DATA_NONE)
    return FALSE;
  self->port = port;
  self->cid = cid;
  if (!begin_ppp (self))
    return FALSE;
  sim_timer_start (&self->look, LOOK_TIME);
  take_data (self);
  if (self->program != NULL)
    ppp_ready (self);
  return TRUE;
}

gboolean
sim_data_call_resume (SimModule *module, const SimPort *port)
{
  SimDataCall *self = data_call_of (module);

  if (self->state != DATA_COMMAND || self->port != port)
    return FALSE;
  take_data (self);
  return TRUE;
}

gboolean
sim_data_call_exists (SimModule *module)
{
  return data_call_of (module)->state != DATA_NONE;
}

/* for the verbs */

gboolean
sim_data_call_terminate (SimModule *module)
{
  SimDataCall *self = data_call_of (module);

  if (self->state == DATA_NONE)
    return FALSE;
  terminate (self);
  return TRUE;
}

void
sim_data_call_set_silent (SimModule *module, gboolean silent)
{
  data_call_of (module)->silent = silent;
}

void
sim_data_call_set_program (SimModule *module, const char *path)
{
  SimDataCall *self = data_call_of (module);

  g_free (self->path);
  self->path = g_strdup (path);
}

/* life */

static void
data_call_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_free (((SimDataCall *)state)->path);
}

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

const SimChapter sim_data_call_chapter = {
  .name = "data-call",
  .state_size = sizeof (SimDataCall),
  .init = data_call_init,
  .stop = data_call_stop,
  .clear = data_call_clear,
  .event = data_call_event,
  .dump = data_call_dump,
};

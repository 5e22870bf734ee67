/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-flow.h"

#include "sim-ecm.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-sms-send.h"
#include "sim-voice.h"

#define REPORT_TIME    SIM_SECONDS (2)
#define REPORT_SECONDS 2u

#define HEX16 "%016" G_GINT64_MODIFIER "X"

typedef struct
{
  guint64 seconds, tx, rx;
} Flow;

typedef struct
{
  SimModule *module;
  gboolean   reporting; /* ^DSFLOWRPT=1 */
  guint      sessions;
  gint64     since;        /* the present session's last account */
  Flow       last, before; /* of the present or last session; of those before it */
  guint64    told_tx, told_rx;
  SimTimer   timer;
} SimFlow;

/* Bit/s: 25.306 and guide 4.3.1, by SimTech. */
static const guint tx_rates[SIM_N_TECHS]
    = { 0, 42800, 118400, 384000, 384000, 5760000, 5760000, 5760000 };
static const guint rx_rates[SIM_N_TECHS]
    = { 0, 85600, 236800, 384000, 14400000, 384000, 14400000, 21600000 };

static SimFlow *
flow_of (SimModule *module)
{
  return sim_state (module, &sim_flow_chapter);
}

static guint
rate (SimModule *module, const guint rates[SIM_N_TECHS])
{
  const SimCell *cell = sim_network_cell (module);

  return cell != NULL ? rates[cell->tech] : 0;
}

guint
sim_flow_rx_rate (SimModule *module)
{
  return rate (module, rx_rates);
}

guint
sim_flow_tx_rate (SimModule *module)
{
  return rate (module, tx_rates);
}

gboolean
sim_flow_suspended (SimModule *module)
{
  const SimCell *cell = sim_network_cell (module);

  return (sim_voice_exists (module) || sim_sms_is_sending (module))
         && (cell == NULL || !sim_techs[cell->tech].umts);
}

/* Brings the account to the present. */
static void
settle (SimFlow *self)
{
  gint64 passed = (sim_clock_now (self->module->clock) - self->since) / SIM_SECONDS (1);

  if (self->sessions == 0)
    return;
  sim_ecm_count (self->module);
  self->last.seconds += (guint64)passed;
  self->since += passed * SIM_SECONDS (1);
}

void
sim_flow_begin (SimModule *module)
{
  SimFlow *self = flow_of (module);

  settle (self);
  if (self->sessions++ > 0)
    return;
  self->before.seconds += self->last.seconds;
  self->before.tx += self->last.tx;
  self->before.rx += self->last.rx;
  self->last = (Flow){ 0 };
  self->told_tx = self->told_rx = 0;
  self->since = sim_clock_now (module->clock);
  sim_timer_start (&self->timer, REPORT_TIME);
}

void
sim_flow_end (SimModule *module)
{
  SimFlow *self = flow_of (module);

  if (self->sessions == 0)
    return;
  settle (self);
  if (--self->sessions == 0)
    sim_timer_stop (&self->timer);
}

void
sim_flow_add (SimModule *module, guint64 tx, guint64 rx)
{
  SimFlow *self = flow_of (module);

  self->last.tx += tx;
  self->last.rx += rx;
}

/* ^DSFLOWRPT:seconds,tx B/s,rx B/s,tx,rx,tx rate,rx rate  in hexadecimal of fixed width */
static void
report (SimFlow *self)
{
  guint64 tx = self->last.tx - self->told_tx, rx = self->last.rx - self->told_rx;

  sim_urc (self->module, SIM_URC_GATED, "^DSFLOWRPT:%08X,%08X,%08X," HEX16 "," HEX16 ",%08X,%08X",
           (guint)self->last.seconds, (guint)(tx / REPORT_SECONDS), (guint)(rx / REPORT_SECONDS),
           self->last.tx, self->last.rx, rate (self->module, tx_rates),
           rate (self->module, rx_rates));
  self->told_tx = self->last.tx;
  self->told_rx = self->last.rx;
}

static void
on_timer (gpointer flow)
{
  SimFlow *self = flow;

  settle (self);
  if (self->reporting && !sim_flow_suspended (self->module))
    report (self);
  sim_timer_start (&self->timer, REPORT_TIME);
}

static SimResult
read_rpt (SimCall *call)
{
  sim_reply (call, "^DSFLOWRPT: %d", ((SimFlow *)call->state)->reporting);
  return SIM_OK;
}

static SimResult
set_rpt (SimCall *call)
{
  guint reporting = sim_arg_uint (&call->args, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  ((SimFlow *)call->state)->reporting = reporting != 0;
  return SIM_OK;
}

/* ^DSFLOWQRY: seconds,tx,rx of the last connection, then of all */
static SimResult
query (SimCall *call)
{
  SimFlow *self = call->state;

  settle (self);
  sim_reply (call, "^DSFLOWQRY: %08X," HEX16 "," HEX16 ",%08X," HEX16 "," HEX16,
             (guint)self->last.seconds, self->last.tx, self->last.rx,
             (guint)(self->before.seconds + self->last.seconds), self->before.tx + self->last.tx,
             self->before.rx + self->last.rx);
  return SIM_OK;
}

static SimResult
clear (SimCall *call)
{
  SimFlow *self = call->state;

  settle (self);
  self->last = self->before = (Flow){ 0 };
  self->told_tx = self->told_rx = 0;
  return SIM_OK;
}

/* flow TX RX: as if so many bytes more had been sent and received */
static gboolean
do_flow (SimOrder *order, GError **error)
{
  double tx, rx;

  if (!sim_number (order->args[0], 0, 1e15, &tx, error)
      || !sim_number (order->args[1], 0, 1e15, &rx, error))
    return FALSE;
  sim_flow_add (order->module, (guint64)tx, (guint64)rx);
  return TRUE;
}

static void
flow_init (SimModule *module, gpointer state)
{
  SimFlow *self = state;

  self->module = module;
  sim_timer_init (&self->timer, module->clock, on_timer, self);
}

/* The counts outlive it. */
static void
flow_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimFlow *self = state;

  self->reporting = FALSE;
  self->sessions = 0;
  sim_timer_stop (&self->timer);
}

static void
flow_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  const SimFlow *self = state;

  sim_dump (out, "flow-tx", "%" G_GUINT64_FORMAT, self->last.tx);
  sim_dump (out, "flow-rx", "%" G_GUINT64_FORMAT, self->last.rx);
}

static const SimCommand commands[] = {
  { "^DSFLOWRPT", .test = "(0,1)", .read = read_rpt, .set = set_rpt },
  { "^DSFLOWQRY", .exec = query, .read = query },
  { "^DSFLOWCLR", .exec = clear },
};

static const SimVerb verbs[] = {
  { "flow TX RX", "so many more bytes were sent and received by the host", do_flow },
};

const SimChapter sim_flow_chapter = {
  .name = "flow",
  .state_size = sizeof (SimFlow),
  .init = flow_init,
  .stop = flow_stop,
  .dump = flow_dump,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

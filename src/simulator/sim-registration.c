/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the module tells of its registration: guide 2.3, 4.1; 27.007 7.2, 10.1.9, 10.1.20. */
#include "sim-registration.h"

#include "sim-network.h"

#define MAX_LINE     64u
#define DETACH_TIME  SIM_MS (500)
#define ATTACH_LIMIT SIM_SECONDS (20)

/* One of +CREG and +CGREG. */
typedef struct
{
  const char *name;
  SimReg (*stat) (SimModule *module);
} Domain;

typedef enum
{
  DOMAIN_CS,
  DOMAIN_PS,
  N_DOMAINS,
} DomainIndex;

static const Domain domains[N_DOMAINS] = {
  [DOMAIN_CS] = { "+CREG", sim_network_stat },
  [DOMAIN_PS] = { "+CGREG", sim_network_ps_stat },
};

typedef struct
{
  guint    n[N_DOMAINS];
  char     last[N_DOMAINS][MAX_LINE]; /* what the last unsolicited line said */
  SimCall *attaching;                 /* an AT+CGATT=1 that waits for its end */
} SimRegistration;

/* stat  or, n being 2 and there being a cell:  stat,"lac","ci",AcT */
static void
format_state (SimModule *module, guint n, SimReg stat, char line[MAX_LINE])
{
  const SimCell *cell = sim_network_cell (module);

  if (n == 2 && cell != NULL && (stat == SIM_REG_HOME || stat == SIM_REG_ROAMING))
    (void)g_snprintf (line, MAX_LINE, "%d,\"%04X\",\"%X\",%u", (int)stat, cell->lac, cell->ci,
                      sim_techs[cell->tech].act);
  else
    (void)g_snprintf (line, MAX_LINE, "%d", (int)stat);
}

static DomainIndex
domain_of (const SimCall *call)
{
  return g_str_equal (call->command->name, "+CREG") ? DOMAIN_CS : DOMAIN_PS;
}

/* +CREG: n,state */
static SimResult
read_reg (SimCall *call)
{
  const SimRegistration *self = call->state;
  DomainIndex            i = domain_of (call);
  char                   line[MAX_LINE];

  format_state (call->module, self->n[i], domains[i].stat (call->module), line);
  sim_reply (call, "%s: %u,%s", domains[i].name, self->n[i], line);
  return SIM_OK;
}

static SimResult
set_reg (SimCall *call)
{
  SimRegistration *self = call->state;
  DomainIndex      i = domain_of (call);
  guint            n = sim_arg_uint_or (&call->args, 0, 0, 2);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  self->n[i] = n;
  format_state (call->module, n, domains[i].stat (call->module), self->last[i]);
  return SIM_OK;
}

/* +CGATT: attached */

static SimResult
read_cgatt (SimCall *call)
{
  sim_reply (call, "+CGATT: %d", sim_network_ps_attached (call->module));
  return SIM_OK;
}

static SimResult
attach_tried (SimCall *call)
{
  ((SimRegistration *)call->state)->attaching = NULL;
  return sim_network_ps_attached (call->module) ? SIM_OK : SIM_CME_NO_NETWORK;
}

static SimResult
detached (SimCall *call G_GNUC_UNUSED)
{
  return SIM_OK;
}

/* +CGATT=0|1 */
static SimResult
set_cgatt (SimCall *call)
{
  SimRegistration *self = call->state;
  guint            attach = sim_arg_uint (&call->args, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  sim_network_wishes (call->module)->attach = attach != 0;
  sim_network_update (call->module);
  if (attach == 0)
    return sim_call_wait (call, DETACH_TIME, detached, NULL);
  if (sim_network_ps_attached (call->module))
    return SIM_OK;
  self->attaching = call;
  return sim_call_wait (call, ATTACH_LIMIT, attach_tried, NULL);
}

/* +CREG: state  to every port */
static void
report (SimModule *module, SimRegistration *self)
{
  for (int i = 0; i < N_DOMAINS; i++)
    {
      char line[MAX_LINE];

      format_state (module, self->n[i], domains[i].stat (module), line);
      if (self->n[i] > 0 && !g_str_equal (line, self->last[i]))
        sim_urc (module, SIM_URC_ALWAYS, "%s: %s", domains[i].name, line);
      (void)g_strlcpy (self->last[i], line, MAX_LINE);
    }
}

static void
registration_event (SimModule *module, gpointer state, SimEvent event)
{
  SimRegistration *self = state;
  SimCall         *attaching = self->attaching;

  if (event != SIM_EVENT_NETWORK)
    return;
  report (module, self);
  if (attaching != NULL && sim_network_ps_attached (module))
    sim_call_finish (attaching, attach_tried (attaching));
}

static void
registration_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimRegistration *)state)->attaching = NULL;
}

static void
registration_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  *(SimRegistration *)state = (SimRegistration){ 0 };
}

static const SimCommand commands[] = {
  { "+CREG", .needs = SIM_NEEDS_CARD, .test = "(0-2)", .read = read_reg, .set = set_reg },
  { "+CGREG", .needs = SIM_NEEDS_CARD, .test = "(0-2)", .read = read_reg, .set = set_reg },
  { "+CGATT", .needs = SIM_NEEDS_PIN, .test = "(0,1)", .read = read_cgatt, .set = set_cgatt },
};

const SimChapter sim_registration_chapter = {
  .name = "registration",
  .state_size = sizeof (SimRegistration),
  .start = registration_start,
  .stop = registration_stop,
  .event = registration_event,
  SIM_ROWS (commands, commands),
};

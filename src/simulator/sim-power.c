/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the module is allowed to do and whether it runs: guide 2.1, 2.3; 27.007 8.2. */
#include "sim-power.h"

#include "sim-module.h"

/* The answer to the command that restarts the module leaves it first. */
#define RESTART_DELAY SIM_MS (100)

typedef enum
{
  FUN_MINIMUM = 0,
  FUN_ONLINE = 1,
  FUN_OFFLINE = 4,
  FUN_FACTORY_TEST = 5,
  FUN_RESTART = 6, /* from offline only */
} Fun;

typedef struct
{
  Fun fun;
} SimPower;

gboolean
sim_radio_on (SimModule *module)
{
  const SimPower *self = sim_state (module, &sim_power_chapter);

  return module->running && self->fun == FUN_ONLINE;
}

/* +CFUN: fun */

static SimResult
read_cfun (SimCall *call)
{
  sim_reply (call, "+CFUN: %d", (int)((SimPower *)call->state)->fun);
  return SIM_OK;
}

/* +CFUN=fun[,reset] */
static SimResult
set_cfun (SimCall *call)
{
  SimPower *self = call->state;
  Fun       fun = (Fun)sim_arg_uint (&call->args, FUN_MINIMUM, FUN_RESTART);
  guint     reset = sim_arg_uint_or (&call->args, 0, 0, 1);

  if (!sim_args_end (&call->args) || fun == 2 || fun == 3 || (reset == 1 && fun != FUN_ONLINE))
    return SIM_CME_BAD_PARAMETERS;
  if (fun == FUN_RESTART && self->fun != FUN_OFFLINE)
    return SIM_CME_NOT_ALLOWED;
  if (fun == FUN_RESTART || reset == 1)
    {
      sim_module_restart (call->module, RESTART_DELAY);
      return SIM_OK;
    }
  self->fun = fun;
  sim_event (call->module, SIM_EVENT_RADIO);
  return SIM_OK;
}

static SimResult
reset (SimCall *call)
{
  sim_module_restart (call->module, RESTART_DELAY);
  return SIM_OK;
}

/* verbs */

static gboolean
do_power (SimOrder *order, GError **error)
{
  static const char *const words[] = { "off", "on", NULL };
  guint                    on;

  if (!sim_word (order->args[0], words, &on, error))
    return FALSE;
  if (on)
    return sim_module_power_on (order->module, error);
  sim_module_power_off (order->module);
  return TRUE;
}

static gboolean
do_reset (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  sim_module_restart (order->module, 0);
  return TRUE;
}

static gboolean
do_unplug (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  sim_module_unplug (order->module);
  return TRUE;
}

static gboolean
do_plug (SimOrder *order, GError **error)
{
  return sim_module_plug (order->module, error);
}

static void
power_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimPower *)state)->fun = FUN_ONLINE;
}

static void
power_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  sim_dump (out, "cfun", "%d", (int)((SimPower *)state)->fun);
}

static const SimCommand commands[] = {
  { "+CFUN", .test = "(0,1,4,5,6),(0,1)", .read = read_cfun, .set = set_cfun },
  { "^RESET", .exec = reset },
};

static const SimVerb verbs[] = {
  { "power on|off", "switches the module, its USB ports come and go", do_power },
  { "reset", "restarts the module: silence, then ^SYSSTART", do_reset },
  { "unplug", "all ports vanish, the module goes on", do_unplug },
  { "plug", "all ports come back", do_plug },
};

const SimChapter sim_power_chapter = {
  .name = "power",
  .state_size = sizeof (SimPower),
  .start = power_start,
  .dump = power_dump,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

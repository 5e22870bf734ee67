/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The system the module is on and those it may use: guide 25.2, and as the
 * family's later modules have ^SYSINFO, ^SYSINFOEX, ^MODE and ^SRVST. */
#include "sim-system.h"

#include "sim-network.h"
#include "sim-slot.h"

#include <string.h>

/* srv_status */
enum
{
  SERVICE_NONE = 0,
  SERVICE_RESTRICTED = 1,
  SERVICE_VALID = 2,
};

/* srv_domain */
enum
{
  SERVED_NONE = 0,
  SERVED_CS = 1,
  SERVED_PS = 2,
  SERVED_BOTH = 3,
  SERVED_SEARCHING = 4,
};

typedef struct
{
  gboolean mode_reports, srvst_reports; /* ^MODE=1, ^SRVST=1 */
  guint    sys_mode, sub_mode, srvst;   /* in the last unsolicited lines */
} SimSystem;

static const SimTechRow no_tech = { "", .name = "NO SERVICE", .sub_name = "NO SERVICE" };

static const SimTechRow *
tech_of (SimModule *module)
{
  const SimCell *cell = sim_network_cell (module);

  return cell != NULL ? &sim_techs[cell->tech] : &no_tech;
}

static guint
service (SimModule *module)
{
  if (sim_network_cell (module) == NULL)
    return SERVICE_NONE;
  return sim_network_registered (module) ? SERVICE_VALID : SERVICE_RESTRICTED;
}

static gboolean
counts (SimReg stat)
{
  return stat == SIM_REG_HOME || stat == SIM_REG_ROAMING;
}

static guint
served (SimModule *module)
{
  gboolean cs = counts (sim_network_stat (module)), ps = counts (sim_network_ps_stat (module));

  if (cs || ps)
    return cs && ps ? SERVED_BOTH : cs ? SERVED_CS : SERVED_PS;
  return sim_network_stat (module) == SIM_REG_SEARCHING ? SERVED_SEARCHING : SERVED_NONE;
}

static int
is_roaming (SimModule *module)
{
  return sim_network_stat (module) == SIM_REG_ROAMING
         || sim_network_ps_stat (module) == SIM_REG_ROAMING;
}

/* ^SYSINFO: srv_status,srv_domain,roam,sys_mode,sim_state,[lock],sub_mode */
static SimResult
sysinfo (SimCall *call)
{
  const SimTechRow *tech = tech_of (call->module);

  sim_reply (call, "^SYSINFO: %u,%u,%d,%u,%u,,%u", service (call->module), served (call->module),
             is_roaming (call->module), tech->sys_mode, sim_slot_simst (call->module),
             tech->sub_mode);
  return SIM_OK;
}

/* ^SYSINFOEX: srv_status,srv_domain,roam,sim_state,[lock],sysmode,"name",submode,"name" */
static SimResult
sysinfoex (SimCall *call)
{
  const SimTechRow *tech = tech_of (call->module);

  sim_reply (call, "^SYSINFOEX: %u,%u,%d,%u,,%u,\"%s\",%u,\"%s\"", service (call->module),
             served (call->module), is_roaming (call->module), sim_slot_simst (call->module),
             tech->sys_mode_ex, tech->name, tech->sub_mode_ex, tech->sub_name);
  return SIM_OK;
}

/* ^MODE=0|1 ^SRVST=0|1: whether the unsolicited lines come */

static SimResult
set_reports (SimCall *call, gboolean *reports)
{
  guint on = sim_arg_uint (&call->args, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  *reports = on != 0;
  return SIM_OK;
}

static SimResult
set_mode (SimCall *call)
{
  return set_reports (call, &((SimSystem *)call->state)->mode_reports);
}

static SimResult
set_srvst (SimCall *call)
{
  return set_reports (call, &((SimSystem *)call->state)->srvst_reports);
}

/* ^MODE: sys_mode,sys_submode  ^SRVST: srv_status */
static void
system_event (SimModule *module, gpointer state, SimEvent event)
{
  SimSystem        *self = state;
  const SimTechRow *tech = tech_of (module);
  guint             srvst = service (module);

  if (event != SIM_EVENT_CELL && event != SIM_EVENT_NETWORK)
    return;
  if (self->srvst_reports && srvst != self->srvst)
    sim_urc (module, SIM_URC_GATED, "^SRVST: %u", srvst);
  if (self->mode_reports && (tech->sys_mode != self->sys_mode || tech->sub_mode != self->sub_mode))
    sim_urc (module, SIM_URC_GATED, "^MODE: %u,%u", tech->sys_mode, tech->sub_mode);
  self->srvst = srvst;
  self->sys_mode = tech->sys_mode;
  self->sub_mode = tech->sub_mode;
}

/* ^SYSCFG: mode,acqorder,band,roam,srvdomain */

static SimResult
read_syscfg (SimCall *call)
{
  const SimWishes *wishes = sim_network_wishes (call->module);

  sim_reply (call, "^SYSCFG: %d,%u,%" G_GINT64_MODIFIER "X,%d,%d", (int)wishes->mode, wishes->order,
             wishes->bands, wishes->roaming, (int)wishes->domain);
  return SIM_OK;
}

#define NO_CHANGE_MODE    16u
#define NO_CHANGE_ORDER   3u
#define NO_CHANGE_BANDS   0x40000000u
#define NO_CHANGE_ROAMING 2u
#define NO_CHANGE_DOMAIN  4u

static gboolean
take_bands (SimArgs *args, guint64 *bands)
{
  const char *text = sim_arg_text (args, 16);
  char       *end;
  guint64     value;

  value = g_ascii_strtoull (text, &end, 16);
  if (!g_ascii_isxdigit (*text) || *end != '\0')
    return FALSE;
  if (value != NO_CHANGE_BANDS)
    *bands = value;
  return TRUE;
}

/* AT^SYSCFG=mode,acqorder,band,roam,srvdomain */
static SimResult
set_syscfg (SimCall *call)
{
  SimWishes wishes = *sim_network_wishes (call->module);
  guint     mode = sim_arg_uint (&call->args, SIM_MODE_AUTO, NO_CHANGE_MODE);
  guint     order = sim_arg_uint (&call->args, 0, NO_CHANGE_ORDER);
  gboolean  bands = take_bands (&call->args, &wishes.bands);
  guint     roaming = sim_arg_uint (&call->args, 0, NO_CHANGE_ROAMING);
  guint     domain = sim_arg_uint (&call->args, 0, NO_CHANGE_DOMAIN);

  if (!sim_args_end (&call->args) || !bands
      || (mode != SIM_MODE_AUTO && mode != SIM_MODE_GSM && mode != SIM_MODE_UMTS
          && mode != NO_CHANGE_MODE))
    return SIM_CME_BAD_PARAMETERS;
  wishes.mode = mode == NO_CHANGE_MODE ? wishes.mode : (SimMode)mode;
  wishes.order = order == NO_CHANGE_ORDER ? wishes.order : order;
  wishes.roaming = roaming == NO_CHANGE_ROAMING ? wishes.roaming : (gboolean)roaming;
  wishes.domain = domain == NO_CHANGE_DOMAIN ? wishes.domain : (SimDomain)domain;
  *sim_network_wishes (call->module) = wishes;
  sim_network_update (call->module);
  return SIM_OK;
}

static void
system_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  *(SimSystem *)state = (SimSystem){ .mode_reports = TRUE };
}

static const SimCommand commands[] = {
  { "^SYSINFO", .exec = sysinfo },
  { "^SYSINFOEX", .exec = sysinfoex },
  { "^MODE", .test = "(0,1)", .set = set_mode },
  { "^SRVST", .test = "(0,1)", .set = set_srvst },
  { "^SYSCFG", .test = "(2,13,14,16),(0-3),(0-7FFFFFFF),(0-2),(0-4)", .read = read_syscfg,
    .set = set_syscfg },
};

const SimChapter sim_system_chapter = {
  .name = "system",
  .state_size = sizeof (SimSystem),
  .start = system_start,
  .event = system_event,
  SIM_ROWS (commands, commands),
};

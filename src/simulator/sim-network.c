/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cell selection and registration: what 3GPP 23.122 comes down to here. */
#include "sim-network.h"

#include "sim-module.h"
#include "sim-power.h"
#include "sim-slot.h"

#define SEARCH_TIME SIM_SECONDS (2)
#define ATTACH_TIME SIM_MS (500)
#define ALL_BANDS   0x3fffffffu

typedef struct
{
  SimModule *module;
  SimWishes  wishes;
  SimCell   *cell;
  SimReg     stat;
  gboolean   attached;
  SimTimer   search, attach;
} SimNetwork;

static SimNetwork *
network_of (SimModule *module)
{
  return sim_state (module, &sim_network_chapter);
}

static gboolean
is_registered (SimReg stat)
{
  return stat == SIM_REG_HOME || stat == SIM_REG_ROAMING;
}

/* Which cell */

/* How well an operator suits: 0 for emergency calls only. */
static int
suits (const SimNetwork *self, const SimOperator *owner)
{
  gboolean home = sim_slot_is_home (self->module, owner->plmn);

  if (self->wishes.select == SIM_SELECT_MANUAL
      || self->wishes.select == SIM_SELECT_MANUAL_AUTOMATIC)
    {
      if (g_str_equal (owner->plmn, self->wishes.plmn))
        return 3;
      if (self->wishes.select == SIM_SELECT_MANUAL)
        return 0;
    }
  if (home)
    return 2;
  return self->wishes.roaming && !owner->forbidden ? 1 : 0;
}

static gboolean
receivable (const SimNetwork *self, const SimOperator *owner, const SimCell *cell)
{
  gboolean umts = sim_techs[cell->tech].umts;

  return owner->covered && self->wishes.mode != (umts ? SIM_MODE_GSM : SIM_MODE_UMTS);
}

/* Greater is better: the operator, then the cell that the world holds nearest, then UMTS unless the
 * host wants GSM first, then the cell that serves already, then the level. */
static double
rank (const SimNetwork *self, const SimWorld *world, const SimCell *cell, int suit)
{
  gboolean umts = sim_techs[cell->tech].umts;
  gboolean first = self->wishes.order == 1 ? !umts : umts;

  if (suit == 3 && self->wishes.umts >= 0)
    first = umts == self->wishes.umts;
  return suit * 8000 + (cell == world->nearest ? 4000 : 0) + (first ? 2000 : 0)
         + (cell == self->cell ? 1000 : 0) + cell->rssi;
}

typedef struct
{
  SimCell *cell;
  int      suit;
} Choice;

static Choice
choose (const SimNetwork *self)
{
  SimWorld *world = sim_world (self->module);
  Choice    best = { NULL, 0 };
  double    best_rank = -1e9;

  for (guint i = 0; world->covered && i < world->n_cells; i++)
    {
      SimCell           *cell = &world->cells[i];
      const SimOperator *owner = sim_world_operator (world, cell->plmn);
      int                suit = suits (self, owner);
      double             rank_here = rank (self, world, cell, suit);

      if (!receivable (self, owner, cell) || rank_here <= best_rank)
        continue;
      best = (Choice){ cell, suit };
      best_rank = rank_here;
    }
  return best;
}

/* What comes of it */

static SimReg
register_at (const SimNetwork *self, Choice choice)
{
  SimWorld          *world = sim_world (self->module);
  const SimOperator *owner;

  if (!sim_slot_ready (self->module) || self->wishes.select == SIM_SELECT_NONE)
    return SIM_REG_IDLE;
  if (choice.cell == NULL || (choice.suit == 0 && self->wishes.select == SIM_SELECT_MANUAL))
    return SIM_REG_SEARCHING;
  owner = sim_world_operator (world, choice.cell->plmn);
  if (choice.suit == 0 || world->denied || owner->forbidden)
    return SIM_REG_DENIED;
  return sim_slot_is_home (self->module, owner->plmn) ? SIM_REG_HOME : SIM_REG_ROAMING;
}

static void
update_attach (SimNetwork *self)
{
  gboolean possible = self->cell != NULL && is_registered (self->stat)
                      && sim_techs[self->cell->tech].packets && self->wishes.domain != SIM_DOMAIN_CS
                      && self->wishes.attach;

  if (!possible)
    {
      sim_timer_stop (&self->attach);
      self->attached = FALSE;
    }
  else if (!self->attached && !sim_timer_running (&self->attach))
    sim_timer_start (&self->attach, ATTACH_TIME);
}

static void
enter (SimNetwork *self, SimCell *cell, SimReg stat)
{
  gboolean attached = self->attached;
  gboolean new_cell = cell != self->cell, new_stat = stat != self->stat;

  self->cell = cell;
  self->stat = stat;
  update_attach (self);
  if (new_stat || new_cell || attached != self->attached)
    sim_event (self->module, SIM_EVENT_NETWORK);
  if (new_cell)
    sim_event (self->module, SIM_EVENT_CELL);
}

static gboolean
same_network (const SimCell *a, const SimCell *b)
{
  return a != NULL && b != NULL && g_str_equal (a->plmn, b->plmn);
}

/* Losing something is felt at once, so is another cell of the same network; the rest takes a
 * search. */
static void
update (SimNetwork *self)
{
  Choice   choice = { NULL, 0 };
  SimReg   stat = SIM_REG_IDLE;
  gboolean radio = sim_radio_on (self->module);

  if (radio)
    {
      choice = choose (self);
      stat = register_at (self, choice);
    }
  if (choice.cell == NULL || (self->cell != NULL && !is_registered (stat))
      || (is_registered (self->stat) && is_registered (stat)
          && same_network (self->cell, choice.cell)))
    {
      sim_timer_stop (&self->search);
      enter (self, choice.cell, stat);
      return;
    }
  if (!sim_timer_running (&self->search))
    sim_timer_start (&self->search, SEARCH_TIME);
  enter (self, same_network (self->cell, choice.cell) ? self->cell : NULL,
         stat == SIM_REG_IDLE ? SIM_REG_IDLE : SIM_REG_SEARCHING);
}

static void
on_found (gpointer network)
{
  SimNetwork *self = network;
  Choice      choice = choose (self);

  enter (self, choice.cell, register_at (self, choice));
}

static void
on_attached (gpointer network)
{
  SimNetwork *self = network;

  self->attached = TRUE;
  sim_event (self->module, SIM_EVENT_NETWORK);
}

/* for the others */

SimWishes *
sim_network_wishes (SimModule *module)
{
  return &network_of (module)->wishes;
}

void
sim_network_update (SimModule *module)
{
  update (network_of (module));
}

SimReg
sim_network_stat (SimModule *module)
{
  const SimNetwork *self = network_of (module);

  return is_registered (self->stat) && self->wishes.domain == SIM_DOMAIN_PS ? SIM_REG_IDLE
                                                                            : self->stat;
}

SimReg
sim_network_ps_stat (SimModule *module)
{
  const SimNetwork *self = network_of (module);

  return is_registered (self->stat) && !self->attached ? SIM_REG_IDLE : self->stat;
}

gboolean
sim_network_ps_attached (SimModule *module)
{
  return is_registered (sim_network_ps_stat (module));
}

gboolean
sim_network_registered (SimModule *module)
{
  return is_registered (network_of (module)->stat);
}

SimCell *
sim_network_cell (SimModule *module)
{
  return network_of (module)->cell;
}

const SimOperator *
sim_network_operator (SimModule *module)
{
  const SimNetwork *self = network_of (module);

  return is_registered (self->stat) ? sim_world_operator (sim_world (module), self->cell->plmn)
                                    : NULL;
}

/* life */

static void
network_init (SimModule *module, gpointer state)
{
  SimNetwork *self = state;

  self->module = module;
  self->wishes = (SimWishes){ .umts = -1,
                              .mode = SIM_MODE_AUTO,
                              .bands = ALL_BANDS,
                              .roaming = TRUE,
                              .domain = SIM_DOMAIN_ANY,
                              .attach = TRUE };
  sim_timer_init (&self->search, module->clock, on_found, self);
  sim_timer_init (&self->attach, module->clock, on_attached, self);
}

static void
network_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimNetwork *self = state;

  if (self->wishes.select == SIM_SELECT_NONE)
    self->wishes.select = SIM_SELECT_AUTOMATIC;
  self->wishes.attach = TRUE;
  update (self);
}

static void
network_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimNetwork *self = state;

  sim_timer_stop (&self->search);
  sim_timer_stop (&self->attach);
  self->cell = NULL;
  self->stat = SIM_REG_IDLE;
  self->attached = FALSE;
}

static void
network_event (SimModule *module, gpointer state, SimEvent event)
{
  if (!module->running)
    return;
  if (event == SIM_EVENT_RADIO || event == SIM_EVENT_CARD || event == SIM_EVENT_WORLD)
    update (state);
  if (event != SIM_EVENT_WORLD)
    return;
  sim_event (module, SIM_EVENT_NETWORK); /* the cell may be the same and yet be another */
  sim_event (module, SIM_EVENT_CELL);
}

static void
network_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  const SimNetwork *self = state;

  sim_dump (out, "registration", "%d", (int)self->stat);
  sim_dump (out, "packet-registration", "%d", (int)sim_network_ps_stat (module));
  sim_dump (out, "selection", "%d", (int)self->wishes.select);
  sim_dump (out, "operator", "%s", self->cell != NULL ? self->cell->plmn : "");
  if (self->cell != NULL)
    {
      sim_dump (out, "technology", "%s", sim_techs[self->cell->tech].word);
      sim_dump (out, "lac", "%04X", self->cell->lac);
      sim_dump (out, "ci", "%X", self->cell->ci);
      sim_dump (out, "rssi", "%g", self->cell->rssi);
      sim_dump (out, "ecio", "%g", self->cell->ecio);
    }
}

const SimChapter sim_network_chapter = {
  .name = "network",
  .state_size = sizeof (SimNetwork),
  .init = network_init,
  .start = network_start,
  .stop = network_stop,
  .event = network_event,
  .dump = network_dump,
};

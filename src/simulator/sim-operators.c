/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Choosing an operator: guide 2.3; 27.007 7.3. */
#include "sim-operators.h"

#include "sim-network.h"
#include "sim-power.h"

#include <string.h>

#define LIST_TIME    SIM_SECONDS (30)
#define CHOICE_LIMIT SIM_SECONDS (60)
#define MAX_NAME     64u

typedef enum
{
  FORMAT_LONG,
  FORMAT_SHORT,
  FORMAT_NUMERIC,
} Format;

/* <stat> of the list */
enum
{
  LISTED_AVAILABLE = 1,
  LISTED_CURRENT = 2,
  LISTED_FORBIDDEN = 3,
};

typedef struct
{
  Format   format;
  SimCall *choosing;               /* an AT+COPS=1 that waits for its end */
  char     plmn[SIM_MAX_PLMN + 1]; /* in the last ^PLMN */
} SimOperators;

static const char *
formatted (const SimOperator *owner, Format format)
{
  switch (format)
    {
    case FORMAT_LONG: return owner->name;
    case FORMAT_SHORT: return owner->short_name;
    case FORMAT_NUMERIC: return owner->plmn;
    }
  g_assert_not_reached ();
}

/* 27.007 7.3 <AcT>, of which lists know GSM and UTRAN only. */
static int
act_of (const SimCell *cell)
{
  return sim_techs[cell->tech].umts ? 2 : 0;
}

/* +COPS: mode[,format,"operator",AcT] */
static SimResult
read_cops (SimCall *call)
{
  const SimOperators *self = call->state;
  const SimOperator  *owner = sim_network_operator (call->module);
  SimSelect           mode = sim_network_wishes (call->module)->select;

  if (owner == NULL)
    sim_reply (call, "+COPS: %d", (int)mode);
  else
    sim_reply (call, "+COPS: %d,%d,\"%s\",%d", (int)mode, (int)self->format,
               formatted (owner, self->format), act_of (sim_network_cell (call->module)));
  return SIM_OK;
}

/* +COPS=? takes its time and is abortive.
 * +COPS: (stat,"long","short","numeric",AcT)[,...],,(0-4),(0-2) */

static gboolean
append_operator (SimModule *module, const SimOperator *owner, int act, GString *out)
{
  const SimWorld *world = sim_world (module);
  const SimCell  *serving = sim_network_cell (module);
  int             stat = LISTED_AVAILABLE;
  gboolean        there = FALSE;

  for (guint i = 0; i < world->n_cells; i++)
    there |= g_str_equal (world->cells[i].plmn, owner->plmn) && act_of (&world->cells[i]) == act;
  if (!there || !owner->covered || !world->covered)
    return FALSE;
  if (owner->forbidden)
    stat = LISTED_FORBIDDEN;
  if (sim_network_operator (module) == owner && act_of (serving) == act)
    stat = LISTED_CURRENT;
  g_string_append_printf (out, "%s(%d,\"%s\",\"%s\",\"%s\",%d)", out->len > 0 ? "," : "", stat,
                          owner->name, owner->short_name, owner->plmn, act);
  return TRUE;
}

static SimResult
list_operators (SimCall *call)
{
  const SimWorld     *world = sim_world (call->module);
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < world->n_operators; i++)
    {
      (void)append_operator (call->module, &world->operators[i], 2, out);
      (void)append_operator (call->module, &world->operators[i], 0, out);
    }
  sim_reply (call, "+COPS: %s%s,(0-4),(0-2)", out->str, out->len > 0 ? "," : "");
  return SIM_OK;
}

/* V.250 5.6.1 leaves the result to the command; modules of the family end an aborted search with
 * OK, without a list. */
static SimResult
list_aborted (SimCall *call G_GNUC_UNUSED)
{
  return SIM_OK;
}

static SimResult
test_cops (SimCall *call)
{
  if (!sim_radio_on (call->module))
    return SIM_CME_NO_NETWORK;
  return sim_call_wait (call, LIST_TIME, list_operators, list_aborted);
}

/* +COPS=mode[,format[,operator[,AcT]]] */

static gboolean
find_plmn (SimModule *module, Format format, const char *name, char plmn[SIM_MAX_PLMN + 1])
{
  const SimWorld *world = sim_world (module);

  for (guint i = 0; i < world->n_operators; i++)
    if (g_str_equal (formatted (&world->operators[i], format), name))
      {
        (void)g_strlcpy (plmn, world->operators[i].plmn, SIM_MAX_PLMN + 1);
        return TRUE;
      }
  return FALSE;
}

static SimResult
choice_result (SimModule *module)
{
  if (sim_network_registered (module))
    return SIM_OK;
  return sim_network_stat (module) == SIM_REG_DENIED ? SIM_CME_EMERGENCY_ONLY : SIM_CME_NO_NETWORK;
}

static SimResult
choice_ended (SimCall *call)
{
  ((SimOperators *)call->state)->choosing = NULL;
  return choice_result (call->module);
}

static SimResult
choose (SimCall *call, SimSelect mode, const char *plmn, int umts)
{
  SimOperators *self = call->state;
  SimWishes    *wishes = sim_network_wishes (call->module);

  wishes->select = mode;
  wishes->umts = umts;
  (void)g_strlcpy (wishes->plmn, plmn, sizeof wishes->plmn);
  sim_network_update (call->module);
  if (mode == SIM_SELECT_AUTOMATIC || mode == SIM_SELECT_NONE)
    return SIM_OK; /* the registration goes on by itself */
  if (sim_network_stat (call->module) != SIM_REG_SEARCHING)
    return choice_result (call->module);
  self->choosing = call;
  return sim_call_wait (call, CHOICE_LIMIT, choice_ended, NULL);
}

static SimResult
set_cops (SimCall *call)
{
  SimOperators *self = call->state;
  guint         mode = sim_arg_uint (&call->args, 0, 4);
  guint         format = sim_arg_uint_or (&call->args, FORMAT_LONG, 0, FORMAT_NUMERIC);
  char          name[MAX_NAME] = "", plmn[SIM_MAX_PLMN + 1] = "";
  guint         act;

  (void)g_strlcpy (name, sim_arg_text_or (&call->args, "", MAX_NAME - 1), sizeof name);
  act = sim_arg_uint_or (&call->args, 7, 0, 7);
  if (!sim_args_end (&call->args) || (act != 0 && act != 2 && act != 7))
    return SIM_CME_BAD_PARAMETERS;
  if (mode == 3)
    {
      self->format = (Format)format;
      return SIM_OK;
    }
  if (mode == SIM_SELECT_MANUAL || mode == SIM_SELECT_MANUAL_AUTOMATIC)
    {
      if (name[0] == '\0')
        return SIM_CME_BAD_PARAMETERS;
      if (!find_plmn (call->module, (Format)format, name, plmn))
        (void)g_strlcpy (plmn, "none", sizeof plmn); /* nobody's: it will not be found */
    }
  return choose (call, (SimSelect)mode, plmn, act == 7 ? -1 : act == 2);
}

/* ^PLMN: mcc,mnc */

static SimResult
read_plmn (SimCall *call)
{
  const SimOperator *owner = sim_network_operator (call->module);

  if (owner == NULL)
    return SIM_CME_NO_NETWORK;
  sim_reply (call, "^PLMN: %.3s,%s", owner->plmn, owner->plmn + 3);
  return SIM_OK;
}

static void
report_plmn (SimModule *module, SimOperators *self)
{
  const SimOperator *owner = sim_network_operator (module);
  const char        *plmn = owner != NULL ? owner->plmn : "";

  if (plmn[0] != '\0' && !g_str_equal (plmn, self->plmn))
    sim_urc (module, SIM_URC_GATED, "^PLMN: %.3s,%s", plmn, plmn + 3);
  (void)g_strlcpy (self->plmn, plmn, sizeof self->plmn);
}

static void
operators_event (SimModule *module, gpointer state, SimEvent event)
{
  SimOperators *self = state;
  SimCall      *call = self->choosing;

  if (event != SIM_EVENT_NETWORK)
    return;
  report_plmn (module, self);
  if (call == NULL || sim_network_stat (module) == SIM_REG_SEARCHING)
    return;
  self->choosing = NULL;
  sim_call_finish (call, choice_result (module));
}

static void
operators_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  *(SimOperators *)state = (SimOperators){ .format = FORMAT_LONG };
}

static void
operators_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimOperators *)state)->choosing = NULL;
}

static const SimCommand commands[] = {
  { "+COPS", .needs = SIM_NEEDS_CARD, .read = read_cops, .set = set_cops, .run_test = test_cops },
  { "^PLMN", .needs = SIM_NEEDS_CARD, .read = read_plmn },
};

const SimChapter sim_operators_chapter = {
  .name = "operators",
  .state_size = sizeof (SimOperators),
  .start = operators_start,
  .stop = operators_stop,
  .event = operators_event,
  SIM_ROWS (commands, commands),
};

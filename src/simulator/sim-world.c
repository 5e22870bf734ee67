/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The radio world and the verbs that move it. */
#include "sim-world.h"

#include "mu-error.h"
#include "sim-control.h"
#include "sim-keys.h"
#include "sim-slot.h"

#include <string.h>

/* Huawei's numbers for them, and 27.007's. */
const SimTechRow sim_techs[SIM_N_TECHS] = {
  [SIM_TECH_GSM] = { "gsm", FALSE, FALSE, 3, 1, 1, 1, "GSM", "GSM", 0 },
  [SIM_TECH_GPRS] = { "gprs", FALSE, TRUE, 3, 2, 1, 2, "GSM", "GPRS", 0 },
  [SIM_TECH_EDGE] = { "edge", FALSE, TRUE, 3, 3, 1, 3, "GSM", "EDGE", 3 },
  [SIM_TECH_UMTS] = { "umts", TRUE, TRUE, 5, 4, 3, 41, "WCDMA", "WCDMA", 2 },
  [SIM_TECH_HSDPA] = { "hsdpa", TRUE, TRUE, 5, 5, 3, 42, "WCDMA", "HSDPA", 4 },
  [SIM_TECH_HSUPA] = { "hsupa", TRUE, TRUE, 5, 6, 3, 43, "WCDMA", "HSUPA", 5 },
  [SIM_TECH_HSPA] = { "hspa", TRUE, TRUE, 5, 7, 3, 44, "WCDMA", "HSPA", 6 },
  [SIM_TECH_HSPA_PLUS] = { "hspa+", TRUE, TRUE, 5, 9, 3, 45, "WCDMA", "HSPA+", 6 },
};

/* MCC 001 is for tests, 999 for private networks: no real operator is meant. */
static const SimOperator first_operators[] = {
  { "00101", "Home Mobile", "Home", FALSE, TRUE },
  { "99970", "Roam Mobile", "Roam", FALSE, TRUE },
  { "999071", "Forbidden Mobile", "Forbid", TRUE, TRUE },
};

static const SimCell first_cells[] = {
  { "00101", SIM_TECH_HSPA, 0x1a2b, 0x12d687, 10738, 304, -71, -6 },
  { "00101", SIM_TECH_HSPA, 0x1a2b, 0x12d688, 10738, 305, -83, -9 },
  { "00101", SIM_TECH_EDGE, 0x1a2c, 0x4f21, 54, 17, -65, 0 },
  { "99970", SIM_TECH_HSPA_PLUS, 0x0301, 0x98213, 10712, 41, -79, -7 },
  { "99970", SIM_TECH_GPRS, 0x0302, 0x0c77, 88, 22, -75, 0 },
  { "999071", SIM_TECH_UMTS, 0x7001, 0x55aa1, 10663, 112, -88, -8 },
};

SimWorld *
sim_world (SimModule *module)
{
  return sim_state (module, &sim_world_chapter);
}

SimOperator *
sim_world_operator (SimWorld *self, const char *plmn)
{
  for (guint i = 0; i < self->n_operators; i++)
    if (g_str_equal (self->operators[i].plmn, plmn))
      return &self->operators[i];
  return NULL;
}

void
sim_world_changed (SimModule *module)
{
  sim_event (module, SIM_EVENT_WORLD);
}

/* operator PLMN [KEY=VALUE...] */

static const SimKey operator_keys[] = {
  { "name", SIM_KEY_TEXT, offsetof (SimOperator, name), 1, 32, NULL },
  { "short", SIM_KEY_TEXT, offsetof (SimOperator, short_name), 1, 16, NULL },
  { "forbidden", SIM_KEY_YES_NO, offsetof (SimOperator, forbidden), 0, 0, NULL },
  { "covered", SIM_KEY_YES_NO, offsetof (SimOperator, covered), 0, 0, NULL },
};

static gboolean
do_operator (SimOrder *order, GError **error)
{
  SimWorld    *self = order->state;
  const char  *plmn = order->args[0];
  SimOperator *known = sim_world_operator (self, plmn);
  SimOperator  changed = { .name = "Operator", .short_name = "Op", .covered = TRUE };

  if (strlen (plmn) < 5 || strlen (plmn) > SIM_MAX_PLMN
      || strspn (plmn, "0123456789") != strlen (plmn))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "5 or 6 digits, not %s", plmn);
  if (known == NULL && self->n_operators == SIM_MAX_OPERATORS)
    return mu_fail (error, MU_ERROR_MEMORY_FULL, "%u operators are all", SIM_MAX_OPERATORS);
  if (known != NULL)
    changed = *known;
  else
    (void)g_strlcpy (changed.plmn, plmn, sizeof changed.plmn);
  if (!sim_keys_set (operator_keys, G_N_ELEMENTS (operator_keys),
                     order->n_args > 1 ? order->args[1] : "", &changed, sizeof changed, error))
    return FALSE;
  if (known == NULL)
    known = &self->operators[self->n_operators++];
  *known = changed;
  sim_world_changed (order->module);
  return TRUE;
}

/* cell N|new [KEY=VALUE...] */

static const char *const tech_words[SIM_N_TECHS + 1]
    = { "gsm", "gprs", "edge", "umts", "hsdpa", "hsupa", "hspa", "hspa+", NULL };

static const SimKey cell_keys[] = {
  { "operator", SIM_KEY_DIGITS, offsetof (SimCell, plmn), 5, SIM_MAX_PLMN, NULL },
  { "technology", SIM_KEY_WORD, offsetof (SimCell, tech), 0, 0, tech_words },
  { "lac", SIM_KEY_HEX, offsetof (SimCell, lac), 0, 0xffff, NULL },
  { "ci", SIM_KEY_HEX, offsetof (SimCell, ci), 0, 0xfffffff, NULL },
  { "arfcn", SIM_KEY_DECIMAL, offsetof (SimCell, arfcn), 0, 16383, NULL },
  { "code", SIM_KEY_DECIMAL, offsetof (SimCell, code), 0, 511, NULL },
  { "rssi", SIM_KEY_LEVEL, offsetof (SimCell, rssi), SIM_MIN_RSSI, SIM_MAX_RSSI, NULL },
  { "ecio", SIM_KEY_LEVEL, offsetof (SimCell, ecio), SIM_MIN_ECIO, 0, NULL },
};

/* The cell that an argument names; one behind the last if it is to be made. */
static SimCell *
cell_named (SimWorld *self, const char *text, GError **error)
{
  double number = self->n_cells + 1;

  if (!g_str_equal (text, "new") && !sim_number (text, 1, self->n_cells, &number, error))
    return NULL;
  if ((guint)number <= SIM_MAX_CELLS)
    return &self->cells[(guint)number - 1];
  mu_fail (error, MU_ERROR_MEMORY_FULL, "%u cells are all", SIM_MAX_CELLS);
  return NULL;
}

static gboolean
do_cell (SimOrder *order, GError **error)
{
  SimWorld *self = order->state;
  SimCell  *cell = cell_named (self, order->args[0], error), changed;

  if (cell == NULL)
    return FALSE;
  changed = cell == &self->cells[self->n_cells] ? first_cells[0] : *cell;
  if (order->n_args > 1
      && !sim_keys_set (cell_keys, G_N_ELEMENTS (cell_keys), order->args[1], &changed,
                        sizeof changed, error))
    return FALSE;
  if (sim_world_operator (self, changed.plmn) == NULL)
    return mu_fail (error, MU_ERROR_NOT_FOUND, "no such operator: %s", changed.plmn);
  if (cell == &self->cells[self->n_cells])
    self->n_cells++;
  *cell = changed;
  if (order->n_args == 1)
    self->nearest = cell;
  sim_world_changed (order->module);
  return TRUE;
}

static gboolean
do_cells (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  const SimWorld     *self = order->state;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n_cells; i++)
    {
      const SimCell *cell = &self->cells[i];

      g_string_append_printf (text,
                              "%u operator=%s technology=%s lac=%04X ci=%X arfcn=%u code=%u "
                              "rssi=%g ecio=%g%s\n",
                              i + 1, cell->plmn, sim_techs[cell->tech].word, cell->lac, cell->ci,
                              cell->arfcn, cell->code, cell->rssi, cell->ecio,
                              cell == self->nearest ? " nearest" : "");
    }
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

/* network lost|found|denied|register */

static gboolean
do_network (SimOrder *order, GError **error)
{
  static const char *const words[] = { "lost", "found", "denied", "register", NULL };
  SimWorld                *self = order->state;
  guint                    word;

  if (!sim_word (order->args[0], words, &word, error))
    return FALSE;
  if (word < 2)
    self->covered = word == 1;
  else
    self->denied = word == 2;
  sim_world_changed (order->module);
  return TRUE;
}

/* Roaming is where one's own network is not. */
static gboolean
do_roaming (SimOrder *order, GError **error)
{
  static const char *const words[] = { "off", "on", NULL };
  SimWorld                *self = order->state;
  gboolean                 found = FALSE;
  guint                    on;

  if (!sim_word (order->args[0], words, &on, error))
    return FALSE;
  for (guint i = 0; i < self->n_operators; i++)
    if (sim_slot_is_home (order->module, self->operators[i].plmn))
      {
        self->operators[i].covered = !on;
        found = TRUE;
      }
  if (!found)
    return mu_fail (error, MU_ERROR_NOT_FOUND, "no card, or none of a network here");
  sim_world_changed (order->module);
  return TRUE;
}

static void
world_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimWorld *self = state;

  memcpy (self->operators, first_operators, sizeof first_operators);
  self->n_operators = G_N_ELEMENTS (first_operators);
  memcpy (self->cells, first_cells, sizeof first_cells);
  self->n_cells = G_N_ELEMENTS (first_cells);
  self->covered = TRUE;
}

static const SimVerb verbs[] = {
  { "cells", "lists all cells", do_cells },
  { "cell N|new [KEY=VALUE...]",
    "moves near that cell, or changes it: operator technology lac ci "
    "arfcn code rssi ecio",
    do_cell },
  { "operator PLMN [KEY=VALUE...]", "adds or changes an operator: name short forbidden covered",
    do_operator },
  { "network lost|found|denied|register",
    "the radio goes or comes back, whoever it is rejects or "
    "accepts the module",
    do_network },
  { "roaming on|off", "whether the card's own network is out of reach", do_roaming },
};

const SimChapter sim_world_chapter = {
  .name = "world",
  .state_size = sizeof (SimWorld),
  .init = world_init,
  SIM_ROWS (verbs, verbs),
};

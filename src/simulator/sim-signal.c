/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How well the serving cell is received: guide 2.3; 27.007 8.5. */
#include "sim-signal.h"

#include "mu-error.h"
#include "sim-network.h"

#include <math.h>

#define NO_CSQ      99u
#define REPORT_STEP 5.0 /* dB: ^RSSI comes when the level has moved so far */
#define MAX_LINE    48u

typedef struct
{
  double rssi;           /* in the last ^RSSI; 0: there was none */
  char   hcsq[MAX_LINE]; /* the last ^HCSQ */
} SimSignal;

/* Steps of 1 dB from -121: 0 is below -120, 1 from there to -119, ... 96 is -25 and more. */
static int
level_code (double dbm)
{
  return CLAMP ((int)floor (dbm) + 121, 0, 96);
}

/* Steps of half a dB from -32.5: 0 is below -32, ... 65 is 0 and more. */
static int
ecio_code (double db)
{
  return CLAMP ((int)floor (2 * db) + 65, 0, 65);
}

/* 27.007 8.5: 0 is -113 dBm and less, 31 is -51 and more. */
static guint
csq_code (const SimCell *cell)
{
  return cell == NULL ? NO_CSQ : (guint)CLAMP ((int)floor ((cell->rssi + 113) / 2), 0, 31);
}

static double
rscp (const SimCell *cell)
{
  return cell->rssi + cell->ecio;
}

/* "WCDMA",rssi,rscp,ecio  "GSM",rssi  "NOSERVICE" */
static void
format_hcsq (const SimCell *cell, char line[MAX_LINE])
{
  if (cell == NULL)
    (void)g_strlcpy (line, "\"NOSERVICE\"", MAX_LINE);
  else if (sim_techs[cell->tech].umts)
    (void)g_snprintf (line, MAX_LINE, "\"WCDMA\",%d,%d,%d", level_code (cell->rssi),
                      level_code (rscp (cell)), ecio_code (cell->ecio));
  else
    (void)g_snprintf (line, MAX_LINE, "\"GSM\",%d", level_code (cell->rssi));
}

static SimResult
read_hcsq (SimCall *call)
{
  char line[MAX_LINE];

  format_hcsq (sim_network_cell (call->module), line);
  sim_reply (call, "^HCSQ: %s", line);
  return SIM_OK;
}

/* +CSQ: rssi,ber */
static SimResult
csq (SimCall *call)
{
  sim_reply (call, "+CSQ: %u,99", csq_code (sim_network_cell (call->module)));
  return SIM_OK;
}

/* ^CSNR: rscp,ecio */
static SimResult
csnr (SimCall *call)
{
  const SimCell *cell = sim_network_cell (call->module);

  if (cell == NULL)
    return SIM_CME_NO_NETWORK;
  sim_reply (call, "^CSNR: %d,%d", (int)floor (rscp (cell)), (int)floor (cell->ecio));
  return SIM_OK;
}

/* ^RSSI: rssi  ^HCSQ: ...  (never with NOSERVICE) */
static void
signal_event (SimModule *module, gpointer state, SimEvent event)
{
  SimSignal     *self = state;
  const SimCell *cell = sim_network_cell (module);
  char           hcsq[MAX_LINE];

  if (event != SIM_EVENT_CELL)
    return;
  if (cell != NULL && fabs (cell->rssi - self->rssi) >= REPORT_STEP)
    {
      self->rssi = cell->rssi;
      sim_urc (module, SIM_URC_GATED, "^RSSI: %u", csq_code (cell));
    }
  format_hcsq (cell, hcsq);
  if (cell != NULL && !g_str_equal (hcsq, self->hcsq))
    sim_urc (module, SIM_URC_GATED, "^HCSQ: %s", hcsq);
  (void)g_strlcpy (self->hcsq, hcsq, MAX_LINE);
}

static void
signal_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  *(SimSignal *)state = (SimSignal){ 0 };
}

/* verbs */

static SimCell *
serving (SimModule *module, GError **error)
{
  SimCell *cell = sim_network_cell (module);

  if (cell == NULL)
    mu_fail (error, MU_ERROR_NO_NETWORK, "the module is on no cell");
  return cell;
}

static gboolean
do_signal (SimOrder *order, GError **error)
{
  SimCell *cell = serving (order->module, error);
  double   rssi, ecio;

  if (cell == NULL || !sim_number (order->args[0], SIM_MIN_RSSI, SIM_MAX_RSSI, &rssi, error))
    return FALSE;
  ecio = cell->ecio;
  if (order->n_args > 1 && !sim_number (order->args[1], SIM_MIN_ECIO, 0, &ecio, error))
    return FALSE;
  cell->rssi = rssi;
  cell->ecio = ecio;
  sim_world_changed (order->module);
  return TRUE;
}

/* Another radio means another cell of the same operator, where it has one. */
static SimCell *
cell_for (SimWorld *world, SimCell *cell, SimTech tech)
{
  if (sim_techs[cell->tech].umts == sim_techs[tech].umts)
    return cell;
  for (guint i = 0; i < world->n_cells; i++)
    if (g_str_equal (world->cells[i].plmn, cell->plmn)
        && sim_techs[world->cells[i].tech].umts == sim_techs[tech].umts)
      return &world->cells[i];
  return cell;
}

static gboolean
do_technology (SimOrder *order, GError **error)
{
  SimWorld *world = sim_world (order->module);
  SimCell  *cell = serving (order->module, error);

  if (cell == NULL)
    return FALSE;
  for (int tech = 0; tech < SIM_N_TECHS; tech++)
    if (g_str_equal (sim_techs[tech].word, order->args[0]))
      {
        world->nearest = cell_for (world, cell, (SimTech)tech);
        world->nearest->tech = (SimTech)tech;
        sim_world_changed (order->module);
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "no such technology: %s", order->args[0]);
}

static const SimCommand commands[] = {
  { "^HCSQ", .test = "\"NOSERVICE\",\"GSM\",\"WCDMA\"", .read = read_hcsq },
  { "+CSQ", .test = "(0-31,99),(99)", .exec = csq },
  { "^CSNR", .exec = csnr, .read = csnr },
};

static const SimVerb verbs[] = {
  { "signal RSSI [ECIO]", "level of the serving cell, dBm and dB", do_signal },
  { "technology WORD", "of the serving cell: gsm gprs edge umts hsdpa hsupa hspa hspa+",
    do_technology },
};

const SimChapter sim_signal_chapter = {
  .name = "signal",
  .state_size = sizeof (SimSignal),
  .start = signal_start,
  .event = signal_event,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What there is to receive: operators and their cells.  It is the same whatever the module makes of
 * it; the verbs here move it. */
extern const SimChapter sim_world_chapter;

typedef enum
{
  SIM_TECH_GSM,
  SIM_TECH_GPRS,
  SIM_TECH_EDGE,
  SIM_TECH_UMTS,
  SIM_TECH_HSDPA,
  SIM_TECH_HSUPA,
  SIM_TECH_HSPA,
  SIM_TECH_HSPA_PLUS,
  SIM_N_TECHS,
} SimTech;

/* The numbers of a technology: ^MODE and ^SYSINFO, ^SYSINFOEX, 27.007's AcT (in +COPS 0 or 2). */
typedef struct
{
  const char *word; /* of the control language */
  gboolean    umts, packets;
  guint       sys_mode, sub_mode;
  guint       sys_mode_ex, sub_mode_ex;
  const char *name, *sub_name;
  guint       act;
} SimTechRow;

extern const SimTechRow sim_techs[SIM_N_TECHS];

#define SIM_MAX_PLMN 6u

typedef struct
{
  char     plmn[SIM_MAX_PLMN + 1]; /* MCC, three digits, and MNC, two or three */
  char     name[33], short_name[17];
  gboolean forbidden; /* rejects us */
  gboolean covered;   /* can be received here */
} SimOperator;

typedef struct
{
  char    plmn[SIM_MAX_PLMN + 1];
  SimTech tech;
  guint   lac, ci;
  guint   arfcn;
  guint   code; /* BSIC, or primary scrambling code */
  double  rssi; /* dBm */
  double  ecio; /* dB; UMTS: the code's level is rssi + ecio */
} SimCell;

#define SIM_MIN_RSSI (-130.0)
#define SIM_MAX_RSSI (-20.0)
#define SIM_MIN_ECIO (-40.0)

#define SIM_MAX_OPERATORS 16u
#define SIM_MAX_CELLS     32u

typedef struct
{
  SimOperator operators[SIM_MAX_OPERATORS];
  guint       n_operators;
  SimCell     cells[SIM_MAX_CELLS];
  guint       n_cells;
  SimCell    *nearest; /* the one to prefer among equals; NULL: by level */
  gboolean    covered; /* anything can be received at all */
  gboolean    denied;  /* whoever it is rejects us */
} SimWorld;

SimWorld    *sim_world (SimModule *module);
SimOperator *sim_world_operator (SimWorld *self, const char *plmn); /* "00101"; NULL: none */

/* Somebody moved it: those who listen are told. */
void sim_world_changed (SimModule *module);

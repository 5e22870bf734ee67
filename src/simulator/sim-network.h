/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-world.h"

/* Finding a cell and being registered there: takes time, and ends when the radio, the card or the
 * world says so.  Here is the state; the commands that show it are in sim-registration.c,
 * sim-operators.c, sim-signal.c and sim-system.c. */
extern const SimChapter sim_network_chapter;

/* 27.007 7.2 <stat> */
typedef enum
{
  SIM_REG_IDLE = 0,
  SIM_REG_HOME = 1,
  SIM_REG_SEARCHING = 2,
  SIM_REG_DENIED = 3,
  SIM_REG_ROAMING = 5,
} SimReg;

/* 27.007 7.3 <mode> of +COPS */
typedef enum
{
  SIM_SELECT_AUTOMATIC = 0,
  SIM_SELECT_MANUAL = 1,
  SIM_SELECT_NONE = 2,             /* deregistered */
  SIM_SELECT_MANUAL_AUTOMATIC = 4, /* automatic where the manual choice fails */
} SimSelect;

/* ^SYSCFG */
typedef enum
{
  SIM_MODE_AUTO = 2,
  SIM_MODE_GSM = 13,
  SIM_MODE_UMTS = 14,
} SimMode;

typedef enum
{
  SIM_DOMAIN_CS = 0,
  SIM_DOMAIN_PS = 1,
  SIM_DOMAIN_BOTH = 2,
  SIM_DOMAIN_ANY = 3,
} SimDomain;

/* What the host has asked for; outlives a restart but for SIM_SELECT_NONE. */
typedef struct
{
  SimSelect select;
  char      plmn[SIM_MAX_PLMN + 1]; /* the manual choice */
  int       umts;                   /* of the manual choice: TRUE, FALSE, -1: either */
  SimMode   mode;
  guint     order; /* 0 automatic, 1 GSM first, 2 UMTS first */
  guint64   bands;
  gboolean  roaming; /* allowed */
  SimDomain domain;
  gboolean  attach; /* to the packet domain */
} SimWishes;

SimWishes *sim_network_wishes (SimModule *module);

/* They have changed.  Where that takes time, SIM_EVENT_NETWORK tells of each step. */
void sim_network_update (SimModule *module);

SimReg             sim_network_stat (SimModule *module); /* circuit switched */
SimReg             sim_network_ps_stat (SimModule *module);
gboolean           sim_network_ps_attached (SimModule *module);
gboolean           sim_network_registered (SimModule *module);
SimCell           *sim_network_cell (SimModule *module);     /* camped on; NULL: no service */
const SimOperator *sim_network_operator (SimModule *module); /* registered with; NULL: none */

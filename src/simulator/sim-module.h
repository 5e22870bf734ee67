/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-control.h"
#include "sim-fault.h"
#include "sim-port.h"
#include "sim-scheduler.h"
#include "sim-transcript.h"

/* One simulated MU709: its ports, the chapters of the guide, its power. */

typedef struct
{
  const char              *directory;     /* of the ports' links */
  guint32                  seed;          /* of all that is random */
  double                   speed;         /* of the clock; 0: it stands still */
  const char              *net_interface; /* stands for the ECM port; NULL: none */
  const SimChapter *const *chapters;      /* NULL-terminated; NULL: sim_chapters */
} SimConfig;

struct SimModule
{
  char          *directory;
  char          *net_interface;
  SimClock      *clock;
  SimTranscript *transcript;
  GRand         *random;
  SimPort        ports[SIM_N_PORTS];
  SimScheduler   scheduler;
  SimFaults      faults;
  GQueue         scheduled; /* orders of the verb "at" */

  const SimChapter *const *chapters;
  gpointer                *states; /* one per chapter */
  GHashTable              *commands, *verbs;

  gboolean powered;
  gboolean running; /* it has started and answers */
  SimTimer start;
};

/* The list of all chapters. */
extern const SimChapter *const sim_chapters[];

/* The module as delivered, without power: no ports yet. */
SimModule *sim_module_new (const SimConfig *config);
void       sim_module_free (SimModule *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimModule, sim_module_free)

/* Power: the USB ports come and go with it.  On: ^SYSSTART at once. */
gboolean sim_module_power_on (SimModule *self, GError **error);
void     sim_module_power_off (SimModule *self);

/* Restarts after delay: SIM_START_TIME without a word, then ^SYSSTART.  The ports stay. */
#define SIM_START_TIME SIM_SECONDS (2)
void sim_module_restart (SimModule *self, gint64 delay);

/* All ports that have power. */
gboolean sim_module_plug (SimModule *self, GError **error);
void     sim_module_unplug (SimModule *self);

typedef struct
{
  const SimCommand *row;
  gpointer          state;
} SimCommandEntry;

const SimCommandEntry *sim_module_command (SimModule *self, const char *name);
const SimVerbEntry    *sim_module_verb (SimModule *self, const char *name);

/* SIM_OK, or why a chapter refuses. */
SimResult sim_module_guard (SimModule *self, SimNeeds needs);

void sim_module_dump (SimModule *self, GString *out);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The control language on the session bus: org.mu709.Simulator1.Do (s line) -> s answer at
 * /org/mu709/simulator.  Of several simulators the first has the name and the others wait for it:
 * each one's socket is always there. */
typedef struct SimBus SimBus;

/* NULL, and nothing said, where there is no session bus. */
SimBus *sim_bus_new (SimModule *module);
void    sim_bus_free (SimBus *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimBus, sim_bus_free)

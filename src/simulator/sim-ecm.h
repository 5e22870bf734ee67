/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Guide 7: ^NDISDUP, ^NDISSTATQRY, ^DHCP, and the network interface that stands for the ECM port.
 */
extern const SimChapter sim_ecm_chapter;

/* Adds what that interface has carried since the last time to the flow. */
void sim_ecm_count (SimModule *module);

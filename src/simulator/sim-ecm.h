/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-apn.h"

/* Guide 7: ^NDISDUP, ^NDISSTATQRY, and the network interface that stands for the ECM port.
 */
extern const SimChapter sim_ecm_chapter;

/* Adds what that interface has carried since the last time to the flow. */
void sim_ecm_count (SimModule *module);

/* What the access point has given the ECM port; NULL: it is not connected. */
const SimApn *sim_ecm_access (SimModule *module);

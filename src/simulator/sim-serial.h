/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Guide 3: the UART's rate and its negotiation, flow control, frame; DTR and DCD of every port. */
extern const SimChapter sim_serial_chapter;

/* &D of a port, by SimRole: 0, DTR does not matter; 2, it ends data calls (guide 3.3). */
guint sim_serial_dtr (SimModule *module, guint role);

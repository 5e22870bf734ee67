/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Whether a dialled number makes an emergency call: 22.101 10.1.1. */
gboolean sim_emergency_number (SimModule *module, const char *number);

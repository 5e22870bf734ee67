/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-device.h"
#include "mu-service.h"

/* Modem1: what the module is and how it is.  What it does not learn from the module itself, the
 * lifecycle tells it. */
extern const MuServiceClass mu_modem1_class;

void mu_modem1_set_state (MuService *base, const char *state, const char *reason);
void mu_modem1_set_ports (MuService *base, const MuDevice *device);
void mu_modem1_set_health (MuService *base, gboolean healthy);
void mu_modem1_timed_out (MuService *base);

/* A line that nobody knows. */
void mu_modem1_unsolicited (MuService *base, const char *line);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* The operations of Network1 that are more than a row. */
void mu_network_scan (MuService *base, GVariant *args, MuCall *call);
void mu_network_register (MuService *base, GVariant *args, MuCall *call);

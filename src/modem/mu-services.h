/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* The one list of all services of a module.  The first is Modem1: it is there as long as the module
 * is, the others appear as they become ready. */
extern const MuServiceClass *const mu_services[];
extern const gsize                 mu_n_services;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* Data1 and Connection1 (guide 4.1, 7, 26): data connections, and the module's contexts. */
extern const MuServiceClass mu_data_class;

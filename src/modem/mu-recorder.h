/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* Recordings in the module (guide 27). */
extern const MuServiceClass mu_recorder_class;

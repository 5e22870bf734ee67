/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* Text that the module reads out (guide 16). */
extern const MuServiceClass mu_speech_class;

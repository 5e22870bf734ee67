/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

/* Voice1 and Call1 (guide 8.2, 8.3, 14; 27.007 6.18, 7.13, 7.18): calls, by what the module says of
 * them; +CLCC confirms it, and is asked only then. */
extern const MuServiceClass mu_voice_class;

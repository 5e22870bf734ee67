/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-service.h"

extern const MuServiceClass mu_audio_class;

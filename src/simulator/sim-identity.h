/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* Manufacturer, model, revision, IMEI. */
extern const SimChapter sim_identity_chapter;

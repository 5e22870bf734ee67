/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CSQ, ^HCSQ, ^RSSI, ^CSNR: guide 2.3. */
extern const SimChapter sim_signal_chapter;

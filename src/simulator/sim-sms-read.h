/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What is on the card: +CPMS, +CMGR, +CMGL, +CMGD. */
extern const SimChapter sim_sms_read_chapter;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CMGS, +CMSS, and what can go wrong with them. */
extern const SimChapter sim_sms_send_chapter;

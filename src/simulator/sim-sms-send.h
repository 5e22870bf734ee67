/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CMGS, +CMSS, and what can go wrong with them. */
extern const SimChapter sim_sms_send_chapter;

/* Guide 14.1: while a voice call is being set up the channel is not free, and messages wait. */
void sim_sms_set_channel (SimModule *module, gboolean free);

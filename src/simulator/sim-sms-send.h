/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

gboolean sim_sms_is_sending (SimModule *module); /* SIM_EVENT_SENDING tells of every change */

/* +CMGS, +CMSS, and what can go wrong with them. */
extern const SimChapter sim_sms_send_chapter;

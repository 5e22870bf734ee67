/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* +CCFC: guide 8.5. */
extern const SimChapter sim_forwarding_chapter;

/* 27.007 7.11 <reason> */
typedef enum
{
  SIM_FORWARD_ALWAYS,
  SIM_FORWARD_BUSY,
  SIM_FORWARD_NO_REPLY,
  SIM_FORWARD_NOT_REACHABLE,
  SIM_N_FORWARDS,
} SimForward;

/* Where a voice call goes for that reason; NULL: nowhere. */
const char *sim_forwarding_to (SimModule *module, SimForward reason);

/* How long it rings here before SIM_FORWARD_NO_REPLY, in seconds. */
guint sim_forwarding_time (SimModule *module);

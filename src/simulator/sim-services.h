/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What the network has sold the subscriber, and how it answers when asked: guide 8.5.2, 8.6.2. */
extern const SimChapter sim_services_chapter;

typedef enum
{
  SIM_SERVICE_FORWARDING,
  SIM_SERVICE_WAITING,
  SIM_SERVICE_HOLD,
  SIM_SERVICE_MULTIPARTY,
  SIM_SERVICE_TRANSFER,
  SIM_SERVICE_BARRING,
  SIM_SERVICE_CLIP,
  SIM_SERVICE_CLIR,
  SIM_N_SERVICES,
} SimService;

gboolean sim_service_provided (SimModule *module, SimService service);

/* The network's answer to a command: done after a moment, or its refusal.  aborted as in
 * sim_call_wait(). */
SimResult sim_service_ask (SimCall *call, SimService service, SimRun done, SimRun aborted);

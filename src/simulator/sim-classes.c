/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-classes.h"

void
sim_classes_reply (SimCall *call, guint on, guint asked)
{
  for (guint class = SIM_CLASS_VOICE; class <= SIM_CLASS_SMS; class <<= 1)
    if ((on & asked & class) != 0)
      sim_reply (call, "%s: 1,%u", call->command->name, class);
  if ((on & asked) == 0)
    sim_reply (call, "%s: 0,%u", call->command->name, asked);
}

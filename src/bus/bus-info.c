/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bus-info.h"

#include "bus-interface-list.h"
#include "bus-interfaces.h"

static const GDBusInterfaceInfo *const infos[] = { BUS_INTERFACES };

GDBusInterfaceInfo *
bus_info_find (const char *interface)
{
  for (gsize i = 0; i < G_N_ELEMENTS (infos); i++)
    if (g_str_equal (infos[i]->name, interface))
      return (GDBusInterfaceInfo *)infos[i]; /* their reference count is -1: static */
  return NULL;
}

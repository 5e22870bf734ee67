/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-call.h"
#include "mu-manager.h"

/* The modules once more, as ModemManager would have them on the bus: for programs that know
 * ModemManager and nothing else (NetworkManager, mmcli, GNOME, KDE).  Another observer of the same
 * services, beside bus-objects. */
typedef struct Mm1 Mm1;

#define MM1_BUS_NAME "org.freedesktop.ModemManager1"

Mm1 *mm1_new (const BusShared *bus);
void mm1_free (Mm1 *self);

/* What the manager tells; user_data is the Mm1. */
extern const MuModemEvents mm1_events;

/* Publishes the root and, from now on, the ObjectManager; then the name may be taken. */
void mm1_publish (Mm1 *self, MuManager *manager);
/* The name has just become ours. */
void mm1_named (Mm1 *self);
/* Takes the root back, before the manager is freed. */
void mm1_unpublish (Mm1 *self);

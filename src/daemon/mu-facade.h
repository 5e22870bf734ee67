/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "bus-call.h"
#include "mu-listeners.h"
#include "mu-manager.h"

/* [daemon] modemmanager-facade: the modules as ModemManager would show them, under its name. */
typedef struct MuFacade MuFacade;

/* NULL: the daemon is built without it, which is logged. */
MuFacade *mu_facade_new (const BusShared *bus, MuListeners *listeners);
void      mu_facade_free (MuFacade *self);

/* Publishes it, and takes the name as soon as that is free: ModemManager itself may have it. */
void mu_facade_publish (MuFacade *self, MuManager *manager);
void mu_facade_unpublish (MuFacade *self);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-modem.h"

/* All modules, and the service Manager1: those that udev finds, those whose ports were given by
 * hand. */
typedef struct MuManager MuManager;

#define MU_OBJECT_ROOT  "/org/mu709"
#define MU_OBJECT_MODEM MU_OBJECT_ROOT "/modem/"

extern const MuServiceClass mu_manager_class;

/* events: of all modems */
MuManager *mu_manager_new (const MuSettings *settings, const MuModemEvents *events,
                           gpointer user_data);
void       mu_manager_free (MuManager *self);

/* Finds modules by udev from now on; ids: see mu_device_monitor_new() */
void mu_manager_watch (MuManager *self, const char *const *ids);

/* Adds a module by its ports, a{sv} as of Manager1.AddDevice.  Returns its object path. */
char *mu_manager_add (MuManager *self, GVariant *ports, GError **error);

MuService *mu_manager_service (MuManager *self);
gsize      mu_manager_n_modems (MuManager *self);
MuModem   *mu_manager_modem (MuManager *self, gsize i);

/* The configuration has been read again. */
void mu_manager_settings_changed (MuManager *self);

void mu_manager_suspend (MuManager *self);
void mu_manager_resume (MuManager *self);

/* Before the end: tells the modules that nobody will listen; done is called once. */
void mu_manager_quiet (MuManager *self, void (*done) (gpointer user_data), gpointer user_data);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-device.h"
#include "mu-lifecycle.h"
#include "mu-service.h"
#include "mu-settings.h"

/* One module, from the moment its ports are found until it is gone: opens the port, brings up the
 * services, notices trouble, and tries again for ever. */
typedef struct MuModem MuModem;

typedef struct
{
  void (*present) (MuModem *modem, gboolean present, gpointer user_data);
  void (*appeared) (MuModem *modem, MuService *service, gpointer user_data);
  void (*vanished) (MuModem *modem, MuService *service, gpointer user_data);
  /* The state has changed. */
  void (*entered) (MuModem *modem, gpointer user_data);
} MuModemEvents;

/* fixed: the ports were given by hand */
MuModem *mu_modem_new (MuDevice *device, gboolean fixed, const MuSettings *settings,
                       const MuModemEvents *events, gpointer user_data);
/* Says that it vanishes, if it was present. */
void mu_modem_free (MuModem *self);

/* Begins; not in mu_modem_new(), because events follow. */
void mu_modem_start (MuModem *self);
/* The device has other ports than before. */
void mu_modem_device_changed (MuModem *self);
/* The configuration has been read again. */
void mu_modem_settings_changed (MuModem *self);
/* Tries now, if it waits for the next try. */
void mu_modem_retry (MuModem *self);

/* The computer is going to sleep: nothing is sent any more.  After it nothing is assumed. */
void mu_modem_suspend (MuModem *self);
void mu_modem_resume (MuModem *self);

/* Tells the module that nobody will listen, without waiting for long; done is called once. */
void mu_modem_quiet (MuModem *self, void (*done) (gpointer user_data), gpointer user_data);

const MuDevice *mu_modem_device (const MuModem *self);
gboolean        mu_modem_is_fixed (const MuModem *self);
gboolean        mu_modem_is_present (const MuModem *self);
MuModemState    mu_modem_state (const MuModem *self);
const char     *mu_modem_reason (const MuModem *self); /* of Modem1.StateReason */
/* The services that are there now. */
gsize      mu_modem_n_services (const MuModem *self);
MuService *mu_modem_service (const MuModem *self, gsize i); /* NULL: not there */

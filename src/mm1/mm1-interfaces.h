/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mm1-call.h"
#include "mm1-state.h"

/* Of the root */
extern const Mm1InterfaceClass mm1_manager_class;
/* Of a module's object */
extern const Mm1InterfaceClass mm1_modem_class, mm1_3gpp_class, mm1_simple_class;
extern const Mm1InterfaceClass mm1_messaging_class, mm1_voice_class, mm1_ussd_class;
extern const Mm1InterfaceClass mm1_signal_class, mm1_time_class, mm1_location_class;
/* Of objects below */
extern const Mm1InterfaceClass mm1_sim_class, mm1_bearer_class, mm1_sms_class, mm1_voice_call_class;

/* Those of a module's object, mm1_modem_class first: see mm1_object_flush(). */
extern const Mm1InterfaceClass *const mm1_modem_classes[];
extern const gsize                    mm1_n_modem_classes;

/* ---- Modem ---- */

typedef struct
{
  Mm1Interface             base;
  gboolean                 enabled; /* by Modem.Enable */
  MMModemState             passing; /* enabling or disabling, else unknown */
  MMModemState             state;   /* that was told last */
  MMModemStateChangeReason reason;  /* of the next change */
  Mm1Interface            *sim;     /* NULL: no card */
  char                    *card;    /* its ICCID; NULL: not known yet */
  GPtrArray               *bearers; /* see mm1-bearer.h */
} Mm1Modem;

Mm1Modem    *mm1_modem_of (const Mm1Object *object);
MMModemState mm1_modem_state (const Mm1Object *object); /* as the services are now */
gboolean     mm1_modem_is_registered (const Mm1Object *object);

/* Makes the radio work for a call, if it does not; asks for the permission in any case. */
void mm1_modem_switch_on (Mm1Interface *base, Mm1Call *call, Mm1Next next);

/* The properties that come from the device rather than from a service. */
void mm1_modem_set_device (MmGdbusModem *skeleton, const Mm1Object *object);

/* ---- Sim ---- */

/* Makes, changes or frees the object of the card, as there is one. */
void mm1_sim_update (Mm1Modem *modem);

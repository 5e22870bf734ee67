/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libmm-glib.h>

/* The words of our API and ModemManager's numbers for them.  A word that is not known is the number
 * that stands for "unknown". */

MMModemAccessTechnology        mm1_technology (const char *word);   /* Network1.Technology */
MMModem3gppRegistrationState   mm1_registration (const char *word); /* Network1.Registration */
MMModem3gppNetworkAvailability mm1_availability (const char *word); /* Network1.Scan status */
MMModemLock                    mm1_lock (const char *word);         /* Sim1.Lock */
MMModemPowerState              mm1_power (const char *word);        /* Modem1.Mode */
MMModemPortType                mm1_port_type (const char *word);    /* Modem1.Ports */
MMBearerAllowedAuth            mm1_auth (const char *word);         /* of Data1.Connect */

/* The other way round; NULL: there is no such thing. */
const char *mm1_mode_of_power (MMModemPowerState state);
const char *mm1_word_of_auth (MMBearerAllowedAuth auth); /* the strongest of those allowed */

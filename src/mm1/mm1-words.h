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

/* The other way round; NULL: there is no such thing. */
const char *mm1_mode_of_power (MMModemPowerState state);
const char *mm1_word_of_auth (MMBearerAllowedAuth auth); /* the strongest of those allowed */

MMCallState       mm1_call_state (const char *word);      /* Call1.State */
MMCallDirection   mm1_call_direction (const char *word);  /* Call1.Direction */
MMCallStateReason mm1_call_end_reason (const char *word); /* Call1.EndReason */
/* Why a call that goes on has come from one state to another. */
MMCallStateReason mm1_call_reason (MMCallState before, MMCallState after);

MMSmsState         mm1_sms_state (const char *word);          /* Message1.State */
MMSmsDeliveryState mm1_sms_delivery_state (const char *word); /* the same */
MMSmsPduType       mm1_sms_pdu_type (const char *word);       /* Message1.Direction */
gint               mm1_sms_class_of (const char *word);       /* Message1.Class; -1: none */

MMModem3gppUssdSessionState mm1_ussd_state (const char *word); /* Ussd1.State */

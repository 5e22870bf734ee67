/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The network's messages for the module, which outlive its power. */
extern const SimChapter sim_sms_centre_chapter;

#define SIM_SMS_DELAY SIM_SECONDS (1) /* of a message that somebody sends now */

/* A whole PDU on its way to the module, so much later at the earliest.  FALSE: too many wait. */
gboolean sim_sms_centre_queue (SimModule *module, const guint8 *pdu, gsize n_pdu, gint64 delay);

/* The module has room again (24.011 RP-SMMA), or has said at last whether it has taken the message
 * that it was offered. */
void sim_sms_centre_memory_free (SimModule *module);
void sim_sms_centre_answer (SimModule *module, gboolean taken);

/* Now, as messages carry it: semi-octets (23.040 9.2.3.11). */
void sim_sms_centre_time (SimModule *module, guint8 time[7]);

/* The centre's own number, in front of what it delivers. */
void sim_sms_centre_append (GByteArray *pdu);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"
#include "sim-tpdu.h"

/* Messages in text mode: 27.005 3.4.2, 3.4.3. */

typedef enum
{
  SIM_SMS_LIST,  /* +CMGL */
  SIM_SMS_ALONE, /* +CMGR, +CMT, +CDS */
} SimSmsShape;

/* The fields that +CSDH asks for, from the sender or the recipient on. */
void sim_sms_append_fields (SimModule *module, const SimTpdu *tpdu, const guint8 *pdu,
                            SimSmsShape shape, GString *out);

/* The user data: text as +CSCS wants it, or hex. */
void sim_sms_append_data (SimModule *module, const SimTpdu *tpdu, GString *out);

/* A SUBMIT of what the host typed, with +CSMP's parameters: the whole PDU, no service centre in it.
 * FALSE: text and coding do not go together (guide 9.3.2), or it is too long. */
gboolean sim_sms_from_text (SimModule *module, const SimAddress *to, const char *text,
                            GByteArray *pdu);

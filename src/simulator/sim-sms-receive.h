/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What becomes of a message that arrives: +CNMI, +CNMA, ^SMMEMFULL. */
extern const SimChapter sim_sms_receive_chapter;

typedef enum
{
  SIM_OFFER_TAKEN,
  SIM_OFFER_FULL,    /* no memory: not before sim_sms_centre_memory_free() */
  SIM_OFFER_PENDING, /* the host has to acknowledge it: sim_sms_centre_answer() */
} SimOffer;

SimOffer sim_sms_receive (SimModule *module, const guint8 *pdu, gsize n_pdu);

/* ^SMMEMFULL: there was no slot for a message. */
void sim_sms_memory_full (SimModule *module);

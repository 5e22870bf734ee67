/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What the network has got from the module and makes of it: messages to the own number come back,
 * reports are sent. */
extern const SimChapter sim_sms_sent_chapter;

/* The module has sent that SUBMIT. */
void sim_sms_sent (SimModule *module, const guint8 *pdu, gsize n_pdu);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-card.h"

/* The messages on a card: EF_SMS, a status byte and a PDU a record (TS 31.102 4.2.25).  They are
 * the card's, so they outlive the module's power and go with the card.  The host counts slots from
 * 0 (guide 14.1). */

/* 27.005 3.1: <stat> in PDU mode */
typedef enum
{
  SIM_SMS_UNREAD,
  SIM_SMS_READ,
  SIM_SMS_UNSENT,
  SIM_SMS_SENT,
  SIM_SMS_FREE,
} SimSmsStat;

#define SIM_MAX_PDU      176u /* 12 of service centre, 164 of TPDU */
#define SIM_MAX_SLOT_PDU 175u /* the longest of all loses its last byte on a card */

guint sim_sms_n_slots (SimCard *card);
guint sim_sms_n_used (SimCard *card);

/* The first that is free; the number of slots: none is. */
guint sim_sms_free_slot (SimCard *card);

SimSmsStat sim_sms_stat (SimCard *card, guint slot);
void       sim_sms_set_stat (SimCard *card, guint slot, SimSmsStat stat);

/* With the service centre in front; what does not fit is lost. */
void sim_sms_put (SimCard *card, guint slot, SimSmsStat stat, const guint8 *pdu, gsize n_pdu);

/* Borrowed from the card; *ret_length: as long as the PDU itself says, or up to what fills the
 * record if it makes no sense. */
const guint8 *sim_sms_pdu (SimCard *card, guint slot, gsize *ret_length);

/* The reference of the next message that is sent: the last one's plus 1. */
guint8 sim_sms_next_reference (SimCard *card);

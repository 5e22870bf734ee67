/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-sms-store.h"

#include "sim-tpdu.h"

/* Status byte, TS 31.102 4.2.25: its low three bits. */
static const guint8 statuses[] = {
  [SIM_SMS_UNREAD] = 3, [SIM_SMS_READ] = 1, [SIM_SMS_UNSENT] = 7,
  [SIM_SMS_SENT] = 5,   [SIM_SMS_FREE] = 0,
};

#define STATUS_MASK 7
#define FILLER      0xff

static guint8 *
record_of (SimCard *card, guint slot)
{
  guint length;

  return sim_file_record (sim_card_find (card, SIM_EF_SMS, ""), slot + 1, &length);
}

guint
sim_sms_n_slots (SimCard *card)
{
  return sim_file_n_records (sim_card_find (card, SIM_EF_SMS, ""));
}

guint
sim_sms_n_used (SimCard *card)
{
  guint used = 0;

  for (guint slot = 0; slot < sim_sms_n_slots (card); slot++)
    used += sim_sms_stat (card, slot) != SIM_SMS_FREE;
  return used;
}

guint
sim_sms_free_slot (SimCard *card)
{
  guint slot = 0;

  while (slot < sim_sms_n_slots (card) && sim_sms_stat (card, slot) != SIM_SMS_FREE)
    slot++;
  return slot;
}

/* A status that is none of them, written by +CRSM, is as good as free. */
SimSmsStat
sim_sms_stat (SimCard *card, guint slot)
{
  guint8     status = record_of (card, slot)[0] & STATUS_MASK;
  SimSmsStat stat = SIM_SMS_UNREAD;

  while (stat < SIM_SMS_FREE && statuses[stat] != status)
    stat++;
  return stat;
}

void
sim_sms_set_stat (SimCard *card, guint slot, SimSmsStat stat)
{
  record_of (card, slot)[0] = statuses[stat];
}

void
sim_sms_put (SimCard *card, guint slot, SimSmsStat stat, const guint8 *pdu, gsize n_pdu)
{
  guint8 *record = record_of (card, slot);

  record[0] = statuses[stat];
  for (gsize i = 0; i < SIM_MAX_SLOT_PDU; i++)
    record[1 + i] = i < n_pdu ? pdu[i] : FILLER;
}

const guint8 *
sim_sms_pdu (SimCard *card, guint slot, gsize *ret_length)
{
  const guint8 *pdu = record_of (card, slot) + 1;
  gsize         filled = SIM_MAX_SLOT_PDU;
  SimTpdu       tpdu;

  while (filled > 0 && pdu[filled - 1] == FILLER)
    filled--;
  if (sim_tpdu_parse (pdu, SIM_MAX_SLOT_PDU, &tpdu)) /* it may end in what looks like filler */
    filled = MAX (filled, tpdu.length);
  *ret_length = filled;
  return pdu;
}

guint8
sim_sms_next_reference (SimCard *card)
{
  return ++sim_card_sms_status (card)[0];
}

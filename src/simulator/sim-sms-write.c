/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 27.005 3.5.3, 4.4; and what stands in the slots without the module's doing. */
#include "sim-sms-write.h"

#include "mu-error.h"
#include "sim-control.h"
#include "sim-slot.h"
#include "sim-sms-centre.h"
#include "sim-sms-prompt.h"
#include "sim-sms-receive.h"
#include "sim-sms-store.h"
#include "sim-sms-typed.h"
#include "sim-sms.h"
#include "sim-text.h"

#define WRITE_TIME SIM_MS (100)

typedef struct
{
  SimSmsTyped typed;
  SimSmsStat  stat;
  GByteArray *pdu; /* on its way to the card */
} SimSmsWrite;

static SimSmsWrite *
write_of (SimModule *module)
{
  return sim_state (module, &sim_sms_write_chapter);
}

/* +CMGW=length[,stat]   +CMGW="number"[,type] */

static SimResult
written (SimCall *call)
{
  const SimSmsWrite *self = write_of (call->module);
  SimCard           *card = sim_slot_card (call->module);
  guint              slot;

  if (card == NULL)
    return SIM_CMS_SIM_FAILURE;
  slot = sim_sms_free_slot (card);
  if (slot == sim_sms_n_slots (card))
    {
      sim_sms_memory_full (call->module);
      return SIM_CMS_MEMORY_FULL;
    }
  sim_sms_put (card, slot, self->stat, self->pdu->data, self->pdu->len);
  sim_reply (call, "+CMGW: %u", slot);
  return SIM_OK;
}

/* Received ones are DELIVERs, own ones SUBMITs. */
static SimResult
on_typed (SimCall *call, const char *text)
{
  SimSmsWrite *self = write_of (call->module);
  gboolean     own = self->stat == SIM_SMS_UNSENT || self->stat == SIM_SMS_SENT;
  SimTpdu      tpdu;

  g_byte_array_set_size (self->pdu, 0);
  if (!sim_sms_take_typed (call->module, &self->typed, text, self->pdu, &tpdu)
      || (tpdu.kind == SIM_TPDU_SUBMIT) != own)
    return sim_sms_bad (call->module);
  return sim_call_wait (call, WRITE_TIME, written, NULL);
}

static SimResult
set_cmgw (SimCall *call)
{
  SimSmsWrite *self = write_of (call->module);
  gboolean     text = sim_sms_settings (call->module)->text;

  if (!sim_sms_take_announcement (call, &self->typed))
    return sim_sms_bad (call->module);
  self->stat = SIM_SMS_UNSENT;
  if (!text)
    self->stat
        = (SimSmsStat)sim_arg_uint_or (&call->args, SIM_SMS_UNSENT, SIM_SMS_UNREAD, SIM_SMS_SENT);
  if (!sim_args_end (&call->args))
    return sim_sms_bad (call->module);
  return sim_sms_prompt (call, text, on_typed);
}

/* verbs */

static const char *const words[] = {
  [SIM_SMS_UNREAD] = "unread",
  [SIM_SMS_READ] = "read",
  [SIM_SMS_UNSENT] = "unsent",
  [SIM_SMS_SENT] = "sent",
  NULL,
};

static SimCard *
card_in (SimModule *module, GError **error)
{
  SimCard *card = sim_slot_card (module);

  if (card == NULL)
    mu_fail (error, MU_ERROR_NOT_ALLOWED, "there is no card");
  return card;
}

/* sms-slots: index, status, PDU */
static gboolean
do_slots (SimOrder *order, GError **error)
{
  SimCard            *card = card_in (order->module, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (card == NULL)
    return FALSE;
  for (guint slot = 0; slot < sim_sms_n_slots (card); slot++)
    {
      SimSmsStat    stat = sim_sms_stat (card, slot);
      gsize         length;
      const guint8 *pdu = sim_sms_pdu (card, slot, &length);

      if (stat == SIM_SMS_FREE)
        continue;
      g_string_append_printf (text, "%u %s ", slot, words[stat]);
      sim_hex (text, pdu, length);
      g_string_append_c (text, '\n');
    }
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static gboolean
do_slot (SimOrder *order, GError **error)
{
  SimCard               *card = card_in (order->module, error);
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  guint                  stat = SIM_SMS_UNREAD;
  double                 slot;

  if (card == NULL || !sim_number (order->args[0], 0, sim_sms_n_slots (card) - 1, &slot, error)
      || (order->n_args > 2 && !sim_word (order->args[2], words, &stat, error)))
    return FALSE;
  if (order->n_args > 1 && (!sim_unhex (order->args[1], pdu) || pdu->len > SIM_MAX_SLOT_PDU))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "not hex of up to %u bytes: %s",
                    SIM_MAX_SLOT_PDU, order->args[1]);
  if (order->n_args > 1)
    sim_sms_put (card, (guint)slot, (SimSmsStat)stat, pdu->data, pdu->len);
  else
    sim_sms_set_stat (card, (guint)slot, SIM_SMS_FREE);
  sim_sms_centre_memory_free (order->module);
  return TRUE;
}

/* From "filler", "full"; as read before. */
static void
fill_slot (SimModule *module, SimCard *card, guint slot)
{
  static const guint8    text[] = { 0xe6, 0x3a, 0x9b, 0x0d };
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  SimTpdu                tpdu = { .kind = SIM_TPDU_DELIVER, .first = SIM_TPDU_NO_MMS };

  (void)sim_address_set (&tpdu.address, "filler");
  sim_sms_centre_time (module, tpdu.time);
  tpdu.udl = 4;
  tpdu.ud = text;
  tpdu.n_ud = sizeof text;
  sim_sms_centre_append (pdu);
  sim_tpdu_append (&tpdu, pdu);
  sim_sms_put (card, slot, SIM_SMS_READ, pdu->data, pdu->len);
}

/* Free slots are filled or the last ones are freed, until so many are in use. */
static gboolean
do_fill (SimOrder *order, GError **error)
{
  SimCard *card = card_in (order->module, error);
  double   wanted;

  if (card == NULL || !sim_number (order->args[0], 0, sim_sms_n_slots (card), &wanted, error))
    return FALSE;
  while (sim_sms_n_used (card) < (guint)wanted)
    fill_slot (order->module, card, sim_sms_free_slot (card));
  for (guint slot = sim_sms_n_slots (card); sim_sms_n_used (card) > (guint)wanted;)
    sim_sms_set_stat (card, --slot, SIM_SMS_FREE);
  sim_sms_centre_memory_free (order->module);
  return TRUE;
}

/* life */

static void
write_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimSmsWrite *)state)->pdu = g_byte_array_new ();
}

static void
write_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_byte_array_unref (((SimSmsWrite *)state)->pdu);
}

static void
write_dump (SimModule *module, gpointer state G_GNUC_UNUSED, GString *out)
{
  SimCard *card = sim_slot_card (module);

  if (card != NULL)
    sim_dump (out, "sms-used", "%u", sim_sms_n_used (card));
}

static const SimCommand commands[] = {
  { "+CMGW", .needs = SIM_NEEDS_SMS, .set = set_cmgw },
};

static const SimVerb verbs[] = {
  { "sms-slots", "lists the card's messages: index, status, PDU", do_slots },
  { "sms-slot N [PDU] [STATUS]",
    "puts that into a slot, whatever it is, as unread, read, unsent or sent; without PDU: frees it",
    do_slot },
  { "sms-fill N", "fills or frees slots until N are in use", do_fill },
};

const SimChapter sim_sms_write_chapter = {
  .name = "sms-write",
  .state_size = sizeof (SimSmsWrite),
  .init = write_init,
  .clear = write_clear,
  .dump = write_dump,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

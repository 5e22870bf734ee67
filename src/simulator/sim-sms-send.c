/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 9.2, 9.3, 14.1; 27.005 3.5, 4.3, 4.4. */
#include "sim-sms-send.h"

#include "mu-error.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-slot.h"
#include "sim-sms-prompt.h"
#include "sim-sms-sent.h"
#include "sim-sms-store.h"
#include "sim-sms-typed.h"
#include "sim-sms.h"
#include "sim-voice.h"

#define SEND_TIME   SIM_MS (1500) /* a channel, then the message */
#define RELAY_TIME  SIM_MS (400)  /* on a channel that is there */
#define LINK_TIME   SIM_SECONDS (5)
#define NO_SLOT     G_MAXUINT
#define MAX_TIMES   1e6
#define MAX_FAILURE 511

/* How sending ends, on purpose. */
typedef enum
{
  ENDS_WELL,
  ENDS_FAILED,         /* with +CMS ERROR; the network has got nothing */
  ENDS_SILENT,         /* without a word, and the network has it */
  ENDS_SILENT_AND_LOST /* ... and the network has got nothing */
} Ending;

typedef struct
{
  Ending      ending;
  guint       times; /* it ends so */
  SimResult   failure;
  gboolean    busy;   /* the channel is */
  SimCall    *waits;  /* for the channel; NULL: none */
  gint64      linked; /* there is a channel until then, with +CMMS */
  SimSmsTyped typed;
  gboolean    sending;
  guint       slot; /* of the message that is sent, or NO_SLOT */
  GByteArray *pdu;  /* on its way */
} SimSmsSend;

static SimSmsSend *
send_of (SimModule *module)
{
  return sim_state (module, &sim_sms_send_chapter);
}

/* onto the network */

static Ending
take_ending (SimSmsSend *self)
{
  if (self->times == 0)
    return ENDS_WELL;
  self->times--;
  return self->ending;
}

gboolean
sim_sms_is_sending (SimModule *module)
{
  return send_of (module)->sending;
}

static void
set_sending (SimModule *module, gboolean sending)
{
  send_of (module)->sending = sending;
  sim_event (module, SIM_EVENT_SENDING);
}

static SimResult
sent (SimCall *call)
{
  SimSmsSend *self = send_of (call->module);
  Ending      ending = take_ending (self);
  SimTpdu     tpdu;

  set_sending (call->module, FALSE);
  if (!sim_network_registered (call->module))
    return SIM_CMS_NETWORK_TIMEOUT;
  if (ending == ENDS_FAILED)
    return self->failure;
  self->linked = sim_clock_now (call->module->clock) + LINK_TIME;
  if (ending != ENDS_SILENT_AND_LOST)
    sim_sms_sent (call->module, self->pdu->data, self->pdu->len);
  if (ending != ENDS_WELL)
    sim_call_mute (call);
  if (self->slot != NO_SLOT)
    sim_sms_set_stat (sim_slot_card (call->module), self->slot, SIM_SMS_SENT);
  (void)sim_tpdu_parse (self->pdu->data, self->pdu->len, &tpdu);
  sim_reply (call, "%s: %u", call->command->name, tpdu.reference);
  return SIM_OK;
}

static gint64
send_time (const SimSmsSend *self, SimModule *module)
{
  gboolean linked
      = sim_sms_settings (module)->more != 0 && sim_clock_now (module->clock) < self->linked;

  return linked ? RELAY_TIME : SEND_TIME;
}

/* The module's own service centre where the PDU names none, and the module's reference.  FALSE:
 * there is no centre. */
static gboolean
complete (SimModule *module, GByteArray *pdu)
{
  SimCard      *card = sim_slot_card (module);
  const guint8 *centre = sim_card_service_centre (card);
  gsize         length;

  if (pdu->data[0] == 0)
    {
      if (centre == NULL)
        return FALSE;
      g_byte_array_remove_index (pdu, 0);
      g_byte_array_prepend (pdu, centre, 1u + centre[0]);
    }
  length = sim_tpdu_centre (pdu->data, pdu->len);
  pdu->data[length + 1] = sim_sms_next_reference (card);
  return TRUE;
}

/* pdu: a whole SUBMIT */
static SimResult
transmit (SimCall *call, guint slot, const guint8 *pdu, gsize n_pdu)
{
  SimSmsSend *self = send_of (call->module);

  if (!sim_network_registered (call->module))
    return SIM_CMS_NO_NETWORK;
  g_byte_array_set_size (self->pdu, 0);
  g_byte_array_append (self->pdu, pdu, (guint)n_pdu);
  self->slot = slot;
  if (!complete (call->module, self->pdu))
    return SIM_CMS_NO_CENTRE;
  if (sim_voice_setting_up (call->module)) /* guide 14.1 */
    sim_voice_crowd_out (call->module);
  set_sending (call->module, TRUE);
  if (!self->busy)
    return sim_call_wait (call, send_time (self, call->module), sent, NULL);
  self->waits = call;
  return sim_call_wait (call, -1, sent, NULL);
}

/* +CMGS=length   +CMGS="number"[,type] */

static SimResult
on_typed (SimCall *call, const char *text)
{
  const SimSmsSend      *self = send_of (call->module);
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  SimTpdu                tpdu;

  if (!sim_sms_take_typed (call->module, &self->typed, text, pdu, &tpdu)
      || tpdu.kind != SIM_TPDU_SUBMIT)
    return sim_sms_bad (call->module);
  return transmit (call, NO_SLOT, pdu->data, pdu->len);
}

static SimResult
set_cmgs (SimCall *call)
{
  if (!sim_sms_take_announcement (call, &send_of (call->module)->typed)
      || !sim_args_end (&call->args))
    return sim_sms_bad (call->module);
  return sim_sms_prompt (call, sim_sms_settings (call->module)->text, on_typed);
}

/* +CMSS=index[,"number"[,type]] */
static SimResult
set_cmss (SimCall *call)
{
  SimCard               *card = sim_slot_card (call->module);
  guint                  n = sim_sms_n_slots (card);
  guint                  slot = sim_arg_uint (&call->args, 0, n - 1);
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  const guint8          *stored;
  gsize                  length;
  SimTpdu                tpdu;

  if (call->args.bad || sim_sms_stat (card, slot) == SIM_SMS_FREE)
    return SIM_CMS_BAD_INDEX;
  stored = sim_sms_pdu (card, slot, &length);
  if (!sim_tpdu_parse (stored, length, &tpdu) || tpdu.kind != SIM_TPDU_SUBMIT)
    return SIM_CMS_NOT_ALLOWED;
  if (call->args.next != NULL && !sim_sms_take_number (call, &tpdu.address))
    return sim_sms_bad (call->module);
  if (!sim_args_end (&call->args))
    return sim_sms_bad (call->module);
  g_byte_array_append (pdu, stored, (guint)tpdu.centre_length);
  sim_tpdu_append (&tpdu, pdu);
  return transmit (call, slot, pdu->data, pdu->len);
}

/* verbs */

static gboolean
set_ending (SimOrder *order, Ending ending, GError **error)
{
  SimSmsSend *self = order->state;
  double      times = 1;

  if (order->n_args > 1 && !sim_number (order->args[1], 0, MAX_TIMES, &times, error))
    return FALSE;
  self->ending = ending;
  self->times = (guint)times;
  return TRUE;
}

static gboolean
do_fail (SimOrder *order, GError **error)
{
  double code;

  if (!sim_number (order->args[0], 1, MAX_FAILURE, &code, error)
      || !set_ending (order, ENDS_FAILED, error))
    return FALSE;
  ((SimSmsSend *)order->state)->failure = SIM_CMS ((guint)code);
  return TRUE;
}

static gboolean
do_silent (SimOrder *order, GError **error)
{
  static const char *const words[] = { "received", "lost", NULL };
  guint                    word;

  return sim_word (order->args[0], words, &word, error)
         && set_ending (order, word == 0 ? ENDS_SILENT : ENDS_SILENT_AND_LOST, error);
}

static gboolean
do_channel (SimOrder *order, GError **error)
{
  static const char *const words[] = { "busy", "free", NULL };
  SimSmsSend              *self = order->state;
  guint                    word;

  if (!sim_word (order->args[0], words, &word, error))
    return FALSE;
  self->busy = word == 0;
  if (!self->busy && self->waits != NULL)
    (void)sim_call_wait (g_steal_pointer (&self->waits), SEND_TIME, sent, NULL);
  return TRUE;
}

/* life */

static void
send_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimSmsSend *)state)->pdu = g_byte_array_new ();
}

static void
send_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimSmsSend *self = state;

  self->waits = NULL;
  self->linked = 0;
  self->sending = FALSE;
}

static void
send_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_byte_array_unref (((SimSmsSend *)state)->pdu);
}

static const SimCommand commands[] = {
  { "+CMGS", .needs = SIM_NEEDS_SMS, .set = set_cmgs },
  { "+CMSS", .needs = SIM_NEEDS_SMS, .set = set_cmss },
};

static const SimVerb verbs[] = {
  { "sms-fail CODE [TIMES]", "the next message ends in that +CMS ERROR and is not sent", do_fail },
  { "sms-silent received|lost [TIMES]",
    "the next message is never answered; the network has it, or not", do_silent },
  { "sms-channel busy|free", "the network has no channel for messages meanwhile: sending waits",
    do_channel },
};

const SimChapter sim_sms_send_chapter = {
  .name = "sms-send",
  .state_size = sizeof (SimSmsSend),
  .init = send_init,
  .stop = send_stop,
  .clear = send_clear,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages from the module: 23.040 3.2, 9.2.2.3. */
#include "sim-sms-sent.h"

#include "mu-error.h"
#include "sim-control.h"
#include "sim-slot.h"
#include "sim-sms-centre.h"
#include "sim-text.h"
#include "sim-tpdu.h"

#include <string.h>

#define REPORT_DELAY SIM_SECONDS (3) /* until the recipient has it */
#define MAX_SENT     1000u
#define ST_TAKEN     0    /* TP-ST: received by the SME */
#define NO_REPORTS   (-1) /* though they are asked for */

typedef struct
{
  guint8 *pdu;
  SimTpdu submit; /* of which that is the PDU */
  guint8  time[SIM_TIME_LENGTH];
} Sent;

typedef struct
{
  GQueue sent;   /* of Sent */
  int    status; /* of reports, or NO_REPORTS */
} SimSmsSent;

static SimSmsSent *
sent_of (SimModule *module)
{
  return sim_state (module, &sim_sms_sent_chapter);
}

static void
sent_free (gpointer sent)
{
  g_free (((Sent *)sent)->pdu);
  g_free (sent);
}

/* The same digits; a plus is no difference. */
static gboolean
is_own_number (SimModule *module, const SimAddress *address)
{
  const char      *own = sim_card_config (sim_slot_card (module))->number;
  g_autofree char *text = sim_address_text (address);

  return own[0] != '\0'
         && g_str_equal (own + (own[0] == '+' ? 1 : 0), text + (text[0] == '+' ? 1 : 0));
}

/* Back from the own number, which becomes the sender's. */
static void
loop_back (SimModule *module, const SimTpdu *submit)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  SimTpdu                deliver = *submit;

  deliver.kind = SIM_TPDU_DELIVER;
  deliver.first = (guint8)(SIM_TPDU_NO_MMS | (submit->first & SIM_TPDU_UDHI));
  (void)sim_address_set (&deliver.address, sim_card_config (sim_slot_card (module))->number);
  sim_sms_centre_time (module, deliver.time);
  sim_sms_centre_append (pdu);
  sim_tpdu_append (&deliver, pdu);
  (void)sim_sms_centre_queue (module, pdu->data, pdu->len, SIM_SMS_DELAY);
}

static gboolean
send_report (SimModule *module, const Sent *sent, guint8 status, gint64 delay)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();
  SimTpdu                report = sent->submit;

  report.kind = SIM_TPDU_STATUS_REPORT;
  report.first = SIM_TPDU_NO_MMS;
  report.status = status;
  memcpy (report.time, sent->time, sizeof report.time);
  sim_sms_centre_time (module, report.discharge);
  sim_sms_centre_append (pdu);
  sim_tpdu_append (&report, pdu);
  return sim_sms_centre_queue (module, pdu->data, pdu->len, delay);
}

void
sim_sms_sent (SimModule *module, const guint8 *pdu, gsize n_pdu)
{
  SimSmsSent *self = sent_of (module);
  Sent       *sent = g_new0 (Sent, 1);

  sent->pdu = g_memdup2 (pdu, n_pdu);
  (void)sim_tpdu_parse (sent->pdu, n_pdu, &sent->submit);
  sim_sms_centre_time (module, sent->time);
  g_queue_push_tail (&self->sent, sent);
  if (self->sent.length > MAX_SENT)
    sent_free (g_queue_pop_head (&self->sent));
  if (is_own_number (module, &sent->submit.address))
    loop_back (module, &sent->submit);
  if ((sent->submit.first & SIM_TPDU_SRR) != 0 && self->status != NO_REPORTS)
    (void)send_report (module, sent, (guint8)self->status, REPORT_DELAY);
}

/* verbs */

static gboolean
do_sent (SimOrder *order, GError **error)
{
  static const char *const words[] = { "forget", NULL };
  SimSmsSent              *self = order->state;
  g_autoptr (GString)      text = g_string_new (NULL);
  guint                    word;

  if (order->n_args > 0)
    {
      if (!sim_word (order->args[0], words, &word, error))
        return FALSE;
      g_queue_clear_full (&self->sent, sent_free);
      return TRUE;
    }
  for (GList *l = self->sent.head; l != NULL; l = l->next)
    {
      const Sent *sent = l->data;

      sim_hex (text, sent->pdu, sent->submit.length);
      g_string_append_c (text, '\n');
    }
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static gboolean
do_report (SimOrder *order, GError **error)
{
  SimSmsSent *self = order->state;
  double      status, reference = 0;

  if (!sim_number (order->args[0], 0, 255, &status, error)
      || (order->n_args > 1 && !sim_number (order->args[1], 0, 255, &reference, error)))
    return FALSE;
  for (GList *l = self->sent.tail; l != NULL; l = l->prev)
    {
      const Sent *sent = l->data;

      if (order->n_args == 1 || sent->submit.reference == (guint)reference)
        return send_report (order->module, sent, (guint8)status, SIM_SMS_DELAY)
               || mu_fail (error, MU_ERROR_MEMORY_FULL, "too many wait already");
    }
  return mu_fail (error, MU_ERROR_NOT_FOUND, "no such message was sent");
}

static gboolean
do_reports (SimOrder *order, GError **error)
{
  SimSmsSent *self = order->state;
  double      status = NO_REPORTS;

  if (!g_str_equal (order->args[0], "off") && !sim_number (order->args[0], 0, 255, &status, error))
    return FALSE;
  self->status = (int)status;
  return TRUE;
}

/* life */

static void
sent_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimSmsSent *self = state;

  self->status = ST_TAKEN;
  g_queue_init (&self->sent);
}

static void
sent_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_queue_clear_full (&((SimSmsSent *)state)->sent, sent_free);
}

static void
sent_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  sim_dump (out, "sms-sent", "%u", ((const SimSmsSent *)state)->sent.length);
}

static const SimVerb verbs[] = {
  { "sms-sent [forget]", "lists what the network has got, as PDUs; or forgets it", do_sent },
  { "sms-report STATUS [REFERENCE]",
    "a report (TP-ST 0 to 255) on the last message or on the last of that reference", do_report },
  { "sms-reports STATUS|off", "what reports say that are asked for; off: there are none",
    do_reports },
};

const SimChapter sim_sms_sent_chapter = {
  .name = "sms-sent",
  .state_size = sizeof (SimSmsSent),
  .init = sent_init,
  .clear = sent_clear,
  .dump = sent_dump,
  SIM_ROWS (verbs, verbs),
};

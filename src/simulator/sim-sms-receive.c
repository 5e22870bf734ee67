/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 9.4; 27.005 3.4.1 (+CNMI), 3.4.4 (+CNMA). */
#include "sim-sms-receive.h"

#include "mu-error.h"
#include "sim-module.h"
#include "sim-slot.h"
#include "sim-sms-centre.h"
#include "sim-sms-prompt.h"
#include "sim-sms-store.h"
#include "sim-sms-text.h"
#include "sim-sms.h"
#include "sim-text.h"

#define ACK_TIME     SIM_SECONDS (15) /* 24.011 10: TR2M, the network's patience */
#define MAX_BUFFERED 64u
#define PID_TYPE_0   0x40 /* 23.040 9.2.3.9: acknowledged and thrown away */

/* +CNMI: mode,mt,bm,ds,bfr */
typedef struct
{
  guint mode, mt, bm, ds, bfr;
} Cnmi;

typedef struct
{
  SimModule *module;
  Cnmi       cnmi;
  GQueue     buffered; /* of char *: what mode 0 keeps back */
  SimTimer   ack;      /* runs while +CNMA is awaited */
} SimSmsReceive;

static SimSmsReceive *
receive_of (SimModule *module)
{
  return sim_state (module, &sim_sms_receive_chapter);
}

/* showing */

/* Mode 1 drops what comes for a port whose link is reserved for data; mode 2 lets it wait, as the
 * port itself does.  A prompt is no reservation. */
static void
write_line (SimSmsReceive *self, const char *line)
{
  for (int i = 0; i < SIM_N_PORTS; i++)
    {
      SimPort *port = &self->module->ports[i];
      gboolean reserved = port->reader != NULL && !sim_sms_prompts (port);

      if (self->cnmi.mode != 1 || !reserved)
        sim_port_urc (port, SIM_URC_ALWAYS, line);
    }
}

/* The newest are kept, for the host would rather know. */
static void
indicate (SimSmsReceive *self, const char *line)
{
  if (self->cnmi.mode != 0)
    {
      write_line (self, line);
      return;
    }
  g_queue_push_tail (&self->buffered, g_strdup (line));
  if (self->buffered.length > MAX_BUFFERED)
    g_free (g_queue_pop_head (&self->buffered));
}

void
sim_sms_memory_full (SimModule *module)
{
  sim_urc (module, SIM_URC_GATED, "^SMMEMFULL: \"SM\"");
}

/* +CMT: [alpha],length   +CDS: length   +CBM: length, and the PDU on a line of its own; in text
 * mode the fields of +CMGR */
static void
present (SimSmsReceive *self, const char *name, const char *alpha, const guint8 *pdu, gsize n_pdu)
{
  g_autoptr (GString) line = g_string_new (name);
  gsize               centre = sim_tpdu_centre (pdu, n_pdu);
  SimTpdu             tpdu;

  if (!sim_sms_settings (self->module)->text || !sim_tpdu_parse (pdu, n_pdu, &tpdu))
    {
      g_string_append_printf (line, ": %s%zu\r\n", alpha, n_pdu - centre);
      sim_hex (line, pdu, n_pdu);
      indicate (self, line->str);
      return;
    }
  g_string_append (line, ": ");
  sim_sms_append_fields (self->module, &tpdu, pdu, SIM_SMS_ALONE, line);
  if (tpdu.kind != SIM_TPDU_STATUS_REPORT)
    {
      g_string_append (line, "\r\n");
      sim_sms_append_data (self->module, &tpdu, line);
    }
  indicate (self, line->str);
}

/* With +CSMS=1 the host has to answer for it. */
static SimOffer
route (SimSmsReceive *self, const char *name, const char *alpha, const guint8 *pdu, gsize n_pdu)
{
  present (self, name, alpha, pdu, n_pdu);
  if (sim_sms_settings (self->module)->service == 0)
    return SIM_OFFER_TAKEN;
  sim_timer_start (&self->ack, ACK_TIME);
  return SIM_OFFER_PENDING;
}

static SimOffer
store (SimSmsReceive *self, const char *name, const guint8 *pdu, gsize n_pdu)
{
  SimCard         *card = sim_slot_card (self->module);
  guint            slot = sim_sms_free_slot (card);
  g_autofree char *line = g_strdup_printf ("%s: \"SM\",%u", name, slot);

  if (slot == sim_sms_n_slots (card))
    {
      sim_sms_memory_full (self->module);
      return SIM_OFFER_FULL;
    }
  sim_sms_put (card, slot, SIM_SMS_UNREAD, pdu, n_pdu);
  if (self->cnmi.mt != 0)
    indicate (self, line);
  return SIM_OFFER_TAKEN;
}

/* 27.005 3.4.1, the tables of <mt>.  Class 2 and waiting messages to be stored go to the card
 * whatever it is. */
static gboolean
goes_to_host (const Cnmi *cnmi, guint8 dcs)
{
  int class = sim_dcs_class (dcs);

  switch (cnmi->mt)
    {
    case 0: return FALSE;
    case 2: return class != 2 && !sim_dcs_is_store (dcs);
    case 3: return class == 0 || class == 3;
    default: return class == 0;
    }
}

/* What is no message at all is stored like one without class. */
SimOffer
sim_sms_receive (SimModule *module, const guint8 *pdu, gsize n_pdu)
{
  SimSmsReceive *self = receive_of (module);
  SimTpdu        tpdu;
  gboolean       right = sim_tpdu_parse (pdu, n_pdu, &tpdu);

  if (right && tpdu.kind == SIM_TPDU_DELIVER && tpdu.pid == PID_TYPE_0)
    return SIM_OFFER_TAKEN;
  if (!right || tpdu.kind != SIM_TPDU_STATUS_REPORT)
    return goes_to_host (&self->cnmi, right ? tpdu.dcs : 0) ? route (self, "+CMT", ",", pdu, n_pdu)
                                                            : store (self, "+CMTI", pdu, n_pdu);
  switch (self->cnmi.ds)
    {
    case 1: return route (self, "+CDS", "", pdu, n_pdu);
    case 2: return store (self, "+CDSI", pdu, n_pdu);
    default: return SIM_OFFER_TAKEN;
    }
}

/* +CNMI */

static SimResult
read_cnmi (SimCall *call)
{
  const Cnmi *cnmi = &receive_of (call->module)->cnmi;

  sim_reply (call, "+CNMI: %u,%u,%u,%u,%u", cnmi->mode, cnmi->mt, cnmi->bm, cnmi->ds, cnmi->bfr);
  return SIM_OK;
}

/* bfr: what was kept back comes now (0) or never (1). */
static void
flush (SimSmsReceive *self)
{
  char *line;

  while (self->cnmi.mode != 0 && (line = g_queue_pop_head (&self->buffered)) != NULL)
    {
      if (self->cnmi.bfr == 0)
        write_line (self, line);
      g_free (line);
    }
}

static SimResult
set_cnmi (SimCall *call)
{
  SimSmsReceive *self = receive_of (call->module);
  Cnmi           cnmi = self->cnmi;

  cnmi.mode = sim_arg_uint_or (&call->args, cnmi.mode, 0, 2);
  cnmi.mt = sim_arg_uint_or (&call->args, cnmi.mt, 0, 3);
  cnmi.bm = sim_arg_uint_or (&call->args, cnmi.bm, 0, 2);
  cnmi.ds = sim_arg_uint_or (&call->args, cnmi.ds, 0, 2);
  cnmi.bfr = sim_arg_uint_or (&call->args, cnmi.bfr, 0, 1);
  if (!sim_args_end (&call->args) || cnmi.bm == 1)
    return SIM_ERROR;
  self->cnmi = cnmi;
  flush (self);
  return SIM_OK;
}

/* +CNMA[=n[,length]]: 0 and 1 yes, 2 no */

static SimResult
acknowledge (SimCall *call, gboolean taken)
{
  SimSmsReceive *self = receive_of (call->module);

  if (!sim_timer_running (&self->ack))
    return SIM_CMS_NO_CNMA;
  sim_timer_stop (&self->ack);
  sim_sms_centre_answer (call->module, taken);
  return SIM_OK;
}

static SimResult
cnma (SimCall *call)
{
  return acknowledge (call, TRUE);
}

/* The report that the host may add has nothing that matters here. */
static SimResult
on_report_yes (SimCall *call, const char *text G_GNUC_UNUSED)
{
  return acknowledge (call, TRUE);
}

static SimResult
on_report_no (SimCall *call, const char *text G_GNUC_UNUSED)
{
  return acknowledge (call, FALSE);
}

static SimResult
set_cnma (SimCall *call)
{
  gboolean text = sim_sms_settings (call->module)->text;
  guint    n = sim_arg_uint_or (&call->args, 0, 0, 2);
  guint    length = sim_arg_uint_or (&call->args, 0, 0, SIM_MAX_PDU);

  if (!sim_args_end (&call->args) || text)
    return sim_sms_bad (call->module);
  if (!sim_timer_running (&receive_of (call->module)->ack))
    return SIM_CMS_NO_CNMA;
  return length == 0 ? acknowledge (call, n != 2)
                     : sim_sms_prompt (call, FALSE, n != 2 ? on_report_yes : on_report_no);
}

/* 27.005 3.4.1: nobody acknowledged; from now on messages are stored. */
static void
on_no_ack (gpointer receive)
{
  SimSmsReceive *self = receive;

  self->cnmi.mt = self->cnmi.ds = 0;
  sim_sms_centre_answer (self->module, FALSE);
}

/* +CBM */
static gboolean
do_cell_broadcast (SimOrder *order, GError **error)
{
  SimSmsReceive         *self = order->state;
  g_autoptr (GByteArray) page = g_byte_array_new ();
  g_autoptr (GString)    line = g_string_new (NULL);

  if (!sim_unhex (order->args[0], page))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "not hex: %s", order->args[0]);
  g_string_append_printf (line, "+CBM: %u\r\n", page->len);
  sim_hex (line, page->data, page->len);
  if (self->cnmi.bm == 2 && order->module->running)
    indicate (self, line->str);
  return TRUE;
}

/* life */

static void
receive_init (SimModule *module, gpointer state)
{
  SimSmsReceive *self = state;

  self->module = module;
  g_queue_init (&self->buffered);
  sim_timer_init (&self->ack, module->clock, on_no_ack, self);
}

static void
receive_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimSmsReceive *)state)->cnmi = (Cnmi){ 0 };
}

static void
receive_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimSmsReceive *self = state;

  sim_timer_stop (&self->ack);
  g_queue_clear_full (&self->buffered, g_free);
}

static const SimCommand commands[] = {
  { "+CNMI", .test = "(0-2),(0-3),(0,2),(0-2),(0,1)", .read = read_cnmi, .set = set_cnmi },
  { "+CNMA", .test = "(0-2)", .exec = cnma, .set = set_cnma },
};

static const SimVerb verbs[] = {
  { "cell-broadcast HEX", "a page of 23.041, as +CBM shows it", do_cell_broadcast },
};

const SimChapter sim_sms_receive_chapter = {
  .name = "sms-receive",
  .state_size = sizeof (SimSmsReceive),
  .init = receive_init,
  .start = receive_start,
  .stop = receive_stop,
  .clear = receive_stop,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The service centre: 23.040 3.2, and 3.2.7 for messages that nobody could take. */
#include "sim-sms-centre.h"

#include "mu-error.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-slot.h"
#include "sim-sms-receive.h"
#include "sim-sms-store.h"
#include "sim-text.h"
#include "sim-time.h"
#include "sim-tpdu.h"

#include <string.h>

#define GAP         SIM_MS (500)     /* from one message to the next */
#define RETRY_DELAY SIM_SECONDS (30) /* after a refusal */
#define MAX_WAITING 1000u
#define CENTRE      "+15550199"

/* A message for the subscriber whose card was in the module, or for whoever is next. */
typedef struct
{
  GByteArray *pdu;
  char        imsi[16];
  gint64      due;
} Waiting;

typedef struct
{
  SimModule *module;
  GQueue     waiting; /* of Waiting, in the order of their arrival */
  Waiting   *offered; /* and not yet taken; NULL: none */
  gboolean   full;    /* the module had no memory */
  gint64     quiet;   /* nothing is offered before that */
  SimTimer   deliver;
} SimSmsCentre;

static SimSmsCentre *
centre_of (SimModule *module)
{
  return sim_state (module, &sim_sms_centre_chapter);
}

static void
waiting_free (gpointer waiting)
{
  g_byte_array_unref (((Waiting *)waiting)->pdu);
  g_free (waiting);
}

static const char *
subscriber (SimModule *module)
{
  SimCard *card = sim_slot_card (module);

  return card != NULL ? sim_card_config (card)->imsi : "";
}

/* to the module */

static Waiting *
next_waiting (SimSmsCentre *self)
{
  const char *imsi = subscriber (self->module);
  Waiting    *next = NULL;

  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    {
      Waiting *waiting = l->data;
      gboolean ours = waiting->imsi[0] == '\0' || g_str_equal (waiting->imsi, imsi);

      if (ours && (next == NULL || waiting->due < next->due))
        next = waiting;
    }
  return next;
}

static gboolean
reachable (const SimSmsCentre *self)
{
  return self->module->running && sim_slot_ready (self->module)
         && sim_network_registered (self->module);
}

static void
schedule (SimSmsCentre *self)
{
  gint64         now = sim_clock_now (self->module->clock);
  const Waiting *next = next_waiting (self);

  sim_timer_stop (&self->deliver);
  if (next != NULL && self->offered == NULL && !self->full && reachable (self))
    sim_timer_start (&self->deliver, MAX (MAX (next->due, self->quiet) - now, 0));
}

static void
settle (SimSmsCentre *self, Waiting *waiting, SimOffer offer)
{
  gint64 now = sim_clock_now (self->module->clock);

  self->quiet = now + GAP;
  self->offered = offer == SIM_OFFER_PENDING ? waiting : NULL;
  self->full = offer == SIM_OFFER_FULL;
  if (offer == SIM_OFFER_TAKEN)
    {
      g_queue_remove (&self->waiting, waiting);
      waiting_free (waiting);
    }
  schedule (self);
}

static void
on_deliver (gpointer centre)
{
  SimSmsCentre *self = centre;
  Waiting      *next = next_waiting (self);

  if (next != NULL && reachable (self))
    settle (self, next, sim_sms_receive (self->module, next->pdu->data, next->pdu->len));
}

gboolean
sim_sms_centre_queue (SimModule *module, const guint8 *pdu, gsize n_pdu, gint64 delay)
{
  SimSmsCentre *self = centre_of (module);
  Waiting      *waiting;

  if (self->waiting.length >= MAX_WAITING)
    return FALSE;
  waiting = g_new0 (Waiting, 1);
  waiting->pdu = g_byte_array_new ();
  g_byte_array_append (waiting->pdu, pdu, (guint)n_pdu);
  waiting->due = sim_clock_now (module->clock) + delay;
  (void)g_strlcpy (waiting->imsi, subscriber (module), sizeof waiting->imsi);
  g_queue_push_tail (&self->waiting, waiting);
  schedule (self);
  return TRUE;
}

void
sim_sms_centre_memory_free (SimModule *module)
{
  SimSmsCentre *self = centre_of (module);
  SimCard      *card = sim_slot_card (module);

  if (!self->full || card == NULL || sim_sms_free_slot (card) == sim_sms_n_slots (card))
    return;
  self->full = FALSE;
  schedule (self);
}

void
sim_sms_centre_answer (SimModule *module, gboolean taken)
{
  SimSmsCentre *self = centre_of (module);
  Waiting      *waiting = self->offered;

  if (waiting == NULL)
    return;
  self->offered = NULL;
  if (taken)
    {
      settle (self, waiting, SIM_OFFER_TAKEN);
      return;
    }
  waiting->due = sim_clock_now (module->clock) + RETRY_DELAY;
  schedule (self);
}

/* from the module */

void
sim_sms_centre_append (GByteArray *pdu)
{
  SimAddress centre;
  guint      n_bytes;

  (void)sim_address_set (&centre, CENTRE);
  n_bytes = (centre.n_digits + 1u) / 2;
  g_byte_array_append (pdu, (const guint8[]){ (guint8)(n_bytes + 1), centre.type }, 2);
  g_byte_array_append (pdu, centre.digits, n_bytes);
}

static guint8
semi_octet (int number)
{
  return (guint8)(number % 10 << 4 | number / 10);
}

void
sim_sms_centre_time (SimModule *module, guint8 time[7])
{
  int                   quarters;
  g_autoptr (GDateTime) now = sim_time_local (module, &quarters);
  const int             parts[] = {
                g_date_time_get_year (now) % 100,   g_date_time_get_month (now),
                g_date_time_get_day_of_month (now), g_date_time_get_hour (now),
                g_date_time_get_minute (now),       g_date_time_get_second (now),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    time[i] = semi_octet (parts[i]);
  time[6] = (guint8)(semi_octet (ABS (quarters)) | (quarters < 0 ? 8 : 0));
}

/* verbs */

static gboolean
do_pdu (SimOrder *order, GError **error)
{
  g_autoptr (GByteArray) pdu = g_byte_array_new ();

  if (!sim_unhex (order->args[0], pdu) || pdu->len == 0 || pdu->len > SIM_MAX_PDU)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "not hex of up to %u bytes: %s", SIM_MAX_PDU,
                    order->args[0]);
  return sim_sms_centre_queue (order->module, pdu->data, pdu->len, SIM_SMS_DELAY)
         || mu_fail (error, MU_ERROR_MEMORY_FULL, "%u wait already", MAX_WAITING);
}

/* life */

static void
centre_init (SimModule *module, gpointer state)
{
  SimSmsCentre *self = state;

  self->module = module;
  g_queue_init (&self->waiting);
  sim_timer_init (&self->deliver, module->clock, on_deliver, self);
}

/* What was offered and not acknowledged is offered again. */
static void
centre_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimSmsCentre *self = state;

  sim_timer_stop (&self->deliver);
  self->offered = NULL;
  self->full = FALSE;
}

static void
centre_clear (SimModule *module, gpointer state)
{
  SimSmsCentre *self = state;

  centre_stop (module, state);
  g_queue_clear_full (&self->waiting, waiting_free);
}

/* Another card has other slots. */
static void
centre_event (SimModule *module, gpointer state, SimEvent event)
{
  SimSmsCentre *self = state;

  if (event == SIM_EVENT_CARD && sim_slot_card (module) == NULL)
    self->full = FALSE;
  if (event == SIM_EVENT_CARD || event == SIM_EVENT_NETWORK)
    schedule (self);
}

static void
centre_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  const SimSmsCentre *self = state;

  sim_dump (out, "sms-waiting", "%u", self->waiting.length);
}

static const SimVerb verbs[] = {
  { "sms-pdu HEX", "a message arrives as it is, service centre included, right or wrong", do_pdu },
};

const SimChapter sim_sms_centre_chapter = {
  .name = "sms-centre",
  .state_size = sizeof (SimSmsCentre),
  .init = centre_init,
  .stop = centre_stop,
  .clear = centre_clear,
  .event = centre_event,
  .dump = centre_dump,
  SIM_ROWS (verbs, verbs),
};

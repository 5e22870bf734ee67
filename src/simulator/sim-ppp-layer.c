/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-ppp-layer.h"

#define RESTART_TIME  SIM_SECONDS (3) /* RFC 1661 4.6 */
#define MAX_CONFIGURE 10u
#define MAX_FAILURE   5u
#define HEADER        2u /* of an option */

void
sim_ppp_option (GByteArray *options, guint8 type, const guint8 *data, guint8 n_data)
{
  const guint8 header[HEADER] = { type, (guint8)(HEADER + n_data) };

  g_byte_array_append (options, header, HEADER);
  g_byte_array_append (options, data, n_data);
}

/* Takes the next option off the list.  FALSE: there is none, or it is cut short. */
static gboolean
next_option (const guint8 **data, gsize *n_data, SimPppOption *option)
{
  if (*n_data < HEADER || (*data)[1] < HEADER || (*data)[1] > *n_data)
    return FALSE;
  *option = (SimPppOption){ (*data)[0], *data + HEADER, (guint8)((*data)[1] - HEADER) };
  *n_data -= (*data)[1];
  *data += (*data)[1];
  return TRUE;
}

static gboolean
well_formed (const guint8 *data, gsize n_data)
{
  SimPppOption option;

  while (next_option (&data, &n_data, &option))
    ;
  return n_data == 0;
}

/* ours */

static void
send_request (SimPppLayer *self)
{
  g_autoptr (GByteArray) options = g_byte_array_new ();

  self->protocol->request (self->owner, options);
  self->tries++;
  sim_timer_start (&self->timer, RESTART_TIME);
  self->protocol->send (self->owner, SIM_PPP_REQUEST, self->id, options->data, options->len);
}

void
sim_ppp_layer_start (SimPppLayer *self)
{
  self->state = SIM_PPP_REQUESTING;
  self->tries = self->naks = 0;
  self->id++;
  send_request (self);
}

void
sim_ppp_layer_stop (SimPppLayer *self)
{
  sim_timer_stop (&self->timer);
  self->state = SIM_PPP_STOPPED;
}

static void
on_timer (gpointer layer)
{
  SimPppLayer *self = layer;

  if (self->tries < MAX_CONFIGURE)
    {
      if (self->state == SIM_PPP_ACKED)
        self->state = SIM_PPP_REQUESTING;
      send_request (self);
      return;
    }
  sim_ppp_layer_stop (self);
  self->protocol->failed (self->owner);
}

static void
open_layer (SimPppLayer *self)
{
  sim_timer_stop (&self->timer);
  self->state = SIM_PPP_OPENED;
  self->protocol->up (self->owner);
}

/* the host's */

/* Refusals go before suggestions, suggestions before consent: RFC 1661 5.3, 5.4. */
static guint8
judge (SimPppLayer *self, const guint8 *data, gsize n_data, GByteArray *naks, GByteArray *rejects)
{
  SimPppOption option;

  while (next_option (&data, &n_data, &option))
    {
      guint8 verdict = self->protocol->judge (self->owner, &option, naks);

      if (verdict == SIM_PPP_REJECT || (verdict == SIM_PPP_NAK && self->naks >= MAX_FAILURE))
        sim_ppp_option (rejects, option.type, option.data, option.n_data);
    }
  if (rejects->len > 0)
    return SIM_PPP_REJECT;
  return naks->len > 0 ? SIM_PPP_NAK : SIM_PPP_ACK;
}

static void
agree (SimPppLayer *self, const guint8 *data, gsize n_data)
{
  SimPppOption option;

  self->naks = 0;
  while (next_option (&data, &n_data, &option))
    self->protocol->agreed (self->owner, &option);
  if (self->state == SIM_PPP_ACKED)
    open_layer (self);
  else
    self->state = SIM_PPP_ACKING;
}

static void
on_request (SimPppLayer *self, guint8 id, const guint8 *data, gsize n_data)
{
  g_autoptr (GByteArray) naks = g_byte_array_new (), rejects = g_byte_array_new ();
  guint8                 verdict;

  if (self->state == SIM_PPP_OPENED)
    self->protocol->down (self->owner);
  if (self->state == SIM_PPP_OPENED || self->state == SIM_PPP_STOPPED)
    sim_ppp_layer_start (self);
  verdict = judge (self, data, n_data, naks, rejects);
  if (verdict == SIM_PPP_REJECT)
    self->protocol->send (self->owner, verdict, id, rejects->data, rejects->len);
  else if (verdict == SIM_PPP_NAK)
    self->protocol->send (self->owner, verdict, id, naks->data, naks->len);
  else
    self->protocol->send (self->owner, verdict, id, data, n_data);
  if (verdict == SIM_PPP_NAK)
    self->naks++;
  if (verdict == SIM_PPP_ACK)
    agree (self, data, n_data);
  else if (self->state == SIM_PPP_ACKING)
    self->state = SIM_PPP_REQUESTING;
}

static void
on_ack (SimPppLayer *self)
{
  if (self->state == SIM_PPP_REQUESTING)
    self->state = SIM_PPP_ACKED;
  else if (self->state == SIM_PPP_ACKING)
    open_layer (self);
}

static void
on_refusal (SimPppLayer *self, guint8 code, const guint8 *data, gsize n_data)
{
  SimPppOption option;

  if (self->state == SIM_PPP_ACKED || self->state == SIM_PPP_OPENED)
    return; /* it was acknowledged before */
  while (next_option (&data, &n_data, &option))
    self->protocol->refused (self->owner, code, &option);
  if (!sim_timer_running (&self->timer))
    return; /* it gave up for that */
  self->id++;
  if (self->tries < MAX_CONFIGURE)
    send_request (self);
}

void
sim_ppp_layer_input (SimPppLayer *self, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  if (!well_formed (data, n_data))
    return;
  if (code == SIM_PPP_REQUEST)
    on_request (self, id, data, n_data);
  else if (id != self->id || self->state == SIM_PPP_STOPPED)
    return; /* an answer to a question of long ago */
  else if (code == SIM_PPP_ACK)
    on_ack (self);
  else
    on_refusal (self, code, data, n_data);
}

void
sim_ppp_layer_init (SimPppLayer *self, SimClock *clock, const SimPppProtocol *protocol,
                    gpointer owner)
{
  *self = (SimPppLayer){ .protocol = protocol, .owner = owner };
  sim_timer_init (&self->timer, clock, on_timer, self);
}

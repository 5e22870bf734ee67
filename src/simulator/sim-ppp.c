/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The phases of a link (RFC 1661 3) and which protocol a frame is for. */
#include "sim-ppp-private.h"

#define CLOSE_TIME SIM_SECONDS (1)

const char *
sim_ppp_phase (const SimPpp *self)
{
  static const char *const words[]
      = { [SIM_PPP_LINK] = "link",       [SIM_PPP_AUTHENTICATION] = "authentication",
          [SIM_PPP_NETWORK] = "network", [SIM_PPP_UP] = "up",
          [SIM_PPP_CLOSING] = "closing", [SIM_PPP_ENDED] = "ended" };

  return words[self->phase];
}

/* RFC 1662 7: LCP goes as if nothing had been agreed upon. */
void
sim_ppp_send (SimPpp *self, guint16 protocol, const guint8 *data, gsize n_data)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  if (self->phase == SIM_PPP_ENDED)
    return;
  sim_ppp_encode (frame, protocol == SIM_PPP_LCP ? SIM_PPP_ACCM : self->accm, protocol, data,
                  n_data);
  self->handlers.send (self->user_data, frame->data, frame->len);
}

void
sim_ppp_say (SimPpp *self, guint16 protocol, guint8 code, guint8 id, const guint8 *data,
             gsize n_data)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  gsize                  length = MIN (SIM_PPP_HEADER + n_data, SIM_PPP_MAX_MRU);
  const guint8           header[SIM_PPP_HEADER]
      = { code, id, (guint8)(length >> 8), (guint8)(length & 0xffu) };

  g_byte_array_append (packet, header, sizeof header);
  if (n_data > 0)
    g_byte_array_append (packet, data, (guint)(length - SIM_PPP_HEADER));
  sim_ppp_send (self, protocol, packet->data, packet->len);
}

static void
reject_protocol (SimPpp *self)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  guint16                protocol = self->decoder.protocol;
  const guint8           number[] = { (guint8)(protocol >> 8), (guint8)(protocol & 0xffu) };

  if (self->lcp.state != SIM_PPP_OPENED)
    return; /* RFC 1661 5.7 */
  g_byte_array_append (packet, number, sizeof number);
  g_byte_array_append (packet, self->decoder.data, (guint)self->decoder.n_data);
  sim_ppp_say (self, SIM_PPP_LCP, SIM_PPP_PROTOCOL_REJECT, ++self->last_id, packet->data,
               packet->len);
}

typedef void (*Input) (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data);

static Input
input_of (guint16 protocol)
{
  switch (protocol)
    {
    case SIM_PPP_LCP: return sim_ppp_lcp_input;
    case SIM_PPP_PAP: return sim_ppp_pap_input;
    case SIM_PPP_CHAP: return sim_ppp_chap_input;
    case SIM_PPP_IPCP: return sim_ppp_ipcp_input;
    default: return NULL;
    }
}

/* What stands behind a packet's own length is padding: RFC 1661 5. */
static void
take_frame (SimPpp *self)
{
  const guint8 *data = self->decoder.data;
  gsize         n = self->decoder.n_data, length;
  Input         input = input_of (self->decoder.protocol);

  if (self->decoder.protocol == SIM_PPP_IP)
    sim_ppp_ip_input (self, data, n);
  else if (input == NULL)
    reject_protocol (self);
  if (input == NULL || n < SIM_PPP_HEADER)
    return;
  length = (gsize)(data[2] << 8 | data[3]);
  if (length >= SIM_PPP_HEADER && length <= n)
    input (self, data[0], data[1], data + SIM_PPP_HEADER, length - SIM_PPP_HEADER);
}

void
sim_ppp_input (SimPpp *self, const guint8 *bytes, gsize n_bytes)
{
  for (gsize i = 0; i < n_bytes && self->phase != SIM_PPP_ENDED; i++)
    if (sim_ppp_decode (&self->decoder, bytes[i]))
      take_frame (self);
}

/* The network is asked once, however often the link is agreed upon anew. */
void
sim_ppp_authenticated (SimPpp *self)
{
  self->phase = SIM_PPP_NETWORK;
  if (self->agreed)
    sim_ppp_network_up (self, &self->access);
  else
    self->handlers.ready (self->user_data);
}

void
sim_ppp_end (SimPpp *self)
{
  if (self->phase == SIM_PPP_ENDED)
    return;
  self->phase = SIM_PPP_ENDED;
  sim_ppp_layer_stop (&self->lcp);
  sim_ppp_layer_stop (&self->ipcp);
  sim_timer_stop (&self->challenging);
  sim_timer_stop (&self->closing);
  self->handlers.ended (self->user_data);
}

static void
on_closing (gpointer ppp)
{
  sim_ppp_end (ppp);
}

void
sim_ppp_terminate (SimPpp *self)
{
  if (self->phase == SIM_PPP_CLOSING || self->phase == SIM_PPP_ENDED)
    return;
  sim_ppp_layer_stop (&self->lcp);
  sim_ppp_layer_stop (&self->ipcp);
  sim_timer_stop (&self->challenging);
  self->phase = SIM_PPP_CLOSING;
  sim_timer_start (&self->closing, CLOSE_TIME);
  sim_ppp_say (self, SIM_PPP_LCP, SIM_PPP_TERMINATE, ++self->last_id, NULL, 0);
}

void
sim_ppp_suspend (SimPpp *self, gboolean suspended)
{
  self->suspended = suspended;
  sim_ppp_ip_resume (self);
}

SimPpp *
sim_ppp_new (SimClock *clock, GRand *random, const SimApn *access, const SimPppHandlers *handlers,
             gpointer user_data)
{
  SimPpp *self = g_new0 (SimPpp, 1);

  self->clock = clock;
  self->random = random;
  self->handlers = *handlers;
  self->user_data = user_data;
  self->demand = *access;
  self->auth = access->auth == SIM_AUTH_ANY ? SIM_AUTH_CHAP : (SimAuth)access->auth;
  self->magic = g_rand_int (random) | 1u;
  self->accm = SIM_PPP_ACCM;
  g_queue_init (&self->held);
  sim_ppp_decoder_init (&self->decoder);
  sim_ppp_layer_init (&self->lcp, clock, &sim_ppp_lcp, self);
  sim_ppp_layer_init (&self->ipcp, clock, &sim_ppp_ipcp, self);
  sim_timer_init (&self->closing, clock, on_closing, self);
  sim_ppp_auth_init (self);
  return self;
}

void
sim_ppp_free (SimPpp *self)
{
  if (self == NULL)
    return;
  sim_ppp_layer_stop (&self->lcp);
  sim_ppp_layer_stop (&self->ipcp);
  sim_timer_stop (&self->challenging);
  sim_timer_stop (&self->closing);
  sim_ppp_decoder_clear (&self->decoder);
  g_clear_pointer (&self->early, g_bytes_unref);
  while (!g_queue_is_empty (&self->held))
    g_bytes_unref (g_queue_pop_head (&self->held));
  g_free (self);
}

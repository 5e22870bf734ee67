/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The link itself: RFC 1661 5 and 6. */
#include "sim-ppp-private.h"

#include <string.h>

/* RFC 1661 6, RFC 1662 7.1 */
enum
{
  OPTION_MRU = 1,
  OPTION_ACCM = 2,
  OPTION_AUTH = 3,
  OPTION_MAGIC = 5,
  OPTION_PFC = 7,
  OPTION_ACFC = 8,
};

#define MIN_MRU       128u
#define CHAP_WITH_MD5 5u

static guint32
read32 (const guint8 *data)
{
  return (guint32)data[0] << 24 | (guint32)data[1] << 16 | (guint32)data[2] << 8 | data[3];
}

static void
add32 (GByteArray *options, guint8 type, guint32 value)
{
  const guint8 data[] = { (guint8)(value >> 24), (guint8)(value >> 16 & 0xffu),
                          (guint8)(value >> 8 & 0xffu), (guint8)(value & 0xffu) };

  sim_ppp_option (options, type, data, sizeof data);
}

/* ours */

static gboolean
wanted (const SimPpp *self, guint8 type)
{
  return (self->unwanted >> type & 1u) == 0;
}

static void
request_auth (const SimPpp *self, GByteArray *options)
{
  static const guint8 pap[] = { SIM_PPP_PAP >> 8, SIM_PPP_PAP & 0xffu };
  static const guint8 chap[] = { SIM_PPP_CHAP >> 8, SIM_PPP_CHAP & 0xffu, CHAP_WITH_MD5 };

  if (self->auth == SIM_AUTH_PAP)
    sim_ppp_option (options, OPTION_AUTH, pap, sizeof pap);
  else if (self->auth == SIM_AUTH_CHAP)
    sim_ppp_option (options, OPTION_AUTH, chap, sizeof chap);
}

static void
lcp_request (gpointer owner, GByteArray *options)
{
  const SimPpp *self = owner;

  if (wanted (self, OPTION_ACCM))
    add32 (options, OPTION_ACCM, self->our_accm);
  request_auth (self, options);
  if (wanted (self, OPTION_MAGIC))
    add32 (options, OPTION_MAGIC, self->magic);
  if (wanted (self, OPTION_PFC))
    sim_ppp_option (options, OPTION_PFC, NULL, 0);
  if (wanted (self, OPTION_ACFC))
    sim_ppp_option (options, OPTION_ACFC, NULL, 0);
}

/* Only a kind that the access point takes, too. */
static void
auth_refused (SimPpp *self, guint8 code, const SimPppOption *option)
{
  gboolean pap = code == SIM_PPP_NAK && option->n_data == 2
                 && (option->data[0] << 8 | option->data[1]) == SIM_PPP_PAP;

  if (pap && self->demand.auth == SIM_AUTH_ANY)
    self->auth = SIM_AUTH_PAP;
  else if (code == SIM_PPP_REJECT)
    sim_ppp_terminate (self);
}

static void
lcp_refused (gpointer owner, guint8 code, const SimPppOption *option)
{
  SimPpp *self = owner;

  if (option->type == OPTION_AUTH)
    auth_refused (self, code, option);
  else if (code == SIM_PPP_REJECT && option->type < 32)
    self->unwanted |= 1u << option->type;
  else if (option->type == OPTION_ACCM && option->n_data == 4)
    self->our_accm |= read32 (option->data);
  else if (option->type == OPTION_MAGIC)
    self->magic = g_rand_int (self->random) | 1u;
}

/* the host's */

static guint8
judge_mru (const SimPppOption *option, GByteArray *options)
{
  static const guint8 best[] = { SIM_PPP_MAX_MRU >> 8, SIM_PPP_MAX_MRU & 0xffu };

  if ((guint)(option->data[0] << 8 | option->data[1]) >= MIN_MRU)
    return SIM_PPP_ACK;
  sim_ppp_option (options, OPTION_MRU, best, sizeof best);
  return SIM_PPP_NAK;
}

/* 6.4: the same number means that we hear ourselves. */
static guint8
judge_magic (SimPpp *self, const SimPppOption *option, GByteArray *options)
{
  guint32 magic = read32 (option->data);

  if (magic != 0 && magic != self->magic)
    return SIM_PPP_ACK;
  add32 (options, OPTION_MAGIC, g_rand_int (self->random) | 1u);
  return SIM_PPP_NAK;
}

static guint8
lcp_judge (gpointer owner, const SimPppOption *option, GByteArray *options)
{
  if (option->type == OPTION_MRU && option->n_data == 2)
    return judge_mru (option, options);
  if (option->type == OPTION_MAGIC && option->n_data == 4)
    return judge_magic (owner, option, options);
  if ((option->type == OPTION_ACCM && option->n_data == 4)
      || ((option->type == OPTION_PFC || option->type == OPTION_ACFC) && option->n_data == 0))
    return SIM_PPP_ACK;
  return SIM_PPP_REJECT; /* that we should say who we are, among others */
}

static void
lcp_agreed (gpointer owner, const SimPppOption *option)
{
  if (option->type == OPTION_ACCM)
    ((SimPpp *)owner)->accm = read32 (option->data);
}

static void
lcp_send (gpointer owner, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  sim_ppp_say (owner, SIM_PPP_LCP, code, id, data, n_data);
}

static void
lcp_up (gpointer owner)
{
  sim_ppp_authenticate (owner);
}

static void
lcp_down (gpointer owner)
{
  SimPpp *self = owner;

  sim_ppp_layer_stop (&self->ipcp);
  sim_timer_stop (&self->challenging);
  self->accm = SIM_PPP_ACCM;
  self->phase = SIM_PPP_LINK;
}

static void
lcp_failed (gpointer owner)
{
  sim_ppp_end (owner);
}

const SimPppProtocol sim_ppp_lcp = {
  .send = lcp_send,
  .request = lcp_request,
  .judge = lcp_judge,
  .agreed = lcp_agreed,
  .refused = lcp_refused,
  .up = lcp_up,
  .down = lcp_down,
  .failed = lcp_failed,
};

/* 5.8: with our magic number, and what came with the question */
static void
answer_echo (SimPpp *self, guint8 id, const guint8 *data, gsize n_data)
{
  g_autoptr (GByteArray) reply = g_byte_array_new ();
  guint32                magic = wanted (self, OPTION_MAGIC) ? g_htonl (self->magic) : 0;

  if (self->lcp.state != SIM_PPP_OPENED || n_data < sizeof magic)
    return;
  g_byte_array_append (reply, (const guint8 *)&magic, sizeof magic);
  g_byte_array_append (reply, data + sizeof magic, (guint)(n_data - sizeof magic));
  sim_ppp_say (self, SIM_PPP_LCP, SIM_PPP_ECHO_REPLY, id, reply->data, reply->len);
}

/* 5.7: without IPCP there is nothing to do here. */
static void
protocol_rejected (SimPpp *self, const guint8 *data, gsize n_data)
{
  if (n_data >= 2 && (data[0] << 8 | data[1]) == SIM_PPP_IPCP)
    sim_ppp_terminate (self);
}

/* 5.6 */
static void
reject_code (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  gsize                  length = SIM_PPP_HEADER + n_data;
  const guint8           header[SIM_PPP_HEADER]
      = { code, id, (guint8)(length >> 8 & 0xffu), (guint8)(length & 0xffu) };

  g_byte_array_append (packet, header, sizeof header);
  g_byte_array_append (packet, data, (guint)n_data);
  sim_ppp_say (self, SIM_PPP_LCP, SIM_PPP_CODE_REJECT, ++self->last_id, packet->data, packet->len);
}

void
sim_ppp_lcp_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  switch (code)
    {
    case SIM_PPP_REQUEST:
    case SIM_PPP_ACK:
    case SIM_PPP_NAK:
    case SIM_PPP_REJECT:
      if (self->phase != SIM_PPP_CLOSING)
        sim_ppp_layer_input (&self->lcp, code, id, data, n_data);
      return;
    case SIM_PPP_TERMINATE:
      sim_ppp_say (self, SIM_PPP_LCP, SIM_PPP_TERMINATE_ACK, id, NULL, 0);
      sim_ppp_end (self);
      return;
    case SIM_PPP_TERMINATE_ACK:
      if (self->phase == SIM_PPP_CLOSING)
        sim_ppp_end (self);
      return;
    case SIM_PPP_PROTOCOL_REJECT: protocol_rejected (self, data, n_data); return;
    case SIM_PPP_ECHO: answer_echo (self, id, data, n_data); return;
    case SIM_PPP_CODE_REJECT:
    case SIM_PPP_ECHO_REPLY:
    case SIM_PPP_DISCARD: return;
    default: reject_code (self, code, id, data, n_data); return;
    }
}

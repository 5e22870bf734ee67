/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Addresses and name servers: RFC 1332, RFC 1877. */
#include "sim-ppp-private.h"

#include <arpa/inet.h>
#include <string.h>

enum
{
  OPTION_ADDRESS = 3,
  OPTION_DNS1 = 129,
  OPTION_DNS2 = 131,
};

#define LENGTH 4u /* of an address */

/* What the network gives for an option of the host's; NULL: nothing. */
static const char *
given (const SimPpp *self, guint8 type)
{
  switch (type)
    {
    case OPTION_ADDRESS: return self->access.address;
    case OPTION_DNS1: return self->access.dns1;
    case OPTION_DNS2: return self->access.dns2;
    default: return NULL;
    }
}

static void
ipcp_send (gpointer owner, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  sim_ppp_say (owner, SIM_PPP_IPCP, code, id, data, n_data);
}

static void
ipcp_request (gpointer owner, GByteArray *options)
{
  const SimPpp  *self = owner;
  struct in_addr address = { 0 };

  (void)inet_pton (AF_INET, self->access.gateway, &address);
  sim_ppp_option (options, OPTION_ADDRESS, (const guint8 *)&address, LENGTH);
}

static guint8
ipcp_judge (gpointer owner, const SimPppOption *option, GByteArray *options)
{
  const char    *text = given (owner, option->type);
  struct in_addr address = { 0 };

  if (text == NULL || option->n_data != LENGTH)
    return SIM_PPP_REJECT;
  (void)inet_pton (AF_INET, text, &address);
  if (memcmp (option->data, &address, LENGTH) == 0)
    return SIM_PPP_ACK;
  sim_ppp_option (options, option->type, (const guint8 *)&address, LENGTH);
  return SIM_PPP_NAK;
}

static void
ipcp_agreed (gpointer owner G_GNUC_UNUSED, const SimPppOption *option G_GNUC_UNUSED)
{
}

/* Our address is what it is: asked for until the tries are used up. */
static void
ipcp_refused (gpointer owner G_GNUC_UNUSED, guint8 code G_GNUC_UNUSED,
              const SimPppOption *option G_GNUC_UNUSED)
{
}

static void
ipcp_up (gpointer owner)
{
  SimPpp *self = owner;

  self->phase = SIM_PPP_UP;
}

static void
ipcp_down (gpointer owner)
{
  SimPpp *self = owner;

  self->phase = SIM_PPP_NETWORK;
}

static void
ipcp_failed (gpointer owner)
{
  sim_ppp_terminate (owner);
}

const SimPppProtocol sim_ppp_ipcp = {
  .send = ipcp_send,
  .request = ipcp_request,
  .judge = ipcp_judge,
  .agreed = ipcp_agreed,
  .refused = ipcp_refused,
  .up = ipcp_up,
  .down = ipcp_down,
  .failed = ipcp_failed,
};

static void
keep (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  g_autoptr (GByteArray) packet = g_byte_array_new ();
  const guint8           header[] = { code, id };

  g_byte_array_append (packet, header, sizeof header);
  g_byte_array_append (packet, data, (guint)n_data);
  g_clear_pointer (&self->early, g_bytes_unref);
  self->early = g_byte_array_free_to_bytes (g_steal_pointer (&packet));
}

void
sim_ppp_ipcp_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data)
{
  if (self->phase != SIM_PPP_NETWORK && self->phase != SIM_PPP_UP)
    return; /* RFC 1661 3.4: not yet */
  if (code == SIM_PPP_TERMINATE)
    {
      sim_ppp_say (self, SIM_PPP_IPCP, SIM_PPP_TERMINATE_ACK, id, NULL, 0);
      sim_ppp_layer_stop (&self->ipcp);
      self->phase = SIM_PPP_NETWORK;
    }
  if (code < SIM_PPP_REQUEST || code > SIM_PPP_REJECT)
    return;
  if (self->agreed)
    sim_ppp_layer_input (&self->ipcp, code, id, data, n_data);
  else if (code == SIM_PPP_REQUEST)
    keep (self, code, id, data, n_data);
}

void
sim_ppp_network_up (SimPpp *self, const SimApn *access)
{
  g_autoptr (GBytes) early = g_steal_pointer (&self->early);
  const guint8      *packet;
  gsize              n = 0;

  if (self->phase != SIM_PPP_NETWORK)
    return;
  self->agreed = TRUE;
  self->access = *access;
  sim_ppp_layer_start (&self->ipcp);
  if (early == NULL)
    return;
  packet = g_bytes_get_data (early, &n);
  sim_ppp_ipcp_input (self, packet[0], packet[1], packet + 2, n - 2);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-dhcp.h"

#include "sim-ecm.h"
#include "sim-flow.h"

#include <arpa/inet.h>

#define NETMASK "255.255.255.0"

typedef enum
{
  HEX_PADDED,
  HEX_SHORT,
  HEX_PREFIXED,
} Hex;

typedef struct
{
  guint hex; /* Hex */
} SimDhcp;

/* ^DHCP: address,netmask,gateway,server,dns1,dns2,max rx,max tx  the address's first octet is the
 * last byte */

static void
append_address (GString *out, guint hex, const char *text)
{
  struct in_addr address = { 0 };
  const guint8  *octets = (const guint8 *)&address.s_addr;
  guint          number;

  (void)inet_pton (AF_INET, text, &address);
  number = octets[0] | (guint)octets[1] << 8 | (guint)octets[2] << 16 | (guint)octets[3] << 24;
  switch ((Hex)hex)
    {
    case HEX_PADDED: g_string_append_printf (out, "%08X,", number); return;
    case HEX_SHORT: g_string_append_printf (out, "%X,", number); return;
    case HEX_PREFIXED: g_string_append_printf (out, "0x%08x,", number); return;
    }
}

static SimResult
read_dhcp (SimCall *call)
{
  const SimDhcp      *self = call->state;
  const SimApn       *access = sim_ecm_access (call->module);
  g_autoptr (GString) text = g_string_new ("^DHCP: ");

  if (access == NULL)
    return SIM_ERROR;
  append_address (text, self->hex, access->address);
  append_address (text, self->hex, NETMASK);
  append_address (text, self->hex, access->gateway);
  append_address (text, self->hex, access->gateway);
  append_address (text, self->hex, access->dns1);
  append_address (text, self->hex, access->dns2);
  sim_reply (call, "%s%u,%u", text->str, sim_flow_rx_rate (call->module),
             sim_flow_tx_rate (call->module));
  return SIM_OK;
}

static gboolean
do_form (SimOrder *order, GError **error)
{
  static const char *const words[] = { "padded", "short", "prefixed", NULL };

  return sim_word (order->args[0], words, &((SimDhcp *)order->state)->hex, error);
}

static const SimCommand commands[] = {
  { "^DHCP", .read = read_dhcp },
};

static const SimVerb verbs[] = {
  { "dhcp-form padded|short|prefixed", "how ^DHCP writes addresses", do_form },
};

const SimChapter sim_dhcp_chapter = {
  .name = "dhcp",
  .state_size = sizeof (SimDhcp),
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

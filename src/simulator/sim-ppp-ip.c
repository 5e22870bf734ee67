/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The internet behind the link: somebody who answers pings (RFC 791, RFC 792). */
#include "sim-ppp-private.h"

#include <arpa/inet.h>
#include <string.h>

#define MAX_HELD   64u
#define MIN_HEADER 20u
#define ICMP       1u
#define ICMP_HEAD  8u
#define ECHO       8u
#define ECHO_REPLY 0u

/* offsets in the header */
enum
{
  AT_LENGTH = 2,
  AT_FRAGMENT = 6,
  AT_TTL = 8,
  AT_PROTOCOL = 9,
  AT_CHECKSUM = 10,
  AT_SOURCE = 12,
  AT_DESTINATION = 16,
};

static guint
read16 (const guint8 *data)
{
  return (guint)(data[0] << 8 | data[1]);
}

/* RFC 1071: over bytes whose own checksum is in place it is 0. */
static guint
checksum (const guint8 *data, gsize n_data)
{
  guint sum = 0;

  for (gsize i = 0; i < n_data; i++)
    sum += (guint)data[i] << (i % 2 == 0 ? 8 : 0);
  while (sum > 0xffffu)
    sum = (sum & 0xffffu) + (sum >> 16);
  return ~sum & 0xffffu;
}

static void
write_checksum (guint8 *at, guint sum)
{
  at[0] = (guint8)(sum >> 8);
  at[1] = (guint8)(sum & 0xffu);
}

/* The header's length; 0: no such packet, or one that is damaged or a fragment. */
static gsize
header_length (const guint8 *data, gsize n_data)
{
  gsize header = n_data >= MIN_HEADER ? 4u * (data[0] & 0x0fu) : 0;

  if (header < MIN_HEADER || header > n_data || data[0] >> 4 != 4
      || read16 (data + AT_LENGTH) > n_data || read16 (data + AT_LENGTH) < header
      || (read16 (data + AT_FRAGMENT) & 0x3fffu) != 0 || checksum (data, header) != 0)
    return 0;
  return header;
}

static void
answer_ping (SimPpp *self, const guint8 *data, gsize header)
{
  gsize              length = read16 (data + AT_LENGTH);
  g_autofree guint8 *reply = g_memdup2 (data, length);

  reply[AT_TTL] = 64;
  memcpy (reply + AT_SOURCE, data + AT_DESTINATION, 4);
  memcpy (reply + AT_DESTINATION, data + AT_SOURCE, 4);
  write_checksum (reply + AT_CHECKSUM, 0);
  write_checksum (reply + AT_CHECKSUM, checksum (reply, header));
  reply[header] = ECHO_REPLY;
  write_checksum (reply + header + 2, 0);
  write_checksum (reply + header + 2, checksum (reply + header, length - header));
  self->handlers.carried (self->user_data, 0, length);
  sim_ppp_send (self, SIM_PPP_IP, reply, length);
}

static void
take_packet (SimPpp *self, const guint8 *data, gsize n_data)
{
  gsize          header = header_length (data, n_data);
  struct in_addr us = { 0 };
  gsize          length;

  self->handlers.carried (self->user_data, n_data, 0);
  if (header == 0)
    return;
  length = read16 (data + AT_LENGTH);
  (void)inet_pton (AF_INET, self->access.gateway, &us);
  if (data[AT_PROTOCOL] == ICMP && length >= header + ICMP_HEAD && data[header] == ECHO
      && memcmp (data + AT_DESTINATION, &us, 4) == 0
      && checksum (data + header, length - header) == 0)
    answer_ping (self, data, header);
}

void
sim_ppp_ip_input (SimPpp *self, const guint8 *data, gsize n_data)
{
  if (self->phase != SIM_PPP_UP)
    return;
  if (!self->suspended)
    take_packet (self, data, n_data);
  else if (self->held.length < MAX_HELD)
    g_queue_push_tail (&self->held, g_bytes_new (data, n_data));
}

void
sim_ppp_ip_resume (SimPpp *self)
{
  while (!self->suspended && !g_queue_is_empty (&self->held))
    {
      g_autoptr (GBytes) packet = g_queue_pop_head (&self->held);
      gsize              n = 0;
      const guint8      *data = g_bytes_get_data (packet, &n);

      sim_ppp_ip_input (self, data, n);
    }
}

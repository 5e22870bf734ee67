/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-line.h"

/* What the module says of connections over its network interface, in all the spellings that are
 * known (guide 7; at-facts 5). */

typedef enum
{
  MU_NDIS_DOWN,
  MU_NDIS_UP,
  MU_NDIS_CONNECTING,
  MU_NDIS_DISCONNECTING,
} MuNdisState;

typedef struct
{
  MuNdisState state;
  guint       cid;   /* 0: it does not say which */
  guint       cause; /* 24.008; 0: none, or not told */
  gboolean    ipv6;  /* of that family; IPv4 where none is named */
} MuNdisStat;

#define MU_NDIS_MAX_STATS 32

/* ^NDISSTAT: <stat>[,<err>[,<wx_state>]][,<PDP type>], and for both families one after the other.
 * ^NDISSTATQRY: the same, and with a <cid> before it.  Returns how many there are; 0: nonsense. */
guint mu_ndis_parse (const AtLine *line, MuNdisStat *ret, guint max);

typedef struct
{
  char  address[16], gateway[16];
  char  dns[2][16]; /* "": none */
  guint prefix;
} MuNdisDhcp;

/* ^DHCP: <ip>,<mask>,<gateway>,<server>,<dns>,<dns>,<rx>,<tx>, addresses in hex, the last byte
 * first. */
gboolean mu_ndis_parse_dhcp (const AtLine *line, MuNdisDhcp *ret);

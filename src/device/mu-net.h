/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>
#include <netinet/in.h>

/* A network interface as the kernel has it: nothing is set, only read. */

/* Bytes since the interface came. */
typedef struct
{
  guint64 rx;
  guint64 tx;
} MuNetCounters;

typedef struct
{
  char  address[INET_ADDRSTRLEN];
  guint prefix;
} MuNetAddress;

/* FALSE: no such interface. */
gboolean mu_net_counters (const char *interface, MuNetCounters *ret);

/* Whether the cable, so to speak, is plugged in.  FALSE also for an interface that is down. */
gboolean mu_net_carrier (const char *interface);

/* Its first IPv4 address; FALSE: it has none. */
gboolean mu_net_address (const char *interface, MuNetAddress *ret);

/* For tests: where /sys/class/net is; NULL: there. */
void mu_net_set_root (const char *root);

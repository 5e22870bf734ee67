/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A network interface of this machine that stands for the module's ECM port.  Where the kernel lets
 * its carrier be switched (dummy, tun) it is the host's end; where it does not (veth) it is the
 * module's end of a pair, and taking it down takes the carrier from the host's end. */
typedef struct
{
  const char *name;    /* NULL: there is none, and nothing here does anything */
  gboolean    far_end; /* the module's: what it receives, the host has sent */
  gboolean    failed;  /* and that was said */
  guint32     rx, tx;  /* the kernel's counters at the last look */
} SimCarrier;

void sim_carrier_switch (SimCarrier *self, gboolean on);

/* Bytes since the last look, as the host counts them. */
void sim_carrier_count (SimCarrier *self, guint64 *ret_tx, guint64 *ret_rx);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <libmm-glib.h>

/* ModemManager has one state for what are several properties of ours. */
typedef struct
{
  const char *modem;        /* Modem1.State */
  const char *mode;         /* Modem1.Mode */
  const char *lock;         /* Sim1.Lock */
  const char *registration; /* Network1.Registration */
  const char *packet;       /* Network1.PacketRegistration */
  const char *connection;   /* Connection1.State, of the one that is furthest; "": none */
  gboolean    enabled;      /* as Modem.Enable left it */
} Mm1Facts;

MMModemState             mm1_state (const Mm1Facts *facts);
MMModemStateFailedReason mm1_failed_reason (const Mm1Facts *facts);
gboolean                 mm1_is_registered (const Mm1Facts *facts);

/* Which of two states of a connection is further: a constant; "": neither is one. */
const char *mm1_further_connection (const char *a, const char *b);

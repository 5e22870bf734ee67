/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-apn.h"
#include "sim-clock.h"

/* The module's end of a PPP link: RFC 1661, 1332, 1334, 1877, 1994.  It waits for the host to begin
 * (guide 4.2), asks it for a name and a password where the access point does, gives it an address
 * and name servers, and answers pings to its own address.  More of the internet there is not. */
typedef struct SimPpp SimPpp;

/* None of them may free the link. */
typedef struct
{
  void (*send) (gpointer user_data, const guint8 *bytes, gsize n_bytes);
  void (*ready) (gpointer user_data); /* the host is who it ought to be; now the network is asked */
  void (*carried) (gpointer user_data, gsize tx, gsize rx); /* bytes of packets */
  void (*ended) (gpointer user_data); /* once; nothing is sent or heard any more */
} SimPppHandlers;

/* access: what the host is asked for; the addresses are those of sim_ppp_network_up(). */
SimPpp *sim_ppp_new (SimClock *clock, GRand *random, const SimApn *access,
                     const SimPppHandlers *handlers, gpointer user_data);
void    sim_ppp_free (SimPpp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimPpp, sim_ppp_free)

void sim_ppp_input (SimPpp *self, const guint8 *bytes, gsize n_bytes);

/* The network has agreed. */
void sim_ppp_network_up (SimPpp *self, const SimApn *access);

/* Ends the link from this side: ended() comes with the host's consent, or after a second. */
void sim_ppp_terminate (SimPpp *self);

/* Guide 14.3: packets wait. */
void sim_ppp_suspend (SimPpp *self, gboolean suspended);

/* For the verb "state": link, authentication, network, up, closing or ended. */
const char *sim_ppp_phase (const SimPpp *self);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-ppp-frame.h"
#include "sim-ppp-layer.h"
#include "sim-ppp.h"

/* The parts of one link. */

/* RFC 1700 and its heirs: protocol numbers */
#define SIM_PPP_IP   0x0021u
#define SIM_PPP_IPCP 0x8021u
#define SIM_PPP_LCP  0xc021u
#define SIM_PPP_PAP  0xc023u
#define SIM_PPP_CHAP 0xc223u

#define SIM_PPP_HEADER    4u /* code, identifier, length */
#define SIM_PPP_CHALLENGE 16u

typedef enum
{
  SIM_PPP_LINK, /* until LCP is opened */
  SIM_PPP_AUTHENTICATION,
  SIM_PPP_NETWORK, /* asked for, or being agreed upon */
  SIM_PPP_UP,
  SIM_PPP_CLOSING, /* we have said so */
  SIM_PPP_ENDED,
} SimPppPhase;

struct SimPpp
{
  SimClock      *clock;
  GRand         *random;
  SimPppHandlers handlers;
  gpointer       user_data;
  SimPppPhase    phase;
  SimPppDecoder  decoder;
  SimTimer       closing;
  guint8         last_id; /* of packets that no layer counts */

  /* LCP */
  SimPppLayer lcp;
  guint32     unwanted; /* our options that the host refuses, a bit by type */
  guint32     magic, our_accm, accm;
  SimAuth     auth; /* that we ask for */

  /* the host's name */
  SimApn   demand;
  guint8   challenge[SIM_PPP_CHALLENGE];
  guint8   challenge_id;
  guint    challenges;
  SimTimer challenging;

  /* IPCP and IP */
  SimPppLayer ipcp;
  gboolean    agreed; /* by the network: access is known */
  SimApn      access;
  GBytes     *early; /* IPCP that came before that */
  gboolean    suspended;
  GQueue      held; /* of GBytes: packets from the host */
};

extern const SimPppProtocol sim_ppp_lcp, sim_ppp_ipcp;

/* One frame, escaped as agreed. */
void sim_ppp_send (SimPpp *self, guint16 protocol, const guint8 *data, gsize n_data);

/* One packet of a control protocol. */
void sim_ppp_say (SimPpp *self, guint16 protocol, guint8 code, guint8 id, const guint8 *data,
                  gsize n_data);

/* Packets of a control protocol, taken apart. */
void sim_ppp_lcp_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data);
void sim_ppp_pap_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data);
void sim_ppp_chap_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data);
void sim_ppp_ipcp_input (SimPpp *self, guint8 code, guint8 id, const guint8 *data, gsize n_data);
void sim_ppp_ip_input (SimPpp *self, const guint8 *data, gsize n_data);
void sim_ppp_ip_resume (SimPpp *self);

void sim_ppp_auth_init (SimPpp *self);
void sim_ppp_authenticate (SimPpp *self);  /* the link is there */
void sim_ppp_authenticated (SimPpp *self); /* so is the host */
void sim_ppp_end (SimPpp *self);

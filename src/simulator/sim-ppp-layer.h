/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-clock.h"

/* How two ends agree on options: the automaton of RFC 1661 4, which LCP and IPCP share. */

/* RFC 1661 5 */
enum
{
  SIM_PPP_REQUEST = 1,
  SIM_PPP_ACK = 2,
  SIM_PPP_NAK = 3,
  SIM_PPP_REJECT = 4,
  SIM_PPP_TERMINATE = 5,
  SIM_PPP_TERMINATE_ACK = 6,
  SIM_PPP_CODE_REJECT = 7,
  SIM_PPP_PROTOCOL_REJECT = 8,
  SIM_PPP_ECHO = 9,
  SIM_PPP_ECHO_REPLY = 10,
  SIM_PPP_DISCARD = 11,
};

typedef struct
{
  guint8        type;
  const guint8 *data;
  guint8        n_data;
} SimPppOption;

/* What a protocol has to say.  options: append with sim_ppp_option(). */
typedef struct
{
  void (*send) (gpointer owner, guint8 code, guint8 id, const guint8 *data, gsize n_data);
  void (*request) (gpointer owner, GByteArray *options); /* what we want */

  /* SIM_PPP_ACK, _NAK with what we would take instead in options, or _REJECT. */
  guint8 (*judge) (gpointer owner, const SimPppOption *option, GByteArray *options);
  void (*agreed) (gpointer owner, const SimPppOption *option); /* we have acknowledged that */

  /* Our own was not: NAK, what the host would take, or REJECT. */
  void (*refused) (gpointer owner, guint8 code, const SimPppOption *option);
  void (*up) (gpointer owner);
  void (*down) (gpointer owner);   /* was up, and is being agreed upon anew */
  void (*failed) (gpointer owner); /* no agreement, or nobody answers */
} SimPppProtocol;

typedef enum
{
  SIM_PPP_STOPPED, /* waits for the host to begin */
  SIM_PPP_REQUESTING,
  SIM_PPP_ACKED,  /* ours is acknowledged */
  SIM_PPP_ACKING, /* the host's is */
  SIM_PPP_OPENED,
} SimPppState;

typedef struct
{
  const SimPppProtocol *protocol;
  gpointer              owner;
  SimPppState           state;
  guint8                id; /* of our last request */
  guint                 tries, naks;
  SimTimer              timer;
} SimPppLayer;

void sim_ppp_layer_init (SimPppLayer *self, SimClock *clock, const SimPppProtocol *protocol,
                         gpointer owner);
void sim_ppp_layer_start (SimPppLayer *self); /* does not wait for the host */
void sim_ppp_layer_stop (SimPppLayer *self);

/* Codes 1 to 4; what is malformed is dropped. */
void sim_ppp_layer_input (SimPppLayer *self, guint8 code, guint8 id, const guint8 *data,
                          gsize n_data);

void sim_ppp_option (GByteArray *options, guint8 type, const guint8 *data, guint8 n_data);

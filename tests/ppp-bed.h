/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-ppp-frame.h"
#include "sim-ppp.h"

/* The simulator's end of a PPP link, and a test as the host.  The clock stands still. */
typedef struct
{
  SimClock     *clock;
  GRand        *random;
  SimPpp       *ppp;
  SimPppDecoder decoder;
  GQueue        heard; /* of char *: protocol and packet in hex, not expected yet */
  gboolean      ready;
  guint         ended;
  gsize         tx, rx;
} PppBed;

/* auth: what the access point asks for, of the user "u" with the password "secret" */
PppBed *ppp_bed_new (SimAuth auth);
void    ppp_bed_free (PppBed *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PppBed, ppp_bed_free)

/* One frame.  Blanks in hex do not count. */
void ppp_bed_say (PppBed *self, guint16 protocol, const char *hex);

/* The next frame: its protocol and what it carries.  A dot stands for any digit. */
void ppp_bed_hears (PppBed *self, const char *hex);
void ppp_bed_hears_nothing (PppBed *self);

/* LCP is agreed upon, with nothing that the host wants. */
void ppp_bed_link (PppBed *self);

/* Everything is; without authentication. */
void ppp_bed_network (PppBed *self);

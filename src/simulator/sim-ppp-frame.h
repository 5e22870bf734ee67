/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* PPP in HDLC-like framing on an asynchronous line: RFC 1662. */

#define SIM_PPP_MAX_FRAME 2048u
#define SIM_PPP_MAX_MRU   1500u
#define SIM_PPP_ACCM      0xffffffffu /* 7.1: all control characters are escaped */

/* The FCS over these bytes, begun with SIM_PPP_FCS: appendix C. */
#define SIM_PPP_FCS  0xffffu
#define SIM_PPP_GOOD 0xf0b8u /* over a frame and its FCS */
guint16 sim_ppp_fcs (guint16 fcs, const guint8 *bytes, gsize n_bytes);

/* Appends one frame, flags and FCS included.  accm: which control characters are escaped. */
void sim_ppp_encode (GByteArray *out, guint32 accm, guint16 protocol, const guint8 *bytes,
                     gsize n_bytes);

/* Finds the frames in a stream of bytes.  What is damaged, too long or too short is passed over. */
typedef struct
{
  GByteArray   *frame;
  gboolean      escaped, spoilt;
  guint16       protocol; /* of the frame that has just ended ... */
  const guint8 *data;     /* ... and what it carries, until the next byte */
  gsize         n_data;
} SimPppDecoder;

void     sim_ppp_decoder_init (SimPppDecoder *self);
void     sim_ppp_decoder_clear (SimPppDecoder *self);
gboolean sim_ppp_decode (SimPppDecoder *self, guint8 byte); /* TRUE: a frame has ended */

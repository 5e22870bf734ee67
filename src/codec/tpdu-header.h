/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "gsm7.h"
#include "tpdu.h"

/* The user data header, 3GPP 23.040 9.2.3.24: a row of information elements. */

enum
{
  TPDU_IEI_CONCATENATED = 0x00,      /* reference, total, sequence */
  TPDU_IEI_PORTS_8 = 0x04,           /* destination, originator */
  TPDU_IEI_PORTS_16 = 0x05,          /* the same, two octets each */
  TPDU_IEI_CONCATENATED_WIDE = 0x08, /* the reference being two octets */
  TPDU_IEI_SINGLE_SHIFT = 0x24,      /* language */
  TPDU_IEI_LOCKING_SHIFT = 0x25,     /* language */
};

typedef struct
{
  guint8        id;
  guint8        len;
  const guint8 *data; /* in the Tpdu */
} TpduElement;

/* Pull iterator: start with *pos 0.  Ends before an element that is cut off. */
gboolean tpdu_header_next (const Tpdu *tpdu, guint *pos, TpduElement *ret_element);

/* There must be room. */
void tpdu_header_add (Tpdu *tpdu, guint8 id, const guint8 *data, guint8 len);

/* One part of a message. */
typedef struct
{
  guint    reference;
  gboolean wide;     /* of 16 bits: another number space */
  guint    total;    /* 1 to 255 */
  guint    sequence; /* 1 to total */
} TpduPart;

/* FALSE: it is a message of its own.  So is a part that cannot be, 9.2.3.24.1. */
gboolean tpdu_header_part (const Tpdu *tpdu, TpduPart *ret_part);
gboolean tpdu_header_ports (const Tpdu *tpdu, guint16 *ret_destination, guint16 *ret_originator);
/* Languages that are not known are the default. */
Gsm7Tables tpdu_header_tables (const Tpdu *tpdu);

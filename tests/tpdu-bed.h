/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "tpdu.h"

/* Messages that others have made, and what they say. */

typedef struct
{
  const char   *name; /* where it is from: the specification, or the test suite of a project */
  TpduDirection direction;
  const char   *hex;
  const char   *service_centre;
  const char   *number;
  const char   *time;      /* of the service centre, or NULL */
  const char   *text;      /* or NULL for data */
  gboolean      is_filled; /* with fill bits that are not zero, which are not kept */
} TpduVector;

extern const TpduVector tpdu_vectors[];
extern const gsize      tpdu_n_vectors;

/* Octets of hex digits. */
GBytes *tpdu_bed_octets (const char *hex);
/* Fails the test unless they can be read. */
Tpdu  tpdu_bed_decode (const char *hex, TpduDirection direction);
char *tpdu_bed_encode (const Tpdu *tpdu);
char *tpdu_bed_text (const Tpdu *tpdu);

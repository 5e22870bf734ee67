/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-tpdu.h"

/* A text as one message or as several: 23.040 9.2.3.24.1, 9.2.3.24.8; guide 9.5. */

typedef struct
{
  SimAlphabet alphabet;
  guint       limit;    /* at most so many septets, or bytes, a part; 0: what fits */
  gboolean    anywhere; /* cuts through characters that take two septets or two units */
  gboolean    wide;     /* a reference of 16 bits */
  guint       reference;
} SimSmsCutting;

#define SIM_SMS_MAX_PARTS 255u

typedef struct
{
  gboolean concatenated; /* there is a header */
  guint8   udl;
  guint8   ud[SIM_MAX_UD];
  gsize    n_ud;
} SimSmsPart;

/* The alphabet that the text needs: the default one, or UCS2. */
SimAlphabet sim_sms_alphabet (const char *text);

/* Appends SimSmsPart; a text of nothing is one part.  FALSE: it is not in that alphabet, or there
 * are too many parts. */
gboolean sim_sms_cut (const char *text, const SimSmsCutting *cutting, GArray *parts);

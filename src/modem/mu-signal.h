/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Signal in dBm and dB, from the module's codes.  Pure. */

#define MU_SIGNAL_UNKNOWN 255

typedef struct
{
  gint   rssi;    /* dBm; 0: unknown */
  gint   rscp;    /* dBm; 0: unknown */
  double ecio;    /* dB */
  guint  quality; /* 0 to 100 */
} MuSignal;

/* Codes of ^HCSQ (at-facts 4.3): rssi and rscp 0 to 96 for -120 to -25 dBm, ecio 0 to 65 for -32 to
 * 0 dB, MU_SIGNAL_UNKNOWN. */
MuSignal mu_signal_from_hcsq (guint rssi, guint rscp, guint ecio);

/* The code of +CSQ and ^RSSI (27.007 8.5): 0 to 31 for -113 to -51 dBm, 99 unknown. */
MuSignal mu_signal_from_csq (guint rssi);

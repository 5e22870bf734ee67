/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ctl-rate.h"
#include "ctl-style.h"

/* The bytes of a data connection, from the properties of Connection1. */

typedef enum
{
  CTL_DATA_RX, /* from the network */
  CTL_DATA_TX,
  CTL_DATA_WAYS,
} CtlDataWay;

/* "↓ 1.2 MB" since it was connected; "": it is not known. */
char *ctl_data_total (GVariant *properties, CtlDataWay way, const CtlStyle *style);

typedef struct
{
  CtlRate rates[CTL_DATA_WAYS]; /* bytes a second */
} CtlDataFlow;

/* Takes the rates that Statistics tells; FALSE: it tells none. */
gboolean ctl_data_flow_add (CtlDataFlow *self, GVariant *properties);

/* "wwan0  ↓ 1.2 kB/s  ↑ 3 B/s  ↓ 9.9 MB  ↑ 1.0 MB" of the newest, without an end of line. */
char *ctl_data_flow_line (const CtlDataFlow *self, GVariant *properties, const CtlStyle *style);

/* Three lines, each with its end and none wider than the terminal: what the connection is, and both
 * rates as they were. */
char *ctl_data_flow_drawing (const CtlDataFlow *self, GVariant *properties, const CtlStyle *style);

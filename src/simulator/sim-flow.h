/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* What was sent and received over data connections: ^DSFLOWRPT, ^DSFLOWQRY, ^DSFLOWCLR. */
extern const SimChapter sim_flow_chapter;

/* A data connection is there, or no longer. */
void sim_flow_begin (SimModule *module);
void sim_flow_end (SimModule *module);

/* Bytes, as the host counts them. */
void sim_flow_add (SimModule *module, guint64 tx, guint64 rx);

/* Guide 14.2, 14.3: on GSM a voice call or a message takes the channel; data wait for its end. */
gboolean sim_flow_suspended (SimModule *module);

/* Bit/s that the serving cell offers. */
guint sim_flow_rx_rate (SimModule *module);
guint sim_flow_tx_rate (SimModule *module);

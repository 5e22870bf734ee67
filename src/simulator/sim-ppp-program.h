/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-ppp.h"

/* A program that is the module's end of a PPP link instead of us: pppd, where the kernel has PPP
 * and real packets are to go somewhere.  The link's bytes are its standard input and output. */
typedef struct SimPppProgram SimPppProgram;

/* What the program is to know of addresses is in its arguments; it asks nobody for a password. */
SimPppProgram *sim_ppp_program_new (const char *path, const SimApn *access,
                                    const SimPppHandlers *handlers, gpointer user_data,
                                    GError **error);
void           sim_ppp_program_free (SimPppProgram *self); /* it is terminated */

void sim_ppp_program_input (SimPppProgram *self, const guint8 *bytes, gsize n_bytes);

/* SIGTERM: pppd then says good-bye to the host.  ended() comes when it has exited. */
void sim_ppp_program_terminate (SimPppProgram *self);

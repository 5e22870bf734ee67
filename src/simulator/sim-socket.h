/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The control language on a UNIX stream socket: a line in, its answer out. */
typedef struct SimSocket SimSocket;

/* The path of a socket that nobody listens to any more is taken over. */
SimSocket *sim_socket_new (SimModule *module, const char *path, GError **error);
void       sim_socket_free (SimSocket *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimSocket, sim_socket_free)

/* The other end: sends one line to the simulator that listens there and waits for the answer, which
 * the caller frees. */
char *sim_socket_tell (const char *path, const char *line, GError **error);

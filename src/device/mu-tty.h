/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* Opens a tty for AT commands: exclusive, raw, not blocking, without hang-up on close (HUPCL), DTR
 * and RTS up, what it still held thrown away.  baud 0 leaves the speed alone (USB ports have none:
 * asking for one is an InvalidArgument).
 *
 * Returns the descriptor or -1.  Errors: NotFound (no such device, or not any more), NotAuthorized
 * (permissions), Busy (another program holds it), InvalidArgument (not a tty, no such speed),
 * Failed. */
int mu_tty_open (const char *path, guint baud, gboolean hardware_flow, GError **error);

/* Raises or drops DTR.  FALSE: the port has no such line (a pseudo-terminal), or is gone. */
gboolean mu_tty_set_dtr (int fd, gboolean up);

/* Lets other programs open it, too; mu_tty_open() goes on refusing. */
void mu_tty_lend (int fd);

/* Changes the speed of an open tty; 9600 to 921600 bit/s (guide 3.1). */
gboolean mu_tty_set_baud (int fd, guint baud, GError **error);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "mu-session.h"

/* The MODEM port, which is opened only to dial on it, and the way back from data mode (guide 3.3,
 * 4.4, 4.5): DTR falls; or silence, "+++", silence, ATH.
 *
 * A port on which somebody has dialled is marked by a file, so that a daemon that is killed, a
 * computer that loses its power, or a module that stays behind a sleep does not leave it stuck. */
typedef struct MuModemPort MuModemPort;

/* The port is open and takes commands (AT_PORT_DATA), or error says why not: NotSupported (there is
 * none), Busy (another program has it), Failed (it stays in data mode), Timeout, Gone.  Called from
 * the main loop, not after mu_modem_port_close(). */
typedef void (*MuModemPortDone) (const GError *error, gpointer user_data);

MuModemPort *mu_modem_port_new (MuSession *session);
void         mu_modem_port_free (MuModemPort *self); /* closes */

/* hang_up: whatever goes on there ends, and a program that still has the port is waited for.  Else
 * that is the last resort for a port that does not answer. */
void mu_modem_port_open (MuModemPort *self, gboolean hang_up, MuModemPortDone done,
                         gpointer user_data);
void mu_modem_port_close (MuModemPort *self);
/* What was opened last, whatever its name is now; NULL: nothing yet. */
const char *mu_modem_port_path (MuModemPort *self);

/* Notes that somebody dials there, in this context. */
void mu_modem_port_mark (MuSession *session, guint cid);
void mu_modem_port_unmark (MuSession *session);
/* The context that was dialled in and may still be; 0: none. */
guint mu_modem_port_marked (MuSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MuModemPort, mu_modem_port_free)

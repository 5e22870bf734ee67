/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* A cable between the daemon and the simulator, which kills the daemon (SIGKILL) when so many bytes
 * have passed it, in both directions together: not one more comes through before. */
typedef struct Relay Relay;

/* link: where the daemon finds it; port: the simulator's */
Relay *relay_new (const char *link, const char *port);
void   relay_free (Relay *self);

/* Counts anew.  delay_us: from the last byte to the kill. */
void     relay_arm (Relay *self, GPid daemon, gsize n_bytes, guint delay_us);
gboolean relay_has_killed (Relay *self);
/* Nothing has passed for a while, and something has before. */
gboolean relay_is_quiet (Relay *self);
/* Numbers of bytes after which the direction has changed (gsize), and that of all, since it was
 * armed; and no more killing. */
GArray *relay_disarm (Relay *self);

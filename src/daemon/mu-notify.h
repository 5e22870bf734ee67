/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What systemd is told: that the daemon is ready, what it does, that it lives. */

void mu_notify_ready (void); /* and from now on the watchdog is fed */
void mu_notify_status (const char *status);
void mu_notify_reloading (void); /* mu_notify_ready() follows */
void mu_notify_stopping (void);

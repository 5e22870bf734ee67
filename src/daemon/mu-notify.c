/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-notify.h"

#include <glib.h>
#include <systemd/sd-daemon.h>

static guint watchdog_id;

static gboolean
feed_watchdog (gpointer user_data G_GNUC_UNUSED)
{
  (void)sd_notify (0, "WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

/* There is no wake-up for it where nobody watches. */
static void
start_watchdog (void)
{
  guint64 interval_us;

  if (watchdog_id == 0 && sd_watchdog_enabled (0, &interval_us) > 0)
    watchdog_id = g_timeout_add ((guint)(interval_us / 2000), feed_watchdog, NULL);
}

void
mu_notify_ready (void)
{
  (void)sd_notify (0, "READY=1");
  start_watchdog ();
}

void
mu_notify_status (const char *status)
{
  (void)sd_notifyf (0, "STATUS=%s", status);
}

void
mu_notify_reloading (void)
{
  (void)sd_notifyf (0, "RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time ());
}

void
mu_notify_stopping (void)
{
  (void)sd_notify (0, "STOPPING=1\nSTATUS=");
  g_clear_handle_id (&watchdog_id, g_source_remove);
}

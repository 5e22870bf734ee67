/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A module that answers anything: all services, over a real line, with the clock running away. */
#include "fuzz.h"
#include "mu-log.h"
#include "mu-services.h"
#include "mu-session.h"
#include "mu-timer.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct
{
  MuSession   *session;
  AtScheduler *scheduler;
  gboolean     lost;
} Bed;

static void
on_service (MuService *service, gpointer user_data)
{
  (void)service;
  (void)user_data;
}

static void
on_settled (gpointer user_data)
{
  (void)user_data;
}

static void
on_restarted (gpointer user_data)
{
  Bed               *bed = user_data;
  g_autoptr (GError) why = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, "restarted");

  mu_session_stop (bed->session, why);
  at_scheduler_start (bed->scheduler, AT_SYNC_OPEN);
}

static const MuSessionEvents session_events = { on_service, on_settled, on_restarted };

static void
on_news (const AtLine *line, gpointer user_data)
{
  Bed *bed = user_data;

  mu_session_news (bed->session, line);
}

static void
on_ready (gpointer user_data)
{
  Bed *bed = user_data;

  if (!mu_session_is_started (bed->session))
    mu_session_start (bed->session);
}

static void
on_lost (const GError *why, gpointer user_data)
{
  Bed *bed = user_data;

  bed->lost = TRUE;
  mu_session_stop (bed->session, why);
}

static const AtSchedulerEvents line_events = { on_news, on_ready, on_settled, on_lost };

static void
read_properties (Bed *bed)
{
  for (gsize i = 0; i < mu_session_n_services (bed->session); i++)
    {
      MuService *service = mu_session_service (bed->session, i);

      for (gsize k = 0; k < service->class->n_props; k++)
        g_variant_unref (g_variant_ref_sink (mu_service_get (service, &service->class->props[k])));
    }
}

static void
turn (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
play (Bed *bed, int fd, const char *bytes, gsize size)
{
  gsize piece = 1 + size / 8;

  for (gsize at = 0; at < size && !bed->lost; at += piece)
    {
      char heard[4096];

      (void)!write (fd, "\r\n+CFUN: 1\r\n\r\nOK\r\n", 19);
      turn ();
      (void)!write (fd, bytes + at, MIN (piece, size - at));
      turn ();
      mu_timer_advance (1000);
      turn ();
      while (read (fd, heard, sizeof heard) > 0)
        ;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static MuSettings  settings;
  static MuDevice   *device;
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "gone");
  Bed                bed = { 0 };
  int                fds[2];

  fuzz_be_strict ();
  (void)signal (SIGPIPE, SIG_IGN);
  mu_log_init (MU_LOG_ERROR, FALSE);
  if (settings.config == NULL)
    {
      settings.config = g_key_file_new ();
      g_key_file_set_value (settings.config, "data", "auto-connect", "true");
      settings.apn_list = g_strdup ("/nonexistent");
      device = mu_device_new ("fuzz", "");
      mu_device_set_port (device, MU_PORT_NET, "fuzz0");
    }
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) < 0)
    return 0;
  bed.session = mu_session_new ("fuzz", &settings, &session_events, &bed);
  bed.scheduler = at_scheduler_new ("fuzz", &line_events, &bed);
  at_scheduler_add_port (bed.scheduler, AT_PORT_MAIN, fds[1], "fuzz");
  mu_session_set_device (bed.session, device);
  mu_session_attach (bed.session, bed.scheduler);
  at_scheduler_start (bed.scheduler, AT_SYNC_OPEN);
  play (&bed, fds[0], (const char *)data, size);
  read_properties (&bed);
  mu_session_stop (bed.session, gone);
  at_scheduler_free (bed.scheduler);
  mu_session_detach (bed.session);
  mu_session_free (bed.session);
  close (fds[0]);
  turn ();
  return 0;
}

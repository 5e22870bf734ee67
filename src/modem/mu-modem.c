/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-modem.h"

#include "mu-log.h"
#include "mu-modem1.h"
#include "mu-session.h"
#include "mu-timer.h"
#include "mu-tty.h"

#define FIRST_RETRY_MS      1000
#define MAX_RETRY_MS        60000
#define ABSENT_RETRY_MS     500 /* only an open(2) */
#define MAX_ABSENT_RETRY_MS 8000
#define AUTO_BAUD                                                                                  \
  115200 /* what a module that finds out the speed is spoken to with (guide 3.2)                   \
          */
#define QUIET_MS 500

struct MuModem
{
  MuDevice            *device;
  gboolean             fixed;
  const MuModemEvents *events;
  gpointer             user_data;
  MuSession           *session;
  AtScheduler         *scheduler; /* NULL: the port is closed */
  char                *port;      /* that is open */
  guint                marker;    /* of at_scheduler_marker(), when it was closed */
  MuModemState         state;
  const char          *reason;
  gboolean             present;
  MuTimer              retry_timer;
  guint                retry_ms;

  MuTimer quiet_timer;
  void (*quiet) (gpointer user_data);
  gpointer quiet_data;
};

/* ---- the state ---- */

static void open_port (MuModem *self);
static void close_port (MuModem *self);

static void
set_present (MuModem *self, gboolean present)
{
  if (self->present == present)
    return;
  self->present = present;
  self->events->present (self, present, self->user_data);
}

/* The only place where the state changes. */
static void
modem_enter (MuModem *self, MuModemState state, const char *reason)
{
  MuModemState old = self->state;

  if (old == state && g_str_equal (self->reason, reason))
    return;
  g_assert (old == state || mu_modem_may_enter (old, state));
  self->state = state;
  self->reason = reason;
  if (mu_modem_state_word (old) != mu_modem_state_word (state) || reason[0] != '\0')
    mu_log (MU_LOG_INFO, self->device->id, "%s -> %s%s%s", mu_modem_state_word (old),
            mu_modem_state_word (state), reason[0] != '\0' ? ": " : "", reason);
  mu_modem1_set_state (mu_session_service (self->session, 0), mu_modem_state_word (state), reason);

  switch (state)
    {
    case MU_MODEM_OPENING:
      if (!self->fixed)
        set_present (self, TRUE);
      break;
    case MU_MODEM_PROBING:
    case MU_MODEM_FAILED: set_present (self, TRUE); break;
    case MU_MODEM_ABSENT:
    case MU_MODEM_GONE: set_present (self, FALSE); break;
    case MU_MODEM_LOCKED:
    case MU_MODEM_READY:
    case MU_MODEM_SUSPENDED: break;
    }
  self->events->entered (self, self->user_data);
}

/* ---- trying again ---- */

static void
retry_after (MuModem *self, guint first_ms, guint max_ms)
{
  self->retry_ms = self->retry_ms == 0 ? first_ms : MIN (2 * self->retry_ms, max_ms);
  mu_timer_start (&self->retry_timer, self->retry_ms);
}

static gboolean
port_exists (const MuModem *self)
{
  return g_file_test (mu_device_at_port (self->device), G_FILE_TEST_EXISTS);
}

static void
on_retry_time (gpointer user_data)
{
  MuModem *self = user_data;

  if (self->state == MU_MODEM_ABSENT && !port_exists (self))
    retry_after (self, ABSENT_RETRY_MS, MAX_ABSENT_RETRY_MS);
  else
    open_port (self);
}

/* A port that was given by hand and is not there is a module that is not plugged in. */
static void
modem_fail (MuModem *self, const char *reason)
{
  if (self->fixed && !port_exists (self))
    {
      modem_enter (self, MU_MODEM_ABSENT, reason);
      retry_after (self, ABSENT_RETRY_MS, MAX_ABSENT_RETRY_MS);
      return;
    }
  modem_enter (self, MU_MODEM_FAILED, reason);
  retry_after (self, FIRST_RETRY_MS, MAX_RETRY_MS);
}

typedef struct
{
  MuError     error;
  const char *reason;
} OpenFailure;

static const OpenFailure open_failures[] = {
  { MU_ERROR_NOT_FOUND, "no-port" },
  { MU_ERROR_NOT_AUTHORIZED, "permission-denied" },
  { MU_ERROR_BUSY, "port-busy" },
};

static void
open_failed (MuModem *self, const GError *error)
{
  const char *reason = "port-error";

  for (gsize i = 0; i < G_N_ELEMENTS (open_failures); i++)
    if ((int)open_failures[i].error == error->code)
      reason = open_failures[i].reason;
  mu_log (MU_LOG_INFO, self->device->id, "%s", error->message);
  modem_fail (self, reason);
}

/* ---- the line ---- */

static void
on_line_news (const AtLine *line, gpointer user_data)
{
  MuModem *self = user_data;

  mu_session_news (self->session, line);
}

static void
on_line_ready (gpointer user_data)
{
  MuModem *self = user_data;

  mu_modem1_set_health (mu_session_service (self->session, 0), TRUE);
  if (self->state != MU_MODEM_PROBING || mu_session_is_started (self->session))
    return; /* after a time-out: it goes on where it was */
  self->retry_ms = 0;
  mu_session_start (self->session);
}

static void
on_line_timeout (gpointer user_data)
{
  MuModem *self = user_data;

  mu_log (MU_LOG_WARNING, self->device->id, "A command was not answered in time");
  mu_modem1_timed_out (mu_session_service (self->session, 0));
}

static void
on_line_lost (const GError *why, gpointer user_data)
{
  MuModem *self = user_data;
  gboolean hung_up = g_error_matches (why, MU_ERROR, MU_ERROR_GONE);

  close_port (self);
  if (self->state != MU_MODEM_SUSPENDED)
    modem_fail (self, hung_up ? "hang-up" : "silent");
}

static const AtSchedulerEvents line_events
    = { on_line_news, on_line_ready, on_line_timeout, on_line_lost };

static void
vanish_services (MuModem *self)
{
  for (gsize i = 1; i < mu_session_n_services (self->session); i++)
    if (mu_session_service (self->session, i)->ready)
      self->events->vanished (self, mu_session_service (self->session, i), self->user_data);
}

/* The order in which everything is taken down: whoever waits is answered, the port is closed, what
 * is published goes, the services forget. */
static void
close_port (MuModem *self)
{
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "The module is gone");

  if (self->scheduler == NULL)
    return;
  mu_modem1_set_health (mu_session_service (self->session, 0), FALSE);
  mu_session_stop (self->session, gone);
  at_scheduler_close (self->scheduler);
  self->marker = at_scheduler_marker (self->scheduler);
  vanish_services (self);
  mu_session_detach (self->session);
  g_clear_pointer (&self->scheduler, at_scheduler_free);
  g_clear_pointer (&self->port, g_free);
}

static AtSyncReason
first_sync (const MuModem *self)
{
  gboolean is_uart = self->device->ports[MU_PORT_PCUI] == NULL;

  return is_uart && self->device->baud == 0 ? AT_SYNC_SPEED : AT_SYNC_OPEN;
}

static guint
speed (const MuModem *self)
{
  gboolean is_uart = self->device->ports[MU_PORT_PCUI] == NULL;

  if (!is_uart)
    return 0;
  return self->device->baud != 0 ? self->device->baud : AUTO_BAUD;
}

static void
open_port (MuModem *self)
{
  g_autoptr (GError) error = NULL;
  const char        *port = mu_device_at_port (self->device);
  int                fd;

  mu_timer_stop (&self->retry_timer);
  modem_enter (self, MU_MODEM_OPENING, port == NULL ? "no-port" : "");
  if (port == NULL)
    return; /* mu_modem_device_changed() will come */
  fd = mu_tty_open (port, speed (self), self->device->hardware_flow, &error);
  if (fd < 0)
    {
      open_failed (self, error);
      return;
    }
  self->port = g_strdup (port);
  self->scheduler = at_scheduler_new (self->device->id, &line_events, self);
  at_scheduler_add_port (self->scheduler, AT_PORT_MAIN, fd, self->device->id);
  at_scheduler_set_marker (self->scheduler, self->marker);
  mu_session_attach (self->session, self->scheduler);
  modem_enter (self, MU_MODEM_PROBING, "");
  at_scheduler_start (self->scheduler, first_sync (self));
}

/* ---- the session ---- */

static void
on_appeared (MuService *service, gpointer user_data)
{
  MuModem *self = user_data;

  if (service != mu_session_service (self->session, 0))
    self->events->appeared (self, service, self->user_data);
}

typedef struct
{
  MuError      error; /* of what needs the SIM */
  MuModemState state;
  const char  *reason;
} SimState;

static const SimState sim_states[] = {
  { MU_ERROR_SIM_PIN_REQUIRED, MU_MODEM_LOCKED, "sim-pin" },
  { MU_ERROR_SIM_PUK_REQUIRED, MU_MODEM_LOCKED, "sim-puk" },
  { MU_ERROR_SIM_BLOCKED, MU_MODEM_LOCKED, "sim-blocked" },
  { MU_ERROR_SIM_MISSING, MU_MODEM_READY, "sim-missing" },
};

static void
on_settled (gpointer user_data)
{
  MuModem           *self = user_data;
  g_autoptr (GError) error = NULL;

  if (mu_session_check (self->session, MU_FACT_SIM_READY, 0, &error))
    {
      modem_enter (self, MU_MODEM_READY, "");
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sim_states); i++)
    if (g_error_matches (error, MU_ERROR, (int)sim_states[i].error))
      {
        modem_enter (self, sim_states[i].state, sim_states[i].reason);
        return;
      }
  modem_enter (self, MU_MODEM_PROBING, "sim-busy");
}

static void
on_restarted (gpointer user_data)
{
  MuModem           *self = user_data;
  g_autoptr (GError) why
      = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, "The module has restarted");

  if (self->state == MU_MODEM_SUSPENDED)
    return; /* the port has power again before the computer says that it is awake */
  mu_session_stop (self->session, why);
  modem_enter (self, MU_MODEM_PROBING, "restarted");
  at_scheduler_start (self->scheduler, first_sync (self));
}

static const MuSessionEvents session_events = { on_appeared, on_settled, on_restarted };

/* ---- for the owner ---- */

static void
on_quiet_time (gpointer user_data)
{
  MuModem *self = user_data;
  void (*done) (gpointer) = g_steal_pointer (&self->quiet);

  done (self->quiet_data);
}

MuModem *
mu_modem_new (MuDevice *device, gboolean fixed, const MuSettings *settings,
              const MuModemEvents *events, gpointer user_data)
{
  MuModem *self = g_new0 (MuModem, 1);

  self->device = mu_device_ref (device);
  self->fixed = fixed;
  self->events = events;
  self->user_data = user_data;
  self->reason = "";
  self->marker = 1;
  self->session = mu_session_new (device->id, settings, &session_events, self);
  mu_timer_init (&self->retry_timer, on_retry_time, self);
  mu_timer_init (&self->quiet_timer, on_quiet_time, self);
  mu_modem1_set_ports (mu_session_service (self->session, 0), device);
  mu_session_set_device (self->session, device);
  return self;
}

void
mu_modem_start (MuModem *self)
{
  open_port (self);
}

void
mu_modem_free (MuModem *self)
{
  close_port (self);
  modem_enter (self, MU_MODEM_GONE, "");
  if (self->quiet != NULL)
    on_quiet_time (self); /* nobody speaks there any more */
  mu_timer_clear (&self->retry_timer);
  mu_timer_clear (&self->quiet_timer);
  mu_session_free (self->session);
  mu_device_unref (self->device);
  g_free (self);
}

void
mu_modem_device_changed (MuModem *self)
{
  const char *port = mu_device_at_port (self->device);

  mu_modem1_set_ports (mu_session_service (self->session, 0), self->device);
  mu_session_set_device (self->session, self->device);
  if (self->state == MU_MODEM_SUSPENDED || g_strcmp0 (port, self->port) == 0)
    return;
  close_port (self);
  self->retry_ms = 0;
  open_port (self);
}

void
mu_modem_settings_changed (MuModem *self)
{
  mu_session_settings_changed (self->session);
}

void
mu_modem_retry (MuModem *self)
{
  if (self->state != MU_MODEM_FAILED && self->state != MU_MODEM_ABSENT)
    return;
  self->retry_ms = 0;
  open_port (self);
}

void
mu_modem_suspend (MuModem *self)
{
  g_autoptr (GError) why
      = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, "The computer goes to sleep");

  if (self->state == MU_MODEM_ABSENT || self->state == MU_MODEM_SUSPENDED)
    return;
  mu_timer_stop (&self->retry_timer);
  mu_session_stop (self->session, why);
  modem_enter (self, MU_MODEM_SUSPENDED, "");
}

void
mu_modem_resume (MuModem *self)
{
  if (self->state != MU_MODEM_SUSPENDED)
    return;
  close_port (self);
  self->retry_ms = 0;
  open_port (self);
}

static void
quieted (const AtReply *reply G_GNUC_UNUSED, const GError *error G_GNUC_UNUSED, gpointer user_data)
{
  MuModem *self = user_data;

  if (self->quiet != NULL)
    mu_timer_start (&self->quiet_timer, 0);
}

void
mu_modem_quiet (MuModem *self, void (*done) (gpointer user_data), gpointer user_data)
{
  self->quiet = done;
  self->quiet_data = user_data;
  mu_timer_start (&self->quiet_timer, QUIET_MS);
  if (self->state != MU_MODEM_LOCKED && self->state != MU_MODEM_READY)
    mu_timer_start (&self->quiet_timer, 0);
  else
    at_scheduler_send (self->scheduler, &(AtCommand){ .text = "AT^CURC=0", .priority = AT_SIM },
                       quieted, self);
}

const MuDevice *
mu_modem_device (const MuModem *self)
{
  return self->device;
}

gboolean
mu_modem_is_fixed (const MuModem *self)
{
  return self->fixed;
}

gboolean
mu_modem_is_present (const MuModem *self)
{
  return self->present;
}

MuModemState
mu_modem_state (const MuModem *self)
{
  return self->state;
}

const char *
mu_modem_reason (const MuModem *self)
{
  return self->reason;
}

gsize
mu_modem_n_services (const MuModem *self)
{
  return mu_session_n_services (self->session);
}

MuService *
mu_modem_service (const MuModem *self, gsize i)
{
  MuService *service = mu_session_service (self->session, i);

  return i == 0 || service->ready ? service : NULL;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-scheduler.h"

#include "at-quarantine.h"
#include "at-queue.h"
#include "at-result.h"
#include "mu-log.h"
#include "mu-timer.h"

#include <string.h>

#define MAX_QUEUED     512
#define ABORT_GUARD_MS 125  /* V.250 5.6.1: a byte that comes earlier does not abort */
#define ABORT_MS       1000 /* how long an aborted command may take to say so */

struct AtScheduler
{
  guint                    refs;
  char                    *name;
  const AtSchedulerEvents *events; /* NULL: freed, somebody is still inside */
  gpointer                 user_data;
  AtPort                  *ports[AT_N_PORTS];
  AtQueue                  queue;
  AtQueue                  refused; /* will not be sent: to be told, but not from inside send */
  guint                    refused_id;
  AtRequest               *running;
  gboolean                 telling; /* a done function runs and reads the answer */
  gboolean                 failing; /* all that waits is being answered with an error */
  gboolean                 ready;
  gboolean                 syncing;
  AtSync                   sync;
  guint                    marker_times; /* of the next marker, see at_sync_exchange() */
  AtQuarantine             quarantine;
  MuTimer                  abort_timer;
  guint                    last_number;
};

static void
scheduler_unref (AtScheduler *self)
{
  if (--self->refs > 0)
    return;
  g_free (self->name);
  g_free (self);
}

/* ---- what comes next ---- */

static void refuse (AtScheduler *self, AtRequest *request);

/* The first that waits and has a port: the data port may have been closed meanwhile. */
static AtRequest *
next_request (AtScheduler *self)
{
  AtRequest *request;

  while ((request = at_queue_next (&self->queue)) != NULL
         && self->ports[request->command.port] == NULL)
    {
      (void)mu_fail (&request->refusal, MU_ERROR_GONE, "The port was closed");
      refuse (self, request);
    }
  return request;
}

static void
pump (AtScheduler *self)
{
  AtRequest *request;

  if (!self->ready || self->running != NULL || self->telling)
    return;
  request = self->running = next_request (self);
  if (request == NULL)
    return;
  request->sent_at = mu_timer_now ();
  at_port_begin (
      self->ports[request->command.port],
      &(AtExchange){ .command = request->command, .timeout_ms = request->command.timeout_ms });
}

/* Why the command cannot even be queued; NULL: it can. */
static GError *
refusal (AtScheduler *self, const AtCommand *command)
{
  if (self->ports[AT_PORT_MAIN] == NULL || self->ports[command->port] == NULL || self->failing)
    return g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "The line is closed");
  if (self->queue.n >= MAX_QUEUED)
    return g_error_new_literal (MU_ERROR, MU_ERROR_BUSY, "Too many commands are waiting");
  if (command->priority < AT_CALL && command->port == AT_PORT_MAIN
      && at_quarantine_holds (&self->quarantine, command->text))
    return g_error_new_literal (MU_ERROR, MU_ERROR_TIMEOUT,
                                "Not sent: the module has left this command unanswered repeatedly");
  return NULL;
}

static void
answer_refused (AtScheduler *self)
{
  AtRequest *request;

  while ((request = at_queue_next (&self->refused)) != NULL)
    at_request_answer (request, NULL, request->refusal);
}

static gboolean
on_refused (gpointer user_data)
{
  AtScheduler *self = user_data;

  self->refused_id = 0;
  self->refs++;
  answer_refused (self);
  scheduler_unref (self);
  return G_SOURCE_REMOVE;
}

static void
refuse (AtScheduler *self, AtRequest *request)
{
  at_queue_push (&self->refused, request);
  if (self->refused_id == 0)
    self->refused_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_refused, self, NULL);
}

/* ---- aborting ---- */

static void
abort_running (AtScheduler *self)
{
  guint elapsed_ms = (guint)((mu_timer_now () - self->running->sent_at) / 1000);

  if (self->running->aborting)
    return;
  self->running->aborting = TRUE;
  mu_timer_start (&self->abort_timer,
                  elapsed_ms < ABORT_GUARD_MS ? ABORT_GUARD_MS - elapsed_ms : 0);
}

static void
on_abort_time (gpointer user_data)
{
  AtScheduler *self = user_data;

  if (self->running == NULL || !self->running->aborting)
    return;
  self->running->aborted = TRUE;
  at_port_abort (self->ports[self->running->command.port], ABORT_MS);
}

static void
abort_for (AtScheduler *self, AtPriority priority)
{
  if (priority >= AT_CALL && self->running != NULL && !self->telling
      && priority >= self->running->command.priority
      && at_command_is_abortive (self->running->command.text))
    abort_running (self);
}

/* ---- in order, out of order ---- */

/* Something may be answered later that could be taken for the marker's answer. */
static void
change_marker (AtScheduler *self)
{
  self->marker_times = self->marker_times % AT_SYNC_MAX_TIMES + 1;
}

/* Nobody waits for anything when this returns: what is sent meanwhile is refused, and told so here.
 */
static void
fail_all (AtScheduler *self, const GError *why)
{
  AtRequest *request = self->running;

  self->failing = TRUE;
  if (request != NULL && !self->telling)
    {
      self->running = NULL;
      change_marker (self);
      at_port_drop (self->ports[request->command.port]);
      at_request_answer (request, NULL, why);
    }
  while ((request = at_queue_next (&self->queue)) != NULL)
    at_request_answer (request, NULL, why);
  answer_refused (self);
  self->failing = FALSE;
}

static void
lose (AtScheduler *self, const GError *why)
{
  mu_log (MU_LOG_DEBUG, self->name, "The line is lost: %s", why->message);
  self->refs++;
  at_scheduler_close (self);
  if (self->events != NULL)
    self->events->lost (why, self->user_data);
  scheduler_unref (self);
}

static void
step_sync (AtScheduler *self)
{
  AtExchange exchange = at_sync_exchange (&self->sync, self->marker_times);

  if (at_sync_is_at_marker (&self->sync))
    change_marker (self);
  at_port_begin (self->ports[AT_PORT_MAIN], &exchange);
}

static void
begin_sync (AtScheduler *self, AtSyncReason reason, const char *late)
{
  self->ready = FALSE;
  self->syncing = TRUE;
  at_sync_begin (&self->sync, reason, late);
  if (!self->telling) /* else the answer is still being read; it goes on after that */
    step_sync (self);
}

static void
on_sync_finished (AtScheduler *self, const AtReply *reply, const GError *error)
{
  g_autoptr (GError) why = NULL;

  /* what the marker says, however often, is news, too */
  if (reply != NULL && reply->n_lines > 0 && self->events != NULL)
    self->events->unsolicited (&reply->lines[reply->n_lines - 1], self->user_data);
  if (self->events == NULL || !self->syncing)
    return;

  switch (at_sync_finished (&self->sync, error))
    {
    case AT_SYNC_MORE: step_sync (self); return;
    case AT_SYNC_LOST:
      (void)mu_fail (&why, MU_ERROR_TIMEOUT, "The module does not answer");
      lose (self, why);
      return;
    case AT_SYNC_DONE:
      self->syncing = FALSE;
      self->ready = TRUE;
      self->marker_times = 1;
      self->events->ready (self->user_data);
      pump (self);
      return;
    }
}

static void
tell (AtScheduler *self, AtRequest *request, const AtReply *reply, const GError *error)
{
  g_autoptr (GError) aborted = NULL;

  if (request->aborted)
    {
      (void)mu_fail (&aborted, MU_ERROR_ABORTED, "Something urgent came in between");
      error = aborted;
      reply = NULL;
    }
  self->telling = TRUE;
  if (request->done != NULL)
    request->done (reply, error, request->user_data);
  self->telling = FALSE;
}

/* Its answer may still come, and the next command must not get it. */
static void
after_timeout (AtScheduler *self, const AtRequest *request)
{
  const AtCommand *command = &request->command;

  if (request->aborted || command->port == AT_PORT_DATA)
    {
      begin_sync (self, request->aborted ? AT_SYNC_ABORT : AT_SYNC_TIMEOUT, command->text);
      return;
    }
  if (command->body == NULL) /* else it is the network that is slow, and each is another */
    at_quarantine_timed_out (&self->quarantine, command->text);
  begin_sync (self, AT_SYNC_TIMEOUT, command->text);
  self->events->timeout (self->user_data);
}

static void
on_request_finished (AtScheduler *self, const AtReply *reply, const GError *error)
{
  AtRequest *request = self->running;
  gboolean   timed_out = g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT)
                       && at_result_number (error) < 0; /* else it is the network that did not */

  tell (self, request, reply, error);
  self->running = NULL;
  if (self->events == NULL || self->ports[AT_PORT_MAIN] == NULL)
    ; /* closed meanwhile */
  else if (self->syncing)
    step_sync (self); /* started anew meanwhile */
  else if (timed_out)
    after_timeout (self, request);
  else
    {
      if (request->command.port == AT_PORT_MAIN)
        at_quarantine_answered (&self->quarantine, request->command.text);
      pump (self);
    }
  at_request_free (request);
}

/* ---- the port's events ---- */

static void
on_unsolicited (const AtLine *line, gpointer user_data)
{
  AtScheduler *self = user_data;

  if (self->events != NULL)
    self->events->unsolicited (line, self->user_data);
}

static void
on_finished (const AtReply *reply, const GError *error, gpointer user_data)
{
  AtScheduler *self = user_data;

  self->refs++;
  mu_timer_stop (&self->abort_timer);
  if (self->syncing)
    on_sync_finished (self, reply, error);
  else if (self->running != NULL)
    on_request_finished (self, reply, error);
  scheduler_unref (self);
}

static void
on_hangup (const GError *why, gpointer user_data)
{
  lose (user_data, why);
}

static const AtPortEvents port_events = { on_unsolicited, on_finished, on_hangup };

static void
on_data_unsolicited (const AtLine *line G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED)
{
}

static void
on_data_hangup (const GError *why, gpointer user_data)
{
  AtScheduler *self = user_data;

  mu_log (MU_LOG_DEBUG, self->name, "The data port: %s", why->message);
  self->refs++;
  at_scheduler_close_data (self);
  scheduler_unref (self);
}

static const AtPortEvents data_port_events = { on_data_unsolicited, on_finished, on_data_hangup };

/* ---- for the owner ---- */

AtScheduler *
at_scheduler_new (const char *name, const AtSchedulerEvents *events, gpointer user_data)
{
  AtScheduler *self = g_new0 (AtScheduler, 1);

  self->refs = 1;
  self->marker_times = 1;
  self->name = g_strdup (name);
  self->events = events;
  self->user_data = user_data;
  mu_timer_init (&self->abort_timer, on_abort_time, self);
  return self;
}

void
at_scheduler_free (AtScheduler *self)
{
  at_scheduler_close (self);
  self->events = NULL;
  scheduler_unref (self);
}

void
at_scheduler_add_port (AtScheduler *self, AtPortSlot slot, int fd, const char *name)
{
  g_assert (self->ports[slot] == NULL);
  self->ports[slot]
      = at_port_new (fd, name, slot == AT_PORT_DATA ? &data_port_events : &port_events, self);
}

int
at_scheduler_data_fd (AtScheduler *self)
{
  return self->ports[AT_PORT_DATA] != NULL ? at_port_fd (self->ports[AT_PORT_DATA]) : -1;
}

/* What runs on the data port will not be answered any more. */
static void
give_up_data (AtScheduler *self)
{
  AtRequest *request = self->running;

  if (request == NULL || request->command.port != AT_PORT_DATA || self->telling)
    return;
  self->running = NULL;
  mu_timer_stop (&self->abort_timer);
  (void)mu_fail (&request->refusal, MU_ERROR_GONE, "The port was closed");
  refuse (self, request);
}

int
at_scheduler_release_data (AtScheduler *self)
{
  AtPort *port = g_steal_pointer (&self->ports[AT_PORT_DATA]);

  if (port == NULL)
    return -1;
  give_up_data (self);
  return at_port_release (port);
}

void
at_scheduler_close_data (AtScheduler *self)
{
  AtPort *port = g_steal_pointer (&self->ports[AT_PORT_DATA]);

  if (port == NULL)
    return;
  at_port_drop (port);
  give_up_data (self);
  at_port_free (port);
  pump (self);
}

void
at_scheduler_escape (AtScheduler *self)
{
  if (self->ports[AT_PORT_DATA] != NULL)
    at_port_escape (self->ports[AT_PORT_DATA]);
}

guint
at_scheduler_marker (const AtScheduler *self)
{
  return self->marker_times;
}

void
at_scheduler_set_marker (AtScheduler *self, guint marker)
{
  self->marker_times = marker;
}

void
at_scheduler_start (AtScheduler *self, AtSyncReason reason)
{
  at_quarantine_clear (&self->quarantine);
  begin_sync (self, reason, NULL);
}

void
at_scheduler_stop (AtScheduler *self, const GError *why)
{
  if (self->syncing)
    at_port_drop (self->ports[AT_PORT_MAIN]);
  self->ready = self->syncing = FALSE;
  fail_all (self, why);
}

void
at_scheduler_close (AtScheduler *self)
{
  g_autoptr (GError) gone = g_error_new_literal (MU_ERROR, MU_ERROR_GONE, "The module is gone");

  self->refs++;
  self->ready = self->syncing = FALSE;
  mu_timer_clear (&self->abort_timer);
  fail_all (self, gone);
  for (gsize i = 0; i < AT_N_PORTS; i++)
    g_clear_pointer (&self->ports[i], at_port_free);
  g_clear_handle_id (&self->refused_id, g_source_remove);
  scheduler_unref (self);
}

guint
at_scheduler_send (AtScheduler *self, const AtCommand *command, AtDone done, gpointer user_data)
{
  AtRequest *request = at_request_new (command, done, user_data);
  guint      number = ++self->last_number;

  request->number = number;
  request->refusal = refusal (self, command);
  if (request->refusal != NULL)
    {
      refuse (self, request);
      return number;
    }
  at_queue_push (&self->queue, request);
  abort_for (self, command->priority);
  pump (self);
  return number;
}

void
at_scheduler_cancel (AtScheduler *self, guint number)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, "Cancelled");
  AtRequest         *request = at_queue_remove (&self->queue, number);
  AtDone             done;

  if (request == NULL)
    request = at_queue_remove (&self->refused, number);
  if (request != NULL)
    {
      at_request_answer (request, NULL, error);
      return;
    }
  request = self->running;
  if (request == NULL || request->number != number || request->done == NULL || self->telling)
    return;
  if (at_command_is_abortive (request->command.text))
    abort_running (self);
  done = g_steal_pointer (&request->done);
  done (NULL, error, request->user_data);
}

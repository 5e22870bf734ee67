/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* [data] auto-connect: a connection that is made without being asked for, and again after a drop.
 */
#include "mu-data-private.h"

#include "mu-log.h"
#include "mu-pdp-cause.h"

#define FIRST_MS 1000
#define MAX_MS   (5 * 60 * 1000)

#define NEEDED (MU_FACT_SIM_READY | MU_FACT_REGISTERED | MU_FACT_SETTLED)

static gboolean
is_configured (MuData *self)
{
  g_autofree char *value = mu_data_setting (self, "auto-connect");

  return g_strcmp0 (value, "true") == 0;
}

static gboolean
is_wanted (MuData *self)
{
  return !self->resting && !self->refused && mu_session_holds (self->base.session, NEEDED)
         && is_configured (self);
}

static gboolean
has_default (MuData *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    if (((const MuConnection *)g_ptr_array_index (self->connections, i))->is_default)
      return TRUE;
  return FALSE;
}

/* Each attempt waits twice as long as the one before. */
static void
try_later (MuData *self)
{
  self->retry_ms = self->retry_ms == 0 ? FIRST_MS : MIN (2 * self->retry_ms, MAX_MS);
  mu_timer_start (&self->retry, self->retry_ms);
}

void
mu_data_auto_consider (MuData *self)
{
  if (!is_wanted (self) || has_default (self))
    mu_timer_stop (&self->retry);
  else if (!mu_timer_is_running (&self->retry))
    try_later (self);
}

void
mu_data_auto_on_time (gpointer data)
{
  MuData            *self = data;
  g_autoptr (GError) error = NULL;
  MuConnection      *connection;

  if (!is_wanted (self) || has_default (self))
    return;
  if (self->ecm.probed != 0) /* there may be one already */
    {
      mu_timer_start (&self->retry, FIRST_MS);
      return;
    }
  connection = mu_data_default (self, &error);
  if (connection != NULL)
    {
      mu_data_begin (self, connection, NULL);
      return;
    }
  mu_log (MU_LOG_INFO, mu_session_name (self->base.session), "Not connected: %s", error->message);
  /* while roaming the end of that is waited for, else what is in the way may go without a word */
  if (!g_error_matches (error, MU_ERROR, MU_ERROR_NOT_ALLOWED))
    try_later (self);
}

void
mu_data_auto_up (MuData *self)
{
  self->retry_ms = 0;
}

void
mu_data_auto_ended (MuData *self, const MuConnection *connection)
{
  if (!connection->is_default || !is_configured (self))
    return;
  if (mu_pdp_cause_is_permanent (connection->cause))
    {
      mu_log (MU_LOG_WARNING, mu_session_name (self->base.session),
              "Not connected again before something changes: %s", connection->error);
      self->refused = TRUE;
    }
  mu_data_auto_consider (self);
}

/* Another network, another card or another start: the past does not count. */
void
mu_data_auto_reset (MuData *self)
{
  self->resting = self->refused = FALSE;
  self->retry_ms = 0;
  mu_timer_stop (&self->retry);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A connection's way: connecting, connected, disconnecting, gone. */
#include "mu-data-private.h"

#include "mu-log.h"
#include "mu-net.h"

#define CONTEXTS_MS 1000 /* what belongs together has come by then */

static void
tell_fact (MuData *self)
{
  mu_session_set_fact (self->base.session, MU_FACT_DATA, self->connections->len > 0,
                       MU_ERROR_NOT_ALLOWED);
}

void
mu_connection_changed (MuData *self, MuConnection *connection)
{
  static const char *const nothing[] = { NULL };

  mu_child_changed (&self->base, connection->number, mu_connection1_properties (connection, FALSE),
                    nothing);
}

static void
on_deadline (gpointer user_data)
{
  MuConnection      *connection = user_data;
  g_autoptr (GError) error = NULL;

  mu_fail (&error, MU_ERROR_TIMEOUT, "No connection within %d s", MU_CONNECT_MS / 1000);
  mu_connection_stop (connection->data, connection, error);
}

MuConnection *
mu_connection_new (const MuBearer *bearer, guint cid)
{
  MuConnection *connection = g_new0 (MuConnection, 1);

  connection->bearer = bearer;
  connection->cid = cid;
  mu_timer_init (&connection->deadline, on_deadline, connection);
  return connection;
}

void
mu_connection_free (MuConnection *connection)
{
  mu_timer_clear (&connection->deadline);
  g_clear_error (&connection->wanted_end);
  g_slist_free (connection->leavers);
  g_free (connection->error);
  g_free (connection);
}

static void
publish (MuData *self, MuConnection *connection)
{
  connection->data = self;
  connection->number = ++self->last_number;
  g_ptr_array_add (self->connections, connection);
  mu_child_present (&self->base, connection->number, TRUE);
  mu_service_changed (&self->base, &self->connections);
  tell_fact (self);
}

static void
dial (MuData *self, MuConnection *connection)
{
  connection->is_dialled = TRUE;
  mu_timer_start (&connection->deadline, MU_CONNECT_MS);
  connection->bearer->connect (self, connection);
}

static void
on_attached (MuData *self, MuConnection *connection, const AtReply *reply G_GNUC_UNUSED,
             const GError *error)
{
  if (connection == NULL)
    return;
  if (error != NULL)
    mu_connection_down (self, connection, error, 0);
  else
    dial (self, connection);
}

static void
on_caller_left (MuService *base, MuCall *call)
{
  MuData            *self = (MuData *)base;
  g_autoptr (GError) error = NULL;

  mu_fail (&error, MU_ERROR_ABORTED, "Nobody waits for it any more");
  for (guint i = 0; i < self->connections->len; i++)
    {
      MuConnection *connection = g_ptr_array_index (self->connections, i);

      if (connection->call != call)
        continue;
      connection->local_end = TRUE;
      mu_connection_stop (self, connection, error);
      return;
    }
}

void
mu_data_begin (MuData *self, MuConnection *connection, MuCall *call)
{
  publish (self, connection);
  connection->call = call;
  if (call != NULL)
    mu_call_on_left (call, on_caller_left);
  if (mu_session_holds (self->base.session, MU_FACT_ATTACHED))
    dial (self, connection);
  else
    mu_data_send (self, connection, on_attached, NULL, "+CGATT=1"); /* guide 4.1.2 */
}

void
mu_data_found (MuData *self, MuConnection *connection)
{
  connection->is_dialled = TRUE;
  publish (self, connection);
}

void
mu_connection_up (MuData *self, MuConnection *connection)
{
  MuNetCounters    counters;
  g_autofree char *path = mu_data_path (self, connection->number);
  MuCall          *call = g_steal_pointer (&connection->call);

  mu_timer_stop (&connection->deadline);
  if (mu_net_counters (connection->interface, &counters))
    {
      connection->rx_before = counters.rx;
      connection->tx_before = counters.tx;
    }
  connection->state = MU_CONN_CONNECTED;
  connection->since = mu_timer_wall ();
  connection->begun = mu_timer_now ();
  mu_log (MU_LOG_INFO, mu_session_name (self->base.session), "Connection %u (%s) is up",
          connection->number, connection->bearer->word);
  mu_connection_changed (self, connection);
  mu_timer_start (&self->contexts_timer, CONTEXTS_MS);
  if (connection->is_default)
    mu_data_auto_up (self);
  if (call != NULL)
    mu_call_return (call, g_variant_new ("(o)", path));
}

void
mu_connection_stop (MuData *self, MuConnection *connection, const GError *why)
{
  if (connection->state == MU_CONN_DISCONNECTING)
    return;
  mu_timer_stop (&connection->deadline);
  connection->wanted_end = g_error_copy (why);
  connection->state = MU_CONN_DISCONNECTING;
  mu_connection_changed (self, connection);
  if (connection->is_dialled)
    connection->bearer->disconnect (self, connection);
  else
    mu_connection_down (self, connection, NULL, 0);
}

void
mu_data_disconnect (MuData *self, MuConnection *connection, MuCall *call)
{
  g_autoptr (GError) why = NULL;

  mu_fail (&why, MU_ERROR_ABORTED, "It was disconnected");
  connection->leavers = g_slist_append (connection->leavers, call);
  connection->local_end = TRUE;
  if (connection->is_default)
    self->resting = TRUE;
  mu_connection_stop (self, connection, why);
}

void
mu_connection_kept (MuData *self, MuConnection *connection, const GError *error)
{
  GSList *leavers = g_steal_pointer (&connection->leavers);

  mu_log (MU_LOG_WARNING, mu_session_name (self->base.session), "Connection %u stays: %s",
          connection->number, error->message);
  connection->state = MU_CONN_CONNECTED;
  connection->local_end = FALSE;
  g_clear_error (&connection->wanted_end);
  mu_connection_changed (self, connection);
  for (GSList *link = leavers; link != NULL; link = link->next)
    mu_call_fail (link->data, error);
  g_slist_free (leavers);
}

/* ---- the end ---- */

/* Notes how it ended, for its last properties. */
static void
take_end (MuConnection *connection, const GError *error, guint cause)
{
  connection->cause = connection->local_end ? 0 : cause;
  if (connection->local_end || error == NULL)
    {
      connection->state = MU_CONN_DISCONNECTED;
      return;
    }
  connection->state = MU_CONN_FAILED;
  connection->error = g_strdup_printf ("%s: %s", mu_error_word (error), error->message);
}

static void
unpublish (MuData *self, MuConnection *connection)
{
  g_autofree char *path = mu_data_path (self, connection->number);

  mu_connection_changed (self, connection);
  g_ptr_array_remove (self->connections, connection);
  mu_service_changed (&self->base, &self->connections);
  mu_service_emit (&self->base, "ConnectionRemoved",
                   g_variant_new ("(o@a{sv})", path, mu_connection1_properties (connection, TRUE)));
  mu_child_present (&self->base, connection->number, FALSE);
  connection->bearer->forget (self, connection);
}

static void
answer_callers (const MuConnection *connection, const GError *error)
{
  if (connection->call != NULL)
    mu_call_fail (connection->call, error);
  for (GSList *link = connection->leavers; link != NULL; link = link->next)
    mu_call_return (link->data, NULL);
}

void
mu_connection_down (MuData *self, MuConnection *connection, const GError *error, guint cause)
{
  g_autoptr (GError) why = NULL;

  mu_timer_stop (&connection->deadline);
  if (connection->wanted_end != NULL)
    why = g_error_copy (connection->wanted_end);
  else if (error != NULL)
    why = g_error_copy (error);
  take_end (connection, why, cause);
  mu_log (MU_LOG_INFO, mu_session_name (self->base.session), "Connection %u is over%s%s",
          connection->number, connection->error != NULL ? ": " : "",
          connection->error != NULL ? connection->error : "");
  unpublish (self, connection);
  mu_data_auto_ended (self, connection);
  if (why == NULL)
    mu_fail (&why, MU_ERROR_NO_CARRIER, "It was not connected");
  answer_callers (connection, why);
  mu_connection_free (connection);
  mu_timer_start (&self->contexts_timer, CONTEXTS_MS);
  tell_fact (self);
}

/* The module is gone, and with it all connections; the session answers who waits. */
void
mu_data_drop_all (MuData *self)
{
  g_autoptr (GError) gone = NULL;

  mu_fail (&gone, MU_ERROR_GONE, "The module is gone");
  while (self->connections->len > 0)
    {
      MuConnection *connection = g_ptr_array_index (self->connections, 0);

      connection->local_end = FALSE;
      take_end (connection, gone, 0);
      unpublish (self, connection);
      mu_connection_free (connection);
    }
}

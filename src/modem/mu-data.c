/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The connections and their way from connecting to being removed (guide 4.1, 7, 26). */
#include "mu-data-private.h"

#include "at-format.h"
#include "mu-log.h"
#include "mu-net.h"
#include "mu-pdp-cause.h"

#define CONTEXTS_MS 1000 /* what belongs together has come by then */

/* ---- finding ---- */

MuConnection *
mu_data_find (MuData *self, guint number)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      MuConnection *connection = g_ptr_array_index (self->connections, i);

      if (connection->number == number)
        return connection;
    }
  return NULL;
}

MuConnection *
mu_data_with_cid (MuData *self, guint cid)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      MuConnection *connection = g_ptr_array_index (self->connections, i);

      if (connection->cid == cid)
        return connection;
    }
  return NULL;
}

char *
mu_data_path (MuData *self, guint number)
{
  return g_strdup_printf ("/org/mu709/modem/%s/connection/%u", mu_session_name (self->base.session),
                          number);
}

/* ---- commands ---- */

typedef struct
{
  MuData    *self;
  guint      number;
  MuDataNext next;
} Sent;

static void
on_sent (const AtReply *reply, const GError *error, gpointer user_data)
{
  g_autofree Sent *sent = user_data;

  if (mu_session_is_started (sent->self->base.session))
    sent->next (sent->self, mu_data_find (sent->self, sent->number), reply, error);
}

gboolean
mu_data_send (MuData *self, MuConnection *connection, MuDataNext next, GError **error,
              const char *format, ...)
{
  g_autofree char *text = NULL;
  Sent            *sent;
  va_list          args;

  va_start (args, format);
  text = at_formatv (error, format, args);
  va_end (args);
  if (text == NULL)
    return FALSE;
  sent = g_new (Sent, 1);
  *sent = (Sent){ self, connection != NULL ? connection->number : 0, next };
  mu_session_send (
      self->base.session,
      &(AtCommand){ .text = text, .lines = AT_LINES_OWN, .priority = self->base.class->priority },
      on_sent, sent);
  return TRUE;
}

/* ---- a connection's life ---- */

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
static void
drop_all (MuData *self)
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

/* ---- what others tell ---- */

static void
on_roaming (MuData *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_copy (self->connections, NULL, NULL);
  g_autoptr (GError)    error = NULL;

  mu_fail (&error, MU_ERROR_NOT_ALLOWED,
           "The module roams, and data while roaming are not allowed");
  for (guint i = 0; i < all->len; i++)
    if (!mu_data_may_roam (self, all->pdata[i]))
      mu_connection_stop (self, all->pdata[i], error);
}

static void
on_net_port (MuData *self)
{
  const char *port = mu_session_port (self->base.session, MU_PORT_NET);

  for (guint i = 0; i < self->connections->len; i++)
    {
      MuConnection *connection = g_ptr_array_index (self->connections, i);

      if (connection->bearer != &mu_bearer_ecm)
        continue;
      g_strlcpy (connection->interface, port != NULL ? port : "", sizeof connection->interface);
      mu_connection_changed (self, connection);
    }
}

static void
on_facts (MuService *base, MuFacts changed)
{
  MuData *self = (MuData *)base;

  if (changed == MU_FACT_ROAMING && mu_session_holds (base->session, MU_FACT_ROAMING))
    on_roaming (self);
  if (changed == MU_FACT_NET_PORT)
    on_net_port (self);
  if (changed == MU_FACT_REGISTERED)
    mu_data_auto_reset (self);
  mu_data_auto_consider (self);
}

/* ^DSFLOWRPT: seconds, tx B/s, rx B/s, tx bytes, rx bytes, and two negotiated rates, in hex of 8
 * and 16 digits -- at-facts 5 */

typedef struct
{
  char values[5][20];
} Flow;

static const AtField flow_fields[] = {
  AT_F_TEXT (Flow, values[0], NULL), AT_F_TEXT (Flow, values[1], NULL),
  AT_F_TEXT (Flow, values[2], NULL), AT_F_TEXT (Flow, values[3], NULL),
  AT_F_TEXT (Flow, values[4], NULL),
};

static const AtRecord dsflowrpt = AT_RECORD ("^DSFLOWRPT", Flow, flow_fields);

static void
on_flow (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuData     *self = (MuData *)base;
  const Flow *r = record;
  guint64     numbers[G_N_ELEMENTS (r->values)];

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!g_ascii_string_to_unsigned (r->values[i], 16, 0, G_MAXUINT64, &numbers[i], NULL))
      return;
  self->flow = (MuFlow){ .at = mu_timer_now (),
                         .tx_rate = numbers[1],
                         .rx_rate = numbers[2],
                         .tx = numbers[3],
                         .rx = numbers[4] };
}

/* ---- the service ---- */

static GVariant *
get_connections (MuService *base)
{
  MuData         *self = (MuData *)base;
  GVariantBuilder paths;

  g_variant_builder_init (&paths, G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->connections->len; i++)
    {
      const MuConnection *connection = g_ptr_array_index (self->connections, i);
      g_autofree char    *path = mu_data_path (self, connection->number);

      g_variant_builder_add (&paths, "o", path);
    }
  return g_variant_builder_end (&paths);
}

static void
init (MuService *base)
{
  MuData *self = (MuData *)base;

  self->connections = g_ptr_array_new ();
  g_queue_init (&self->ecm.waiting);
  mu_timer_init (&self->retry, mu_data_auto_on_time, self);
  mu_timer_init (&self->ecm.pause, mu_ecm_dial_next, self);
  mu_timer_init (&self->contexts_timer, mu_data_read_contexts, self);
}

static void
reset (MuService *base)
{
  MuData *self = (MuData *)base;

  drop_all (self);
  mu_ecm_reset (self);
  mu_data_auto_reset (self);
  mu_timer_stop (&self->contexts_timer);
  self->flow = (MuFlow){ 0 };
  self->contexts = (MuContextTable){ .n = 0 };
  mu_service_changed (base, &self->contexts);
}

static void
clear (MuService *base)
{
  MuData *self = (MuData *)base;

  g_ptr_array_unref (self->connections);
  mu_timer_clear (&self->retry);
  mu_timer_clear (&self->contexts_timer);
  mu_timer_clear (&self->ecm.pause);
}

/* Connections that there were before the daemon are found by the last one, for which the others are
 * asked before. */
static const MuStep steps[] = {
  { "+CGDCONT?", MU_FACT_SIM_READY | MU_FACT_SETTLED },
  { "+CGACT?", MU_FACT_SIM_READY | MU_FACT_SETTLED },
  { "^NDISSTATQRY?", MU_FACT_SIM_READY | MU_FACT_SETTLED | MU_FACT_NET_PORT },
};

static const MuOp ops[] = {
  { "Connect", .run = mu_data_connect, .needs = MU_FACT_SIM_READY | MU_FACT_REGISTERED },
  { "DefineContext", .run = mu_data_define_context, .needs = MU_FACT_SIM_READY },
  { "DeleteContext", .run = mu_data_delete_context, .needs = MU_FACT_SIM_READY },
};

static const MuProp props[] = {
  { "Connections", "ao", offsetof (MuData, connections), .get = get_connections },
  { "Contexts", "aa{sv}", offsetof (MuData, contexts), .get = mu_data_get_contexts },
};

static const MuUrc urcs[] = {
  { &mu_data_cgdcont, mu_data_on_cgdcont },
  { &mu_data_cgact, mu_data_on_cgact },
  { &mu_ecm_stat, mu_ecm_on_stat },
  { &mu_ecm_end, mu_ecm_on_end },
  { &mu_ecm_query, mu_ecm_on_query },
  { &mu_ecm_pdpstatus, mu_ecm_on_pdpstatus },
  { &dsflowrpt, on_flow },
};

const MuServiceClass mu_data_class = {
  .interface = "org.mu709.Data1",
  .size = sizeof (MuData),
  .access = "org.mu709.data",
  .priority = AT_INTERACTIVE,
  .init = init,
  .reset = reset,
  .clear = clear,
  .facts = on_facts,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
  .child = &mu_connection1_class,
};

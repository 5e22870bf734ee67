/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The connections there are, what concerns them all, and the service (guide 4.1, 7, 26). */
#include "mu-data-private.h"

#include "at-format.h"

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

/* Guide 14.2, 14.3: a call, from its first ring on, and a message on its way. */
static void
update_suspended (MuData *self)
{
  MuSession *session = self->base.session;
  gboolean   suspended = mu_session_holds (session, MU_FACT_GSM)
                       && (mu_session_holds (session, MU_FACT_CALL)
                           || mu_session_holds (session, MU_FACT_SENDING));

  if (suspended == self->suspended)
    return;
  self->suspended = suspended;
  for (guint i = 0; i < self->connections->len; i++)
    mu_connection_changed (self, g_ptr_array_index (self->connections, i));
}

static void
on_facts (MuService *base, MuFacts changed)
{
  MuData *self = (MuData *)base;

  if ((changed == MU_FACT_ROAMING || changed == 0)
      && mu_session_holds (base->session, MU_FACT_ROAMING))
    on_roaming (self);
  else if (changed == MU_FACT_ROAMING)
    self->retry_ms = 0; /* what was tried meanwhile does not count */
  if (changed == 0)
    self->refused = FALSE;
  if (changed == MU_FACT_NET_PORT)
    on_net_port (self);
  if ((changed & (MU_FACT_GSM | MU_FACT_CALL | MU_FACT_SENDING)) != 0)
    update_suspended (self);
  if (changed == MU_FACT_SETTLED && mu_session_holds (base->session, MU_FACT_SETTLED))
    mu_ppp_start (self);
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
  self->flow = (MuSample){ .at = mu_timer_now (),
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
  mu_service_add_timer (base, &self->retry, mu_data_auto_on_time);
  mu_service_add_timer (base, &self->ecm.pause, mu_ecm_dial_next);
  mu_service_add_timer (base, &self->contexts_timer, mu_data_read_contexts);
}

static void
reset (MuService *base)
{
  MuData *self = (MuData *)base;

  mu_data_drop_all (self);
  mu_ecm_reset (self);
  mu_ppp_reset (self);
  mu_data_auto_reset (self);
  self->suspended = FALSE;
  self->flow = (MuSample){ 0 };
  self->contexts = (MuContextTable){ .n = 0 };
  mu_service_changed (base, &self->contexts);
}

static void
clear (MuService *base)
{
  g_ptr_array_unref (((MuData *)base)->connections);
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

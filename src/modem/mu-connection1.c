/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connection1: what is published of one connection. */
#include "mu-data-private.h"

#include "mu-net.h"

#define SAMPLE_US G_TIME_SPAN_SECOND /* rates are of at least that long */
#define FLOW_US   (5 * G_TIME_SPAN_SECOND)

static const char *const state_words[] = {
  "connecting", "connected", "disconnecting", "disconnected", "failed",
};

static const char *const method_words[] = { "dhcp", "ppp", "static" };

/* ---- address ---- */

static void
insert_text (GVariantDict *dict, const char *key, const char *text)
{
  if (text[0] != '\0')
    g_variant_dict_insert (dict, key, "s", text);
}

static void
insert_dns (GVariantDict *dict, const MuIp4 *ip4)
{
  const char *servers[G_N_ELEMENTS (ip4->dns) + 1] = { NULL };
  guint       n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (ip4->dns); i++)
    if (ip4->dns[i][0] != '\0')
      servers[n++] = ip4->dns[i];
  if (n > 0)
    g_variant_dict_insert (dict, "dns", "^as", servers);
}

/* What the bearer does not know the kernel may. */
static GVariant *
get_ip4 (const MuConnection *connection)
{
  const MuIp4 *ip4 = &connection->ip4;
  GVariantDict dict;
  MuNetAddress found = { .prefix = ip4->prefix };

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "method", "s", method_words[ip4->method]);
  if (ip4->address[0] != '\0')
    g_strlcpy (found.address, ip4->address, sizeof found.address);
  else if (connection->state == MU_CONN_CONNECTED)
    mu_net_address (connection->interface, &found);
  insert_text (&dict, "address", found.address);
  if (found.prefix != 0)
    g_variant_dict_insert (&dict, "prefix", "u", found.prefix);
  insert_text (&dict, "gateway", ip4->gateway);
  insert_dns (&dict, ip4);
  return g_variant_dict_end (&dict);
}

/* ---- statistics ---- */

/* Counters that begin anew have been reset: the interface came again. */
static guint64
since (guint64 now, guint64 before)
{
  return now >= before ? now - before : now;
}

static void
take_sample (MuConnection *connection, guint64 rx, guint64 tx, gint64 now)
{
  MuSample *last = &connection->sample;
  gint64    from = last->at != 0 ? last->at : connection->begun;
  guint64   ms = (guint64)(now - from) / 1000;

  if (now - from < SAMPLE_US)
    return;
  *last = (MuSample){ .at = now,
                      .rx = rx,
                      .tx = tx,
                      .rx_rate = since (rx, last->rx) * 1000 / ms,
                      .tx_rate = since (tx, last->tx) * 1000 / ms };
}

/* The kernel's counters; FALSE: it has none. */
static gboolean
count (MuConnection *connection, gint64 now, MuSample *ret)
{
  MuNetCounters counters;

  if (!mu_net_counters (connection->interface, &counters))
    return FALSE;
  ret->rx = since (counters.rx, connection->rx_before);
  ret->tx = since (counters.tx, connection->tx_before);
  take_sample (connection, ret->rx, ret->tx, now);
  ret->rx_rate = connection->sample.rx_rate;
  ret->tx_rate = connection->sample.tx_rate;
  return TRUE;
}

/* What the module counted last, which is of the only connection if there is only one. */
static gboolean
recall (const MuConnection *connection, gint64 now, MuSample *ret)
{
  const MuData *self = connection->data;

  if (self->connections->len != 1 || self->flow.at == 0 || self->flow.at < connection->begun)
    return FALSE;
  *ret = self->flow;
  if (now - ret->at > FLOW_US)
    ret->rx_rate = ret->tx_rate = 0;
  return TRUE;
}

static GVariant *
get_statistics (MuConnection *connection)
{
  GVariantDict dict;
  gint64       now = mu_timer_now ();
  MuSample     flow = { 0 };

  g_variant_dict_init (&dict, NULL);
  if (connection->since == 0)
    return g_variant_dict_end (&dict);
  g_variant_dict_insert (&dict, "seconds", "t",
                         (guint64)(now - connection->begun) / G_TIME_SPAN_SECOND);
  if (!count (connection, now, &flow) && !recall (connection, now, &flow))
    return g_variant_dict_end (&dict);
  g_variant_dict_insert (&dict, "rx", "t", flow.rx);
  g_variant_dict_insert (&dict, "tx", "t", flow.tx);
  g_variant_dict_insert (&dict, "rx_rate", "t", flow.rx_rate);
  g_variant_dict_insert (&dict, "tx_rate", "t", flow.tx_rate);
  return g_variant_dict_end (&dict);
}

/* ---- the object ---- */

GVariant *
mu_connection1_properties (MuConnection *connection, gboolean with_statistics)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "State", "s", state_words[connection->state]);
  g_variant_dict_insert (&dict, "Bearer", "s", connection->bearer->word);
  g_variant_dict_insert (&dict, "Cid", "u", connection->cid);
  g_variant_dict_insert (&dict, "Apn", "s", connection->apn);
  g_variant_dict_insert (&dict, "Interface", "s", connection->interface);
  g_variant_dict_insert_value (&dict, "Ip4", get_ip4 (connection));
  g_variant_dict_insert (&dict, "Error", "s", connection->error != NULL ? connection->error : "");
  g_variant_dict_insert (&dict, "Cause", "u", connection->cause);
  g_variant_dict_insert (&dict, "Since", "x", connection->since);
  g_variant_dict_insert (&dict, "Suspended", "b",
                         connection->state == MU_CONN_CONNECTED && connection->data->suspended);
  if (!with_statistics)
    return g_variant_dict_end (&dict);
  g_variant_dict_insert (&dict, "Carrier", "b", mu_net_carrier (connection->interface));
  g_variant_dict_insert_value (&dict, "Statistics", get_statistics (connection));
  return g_variant_dict_end (&dict);
}

static GVariant *
get (MuService *base, guint number)
{
  MuConnection *connection = mu_data_find ((MuData *)base, number);

  return connection != NULL ? mu_connection1_properties (connection, TRUE) : NULL;
}

static GArray *
numbers (MuService *base)
{
  MuData *self = (MuData *)base;
  GArray *all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->connections->len; i++)
    {
      const MuConnection *connection = g_ptr_array_index (self->connections, i);

      g_array_append_val (all, connection->number);
    }
  return all;
}

static void
disconnect (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  MuData       *self = (MuData *)base;
  MuConnection *connection = mu_data_find (self, mu_call_object (call));

  if (connection != NULL)
    mu_data_disconnect (self, connection, call);
  else
    mu_call_reject (call, MU_ERROR_NOT_FOUND, "The connection is over");
}

static const MuOp ops[] = {
  { "Disconnect", .run = disconnect },
};

static const MuProp props[] = {
  { "State", "s" },     { "Bearer", "s" },    { "Cid", "u" },     { "Apn", "s" },
  { "Interface", "s" }, { "Ip4", "a{sv}" },   { "Error", "s" },   { "Cause", "u" },
  { "Since", "x" },     { "Suspended", "b" }, { "Carrier", "b" }, { "Statistics", "a{sv}" },
};

const MuChildClass mu_connection1_class = {
  .interface = "org.mu709.Connection1",
  .element = "connection",
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  .get = get,
  .numbers = numbers,
};

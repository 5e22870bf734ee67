/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Bearer: one of them. */
#include "mm1-bearer.h"

#include "mm1-error.h"
#include "mm1-ip.h"

#define STATS_MS   30000
#define IP_TIMEOUT 20 /* s, for DHCP */

/* ---- properties ---- */

static GVariant *
stats (const Mm1Bearer *self, GVariant *connection)
{
  g_autoptr (GVariant) counted = NULL;
  guint64              rx = 0, tx = 0, seconds = 0;
  GVariantDict         dict;

  if (connection != NULL)
    counted = g_variant_lookup_value (connection, "Statistics", G_VARIANT_TYPE_VARDICT);
  if (counted != NULL)
    {
      g_variant_lookup (counted, "rx", "t", &rx);
      g_variant_lookup (counted, "tx", "t", &tx);
      g_variant_lookup (counted, "seconds", "t", &seconds);
    }
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "attempts", "u", self->attempts);
  g_variant_dict_insert (&dict, "failed-attempts", "u", self->failures);
  g_variant_dict_insert (&dict, "duration", "u", (guint)seconds);
  g_variant_dict_insert (&dict, "rx-bytes", "t", rx);
  g_variant_dict_insert (&dict, "tx-bytes", "t", tx);
  return g_variant_dict_end (&dict);
}

/* Counters change all the time: they are told now and then. */
static void
tell_stats (gpointer bearer)
{
  Mm1Bearer           *self = bearer;
  g_autoptr (GVariant) connection = mm1_get_child (self->base.object, "Data1", self->connection);

  mm_gdbus_bearer_set_stats (MM_GDBUS_BEARER (self->base.skeleton), stats (self, connection));
  if (connection != NULL)
    mu_timer_start (&self->stats_timer, STATS_MS);
}

static void
set_addresses (MmGdbusBearer *skeleton, GVariant *connection, gboolean connected)
{
  g_autoptr (GVariant) ip4 = NULL;

  if (connected)
    ip4 = g_variant_lookup_value (connection, "Ip4", G_VARIANT_TYPE_VARDICT);
  mm_gdbus_bearer_set_interface (skeleton, connected ? mm1_text (connection, "Interface") : "");
  mm_gdbus_bearer_set_ip4_config (skeleton, mm1_ip_config (ip4));
  mm_gdbus_bearer_set_ip6_config (skeleton, mm1_ip_config (NULL));
}

static void
refresh (Mm1Interface *base)
{
  Mm1Bearer           *self = (Mm1Bearer *)base;
  MmGdbusBearer       *skeleton = MM_GDBUS_BEARER (base->skeleton);
  g_autoptr (GVariant) connection = mm1_get_child (base->object, "Data1", self->connection);
  gboolean             connected = g_str_equal (mm1_text (connection, "State"), "connected");
  gboolean             suspended = FALSE;
  guint                cid;

  set_addresses (skeleton, connection, connected);
  if (connected && g_variant_lookup (connection, "Cid", "u", &cid))
    mm_gdbus_bearer_set_profile_id (skeleton, (gint)cid);
  if (connected != mm_gdbus_bearer_get_connected (skeleton))
    tell_stats (self);
  mm_gdbus_bearer_set_connected (skeleton, connected);
  if (connection != NULL)
    g_variant_lookup (connection, "Suspended", "b", &suspended);
  mm_gdbus_bearer_set_suspended (skeleton, suspended);
  if (self->wish.properties != NULL)
    mm_gdbus_bearer_set_properties (skeleton, self->wish.properties);
}

/* ---- Connect ---- */

static void
set_error (Mm1Bearer *self, const GError *error)
{
  g_autofree char *name = error != NULL ? g_dbus_error_encode_gerror (error) : g_strdup ("");

  mm_gdbus_bearer_set_connection_error (
      MM_GDBUS_BEARER (self->base.skeleton),
      g_variant_new ("(ss)", name, error != NULL ? error->message : ""));
}

/* Of a call that may be another interface's (Simple's), and may end without it. */
typedef struct
{
  Mm1Object *object;
  char      *path;
  Mm1Next    next;
} Connecting;

static void
connecting_free (gpointer data)
{
  Connecting *connecting = data;
  Mm1Bearer  *bearer = mm1_bearers_find (mm1_modem_of (connecting->object), connecting->path);

  if (bearer != NULL)
    bearer->connecting = FALSE;
  g_free (connecting->path);
  g_free (connecting);
}

/* The network's cause says more than the error. */
static GError *
explain (const Mm1Bearer *bearer, const GError *error)
{
  GError *explained = NULL;

  if (bearer->cause != 0)
    explained = mm1_error_of_cause (bearer->cause, error->message);
  return explained != NULL ? explained : mm1_error_translate (error);
}

static void
connected (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  const Connecting *connecting = mm1_call_data (call);
  Mm1Bearer        *bearer = mm1_bearers_find (mm1_modem_of (connecting->object), connecting->path);
  Mm1Next           next = connecting->next;
  g_autoptr (GError) explained = NULL;
  const char        *path;

  if (bearer == NULL)
    {
      mm1_call_reject (call, MM_CORE_ERROR_ABORTED, "The bearer was deleted");
      return;
    }
  mm1_call_drop (call);
  if (error != NULL)
    {
      explained = explain (bearer, error);
      bearer->failures++;
      set_error (bearer, explained);
      next (base, call, NULL, explained);
      return;
    }
  g_variant_get (reply, "(&o)", &path);
  bearer->connection = mm1_path_number (path);
  set_error (bearer, NULL);
  mm1_object_changed (bearer->base.object);
  next (base, call, reply, NULL);
}

static gboolean
is_connected (const Mm1Bearer *self)
{
  g_autoptr (GVariant) connection = mm1_get_child (self->base.object, "Data1", self->connection);

  return g_str_equal (mm1_text (connection, "State"), "connected");
}

void
mm1_bearer_connect (Mm1Bearer *self, Mm1Call *call, Mm1Next next)
{
  Connecting *connecting;

  if (is_connected (self))
    {
      mm1_call_check (call, MM1_ACCESS_DATA, next);
      return;
    }
  if (self->connecting || self->connection != 0)
    {
      mm1_call_reject (call, MM_CORE_ERROR_IN_PROGRESS, "The bearer is being connected already");
      return;
    }
  self->connecting = TRUE;
  self->cause = 0;
  self->attempts++;
  connecting = g_new (Connecting, 1);
  *connecting = (Connecting){ self->base.object, g_strdup (self->base.path), next };
  mm1_call_keep (call, connecting, connecting_free);
  mm1_call_start (
      call, &(Mm1Request){ "Data1", "Connect", 0, g_variant_new ("(@a{sv})", self->wish.options) },
      connected);
}

void
mm1_bearer_ended (Mm1Bearer *self, GVariant *last)
{
  g_autoptr (GError) error = NULL;
  const char        *text = mm1_text (last, "Error");

  g_variant_lookup (last, "Cause", "u", &self->cause);
  if (self->cause != 0)
    error = mm1_error_of_cause (self->cause, text);
  if (error == NULL && text[0] != '\0')
    error = g_error_new_literal (MM_CORE_ERROR, MM_CORE_ERROR_FAILED, text);
  set_error (self, error);
}

static void
may_connect (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  if (error != NULL)
    mm1_call_fail (call, error);
  else
    mm1_bearer_connect ((Mm1Bearer *)base, call, mm1_call_finish_empty);
}

/* Only who may do that makes others wait. */
static void
connect_method (Mm1Interface *base G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  mm1_call_check (call, MM1_ACCESS_DATA, may_connect);
}

static void
disconnect_method (Mm1Interface *base, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  mm1_bearers_disconnect (mm1_modem_of (base->object), call, base->path, TRUE,
                          mm1_call_finish_empty);
}

/* ---- the class ---- */

static void
init (Mm1Interface *base)
{
  Mm1Bearer     *self = (Mm1Bearer *)base;
  MmGdbusBearer *skeleton = MM_GDBUS_BEARER (base->skeleton);

  mu_timer_init (&self->stats_timer, tell_stats, self);
  mm_gdbus_bearer_set_bearer_type (skeleton, MM_BEARER_TYPE_DEFAULT);
  mm_gdbus_bearer_set_ip_timeout (skeleton, IP_TIMEOUT);
  mm_gdbus_bearer_set_profile_id (skeleton, MM_3GPP_PROFILE_ID_UNKNOWN);
  mm_gdbus_bearer_set_reload_stats_supported (skeleton, TRUE);
  mm_gdbus_bearer_set_properties (skeleton, g_variant_new ("a{sv}", NULL));
  mm_gdbus_bearer_set_stats (skeleton, stats (self, NULL));
  set_error (self, NULL);
}

static void
clear (Mm1Interface *base)
{
  Mm1Bearer *self = (Mm1Bearer *)base;

  mm1_wish_clear (&self->wish);
  mu_timer_clear (&self->stats_timer);
}

static const Mm1Method methods[] = {
  { "Connect", .run = connect_method },
  { "Disconnect", .run = disconnect_method },
};

const Mm1InterfaceClass mm1_bearer_class = {
  .type = mm_gdbus_bearer_skeleton_get_type,
  .size = sizeof (Mm1Bearer),
  .init = init,
  .clear = clear,
  .refresh = refresh,
  MU_TABLE (methods, methods),
};

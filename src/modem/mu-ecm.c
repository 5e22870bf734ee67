/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections over the module's network interface (guide 7; at-facts 5).  What the module says of
 * them names no CID, so they are dialled one at a time, and where several might have fallen the
 * module is asked which. */
#include "mu-ecm-private.h"

#include "mu-log.h"
#include "mu-pdp-cause.h"

#define ASK_MS   5000U /* an outcome that was not told is asked for; then after twice as long */
#define MAX_ASKS 3
#define DOWN_MS  3000 /* the same after a disconnection */

#define MAX_DHCP_ERRORS 2 /* then the module has no ^DHCP? */

MuEcmLink *
mu_ecm_link (const MuConnection *connection)
{
  return connection->bearer == &mu_bearer_ecm ? connection->bearer_data : NULL;
}

MuEcmLink *
mu_ecm_find (MuData *self, MuEcmPhase phase)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      MuEcmLink *link = mu_ecm_link (g_ptr_array_index (self->connections, i));

      if (link != NULL && link->phase == phase)
        return link;
    }
  return NULL;
}

guint
mu_ecm_count (MuData *self, MuEcmPhase phase)
{
  guint n = 0;

  for (guint i = 0; i < self->connections->len; i++)
    {
      const MuEcmLink *link = mu_ecm_link (g_ptr_array_index (self->connections, i));

      n += link != NULL && link->phase == phase ? 1 : 0;
    }
  return n;
}

static void on_time (gpointer user_data);

MuEcmLink *
mu_ecm_link_new (MuConnection *connection, MuEcmPhase phase)
{
  MuEcmLink *link = g_new0 (MuEcmLink, 1);

  link->connection = connection;
  link->phase = phase;
  mu_timer_init (&link->timer, on_time, link);
  connection->bearer_data = link;
  return link;
}

/* ---- the end ---- */

/* The next one has to wait until all has come that there is to say of this one. */
static void
pause_dialling (MuData *self)
{
  mu_timer_start (&self->ecm.pause, MU_ECM_REASON_MS);
}

void
mu_ecm_ended (MuData *self, MuEcmLink *link, guint cause)
{
  g_autoptr (GError) error = mu_pdp_cause_error (cause);

  self->ecm.last_end = mu_timer_now ();
  pause_dialling (self);
  mu_connection_down (self, link->connection, error, cause);
}

/* ---- connecting ---- */

/* ^DHCP? names no CID: it is asked for the only connection. */
static void
on_dhcp (MuData *self, MuConnection *connection, const AtReply *reply, const GError *error)
{
  MuNdisDhcp dhcp;

  if (g_error_matches (error, MU_ERROR, MU_ERROR_FAILED))
    self->ecm.dhcp_errors++;
  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_SUPPORTED))
    self->ecm.dhcp_errors = MAX_DHCP_ERRORS;
  if (connection == NULL || reply == NULL || reply->n_lines == 0
      || !mu_ndis_parse_dhcp (&reply->lines[0], &dhcp))
    return;
  connection->ip4.prefix = dhcp.prefix;
  g_strlcpy (connection->ip4.address, dhcp.address, sizeof connection->ip4.address);
  g_strlcpy (connection->ip4.gateway, dhcp.gateway, sizeof connection->ip4.gateway);
  for (gsize i = 0; i < G_N_ELEMENTS (dhcp.dns); i++)
    g_strlcpy (connection->ip4.dns[i], dhcp.dns[i], sizeof connection->ip4.dns[i]);
  mu_connection_changed (self, connection);
}

static void
take_interface (MuData *self, MuConnection *connection)
{
  const char *port = mu_session_port (self->base.session, MU_PORT_NET);

  g_strlcpy (connection->interface, port != NULL ? port : "", sizeof connection->interface);
  connection->ip4.method = MU_IP4_DHCP;
}

void
mu_ecm_up (MuData *self, MuEcmLink *link)
{
  MuConnection *connection = link->connection;

  mu_timer_stop (&link->timer);
  link->phase = MU_ECM_UP;
  link->fell = FALSE; /* what was thought of it while it was dialled */
  if (self->ecm.dialling == connection)
    self->ecm.dialling = NULL;
  take_interface (self, connection);
  mu_connection_up (self, connection);
  if (self->ecm.dhcp_errors < MAX_DHCP_ERRORS && mu_ecm_count (self, MU_ECM_UP) == 1)
    mu_data_send (self, connection, on_dhcp, NULL, "^DHCP?");
  mu_ecm_dial_next (self);
}

/* The guide (26.2) has one at a time, and some firmware several: the module knows. */
static void
on_refused (MuData *self, MuConnection *connection, const GError *error)
{
  g_autoptr (GError) why = NULL;

  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_ALLOWED) && mu_ecm_count (self, MU_ECM_UP) > 0)
    (void)mu_fail (&why, MU_ERROR_BUSY, "The module has no room for another ECM connection: %s",
                   error->message);
  pause_dialling (self);
  mu_connection_down (self, connection, why != NULL ? why : error, 0);
}

static void
on_dialled (MuData *self, MuConnection *connection, const AtReply *reply G_GNUC_UNUSED,
            const GError *error)
{
  MuEcmLink *link = connection != NULL ? mu_ecm_link (connection) : NULL;

  if (link == NULL || link->phase != MU_ECM_DIALLING)
    return;
  if (error == NULL)
    mu_timer_start (&link->timer, ASK_MS);
  else if (g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT)
           || g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED))
    mu_connection_stop (self, connection, error); /* whether it has begun is not known */
  else
    on_refused (self, connection, error);
}

static gboolean
send_dial (MuData *self, MuConnection *c, GError **error)
{
  if (c->auth != MU_AUTH_NONE)
    return mu_data_send (self, c, on_dialled, error, "^NDISDUP=%u,1,%s,%s,%s,%u", c->cid, c->apn,
                         c->user, c->password, (guint)c->auth);
  if (!c->apn_is_stored)
    return mu_data_send (self, c, on_dialled, error, "^NDISDUP=%u,1,%s", c->cid, c->apn);
  return mu_data_send (self, c, on_dialled, error, "^NDISDUP=%u,1", c->cid);
}

void
mu_ecm_dial_next (gpointer data)
{
  MuData            *self = data;
  MuConnection      *connection;
  g_autoptr (GError) error = NULL;

  if (self->ecm.dialling != NULL || mu_timer_is_running (&self->ecm.pause)
      || g_queue_is_empty (&self->ecm.waiting))
    return;
  connection = g_queue_pop_head (&self->ecm.waiting);
  self->ecm.dialling = connection;
  mu_ecm_link (connection)->phase = MU_ECM_DIALLING;
  mu_timer_start (&connection->deadline, MU_CONNECT_MS); /* its turn has just come */
  if (send_dial (self, connection, &error))
    return;
  pause_dialling (self);
  mu_connection_down (self, connection, error, 0);
}

static void
ecm_connect (MuData *self, MuConnection *connection)
{
  take_interface (self, connection);
  mu_ecm_link_new (connection, MU_ECM_WAITING);
  g_queue_push_tail (&self->ecm.waiting, connection);
  mu_ecm_dial_next (self);
}

static gboolean
ecm_check (MuData *self, GError **error)
{
  if (mu_session_port (self->base.session, MU_PORT_NET) != NULL)
    return TRUE;
  return mu_fail (error, MU_ERROR_NOT_SUPPORTED, "The module has no network interface here");
}

/* ---- disconnecting ---- */

static void
on_hung_up (MuData *self G_GNUC_UNUSED, MuConnection *connection,
            const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuEcmLink *link = connection != NULL ? mu_ecm_link (connection) : NULL;

  /* an error may also mean that it is down already (at-facts 15, 1) */
  if (link != NULL)
    mu_timer_start (&link->timer, error != NULL ? 0 : DOWN_MS);
}

static void
ecm_disconnect (MuData *self, MuConnection *connection)
{
  MuEcmLink *link = mu_ecm_link (connection);

  mu_timer_stop (&link->timer);
  link->asks = 0;
  if (link->phase == MU_ECM_WAITING)
    {
      mu_connection_down (self, connection, NULL, 0);
      return;
    }
  link->phase = MU_ECM_HANGING_UP;
  mu_data_send (self, connection, on_hung_up, NULL, "^NDISDUP=%u,0", connection->cid);
}

static void
ecm_forget (MuData *self, MuConnection *connection)
{
  MuEcmLink *link = mu_ecm_link (connection);

  if (self->ecm.dialling == connection)
    self->ecm.dialling = NULL;
  g_queue_remove (&self->ecm.waiting, connection);
  if (link == NULL)
    return;
  mu_timer_clear (&link->timer);
  g_clear_pointer (&connection->bearer_data, g_free);
}

/* ---- asking ---- */

MuEcmAnswer
mu_ecm_read_answer (const AtReply *reply, guint cid, guint *ret_cause)
{
  MuEcmAnswer answer = MU_ECM_UNKNOWN;

  for (gsize i = 0; reply != NULL && i < reply->n_lines; i++)
    {
      MuNdisStat stats[MU_NDIS_MAX_STATS];
      guint      n = mu_ndis_parse (&reply->lines[i], stats, G_N_ELEMENTS (stats));

      for (guint k = 0; k < n; k++)
        {
          if (stats[k].ipv6 || (cid != 0 && stats[k].cid != 0 && stats[k].cid != cid))
            continue;
          if (stats[k].state == MU_NDIS_UP)
            return MU_ECM_IS_UP;
          answer = stats[k].state == MU_NDIS_DOWN ? MU_ECM_IS_DOWN : MU_ECM_CHANGES;
          *ret_cause = stats[k].cause;
        }
    }
  return answer;
}

/* While one is dialled: its cause is needed for a failure, for "down" is also what was before. */
static void
on_asked_dialling (MuData *self, MuConnection *connection, const AtReply *reply,
                   const GError *error G_GNUC_UNUSED)
{
  MuEcmLink  *link = connection != NULL ? mu_ecm_link (connection) : NULL;
  guint       cause = 0;
  MuEcmAnswer answer;

  if (link == NULL || link->phase != MU_ECM_DIALLING)
    return;
  answer = mu_ecm_read_answer (reply, connection->cid, &cause);
  if (answer == MU_ECM_IS_UP)
    mu_ecm_up (self, link);
  else if (answer == MU_ECM_IS_DOWN && cause != 0)
    mu_ecm_ended (self, link, cause);
  else if (link->asks < MAX_ASKS)
    mu_timer_start (&link->timer, ASK_MS << link->asks);
}

static void
on_asked_hanging_up (MuData *self, MuConnection *connection, const AtReply *reply,
                     const GError *error G_GNUC_UNUSED)
{
  MuEcmLink         *link = connection != NULL ? mu_ecm_link (connection) : NULL;
  g_autoptr (GError) refused = NULL;
  guint              cause = 0;
  MuEcmAnswer        answer;

  if (link == NULL || link->phase != MU_ECM_HANGING_UP)
    return;
  answer = mu_ecm_read_answer (reply, connection->cid, &cause);
  if ((answer == MU_ECM_IS_UP || answer == MU_ECM_CHANGES) && link->asks < MAX_ASKS)
    mu_timer_start (&link->timer, DOWN_MS);
  else if (answer == MU_ECM_IS_UP && connection->since != 0)
    {
      link->phase = MU_ECM_UP;
      mu_fail (&refused, MU_ERROR_FAILED, "The module does not disconnect cid %u", connection->cid);
      mu_connection_kept (self, connection, refused);
    }
  else
    mu_ecm_ended (self, link, cause);
}

/* "?" tells of the only one; a module that knows cids is asked for the one that is meant. */
static void
ask (MuData *self, MuEcmLink *link, MuDataNext next)
{
  guint n = mu_ecm_count (self, MU_ECM_UP) + mu_ecm_count (self, MU_ECM_DIALLING)
            + mu_ecm_count (self, MU_ECM_HANGING_UP);

  link->asks++;
  if (n > 1)
    mu_data_send (self, link->connection, next, NULL, "^NDISSTATQRY=%u", link->connection->cid);
  else
    mu_data_send (self, link->connection, next, NULL, "^NDISSTATQRY?");
}

static void
on_time (gpointer user_data)
{
  MuEcmLink *link = user_data;
  MuData    *self = link->connection->data;

  switch (link->phase)
    {
    case MU_ECM_DIALLING: ask (self, link, on_asked_dialling); return;
    case MU_ECM_HANGING_UP: ask (self, link, on_asked_hanging_up); return;
    case MU_ECM_REFUSED: mu_ecm_ended (self, link, link->cause); return;
    case MU_ECM_WAITING:
    case MU_ECM_UP: return;
    }
}

/* ---- the bearer ---- */

const MuBearer mu_bearer_ecm = {
  .word = "ecm",
  .check = ecm_check,
  .connect = ecm_connect,
  .disconnect = ecm_disconnect,
  .forget = ecm_forget,
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-data-private.h"
#include "mu-log.h"
#include "mu-modem-port.h"
#include "mu-pppd.h"
#include "mu-tty.h"

#include "at-format.h"

#include <unistd.h>

/* The bearer over the MODEM port (guide 4): the context is defined, the port dialled, and from
 * CONNECT on it is pppd's, while everything else goes on over PCUI.  When pppd ends, for whatever
 * reason, the port is brought back to command mode and the context is deactivated. */

typedef struct
{
  MuData      *data;
  guint        number;  /* of the connection */
  MuModemPort *port;    /* NULL: another one has it yet */
  MuPppd      *pppd;    /* NULL: it does not run */
  int          fd;      /* of the tty, for as long as pppd has it: else DTR would fall; -1 */
  guint        dialled; /* number of the request that is under way; 0: none */
  gboolean     called;  /* the module has said CONNECT */
  gboolean     stuck;   /* the port may be in data mode; the mark says so too, if there is a disk */
  gboolean     stop;    /* somebody wants it to end */
  gboolean     ending;
  GError      *why; /* it ended; NULL: as somebody wanted */
} Ppp;

G_STATIC_ASSERT ((int)MU_AUTH_NONE == (int)PPP_AUTH_NONE && (int)MU_AUTH_PAP == (int)PPP_AUTH_PAP
                 && (int)MU_AUTH_CHAP == (int)PPP_AUTH_CHAP);

static void end (Ppp *self, const GError *why);

static MuSession *
session_of (const MuData *data)
{
  return data->base.session;
}

static MuConnection *
connection_of (const Ppp *self)
{
  return mu_data_find (self->data, self->number);
}

/* ---- the end ---- */

/* The context may be down already: what the module answers does not matter. */
static void
on_deactivated (MuData *data, MuConnection *connection, const AtReply *reply G_GNUC_UNUSED,
                const GError *error G_GNUC_UNUSED)
{
  Ppp *self = connection != NULL ? connection->bearer_data : NULL;

  if (self != NULL)
    mu_connection_down (data, connection, self->why, 0);
}

static void
deactivate (Ppp *self)
{
  MuConnection *connection = connection_of (self);

  mu_modem_port_close (self->port);
  if (!self->called
      || !mu_data_send (self->data, connection, on_deactivated, NULL, "+CGACT=0,%u",
                        connection->cid))
    mu_connection_down (self->data, connection, self->why, 0);
}

static void
on_hung_up (const GError *error, gpointer user_data)
{
  Ppp *self = user_data;

  if (error == NULL)
    mu_modem_port_unmark (session_of (self->data));
  else /* it stays marked: the next one who wants it begins with that */
    mu_log (MU_LOG_WARNING, mu_session_name (session_of (self->data)), "MODEM port: %s",
            error->message);
  deactivate (self);
}

/* why: NULL if it was wanted.  The first reason is the reason. */
static void
end (Ppp *self, const GError *why)
{
  if (self->ending)
    return;
  self->ending = TRUE;
  if (why != NULL && !self->stop)
    self->why = g_error_copy (why);
  if (mu_modem_port_marked (session_of (self->data)) != 0 || self->stuck)
    mu_modem_port_open (self->port, TRUE, on_hung_up, self);
  else
    deactivate (self);
}

/* ---- pppd ---- */

static void
on_link_up (const MuPppdLink *link, gpointer user_data)
{
  Ppp          *self = user_data;
  MuConnection *connection = connection_of (self);
  MuIp4        *ip4 = &connection->ip4;

  ip4->method = MU_IP4_PPP;
  ip4->prefix = 32;
  g_strlcpy (connection->interface, link->interface, sizeof connection->interface);
  g_strlcpy (ip4->address, link->address, sizeof ip4->address);
  g_strlcpy (ip4->gateway, link->peer, sizeof ip4->gateway);
  for (gsize i = 0; i < G_N_ELEMENTS (ip4->dns); i++)
    g_strlcpy (ip4->dns[i], link->dns[i], sizeof ip4->dns[i]);
  if (!self->stop)
    mu_connection_up (self->data, connection);
}

static void
close_tty (Ppp *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
on_pppd_ended (const GError *why, gpointer user_data)
{
  Ppp *self = user_data;

  g_clear_pointer (&self->pppd, mu_pppd_free);
  close_tty (self);
  end (self, why);
}

static const MuPppdEvents pppd_events = { on_link_up, on_pppd_ended };

/* Where a pppd that is our child leaves the addresses. */
static char *
run_directory (const Ppp *self)
{
  MuSession       *session = session_of (self->data);
  g_autofree char *name = g_strconcat ("ppp-", mu_session_name (session), NULL);
  const char      *state = mu_session_settings (session)->state_directory;

  return state != NULL ? g_build_filename (state, name, NULL) : NULL;
}

static void
run_pppd (Ppp *self)
{
  const MuConnection *connection = connection_of (self);
  MuSession          *session = session_of (self->data);
  g_autofree char    *directory = run_directory (self);
  PppRequest          request = { .auth = (PppAuth)connection->auth };

  request.metric = mu_settings_ppp_metric (mu_session_settings (session));
  g_strlcpy (request.user, connection->user, sizeof request.user);
  g_strlcpy (request.password, connection->password, sizeof request.password);
  self->fd = at_scheduler_release_data (mu_session_line (session));
  mu_tty_lend (self->fd);
  self->pppd
      = mu_pppd_start (mu_modem_port_path (self->port), &request, directory, &pppd_events, self);
}

/* ---- dialling ---- */

/* The module itself has said no, so that nothing can come any more. */
static gboolean
is_refusal (const GError *error)
{
  return error != NULL && !g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT)
         && !g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED)
         && !g_error_matches (error, MU_ERROR, MU_ERROR_GONE);
}

static void
on_dialled (const AtReply *reply, const GError *error, gpointer user_data)
{
  Ppp               *self = user_data;
  g_autoptr (GError) why = NULL;

  self->dialled = 0;
  if (!mu_session_is_started (session_of (self->data)))
    return;
  self->called = reply != NULL && reply->connect;
  if (self->called && !self->stop)
    {
      run_pppd (self);
      return;
    }
  if (error == NULL)
    why = g_error_new_literal (MU_ERROR, MU_ERROR_MODEM, "The module did not say CONNECT");
  if (is_refusal (error)) /* it still takes commands */
    {
      mu_modem_port_unmark (session_of (self->data));
      self->stuck = FALSE;
    }
  end (self, error != NULL ? error : why);
}

static void
dial (Ppp *self)
{
  guint              cid = connection_of (self)->cid;
  g_autoptr (GError) error = NULL;
  g_autofree char   *text = at_formatf (&error, "D*99***%u#", cid);
  AtCommand          command = { .text = text, .priority = AT_INTERACTIVE, .port = AT_PORT_DATA };

  mu_modem_port_mark (session_of (self->data), cid);
  self->stuck = TRUE;
  self->dialled = mu_session_send (session_of (self->data), &command, on_dialled, self);
}

static void
on_defined (MuData *data G_GNUC_UNUSED, MuConnection *connection,
            const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  Ppp *self = connection != NULL ? connection->bearer_data : NULL;

  if (self == NULL || self->ending)
    return;
  if (error != NULL || self->stop)
    end (self, error);
  else
    dial (self);
}

static void
on_port_open (const GError *error, gpointer user_data)
{
  Ppp               *self = user_data;
  MuConnection      *connection = connection_of (self);
  g_autoptr (GError) why = NULL;

  if (error != NULL)
    {
      self->ending = TRUE; /* there is no other way to the port than the one that has failed */
      self->why = g_error_copy (error);
      deactivate (self);
      return;
    }
  mu_modem_port_unmark (session_of (self->data));
  if (connection->apn_is_stored)
    dial (self);
  else if (!mu_data_send (self->data, connection, on_defined, &why, "+CGDCONT=%u,\"IP\",%s",
                          connection->cid, connection->apn))
    end (self, why);
}

/* ---- the bearer ---- */

static gboolean
ppp_check (MuData *data, GError **error)
{
  if (mu_session_port (session_of (data), MU_PORT_MODEM) == NULL)
    return mu_fail (error, MU_ERROR_NOT_SUPPORTED, "The module has no MODEM port");
  return mu_pppd_check (error);
}

static void
begin (Ppp *self)
{
  gboolean marked = mu_modem_port_marked (session_of (self->data)) != 0;

  self->port = mu_modem_port_new (session_of (self->data));
  mu_modem_port_open (self->port, marked, on_port_open, self);
}

static void
ppp_connect (MuData *data, MuConnection *connection)
{
  Ppp *self = g_new0 (Ppp, 1);

  self->data = data;
  self->number = connection->number;
  self->fd = -1;
  connection->bearer_data = self;
  if (data->ppp == NULL) /* else the port is being brought back from data mode, and it waits */
    begin (self);
}

static void
ppp_disconnect (MuData *data, MuConnection *connection)
{
  Ppp *self = connection->bearer_data;

  self->stop = TRUE;
  if (self->ending)
    return;
  if (self->port == NULL)
    {
      self->ending = TRUE;
      mu_connection_down (data, connection, NULL, 0);
    }
  else if (self->pppd != NULL)
    mu_pppd_stop (self->pppd);
  else if (self->dialled != 0)
    mu_session_cancel (session_of (data), self->dialled); /* one byte ends it */
  else
    end (self, NULL);
}

static void
ppp_forget (MuData *data, MuConnection *connection)
{
  Ppp *self = g_steal_pointer (&connection->bearer_data);

  if (self == NULL)
    return;
  self->ending = TRUE;
  if (self->dialled != 0)
    mu_session_cancel (session_of (data), self->dialled);
  g_clear_pointer (&self->pppd, mu_pppd_free);
  close_tty (self);
  g_clear_pointer (&self->port, mu_modem_port_free);
  g_clear_error (&self->why);
  g_free (self);
}

const MuBearer mu_bearer_ppp = { "ppp", ppp_check, ppp_connect, ppp_disconnect, ppp_forget };

/* ---- what a former daemon, or a former sleep, has left ---- */

static void
on_left_deactivated (const AtReply *reply G_GNUC_UNUSED, const GError *error G_GNUC_UNUSED,
                     gpointer user_data G_GNUC_UNUSED)
{
}

static void
tell_brought_back (MuSession *session)
{
  g_autofree char *text = at_formatf (NULL, "+CGACT=0,%u", mu_modem_port_marked (session));

  mu_log (MU_LOG_INFO, mu_session_name (session), "The MODEM port is back from data mode");
  mu_modem_port_unmark (session);
  (void)mu_session_send (session,
                         &(AtCommand){ .text = text, .priority = AT_INTERACTIVE }, /* not later */
                         on_left_deactivated, NULL);
}

/* NULL: there is none */
static MuConnection *
find_connection (MuData *data)
{
  for (guint i = 0; i < data->connections->len; i++)
    {
      MuConnection *connection = g_ptr_array_index (data->connections, i);

      if (connection->bearer == &mu_bearer_ppp)
        return connection;
    }
  return NULL;
}

static void
begin_waiting (MuData *data)
{
  const MuConnection *connection = find_connection (data);
  Ppp                *waiting = connection != NULL ? connection->bearer_data : NULL;

  if (waiting != NULL && waiting->port == NULL && !waiting->ending)
    begin (waiting);
}

static void
on_brought_back (const GError *error, gpointer user_data)
{
  MuData *data = user_data;

  g_clear_pointer ((MuModemPort **)&data->ppp, mu_modem_port_free);
  if (error == NULL)
    tell_brought_back (session_of (data));
  else
    mu_log (MU_LOG_WARNING, mu_session_name (session_of (data)), "MODEM port: %s", error->message);
  begin_waiting (data);
}

void
mu_ppp_start (MuData *data)
{
  MuSession *session = session_of (data);

  if (data->ppp != NULL || mu_modem_port_marked (session) == 0
      || mu_session_port (session, MU_PORT_MODEM) == NULL
      || find_connection (data) != NULL) /* it sees to that itself */
    return;
  data->ppp = mu_modem_port_new (session);
  mu_modem_port_open (data->ppp, TRUE, on_brought_back, data);
}

void
mu_ppp_reset (MuData *data)
{
  g_clear_pointer ((MuModemPort **)&data->ppp, mu_modem_port_free);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Connections by PPP over the MODEM port (guide 4.2). */
#include "mu-data-private.h"

static gboolean
ppp_check (MuData *self, GError **error)
{
  if (mu_session_port (self->base.session, MU_PORT_MODEM) == NULL)
    return mu_fail (error, MU_ERROR_NOT_SUPPORTED, "The module has no MODEM port here");
  return mu_fail (error, MU_ERROR_NOT_SUPPORTED, "PPP is not there yet");
}

static void
ppp_connect (MuData *self, MuConnection *connection)
{
  g_autoptr (GError) error = NULL;

  ppp_check (self, &error);
  mu_connection_down (self, connection, error, 0);
}

static void
ppp_disconnect (MuData *self, MuConnection *connection)
{
  mu_connection_down (self, connection, NULL, 0);
}

static void
ppp_forget (MuData *self G_GNUC_UNUSED, MuConnection *connection G_GNUC_UNUSED)
{
}

const MuBearer mu_bearer_ppp = {
  .word = "ppp",
  .check = ppp_check,
  .connect = ppp_connect,
  .disconnect = ppp_disconnect,
  .forget = ppp_forget,
};

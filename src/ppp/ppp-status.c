/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ppp-status.h"

#include "mu-error.h"

typedef struct
{
  int         status;
  MuError     error;
  const char *text;
} Row;

static const Row rows[] = {
  { -1, MU_ERROR_ABORTED, "pppd was killed" },
  { 0, MU_ERROR_NO_CARRIER, "The network has ended the connection" },
  { 1, MU_ERROR_FAILED, "pppd could not go on; its log tells why" },
  { 2, MU_ERROR_FAILED, "pppd does not take its options: is something in /etc/ppp/options?" },
  { 3, MU_ERROR_NOT_AUTHORIZED, "pppd was not started by root" },
  { 4, MU_ERROR_NOT_SUPPORTED, "The kernel has no PPP" },
  { 5, MU_ERROR_ABORTED, "pppd was stopped" },
  { 6, MU_ERROR_BUSY, "Another program has locked the port" },
  { 7, MU_ERROR_FAILED, "pppd could not open the port" },
  { 8, MU_ERROR_FAILED, "The connect script of /etc/ppp/options failed" },
  { 9, MU_ERROR_FAILED, "The pty command of /etc/ppp/options failed" },
  { 10, MU_ERROR_NETWORK_REJECTED, "The network and this computer do not agree on PPP" },
  { 11, MU_ERROR_AUTHENTICATION_FAILED, "The network does not say who it is" },
  { 12, MU_ERROR_NO_CARRIER, "Nothing was sent for a long time" },
  { 13, MU_ERROR_NO_CARRIER, "The time limit of /etc/ppp/options has passed" },
  { 14, MU_ERROR_NETWORK_REJECTED, "The network wants to call back" },
  { 15, MU_ERROR_NO_CARRIER, "The network does not answer any more" },
  { 16, MU_ERROR_NO_CARRIER, "The module or the network has hung up" },
  { 17, MU_ERROR_NO_CARRIER, "The line leads back to this computer" },
  { 18, MU_ERROR_FAILED, "The init script of /etc/ppp/options failed" },
  { 19, MU_ERROR_AUTHENTICATION_FAILED, "The network does not take the user or the password" },
};

GError *
ppp_status_error (int status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].status == status)
      return g_error_new (MU_ERROR, (int)rows[i].error, "%s (pppd %d)", rows[i].text, status);
  return g_error_new (MU_ERROR, MU_ERROR_FAILED, "pppd ended with status %d", status);
}

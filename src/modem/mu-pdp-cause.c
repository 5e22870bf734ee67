/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-pdp-cause.h"

typedef struct
{
  guint       cause;
  const char *text;
  MuError     error; /* 0, which is Failed: NetworkRejected */
  gboolean    permanent;
} Row;

static const Row rows[] = {
  { 8, "operator determined barring" },
  { 25, "LLC or SNDCP failure" },
  { 26, "insufficient resources" },
  { 27, "missing or unknown APN", MU_ERROR_INVALID_ARGUMENT, TRUE },
  { 28, "unknown PDP address or PDP type", MU_ERROR_INVALID_ARGUMENT, TRUE },
  { 29, "user authentication failed", MU_ERROR_AUTHENTICATION_FAILED, TRUE },
  { 30, "activation rejected by GGSN" },
  { 31, "activation rejected, unspecified" },
  { 32, "service option not supported", MU_ERROR_NOT_SUBSCRIBED, TRUE },
  { 33, "requested service option not subscribed", MU_ERROR_NOT_SUBSCRIBED, TRUE },
  { 34, "service option temporarily out of order" },
  { 35, "NSAPI already used" },
  { MU_PDP_CAUSE_REGULAR, "regular deactivation" },
  { 37, "QoS not accepted" },
  { 38, "network failure" },
  { 39, "reactivation required" },
  { 50, "PDP type IPv4 only allowed" },
  { 51, "PDP type IPv6 only allowed" },
  { 65, "maximum number of PDP contexts reached" },
  { 66, "requested APN not supported in current RAT and PLMN combination" },
  { 95, "semantically incorrect message" },
  { 96, "invalid mandatory information" },
  { 97, "message type non-existent or not implemented" },
  { 98, "message type not compatible with the protocol state" },
  { 99, "information element non-existent or not implemented" },
  { 100, "conditional IE error" },
  { 101, "message not compatible with the protocol state" },
  { 111, "protocol error, unspecified" },
  { 112, "APN restriction value incompatible with active PDP context" },
};

static const Row *
find_row (guint cause)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].cause == cause)
      return &rows[i];
  return NULL;
}

GError *
mu_pdp_cause_error (guint cause)
{
  const Row *row = find_row (cause);
  MuError    code = MU_ERROR_NETWORK_REJECTED;

  if (cause == 0)
    return g_error_new_literal (MU_ERROR, (int)code, "The network did not say why");
  if (row != NULL && row->error != MU_ERROR_FAILED)
    code = row->error;
  return g_error_new (MU_ERROR, (int)code, "Cause %u: %s", cause,
                      row != NULL ? row->text : "not in 24.008 10.5.6.6");
}

gboolean
mu_pdp_cause_is_permanent (guint cause)
{
  const Row *row = find_row (cause);

  return row != NULL && row->permanent;
}

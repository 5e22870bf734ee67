/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-services.h"

#include "sim-network.h"

#define ANSWER_TIME  SIM_MS (800)
#define TIMEOUT_TIME SIM_SECONDS (25)

#define CME_NETWORK_TIMEOUT  SIM_CME (31)
#define CME_NETWORK_REJECTED SIM_CME (257)

typedef enum
{
  GRANT_PROVIDED,
  GRANT_REFUSED,
  GRANT_SILENT,
} Grant;

static const char *const grant_words[] = { "provided", "refused", "silent", NULL };
static const char *const service_words[SIM_N_SERVICES + 1] = { "forwarding", "waiting",  "hold",
                                                               "multiparty", "transfer", "barring",
                                                               "clip",       "clir",     NULL };

typedef struct
{
  guint grants[SIM_N_SERVICES]; /* Grant */
} SimServices;

gboolean
sim_service_provided (SimModule *module, SimService service)
{
  const SimServices *self = sim_state (module, &sim_services_chapter);

  return self->grants[service] == GRANT_PROVIDED;
}

static SimResult
refused (SimCall *call G_GNUC_UNUSED)
{
  return CME_NETWORK_REJECTED;
}

static SimResult
timed_out (SimCall *call G_GNUC_UNUSED)
{
  return CME_NETWORK_TIMEOUT;
}

SimResult
sim_service_ask (SimCall *call, SimService service, SimRun done, SimRun aborted)
{
  const SimServices *self = sim_state (call->module, &sim_services_chapter);
  SimReg             stat = sim_network_stat (call->module);

  if (stat != SIM_REG_HOME && stat != SIM_REG_ROAMING)
    return SIM_CME_NO_NETWORK;
  switch ((Grant)self->grants[service])
    {
    case GRANT_PROVIDED: return sim_call_wait (call, ANSWER_TIME, done, aborted);
    case GRANT_REFUSED: return sim_call_wait (call, ANSWER_TIME, refused, aborted);
    case GRANT_SILENT: return sim_call_wait (call, TIMEOUT_TIME, timed_out, aborted);
    }
  g_assert_not_reached ();
}

/* service NAME provided|refused|silent */
static gboolean
do_service (SimOrder *order, GError **error)
{
  SimServices *self = order->state;
  guint        service, grant;

  if (!sim_word (order->args[0], service_words, &service, error)
      || !sim_word (order->args[1], grant_words, &grant, error))
    return FALSE;
  self->grants[service] = grant;
  return TRUE;
}

static const SimVerb verbs[] = {
  { "service NAME provided|refused|silent",
    "how the network answers about forwarding, waiting, hold, multiparty, transfer, barring, clip "
    "or clir",
    do_service },
};

const SimChapter sim_services_chapter = {
  .name = "services",
  .state_size = sizeof (SimServices),
  SIM_ROWS (verbs, verbs),
};

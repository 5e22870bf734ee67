/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Dialling for the ECM port: guide 7. */
#include "sim-ecm.h"

#include "sim-carrier.h"
#include "sim-context.h"
#include "sim-flow.h"
#include "sim-module.h"
#include "sim-ndis.h"

#include <arpa/inet.h>

#define SAY_TIME   SIM_MS (50)  /* behind the OK, or the network's word */
#define LEAVE_TIME SIM_MS (200) /* of an own hang-up */
#define NETMASK    "255.255.255.0"

typedef enum
{
  ECM_OFF,
  ECM_RISING,
  ECM_UP,
  ECM_FALLING, /* the host has hung up */
} EcmState;

/* What ^NDISSTATQRY=cid does; the question mark is always right. */
typedef enum
{
  QUERY_RIGHT,
  QUERY_ZERO,
  QUERY_REFUSED,
} Query;

typedef enum
{
  CARRIER_FOLLOWS,
  CARRIER_ON,
  CARRIER_OFF,
} CarrierWish;

typedef enum
{
  HEX_PADDED,
  HEX_SHORT,
  HEX_PREFIXED,
} Hex;

typedef struct
{
  SimModule *module;
  EcmState   state;
  guint      cid;
  SimPort   *port; /* that dialled */
  gboolean   news_up;
  guint      cause, shown;
  SimTimer   news; /* the change that news_up tells of is due */
  SimCarrier carrier;
  guint      form; /* SimNdisForm */
  guint      query, carrier_wish, hex;
  guint      lost;  /* so many times nothing is said */
  double     delay; /* seconds from the context to ^NDISSTAT */
} SimEcm;

static void
switch_carrier (SimEcm *self)
{
  sim_carrier_switch (&self->carrier, self->carrier_wish == CARRIER_FOLLOWS
                                          ? self->state == ECM_UP
                                          : self->carrier_wish == CARRIER_ON);
}

void
sim_ecm_count (SimModule *module)
{
  SimEcm *self = sim_state (module, &sim_ecm_chapter);
  guint64 tx, rx;

  sim_carrier_count (&self->carrier, &tx, &rx);
  if (self->state == ECM_UP)
    sim_flow_add (module, tx, rx);
}

static void
enter (SimEcm *self, EcmState state)
{
  gboolean was_up = self->state == ECM_UP;

  if (was_up && state != ECM_UP)
    sim_flow_end (self->module);
  else
    sim_ecm_count (self->module); /* what came before does not count */
  self->state = state;
  if (!was_up && state == ECM_UP)
    sim_flow_begin (self->module);
  switch_carrier (self);
}

/* ^NDISSTAT: stat,cause,,family  ^NDISEND:cid,cause  to the port that dialled */

static void
say (SimEcm *self, const char *line)
{
  sim_urc_to (self->module, self->port, SIM_URC_ALWAYS, line);
}

static void
tell (SimEcm *self, gboolean was_rising, gboolean own)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv)      lines = NULL;

  if (self->lost > 0)
    {
      self->lost--;
      return;
    }
  sim_ndis_change (text, self->form, self->state == ECM_UP ? SIM_NDIS_UP : SIM_NDIS_DOWN,
                   self->shown, own);
  if (was_rising && self->state == ECM_OFF && !own) /* guide 7.1.2 */
    g_string_append_printf (text, "\n^NDISEND:%u,%u", self->cid, self->cause);
  lines = g_strsplit (text->str, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    say (self, lines[i]);
}

static void
on_news (gpointer ecm)
{
  SimEcm  *self = ecm;
  gboolean rising = self->state == ECM_RISING, own = self->state == ECM_FALLING;

  enter (self, self->news_up ? ECM_UP : ECM_OFF);
  tell (self, rising, own);
}

static void
ecm_event (SimModule *module, gpointer state, SimEvent event)
{
  SimEcm          *self = state;
  const SimBearer *bearer;

  if (event != SIM_EVENT_BEARER || (self->state != ECM_RISING && self->state != ECM_UP))
    return;
  bearer = sim_bearer (module, self->cid);
  if (bearer->state == SIM_BEARER_DOWN && (self->news_up || !sim_timer_running (&self->news)))
    {
      self->news_up = FALSE;
      self->cause = bearer->cause;
      self->shown = bearer->shown;
      sim_timer_start (&self->news, SAY_TIME);
    }
  if (bearer->state == SIM_BEARER_UP && self->state == ECM_RISING
      && !sim_timer_running (&self->news))
    {
      self->news_up = TRUE;
      sim_timer_start (&self->news, MAX (SIM_SECONDS (self->delay), SAY_TIME));
    }
}

/* ^NDISDUP=cid,connect[,apn[,user[,password[,auth]]]] */

static SimResult
connect_ecm (SimCall *call, guint cid, const SimBearerWish *wish)
{
  SimEcm   *self = call->state;
  SimResult result;

  if (self->state != ECM_OFF)
    return SIM_CME_NOT_ALLOWED; /* there is one ECM port */
  result = sim_bearer_raise (call->module, cid, SIM_USER_ECM, wish);
  if (result != SIM_OK)
    return result;
  self->cid = cid;
  self->port = call->port;
  self->news_up = FALSE;
  enter (self, ECM_RISING);
  ecm_event (call->module, self, SIM_EVENT_BEARER); /* it may be up already */
  return SIM_OK;
}

static SimResult
disconnect_ecm (SimCall *call, guint cid)
{
  SimEcm *self = call->state;

  if ((self->state != ECM_RISING && self->state != ECM_UP) || cid != self->cid)
    return SIM_CME_NOT_ALLOWED;
  self->port = call->port;
  enter (self, ECM_FALLING);
  self->news_up = FALSE;
  sim_bearer_release (call->module, cid, SIM_USER_ECM);
  sim_timer_start (&self->news, LEAVE_TIME);
  return SIM_OK;
}

/* A name given here is not that of +CGDCONT, and is not remembered. */
static void
take_wish (SimArgs *args, SimBearerWish *wish)
{
  (void)g_strlcpy (wish->apn, sim_arg_text_or (args, wish->apn, SIM_MAX_APN - 1), sizeof wish->apn);
  (void)g_strlcpy (wish->user, sim_arg_text_or (args, "", SIM_MAX_KEY), sizeof wish->user);
  (void)g_strlcpy (wish->password, sim_arg_text_or (args, "", SIM_MAX_KEY), sizeof wish->password);
  wish->auth = sim_arg_uint_or (args, wish->user[0] != '\0' ? SIM_AUTH_ANY : SIM_AUTH_NONE,
                                SIM_AUTH_NONE, SIM_AUTH_CHAP);
}

static SimResult
set_ndisdup (SimCall *call)
{
  guint         cid = sim_arg_uint (&call->args, 1, SIM_MAX_DIAL_CID);
  guint         up = sim_arg_uint (&call->args, 0, 1);
  SimBearerWish wish;

  sim_context_wish (call->module, cid, &wish);
  take_wish (&call->args, &wish);
  if (!sim_args_end (&call->args) || !sim_bearer_dialled_cid (cid))
    return SIM_CME_BAD_PARAMETERS;
  return up ? connect_ecm (call, cid, &wish) : disconnect_ecm (call, cid);
}

static SimResult
read_ndisdup (SimCall *call G_GNUC_UNUSED)
{
  return SIM_OK;
}

/* ^NDISSTATQRY: in one of its spellings */

static SimResult
answer_query (SimCall *call, guint cid, gboolean known)
{
  static const SimNdisStat stats[] = {
    [ECM_OFF] = SIM_NDIS_DOWN,
    [ECM_RISING] = SIM_NDIS_RISING,
    [ECM_UP] = SIM_NDIS_UP,
    [ECM_FALLING] = SIM_NDIS_FALLING,
  };
  const SimEcm       *self = call->state;
  g_autoptr (GString) text = g_string_new (NULL);

  sim_ndis_answer (text, self->form, cid, known ? stats[self->state] : SIM_NDIS_DOWN);
  sim_reply (call, "%s", text->str);
  return SIM_OK;
}

static SimResult
read_query (SimCall *call)
{
  guint cid = ((SimEcm *)call->state)->cid;

  return answer_query (call, MAX (cid, 1), TRUE);
}

static SimResult
set_query (SimCall *call)
{
  const SimEcm *self = call->state;
  guint         cid = sim_arg_uint (&call->args, 1, SIM_MAX_DIAL_CID);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  if (self->query == QUERY_REFUSED)
    return SIM_ERROR;
  return answer_query (call, cid, self->query == QUERY_RIGHT && cid == self->cid);
}

/* ^DHCP: address,netmask,gateway,server,dns1,dns2,max rx,max tx  the address's first octet is the
 * last byte */

static void
append_address (GString *out, Hex hex, const char *text)
{
  struct in_addr address = { 0 };
  const guint8  *octets = (const guint8 *)&address.s_addr;
  guint          number;

  (void)inet_pton (AF_INET, text, &address);
  number = octets[0] | (guint)octets[1] << 8 | (guint)octets[2] << 16 | (guint)octets[3] << 24;
  switch (hex)
    {
    case HEX_PADDED: g_string_append_printf (out, "%08X,", number); return;
    case HEX_SHORT: g_string_append_printf (out, "%X,", number); return;
    case HEX_PREFIXED: g_string_append_printf (out, "0x%08x,", number); return;
    }
}

static SimResult
read_dhcp (SimCall *call)
{
  const SimEcm       *self = call->state;
  g_autoptr (GString) text = g_string_new ("^DHCP: ");
  const SimApn       *access;

  if (self->state != ECM_UP)
    return SIM_ERROR;
  access = sim_bearer_access (sim_bearer (call->module, self->cid));
  append_address (text, self->hex, access->address);
  append_address (text, self->hex, NETMASK);
  append_address (text, self->hex, access->gateway);
  append_address (text, self->hex, access->gateway);
  append_address (text, self->hex, access->dns1);
  append_address (text, self->hex, access->dns2);
  sim_reply (call, "%s%u,%u", text->str, sim_flow_rx_rate (call->module),
             sim_flow_tx_rate (call->module));
  return SIM_OK;
}

/* control */

static const char *const query_words[] = { "right", "zero", "refused", NULL };
static const char *const carrier_words[] = { "follows", "on", "off", NULL };
static const char *const hex_words[] = { "padded", "short", "prefixed", NULL };

static gboolean
do_form (SimOrder *order, GError **error)
{
  return sim_word (order->args[0], sim_ndis_words, &((SimEcm *)order->state)->form, error);
}

static gboolean
do_query (SimOrder *order, GError **error)
{
  return sim_word (order->args[0], query_words, &((SimEcm *)order->state)->query, error);
}

static gboolean
do_dhcp_form (SimOrder *order, GError **error)
{
  return sim_word (order->args[0], hex_words, &((SimEcm *)order->state)->hex, error);
}

static gboolean
do_delay (SimOrder *order, GError **error)
{
  return sim_number (order->args[0], 0, 600, &((SimEcm *)order->state)->delay, error);
}

static gboolean
do_lost (SimOrder *order, GError **error)
{
  double times = 1;

  if (order->n_args > 0 && !sim_number (order->args[0], 0, 1000, &times, error))
    return FALSE;
  ((SimEcm *)order->state)->lost = (guint)times;
  return TRUE;
}

static gboolean
do_carrier (SimOrder *order, GError **error)
{
  SimEcm *self = order->state;

  if (!sim_word (order->args[0], carrier_words, &self->carrier_wish, error))
    return FALSE;
  switch_carrier (self);
  return TRUE;
}

/* life */

static void
ecm_init (SimModule *module, gpointer state)
{
  SimEcm *self = state;

  self->module = module;
  self->carrier.name = module->net_interface;
  sim_timer_init (&self->news, module->clock, on_news, self);
}

static void
ecm_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  switch_carrier (state);
}

static void
ecm_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimEcm *self = state;

  sim_timer_stop (&self->news);
  enter (self, ECM_OFF);
}

static void
ecm_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  static const char *const words[] = { "off", "rising", "up", "falling" };
  const SimEcm            *self = state;

  sim_dump (out, "ecm", "%s", words[self->state]);
  sim_dump (out, "ecm-cid", "%u", self->state != ECM_OFF ? self->cid : 0);
}

static const SimCommand commands[] = {
  { "^NDISDUP", .needs = SIM_NEEDS_PIN, .test = "(1-11),(0-1)", .read = read_ndisdup,
    .set = set_ndisdup },
  { "^NDISSTATQRY", .test = "(1-11)", .read = read_query, .set = set_query },
  { "^DHCP", .read = read_dhcp },
};

static const SimVerb verbs[] = {
  { "ndis-form guide|firmware|dual|short|cid", "how ^NDISSTAT and ^NDISSTATQRY are spelt",
    do_form },
  { "ndis-query right|zero|refused", "what AT^NDISSTATQRY=cid says", do_query },
  { "ndis-delay SECONDS", "how long after its context ^NDISSTAT says that ECM is up", do_delay },
  { "ndis-lost [TIMES]", "nothing is said of the next change of the ECM connection", do_lost },
  { "dhcp-form padded|short|prefixed", "how ^DHCP writes addresses", do_dhcp_form },
  { "carrier follows|on|off", "the carrier of the network interface", do_carrier },
};

const SimChapter sim_ecm_chapter = {
  .name = "ecm",
  .state_size = sizeof (SimEcm),
  .init = ecm_init,
  .start = ecm_start,
  .stop = ecm_stop,
  .event = ecm_event,
  .dump = ecm_dump,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the module says of ECM connections unasked, and which one it means. */
#include "mu-ecm-private.h"

#include "mu-pdp-cause.h"

#define TWICE_US G_TIME_SPAN_SECOND /* one end may be told twice */

/* ---- which one has fallen ---- */

static void ask_which (MuData *self, guint cause);

static guint
count_fallen (MuData *self)
{
  guint n = 0;

  for (guint i = 0; i < self->connections->len; i++)
    {
      const MuEcmLink *link = mu_ecm_link (g_ptr_array_index (self->connections, i));

      n += link != NULL && link->phase == MU_ECM_UP && link->fell ? 1 : 0;
    }
  return n;
}

static void
end_fallen (MuData *self)
{
  g_autoptr (GPtrArray) all = g_ptr_array_copy (self->connections, NULL, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      MuEcmLink *link = mu_ecm_link (all->pdata[i]);

      if (link != NULL && link->phase == MU_ECM_UP && link->fell)
        mu_ecm_ended (self, link, self->ecm.cause);
    }
}

/* No connection can be told from the others any more. */
static void
stop_all (MuData *self)
{
  g_autoptr (GError) why = NULL;
  MuEcmLink         *link;

  mu_fail (&why, MU_ERROR_NETWORK_REJECTED,
           "One of several connections has fallen, and the module does not say which");
  while ((link = mu_ecm_find (self, MU_ECM_UP)) != NULL)
    mu_connection_stop (self, link->connection, why);
}

/* If all say that they have fallen while the module as a whole is connected, it does not know cids
 * (at-facts 15, 2). */
static void
on_asked_whole (MuData *self, MuConnection *connection G_GNUC_UNUSED, const AtReply *reply,
                const GError *error G_GNUC_UNUSED)
{
  guint       n = mu_ecm_count (self, MU_ECM_UP);
  guint       cause = 0;
  MuEcmAnswer answer = mu_ecm_read_answer (reply, 0, &cause);
  MuEcmLink  *link;

  self->ecm.asked--;
  if (cause != 0)
    self->ecm.cause = cause;
  if (answer == MU_ECM_IS_UP && n > count_fallen (self)) /* one has come up meanwhile */
    end_fallen (self);
  else if (answer == MU_ECM_IS_UP && n > 1)
    stop_all (self);
  else if (answer == MU_ECM_IS_DOWN)
    while ((link = mu_ecm_find (self, MU_ECM_UP)) != NULL)
      mu_ecm_ended (self, link, self->ecm.cause);
  if (self->ecm.ask_again)
    ask_which (self, self->ecm.cause);
}

static void
ask_whole (MuData *self)
{
  self->ecm.asked++;
  mu_data_send (self, NULL, on_asked_whole, NULL, "^NDISSTATQRY?");
}

/* All have answered. */
static void
judge (MuData *self)
{
  MuEcmLink *dialling = mu_ecm_find (self, MU_ECM_DIALLING);
  guint      n = mu_ecm_count (self, MU_ECM_UP), n_fell = count_fallen (self);

  if (n_fell > 0 && dialling != NULL)
    dialling->fell = FALSE; /* it was another that was meant */
  if (n_fell > 0 && n_fell < n)
    end_fallen (self);
  else if (n_fell > 0)
    {
      ask_whole (self);
      return;
    }
  else if (dialling != NULL && dialling->fell && !self->ecm.ask_again) /* else they are too old */
    mu_ecm_ended (self, dialling, self->ecm.cause);
  if (self->ecm.ask_again)
    ask_which (self, self->ecm.cause);
}

static void
on_asked_which (MuData *self, MuConnection *connection, const AtReply *reply,
                const GError *error G_GNUC_UNUSED)
{
  MuEcmLink *link = connection != NULL ? mu_ecm_link (connection) : NULL;
  guint      cause = 0;

  self->ecm.asked--;
  if (link != NULL && link->phase == MU_ECM_UP)
    link->fell = mu_ecm_read_answer (reply, connection->cid, &cause) != MU_ECM_IS_UP;
  if (cause != 0)
    self->ecm.cause = cause;
  if (self->ecm.asked == 0)
    judge (self);
}

static void
ask_which (MuData *self, guint cause)
{
  guint n = mu_ecm_count (self, MU_ECM_UP);

  self->ecm.cause = cause;
  self->ecm.ask_again = self->ecm.asked > 0;
  if (self->ecm.asked > 0 || n == 0)
    return;
  if (n == 1 && mu_ecm_find (self, MU_ECM_DIALLING) == NULL)
    {
      mu_ecm_find (self, MU_ECM_UP)->fell = FALSE;
      ask_whole (self);
      return;
    }
  for (guint i = 0; i < self->connections->len; i++)
    {
      MuConnection *connection = g_ptr_array_index (self->connections, i);
      MuEcmLink    *link = mu_ecm_link (connection);

      if (link == NULL || link->phase != MU_ECM_UP)
        continue;
      self->ecm.asked++;
      mu_data_send (self, connection, on_asked_which, NULL, "^NDISSTATQRY=%u", connection->cid);
    }
}

/* ---- news ---- */

static void
on_asked_unexpected (MuService *base, MuCall *call G_GNUC_UNUSED,
                     const AtReply *reply G_GNUC_UNUSED, const GError *error G_GNUC_UNUSED)
{
  ((MuData *)base)->ecm.wondering = FALSE;
}

/* One is being dialled: it has been refused, unless another one has fallen. */
static void
refused (MuData *self, MuEcmLink *link, guint cause)
{
  if (mu_ecm_count (self, MU_ECM_UP) > 0)
    {
      link->fell = TRUE;
      ask_which (self, cause);
      return;
    }
  link->phase = MU_ECM_REFUSED;
  link->cause = cause;
  mu_timer_start (&link->timer, MU_ECM_REASON_MS);
}

static void
on_down (MuData *self, guint cause)
{
  MuEcmLink *hanging_up = mu_ecm_find (self, MU_ECM_HANGING_UP);
  MuEcmLink *dialling = mu_ecm_find (self, MU_ECM_DIALLING);
  MuEcmLink *up = mu_ecm_find (self, MU_ECM_UP);
  gboolean   maybe_old = self->ecm.last_end != 0 && mu_timer_now () - self->ecm.last_end < TWICE_US;

  if (hanging_up != NULL)
    {
      mu_ecm_ended (self, hanging_up, cause);
      if (cause != 0 && cause != MU_PDP_CAUSE_REGULAR) /* perhaps it was another's */
        ask_which (self, cause);
    }
  else if (dialling != NULL && cause != MU_PDP_CAUSE_REGULAR)
    refused (self, dialling, cause);
  else if (up != NULL && mu_ecm_count (self, MU_ECM_UP) == 1 && !maybe_old && dialling == NULL)
    mu_ecm_ended (self, up, cause);
  else if (up != NULL)
    ask_which (self, cause);
}

/* Also one that is yet to be begun. */
static gboolean
has_any (MuData *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    if (((const MuConnection *)g_ptr_array_index (self->connections, i))->bearer == &mu_bearer_ecm)
      return TRUE;
  return FALSE;
}

/* One that nobody here has dialled: if the module still says so when it is asked, it is taken like
 * one that there was before the daemon. */
static void
on_unexpected (MuData *self)
{
  if (self->ecm.wondering || has_any (self)
      || !mu_session_holds (self->base.session, MU_FACT_SETTLED | MU_FACT_NET_PORT))
    return;
  self->ecm.wondering = TRUE;
  mu_ask (&self->base, NULL, on_asked_unexpected, "^NDISSTATQRY?");
}

const AtRecord mu_ecm_stat = AT_RECORD_WORD ("^NDISSTAT");

void
mu_ecm_on_stat (MuService *base, gconstpointer record G_GNUC_UNUSED, const AtLine *line)
{
  MuData    *self = (MuData *)base;
  MuNdisStat stats[MU_NDIS_MAX_STATS];
  guint      n = mu_ndis_parse (line, stats, G_N_ELEMENTS (stats));

  for (guint i = 0; i < n; i++)
    {
      MuEcmLink *dialling = mu_ecm_find (self, MU_ECM_DIALLING);

      if (stats[i].ipv6) /* contexts are of IPv4 */
        continue;
      if (stats[i].state == MU_NDIS_UP && dialling != NULL)
        mu_ecm_up (self, dialling);
      else if (stats[i].state == MU_NDIS_UP)
        on_unexpected (self);
      else if (stats[i].state == MU_NDIS_DOWN)
        on_down (self, stats[i].cause);
    }
}

/* ^NDISEND: <cid>,<cause> -- guide 7.1.2 */

typedef struct
{
  guint cid;
  guint cause;
} Ndisend;

static const AtField ndisend_fields[] = {
  AT_F_UINT (Ndisend, cid, NULL),
  AT_F_MAYBE_UINT (Ndisend, cause, NULL, 0),
};

const AtRecord mu_ecm_end = AT_RECORD ("^NDISEND", Ndisend, ndisend_fields);

void
mu_ecm_on_end (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuData        *self = (MuData *)base;
  const Ndisend *r = record;
  MuConnection  *connection = mu_data_with_cid (self, r->cid);
  MuEcmLink     *link = connection != NULL ? mu_ecm_link (connection) : NULL;
  MuEcmLink     *dialling = mu_ecm_find (self, MU_ECM_DIALLING);

  if (dialling != NULL && link != NULL && link->phase == MU_ECM_UP)
    dialling->fell = FALSE; /* it was this one that was meant */
  if (link != NULL && link->phase != MU_ECM_WAITING)
    mu_ecm_ended (self, link, r->cause);
}

/* ^PDPSTATUS: <0-2>, a context has ended -- at-facts 5 */

const AtRecord mu_ecm_pdpstatus = AT_RECORD_WORD ("^PDPSTATUS");

void
mu_ecm_on_pdpstatus (MuService *base, gconstpointer record G_GNUC_UNUSED,
                     const AtLine *line G_GNUC_UNUSED)
{
  ask_which ((MuData *)base, 0);
}

/* ---- what there was before the daemon ---- */

static gboolean
is_free (MuData *self, guint cid)
{
  return mu_data_may_use_cid (cid) && mu_data_with_cid (self, cid) == NULL;
}

/* The next one that is, from this one on; beyond MU_MAX_CID: none. */
static guint
free_cid (MuData *self, guint cid)
{
  while (cid <= MU_MAX_CID && !is_free (self, cid))
    cid++;
  return cid;
}

/* The lowest that may be it: an active one if the module tells. */
static guint
guess_cid (MuData *self)
{
  for (guint i = 0; i < self->contexts.n; i++)
    {
      const MuContext *context = &self->contexts.rows[i];

      if (is_free (self, context->cid) && (context->active || !self->contexts.has_active))
        return context->cid;
    }
  return free_cid (self, 1);
}

static void
take_found (MuData *self, guint cid)
{
  const MuContext   *context = mu_data_context (self, cid);
  MuConnection      *connection = mu_connection_new (&mu_bearer_ecm, cid);
  g_autoptr (GError) roams = NULL;

  if (context != NULL)
    g_strlcpy (connection->apn, context->apn, sizeof connection->apn);
  connection->apn_is_stored = TRUE;
  connection->is_default = TRUE;
  mu_ecm_link_new (connection, MU_ECM_UP);
  mu_data_found (self, connection);
  mu_ecm_up (self, mu_ecm_link (connection));
  if (!mu_session_holds (self->base.session, MU_FACT_ROAMING)
      || mu_data_may_roam (self, connection))
    return;
  mu_fail (&roams, MU_ERROR_NOT_ALLOWED, "The module roams");
  mu_connection_stop (self, connection, roams);
}

static void probe (MuData *self, guint cid);

/* Behind the guess, which comes first, all others. */
static guint
next_probe (MuData *self, guint cid)
{
  guint guess = guess_cid (self);

  cid = free_cid (self, cid == guess ? 1 : cid + 1);
  return cid == guess ? free_cid (self, cid + 1) : cid;
}

static void
on_probed (MuData *self, MuConnection *connection G_GNUC_UNUSED, const AtReply *reply,
           const GError *error)
{
  guint       cid = self->ecm.probed;
  guint       cause = 0;
  MuEcmAnswer answer = mu_ecm_read_answer (reply, cid, &cause);

  self->ecm.probed = 0;
  if (has_any (self)) /* somebody was faster */
    return;
  if (answer == MU_ECM_IS_UP)
    take_found (self, cid);
  else if (error != NULL || next_probe (self, cid) > MU_MAX_CID)
    take_found (self, guess_cid (self)); /* it does not know cids */
  else
    probe (self, next_probe (self, cid));
}

static void
probe (MuData *self, guint cid)
{
  self->ecm.probed = cid;
  mu_data_send (self, NULL, on_probed, NULL, "^NDISSTATQRY=%u", cid);
}

const AtRecord mu_ecm_query = AT_RECORD_WORD ("^NDISSTATQRY");

void
mu_ecm_on_query (MuService *base, gconstpointer record G_GNUC_UNUSED, const AtLine *line)
{
  MuData    *self = (MuData *)base;
  MuNdisStat stats[MU_NDIS_MAX_STATS];
  guint      n = mu_ndis_parse (line, stats, G_N_ELEMENTS (stats));

  for (guint i = 0; i < n && self->connections->len < MU_MAX_CONNECTIONS; i++)
    {
      guint cid = stats[i].cid;

      if (stats[i].ipv6 || stats[i].state != MU_NDIS_UP)
        continue;
      if (cid == 0 && !has_any (self) && self->ecm.probed == 0)
        probe (self, guess_cid (self));
      if (mu_data_may_use_cid (cid) && mu_data_with_cid (self, cid) == NULL)
        take_found (self, cid);
    }
}

void
mu_ecm_reset (MuData *self)
{
  self->ecm.dialling = NULL;
  self->ecm.asked = 0;
  self->ecm.probed = 0;
  self->ecm.ask_again = FALSE;
  self->ecm.last_end = 0;
}

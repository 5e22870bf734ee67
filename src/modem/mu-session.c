/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-session.h"

#include "at-mask.h"
#include "mu-log.h"
#include "mu-modem1.h"
#include "mu-services.h"
#include "mu-timer.h"

#include <string.h>

#define MAX_PREFIX  24
#define RETRY_MS    1000   /* after "SIM busy" (guide 10.1.2) */
#define MAX_RETRIES 30     /* and then */
#define LATER_MS    61000u /* after two time-outs, and twice that after each more: it would not */
#define MAX_LATER   5      /* be sent before (at-quarantine.c) */
#define PAUSE_MS    200    /* between being ready and asking for what nobody waits for */

typedef struct
{
  MuTimer timer;
  GSList *steps; /* Step, to be sent again */
} Retries;

struct MuSession
{
  char                  *name;
  char                  *card;
  char                  *card_operator;
  MuDevice              *device;   /* NULL: not told */
  char                  *net_port; /* whose coming the services have been told of; NULL: none */
  const MuSettings      *settings;
  const MuSessionEvents *events;
  gpointer               user_data;
  AtScheduler           *scheduler; /* NULL: no line */
  gboolean               started;
  MuService            **services;
  MuFacts                facts;
  MuError                when_not[32]; /* by the number of the fact's bit */
  guint                  unanswered;   /* steps */
  Retries                soon, later;
  MuTimer                settled_timer;
  guint                  epoch; /* of starts: what belongs to a former one is of no use */
};

/* A step that is under way, or waits to be sent again. */
typedef struct
{
  MuSession    *session;
  MuService    *service;
  const MuStep *step;
  guint         epoch;
  guint         tries;
} Step;

/* ---- which line is whose: one table for all sessions ---- */

typedef struct Owner
{
  gsize         service;
  const MuUrc  *urc;
  struct Owner *next; /* another service that has the same record; NULL: none */
} Owner;

static GHashTable *
urc_owners (void)
{
  static GHashTable *owners;

  if (owners != NULL)
    return owners;
  owners = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < mu_n_services; i++)
    for (gsize k = 0; k < mu_services[i]->n_urcs; k++)
      {
        const MuUrc *urc = &mu_services[i]->urcs[k];
        Owner       *owner = g_new (Owner, 1);

        *owner = (Owner){ i, urc, g_hash_table_lookup (owners, urc->record->prefix) };
        g_assert (owner->next == NULL || owner->next->urc->record == urc->record);
        g_hash_table_insert (owners, (gpointer)urc->record->prefix, owner);
      }
  return owners;
}

static const Owner *
find_owner (const AtLine *line)
{
  char  prefix[MAX_PREFIX];
  gsize len = at_line_prefix_len (line);

  if (len >= sizeof prefix)
    return NULL;
  for (gsize i = 0; i < len; i++)
    prefix[i] = g_ascii_toupper (line->text[i]);
  prefix[len] = '\0';
  return g_hash_table_lookup (urc_owners (), prefix);
}

/* The error repeats the line. */
static void
ignore_wrong (MuSession *self, const GError *error)
{
  g_autofree char *masked = at_mask (error->message);

  mu_log (MU_LOG_DEBUG, self->name, "Ignored: %s", masked);
}

void
mu_session_news (MuSession *self, const AtLine *line)
{
  const Owner       *owner = find_owner (line);
  g_autoptr (GError) error = NULL;
  guint64            record[AT_MAX_RECORD / sizeof (guint64)];

  if (owner == NULL)
    mu_modem1_unsolicited (self->services[0], line->text);
  else if (owner->urc->notify == NULL)
    return;
  else if (!at_scan (owner->urc->record, line, record, &error))
    ignore_wrong (self, error);
  else
    for (; owner != NULL; owner = owner->next)
      owner->urc->notify (self->services[owner->service], record, line);
}

/* ---- steps ---- */

static gboolean
retry (Retries *retries, const Step *step, guint ms)
{
  retries->steps = g_slist_append (retries->steps, g_memdup2 (step, sizeof *step));
  mu_timer_start (&retries->timer, ms);
  return TRUE;
}

/* A card that is busy, and a module that has not answered, may do so another time. */
static gboolean
try_again (MuSession *self, const Step *step, const GError *error)
{
  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY) && step->tries < MAX_RETRIES)
    return retry (&self->soon, step, RETRY_MS);
  if (!g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT))
    return FALSE;
  if (step->tries == 1)
    return retry (&self->soon, step, RETRY_MS);
  return step->tries <= MAX_LATER && retry (&self->later, step, LATER_MS << (step->tries - 2));
}

static void
take_answer (const Step *step, const AtReply *reply)
{
  char *member = (char *)step->service + step->step->text;

  if (step->step->text_size > 0 && reply->n_lines > 0)
    mu_service_set_text (step->service, member, step->step->text_size, reply->lines[0].text);
}

static void
appear (MuSession *self, MuService *service)
{
  if (service->unanswered > 0 || service->ready)
    return;
  service->ready = TRUE;
  self->events->appeared (service, self->user_data);
}

static void
count_answer (MuSession *self, MuService *service)
{
  service->unanswered--;
  self->unanswered--;
  appear (self, service);
  if (self->unanswered > 0)
    return;
  if (!mu_session_holds (self, MU_FACT_SETTLED))
    mu_timer_start (&self->settled_timer, PAUSE_MS);
  self->events->settled (self->user_data);
}

static void
on_settled_time (gpointer user_data)
{
  mu_session_set_fact (user_data, MU_FACT_SETTLED, TRUE, MU_ERROR_NOT_READY);
}

static void
on_step_answered (const AtReply *reply, const GError *error, gpointer user_data)
{
  Step      *step = user_data;
  MuSession *self = step->session;

  step->tries++;
  if (step->epoch == self->epoch && self->started)
    {
      if (reply != NULL)
        take_answer (step, reply);
      else if (step->step->failed != NULL)
        step->step->failed (step->service, error);
      else if (!try_again (self, step, error))
        mu_log (MU_LOG_DEBUG, self->name, "AT%s: %s", step->step->command, error->message);
      if (step->tries == 1)
        count_answer (self, step->service);
    }
  g_free (step);
}

/* Takes step over. */
static void
send_step (Step *step)
{
  g_autofree char *text = g_strconcat ("AT", step->step->command, NULL);
  AtCommand        command = {
           .text = text,
           .lines = step->step->text_size > 0 ? AT_LINES_OWN : AT_LINES_NONE,
           .priority = AT_BACKGROUND,
  };

  mu_session_send (step->session, &command, on_step_answered, step);
}

static void
on_retry_time (gpointer user_data)
{
  Retries *retries = user_data;
  GSList  *steps = g_steal_pointer (&retries->steps);

  for (GSList *link = steps; link != NULL; link = link->next)
    send_step (link->data);
  g_slist_free (steps);
}

static void
stop_retries (Retries *retries)
{
  mu_timer_stop (&retries->timer);
  g_slist_free_full (g_steal_pointer (&retries->steps), g_free);
}

/* Sends the steps of a service that need all of `because`. */
static void
send_steps (MuSession *self, MuService *service, MuFacts because)
{
  for (gsize i = 0; i < service->class->n_steps; i++)
    {
      const MuStep *s = &service->class->steps[i];
      Step         *step;

      if ((s->needs & because) != because || !mu_session_holds (self, s->needs))
        continue;
      step = g_new (Step, 1);
      *step = (Step){ self, service, s, self->epoch, 0 };
      service->unanswered++;
      self->unanswered++;
      send_step (step);
    }
}

void
mu_session_repeat_steps (MuSession *self, MuService *service, MuFacts needs)
{
  if (self->started)
    send_steps (self, service, needs);
}

/* ---- facts ---- */

/* What is in the way. */
static const char *const fact_words[] = {
  "the SIM's work",
  "registration",
  "the card's work",
  "the setting up of a call",
  "a call",
  "the start",
  "the recorder's work",
  "the packet service",
  "roaming",
  "network access",
  "a data connection",
  "the use of GSM",
  "the sending of a message",
};

gboolean
mu_session_holds (MuSession *self, MuFacts facts)
{
  return (self->facts & facts) == facts;
}

static void
tell_services (MuSession *self, MuFacts fact, gboolean holds)
{
  mu_log (MU_LOG_DEBUG, self->name, "Fact %x: %d", fact, holds);
  for (gsize i = 0; i < mu_n_services; i++)
    {
      if (holds)
        send_steps (self, self->services[i], fact);
      if (self->services[i]->class->facts != NULL)
        self->services[i]->class->facts (self->services[i], fact);
    }
}

void
mu_session_set_fact (MuSession *self, MuFacts fact, gboolean holds, MuError when_not)
{
  MuError *why = &self->when_not[g_bit_nth_lsf (fact, -1)];
  gboolean changed = mu_session_holds (self, fact) != holds;
  gboolean news = changed || *why != when_not;

  *why = when_not;
  if (changed)
    self->facts ^= fact;
  if (!self->started)
    return;
  if (changed)
    tell_services (self, fact, holds);
  if (news && self->unanswered == 0)
    self->events->settled (self->user_data);
}

/* What is missing. */
typedef struct
{
  MuError     code;
  const char *text;
} Lack;

static const Lack lacks[] = {
  { MU_ERROR_SIM_PIN_REQUIRED, "The card asks for its PIN" },
  { MU_ERROR_SIM_PUK_REQUIRED, "The card asks for its PUK" },
  { MU_ERROR_SIM_BLOCKED, "The card is blocked" },
  { MU_ERROR_SIM_MISSING, "There is no card" },
  { MU_ERROR_NO_NETWORK, "The module is not registered with a network" },
  { MU_ERROR_NOT_READY, "The card or the module is not ready yet" },
};

static gboolean
fail_lacking (MuError code, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lacks); i++)
    if (lacks[i].code == code)
      return mu_fail (error, code, "%s", lacks[i].text);
  return mu_fail (error, code, "Not possible in the present state of the module");
}

gboolean
mu_session_check (MuSession *self, MuFacts needs, MuFacts excludes, GError **error)
{
  MuFacts missing = needs & ~self->facts;
  MuFacts disturbing = excludes & self->facts;

  if (self->scheduler == NULL || !self->started)
    return mu_fail (error, MU_ERROR_NOT_READY, "The module is not ready");
  if (missing == 0 && disturbing == 0)
    return TRUE;
  if (missing == 0)
    return mu_fail (error, MU_ERROR_BUSY, "Not possible during %s",
                    fact_words[g_bit_nth_lsf (disturbing, -1)]);
  return fail_lacking (self->when_not[g_bit_nth_lsf (missing, -1)], error);
}

const char *
mu_session_card (MuSession *self)
{
  return self->card;
}

/* Another card is another fact. */
void
mu_session_set_card (MuSession *self, const char *iccid)
{
  if (g_strcmp0 (self->card, iccid) == 0)
    return;
  mu_session_set_fact (self, MU_FACT_CARD_KNOWN, FALSE, MU_ERROR_NOT_READY);
  g_clear_pointer (&self->card_operator, g_free);
  g_free (self->card);
  self->card = g_strdup (iccid);
  if (iccid != NULL)
    mu_session_set_fact (self, MU_FACT_CARD_KNOWN, TRUE, MU_ERROR_NOT_READY);
}

const char *
mu_session_card_operator (MuSession *self)
{
  return self->card_operator;
}

void
mu_session_set_card_operator (MuSession *self, const char *code)
{
  g_free (self->card_operator);
  self->card_operator = g_strdup (code);
}

/* ---- ports ---- */

const char *
mu_session_port (MuSession *self, MuPortRole role)
{
  return self->device != NULL ? self->device->ports[role] : NULL;
}

/* Another interface, or another name of it, is another fact. */
static void
tell_net_port (MuSession *self)
{
  const char *port = mu_session_port (self, MU_PORT_NET);

  if (g_strcmp0 (port, self->net_port) == 0)
    return;
  g_free (self->net_port);
  self->net_port = g_strdup (port);
  mu_session_set_fact (self, MU_FACT_NET_PORT, FALSE, MU_ERROR_NOT_SUPPORTED);
  if (port != NULL)
    mu_session_set_fact (self, MU_FACT_NET_PORT, TRUE, MU_ERROR_NOT_SUPPORTED);
}

void
mu_session_set_device (MuSession *self, MuDevice *device)
{
  MuDevice *old = self->device;

  self->device = mu_device_ref (device);
  g_clear_pointer (&old, mu_device_unref);
  tell_net_port (self);
}

/* ---- the line ---- */

guint
mu_session_send (MuSession *self, const AtCommand *command, AtDone done, gpointer user_data)
{
  g_return_val_if_fail (self->scheduler != NULL, 0);

  return at_scheduler_send (self->scheduler, command, done, user_data);
}

AtScheduler *
mu_session_line (MuSession *self)
{
  return self->scheduler;
}

void
mu_session_cancel (MuSession *self, guint number)
{
  if (self->scheduler != NULL)
    at_scheduler_cancel (self->scheduler, number);
}

void
mu_session_attach (MuSession *self, AtScheduler *scheduler)
{
  g_assert (self->scheduler == NULL);
  self->scheduler = scheduler;
}

void
mu_session_start (MuSession *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->when_not); i++)
    self->when_not[i] = MU_ERROR_NOT_READY;
  tell_net_port (self);
  self->started = TRUE;
  self->epoch++;
  for (gsize i = 0; i < mu_n_services; i++)
    {
      send_steps (self, self->services[i], 0);
      appear (self, self->services[i]); /* if it has nothing to ask yet */
    }
}

/* Whatever a service does about its end, nothing of it happens later. */
static void
stop_service (MuService *service, const GError *why)
{
  service->unanswered = 0;
  service->class->reset (service);
  while (!g_queue_is_empty (&service->calls))
    mu_call_fail (g_queue_peek_head (&service->calls), why);
  mu_service_stop_timers (service);
}

void
mu_session_stop (MuSession *self, const GError *why)
{
  self->started = FALSE;
  self->epoch++;
  self->facts = 0;
  self->unanswered = 0;
  mu_timer_stop (&self->settled_timer);
  stop_retries (&self->soon);
  stop_retries (&self->later);
  if (self->scheduler != NULL)
    at_scheduler_stop (self->scheduler, why);
  for (gsize i = 0; i < mu_n_services; i++)
    stop_service (self->services[i], why);
  g_clear_pointer (&self->card, g_free);
  g_clear_pointer (&self->card_operator, g_free);
  g_clear_pointer (&self->net_port, g_free);
}

void
mu_session_detach (MuSession *self)
{
  self->scheduler = NULL;
  for (gsize i = 0; i < mu_n_services; i++)
    self->services[i]->ready = FALSE;
}

void
mu_session_restarted (MuSession *self)
{
  self->events->restarted (self->user_data);
}

/* ---- life ---- */

MuSession *
mu_session_new (const char *name, const MuSettings *settings, const MuSessionEvents *events,
                gpointer user_data)
{
  MuSession *self = g_new0 (MuSession, 1);

  self->name = g_strdup (name);
  self->settings = settings;
  self->events = events;
  self->user_data = user_data;
  mu_timer_init (&self->soon.timer, on_retry_time, &self->soon);
  mu_timer_init (&self->later.timer, on_retry_time, &self->later);
  mu_timer_init (&self->settled_timer, on_settled_time, self);
  self->services = g_new0 (MuService *, mu_n_services);
  for (gsize i = 0; i < mu_n_services; i++)
    self->services[i] = mu_service_new (mu_services[i], self);
  return self;
}

void
mu_session_free (MuSession *self)
{
  g_assert (self->scheduler == NULL);
  for (gsize i = 0; i < mu_n_services; i++)
    mu_service_free (self->services[i]);
  mu_timer_clear (&self->soon.timer);
  mu_timer_clear (&self->later.timer);
  mu_timer_clear (&self->settled_timer);
  g_clear_pointer (&self->device, mu_device_unref);
  g_free (self->card);
  g_free (self->card_operator);
  g_free (self->net_port);
  g_free (self->services);
  g_free (self->name);
  g_free (self);
}

gboolean
mu_session_is_started (MuSession *self)
{
  return self->started;
}

gsize
mu_session_n_services (MuSession *self G_GNUC_UNUSED)
{
  return mu_n_services;
}

MuService *
mu_session_service (MuSession *self, gsize i)
{
  return self->services[i];
}

void
mu_session_settings_changed (MuSession *self)
{
  for (gsize i = 0; i < mu_n_services && self->started; i++)
    if (self->services[i]->class->facts != NULL)
      self->services[i]->class->facts (self->services[i], 0);
}

const char *
mu_session_name (MuSession *self)
{
  return self->name;
}

const MuSettings *
mu_session_settings (MuSession *self)
{
  return self->settings;
}

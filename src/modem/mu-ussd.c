/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sessions with the network's services (27.007 7.15; 22.090).  There is one at a time.  The module
 * says OK at once; the answer is news, for which the call waits. */
#include "mu-ussd.h"

#include "at-format.h"
#include "mu-session.h"
#include "mu-timer.h"
#include "ussd.h"

#include <stdlib.h>
#include <string.h>

/* 27.007 has no time for an answer.  In the network the operations of a session have a timer "ml",
 * of 1 to 10 minutes (29.002 17.1): the shortest of these. */
#define ANSWER_MS 60000
#define USER_MS   600000 /* the longest: no network waits for the user any more */

typedef enum
{
  IDLE,
  ACTIVE,  /* the network is to answer */
  WAITING, /* the user is */
} State;

static const char *const state_words[] = { "idle", "active", "waiting" };

typedef struct
{
  MuService base;
  State     state;
  State     before;    /* the state in which the request under way was made */
  MuCall   *call;      /* Initiate or Respond, which waits for the answer, or for the end */
  gboolean  closing;   /* +CUSD=2 is under way */
  MuCall   *canceller; /* Cancel, which waits for that */
  MuTimer   timer;     /* for the answer, the network's or the user's */
} MuUssd;

/* ---- the end ---- */

static void
on_closed (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
           const GError *error)
{
  MuUssd *self = (MuUssd *)base;
  MuCall *waiting, *canceller;

  if (!mu_session_is_started (base->session))
    return; /* the session answers everybody */
  waiting = g_steal_pointer (&self->call);
  canceller = g_steal_pointer (&self->canceller);
  self->closing = FALSE;
  mu_set (self, state, IDLE);
  if (waiting != NULL)
    mu_call_finish (waiting);
  if (canceller != NULL && error != NULL)
    mu_call_fail (canceller, error);
  else if (canceller != NULL)
    mu_call_return (canceller, NULL);
}

/* Whoever waits gets why, as soon as a new session can be opened. */
static void
close_session (MuUssd *self, const GError *why)
{
  self->closing = TRUE;
  mu_timer_stop (&self->timer);
  if (self->call != NULL)
    mu_call_keep_error (self->call, why);
  mu_ask (&self->base, NULL, on_closed, "+CUSD=2");
}

static void
close_because (MuUssd *self, MuError code, const char *why)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, (int)code, why);

  close_session (self, error);
}

static void
on_time (gpointer user_data)
{
  close_because (user_data, MU_ERROR_TIMEOUT, "The network does not answer");
}

/* Of its end we are told, but such a line may be lost. */
static void
wait_for_user (MuUssd *self)
{
  mu_set (self, state, WAITING);
  mu_timer_start (&self->timer, USER_MS);
}

/* ---- what the network says ---- */

/* +CUSD: <m>[,"<str>"[,<dcs>]] -- 27.007 7.15 */

typedef struct
{
  guint m;
} Cusd;

static const AtField cusd_fields[] = {
  AT_F_UINT (Cusd, m, NULL),
};

static const AtRecord cusd = AT_RECORD ("+CUSD", Cusd, cusd_fields);

enum
{
  DONE,
  MORE, /* the network waits for an answer */
  TERMINATED,
  OTHER_CLIENT,
  NOT_SUPPORTED,
  TIMED_OUT,
};

typedef struct
{
  MuError     code;
  const char *text;
} Outcome;

/* by <m>, where it is no answer */
static const Outcome outcomes[] = {
  [TERMINATED] = { MU_ERROR_NETWORK_REJECTED, "The network has ended the session" },
  [OTHER_CLIENT] = { MU_ERROR_ABORTED, "Something else at the module has answered" },
  [NOT_SUPPORTED] = { MU_ERROR_NOT_SUPPORTED, "The network or the module does not support this" },
  [TIMED_OUT] = { MU_ERROR_TIMEOUT, "The network has not answered in time" },
};

/* The text may have quotes of its own, and no length is certain.  NULL: there is none. */
static char *
read_text (const AtLine *line)
{
  const char      *start = strchr (line->text, '"');
  const char      *end = strrchr (line->text, '"');
  g_autofree char *string = NULL;

  if (start == end)
    return NULL;
  string = g_strndup (start + 1, (gsize)(end - start - 1));
  return ussd_decode (string, end[1] == ',' ? (guint)strtoul (end + 2, NULL, 10) : USSD_DCS_GSM7);
}

/* A last word may come with the end of the session. */
static void
answer (MuCall *call, guint m, const char *text)
{
  if (m == DONE || m == MORE || (m == TERMINATED && text != NULL))
    mu_call_return (call, g_variant_new ("(s)", text != NULL ? text : ""));
  else if (m < G_N_ELEMENTS (outcomes))
    mu_call_reject (call, outcomes[m].code, "%s (+CUSD: %u)", outcomes[m].text, m);
  else
    mu_call_reject (call, MU_ERROR_MODEM, "+CUSD: %u", m);
}

static void
on_cusd (MuService *base, gconstpointer record, const AtLine *line)
{
  MuUssd          *self = (MuUssd *)base;
  guint            m = ((const Cusd *)record)->m;
  g_autofree char *text = read_text (line);
  MuCall          *call;

  if (self->closing)
    return; /* it is the last of what is being ended */
  mu_timer_stop (&self->timer);
  if (m == MORE)
    wait_for_user (self);
  else
    mu_set (self, state, IDLE);
  call = g_steal_pointer (&self->call);
  if (call != NULL)
    answer (call, m, text);
  else if (text != NULL)
    mu_service_emit (base, "Notification", g_variant_new ("(s)", text));
}

/* ---- operations ---- */

static gboolean
is_unknown (const GError *error)
{
  return g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT)
         || g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED);
}

/* OK, and the answer is to come; or it has come before that, then there is no call any more. */
static void
on_requested (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
              const GError *error)
{
  MuUssd *self = (MuUssd *)base;

  if (call == NULL || self->closing || !mu_session_is_started (base->session))
    return;
  if (error == NULL)
    mu_timer_start (&self->timer, ANSWER_MS);
  else if (is_unknown (error))
    close_session (self, error);
  else
    {
      self->call = NULL;
      if (self->before == WAITING)
        wait_for_user (self);
      else
        mu_set (self, state, self->before);
      mu_call_fail (call, error);
    }
}

static void
on_left (MuService *base, MuCall *call G_GNUC_UNUSED)
{
  MuUssd *self = (MuUssd *)base;

  if (!self->closing)
    close_because (self, MU_ERROR_ABORTED, "Nobody waits for the answer");
}

static char *
format_request (const char *text, GError **error)
{
  guint            dcs;
  g_autofree char *hex = ussd_encode (text, &dcs, error);

  return hex != NULL ? at_formatf (error, "+CUSD=1,%x,%u", hex, dcs) : NULL;
}

/* What comes before OK is news, too: therefore it is asked, not sent. */
static void
request (MuUssd *self, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *command = NULL;
  const char        *text;

  g_variant_get (args, "(&s)", &text);
  command = format_request (text, &error);
  if (command == NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  mu_timer_stop (&self->timer);
  self->before = self->state;
  self->call = call;
  mu_set (self, state, ACTIVE);
  mu_call_on_left (call, on_left);
  mu_ask (&self->base, call, on_requested, command + strlen ("AT"));
}

static void
initiate (MuService *base, GVariant *args, MuCall *call)
{
  MuUssd *self = (MuUssd *)base;

  if (self->state != IDLE || self->closing)
    mu_call_reject (call, MU_ERROR_BUSY, "There is a session: %s", state_words[self->state]);
  else
    request (self, args, call);
}

static void
respond (MuService *base, GVariant *args, MuCall *call)
{
  MuUssd *self = (MuUssd *)base;

  if (self->state != WAITING || self->closing)
    mu_call_reject (call, MU_ERROR_NOT_ALLOWED, "There is no session that waits for an answer");
  else
    request (self, args, call);
}

/* It is sent also when there is no session that is known of. */
static void
cancel (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  MuUssd *self = (MuUssd *)base;

  if (self->canceller != NULL)
    {
      mu_call_reject (call, MU_ERROR_BUSY, "The session is being cancelled");
      return;
    }
  self->canceller = call;
  if (!self->closing)
    close_because (self, MU_ERROR_ABORTED, "The session has been cancelled");
}

/* ---- life ---- */

static void
init (MuService *base)
{
  MuUssd *self = (MuUssd *)base;

  mu_service_add_timer (base, &self->timer, on_time);
}

static void
reset (MuService *base)
{
  MuUssd *self = (MuUssd *)base;

  self->call = self->canceller = NULL;
  self->closing = FALSE;
  mu_set (self, state, IDLE);
}

/* The session was the card's. */
static void
on_facts (MuService *base, MuFacts changed)
{
  MuUssd *self = (MuUssd *)base;
  MuCall *call;

  if (changed != MU_FACT_SIM_READY || mu_session_holds (base->session, MU_FACT_SIM_READY)
      || self->closing)
    return;
  mu_timer_stop (&self->timer);
  mu_set (self, state, IDLE);
  call = g_steal_pointer (&self->call);
  if (call != NULL)
    mu_call_reject (call, MU_ERROR_ABORTED, "The SIM cannot be used any more");
}

/* ---- tables ---- */

/* ^USSDMODE=0: strings are hex digits, whatever +CSCS is (at-facts 9).  It is last, as a module
 * that does not know it leaves out what would come behind. */
static const MuStep steps[] = {
  { "+CUSD=1;^USSDMODE=0", MU_FACT_SIM_READY | MU_FACT_SETTLED },
};

static const MuOp ops[] = {
  { "Initiate", .run = initiate, .needs = MU_FACT_SIM_READY | MU_FACT_REGISTERED },
  { "Respond", .run = respond, .needs = MU_FACT_SIM_READY | MU_FACT_REGISTERED },
  { "Cancel", .run = cancel, .needs = MU_FACT_SIM_READY },
};

static const MuProp props[] = {
  { "State", "s", offsetof (MuUssd, state), .words = state_words },
};

static const MuUrc urcs[] = {
  { &cusd, on_cusd },
};

const MuServiceClass mu_ussd_class = {
  .interface = "org.mu709.Ussd1",
  .size = sizeof (MuUssd),
  .access = "org.mu709.ussd",
  .priority = AT_INTERACTIVE,
  .init = init,
  .reset = reset,
  .facts = on_facts,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
};

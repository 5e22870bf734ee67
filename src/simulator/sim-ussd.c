/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-ussd.h"

#include "mu-error.h"
#include "sim-module.h"
#include "sim-network.h"
#include "sim-text.h"
#include "sim-ussd-form.h"
#include "sim-ussd-menu.h"

#include <string.h>

#define ANSWER_TIME  SIM_MS (1500)    /* of the network */
#define NETWORK_TIME SIM_SECONDS (30) /* until the module gives up */
#define USER_TIME    SIM_SECONDS (60) /* until the network does */
#define MAX_STRING   700u             /* hex of what a dialogue carries, 24.080 4.5: 160 bytes */
#define MAX_TIMES    1e6

/* 27.007 7.15: <m> */
typedef enum
{
  USSD_DONE,
  USSD_MORE, /* the network waits for an answer */
  USSD_TERMINATED,
  USSD_OTHER_CLIENT,
  USSD_NOT_SUPPORTED,
  USSD_TIMED_OUT,
} UssdM;

typedef enum
{
  SESSION_NONE,
  SESSION_ASKED,     /* the network is to answer */
  SESSION_MENU,      /* the user is to choose */
  SESSION_REQUESTED, /* the network has asked by itself */
} Session;

static const char *const session_words[] = { "none", "asked", "menu", "requested" };

typedef struct
{
  SimModule *module;
  gboolean   shown; /* +CUSD=1 */
  Session    session;
  GString   *path; /* in the menus */
  char      *last; /* what the network has got, or NULL */
  UssdM      next_m;
  char      *next_text; /* NULL: none */
  SimTimer   answer;    /* the network's; then next_m and next_text come */
  SimTimer   patience;  /* the network's, with the user */
  UssdM      failure;
  guint      failures; /* requests that end so */
} SimUssd;

/* to the host */

/* +CUSD: m[,"string",dcs] */
static void
show (SimUssd *self, UssdM m, const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  g_string_append_printf (line, "+CUSD: %d", (int)m);
  if (text != NULL)
    sim_ussd_append (self->module, text, line);
  if (self->shown)
    sim_urc (self->module, SIM_URC_ALWAYS, "%s", line->str);
}

static void
end (SimUssd *self)
{
  sim_timer_stop (&self->answer);
  sim_timer_stop (&self->patience);
  self->session = SESSION_NONE;
}

static void
terminate (SimUssd *self, UssdM m)
{
  end (self);
  show (self, m, NULL);
}

static void
on_answer (gpointer ussd)
{
  SimUssd *self = ussd;

  end (self);
  if (self->next_m == USSD_MORE)
    {
      self->session = SESSION_MENU;
      sim_timer_start (&self->patience, USER_TIME);
    }
  show (self, self->next_m, self->next_text);
}

static void
on_impatient (gpointer ussd)
{
  terminate (ussd, USSD_TERMINATED);
}

/* to the network */

static void
answer_later (SimUssd *self, UssdM m, const char *text, gint64 delay)
{
  g_free (self->next_text);
  self->next_text = g_strdup (text);
  self->next_m = m;
  self->session = SESSION_ASKED;
  sim_timer_stop (&self->patience);
  sim_timer_start (&self->answer, delay);
}

static void
turn_to (SimUssd *self, const SimUssdPage *page)
{
  if (page->text != NULL)
    answer_later (self, page->more ? USSD_MORE : USSD_DONE, page->text, ANSWER_TIME);
  else
    answer_later (self, USSD_TIMED_OUT, NULL, NETWORK_TIME);
}

/* A wrong choice shows the page again. */
static void
choose (SimUssd *self, const char *text)
{
  const SimUssdPage *page = sim_ussd_choose (self->path, text);
  g_autofree char   *again = NULL;

  if (page != NULL)
    {
      turn_to (self, page);
      return;
    }
  again = g_strconcat ("Wrong choice.\n", sim_ussd_page (self->path->str)->text, NULL);
  answer_later (self, USSD_MORE, again, ANSWER_TIME);
}

static void
take (SimUssd *self, const char *text)
{
  const SimUssdPage *page = sim_ussd_page (text);

  g_free (self->last);
  self->last = g_strdup (text);
  if (self->failures > 0)
    {
      self->failures--;
      answer_later (self, self->failure, NULL, ANSWER_TIME);
    }
  else if (self->session == SESSION_REQUESTED)
    answer_later (self, USSD_DONE, "Thank you.", ANSWER_TIME);
  else if (self->session == SESSION_MENU)
    choose (self, text);
  else if (page != NULL && g_str_has_suffix (text, "#"))
    {
      g_string_assign (self->path, text);
      turn_to (self, page);
    }
  else
    answer_later (self, USSD_NOT_SUPPORTED, NULL, ANSWER_TIME);
}

/* +CUSD: n */

static SimResult
read_cusd (SimCall *call)
{
  sim_reply (call, "+CUSD: %d", ((const SimUssd *)call->state)->shown);
  return SIM_OK;
}

static SimResult
request (SimUssd *self, const char *string, guint dcs)
{
  g_autofree char *text = sim_ussd_take (self->module, string, dcs);

  if (text == NULL || text[0] == '\0')
    return SIM_CME_BAD_PARAMETERS;
  if (!sim_network_registered (self->module))
    return SIM_CME_NO_NETWORK;
  if (self->session == SESSION_ASKED)
    return SIM_CME_NOT_ALLOWED;
  take (self, text);
  return SIM_OK;
}

/* +CUSD=n[,"string"[,dcs]]: OK at once, the answer comes by itself */
static SimResult
set_cusd (SimCall *call)
{
  SimUssd         *self = call->state;
  guint            n = sim_arg_uint_or (&call->args, self->shown ? 1 : 0, 0, 2);
  g_autofree char *string = g_strdup (sim_arg_text_or (&call->args, NULL, MAX_STRING));
  guint            dcs = sim_arg_uint_or (&call->args, SIM_USSD_DCS_GSM7, 0, 255);
  SimResult        result = SIM_OK;

  if (!sim_args_end (&call->args) || (n == 2 && string != NULL))
    return SIM_CME_BAD_PARAMETERS;
  if (n == 2)
    {
      end (self);
      return SIM_OK;
    }
  if (string != NULL)
    result = request (self, string, dcs);
  if (result == SIM_OK)
    self->shown = n == 1;
  return result;
}

/* verbs */

/* The text that the network says by itself; NULL: it cannot. */
static char *
take_text (SimOrder *order, GError **error)
{
  GString *text = g_string_new (NULL);

  if (!order->module->running || !sim_network_registered (order->module))
    mu_fail (error, MU_ERROR_NO_NETWORK, "the module is not registered");
  else if (sim_unescape (order->args[0], text, error)
           && (g_utf8_validate_len (text->str, text->len, NULL)
               || mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "the text is not UTF-8")))
    return g_string_free (text, FALSE);
  g_string_free (text, TRUE);
  return NULL;
}

static gboolean
do_notify (SimOrder *order, GError **error)
{
  g_autofree char *text = take_text (order, error);

  if (text != NULL)
    show (order->state, USSD_DONE, text);
  return text != NULL;
}

static gboolean
do_request (SimOrder *order, GError **error)
{
  SimUssd         *self = order->state;
  g_autofree char *text = take_text (order, error);

  if (text == NULL)
    return FALSE;
  if (self->session != SESSION_NONE)
    return mu_fail (error, MU_ERROR_BUSY, "there is a session");
  self->session = SESSION_REQUESTED;
  sim_timer_start (&self->patience, USER_TIME);
  show (self, USSD_MORE, text);
  return TRUE;
}

static gboolean
do_end (SimOrder *order, GError **error)
{
  SimUssd *self = order->state;
  double   m = USSD_TERMINATED;

  if (order->n_args > 0 && !sim_number (order->args[0], USSD_TERMINATED, USSD_TIMED_OUT, &m, error))
    return FALSE;
  if (self->session == SESSION_NONE)
    return mu_fail (error, MU_ERROR_NOT_ALLOWED, "there is no session");
  terminate (self, (UssdM)m);
  return TRUE;
}

static gboolean
do_fail (SimOrder *order, GError **error)
{
  SimUssd *self = order->state;
  double   m, times = 1;

  if (!sim_number (order->args[0], USSD_TERMINATED, USSD_TIMED_OUT, &m, error)
      || (order->n_args > 1 && !sim_number (order->args[1], 0, MAX_TIMES, &times, error)))
    return FALSE;
  self->failure = (UssdM)m;
  self->failures = (guint)times;
  return TRUE;
}

/* life */

static void
ussd_init (SimModule *module, gpointer state)
{
  SimUssd *self = state;

  self->module = module;
  self->path = g_string_new (NULL);
  sim_timer_init (&self->answer, module->clock, on_answer, self);
  sim_timer_init (&self->patience, module->clock, on_impatient, self);
}

static void
ussd_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimUssd *self = state;

  end (self);
  self->shown = FALSE;
}

static void
ussd_clear (SimModule *module, gpointer state)
{
  SimUssd *self = state;

  ussd_stop (module, state);
  g_string_free (self->path, TRUE);
  g_free (self->next_text);
  g_free (self->last);
}

/* A dialogue does not outlive the connection. */
static void
ussd_event (SimModule *module, gpointer state, SimEvent event)
{
  SimUssd *self = state;

  if (event == SIM_EVENT_NETWORK && self->session != SESSION_NONE
      && !sim_network_registered (module))
    terminate (self, USSD_TIMED_OUT);
}

static void
ussd_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  const SimUssd      *self = state;
  g_autoptr (GString) last = g_string_new (NULL);

  if (self->last != NULL)
    sim_escape (last, self->last, strlen (self->last));
  sim_dump (out, "ussd-session", "%s", session_words[self->session]);
  sim_dump (out, "ussd-last", "%s", last->str);
}

static const SimCommand commands[] = {
  { "+CUSD", .test = "(0-2)", .read = read_cusd, .set = set_cusd },
};

static const SimVerb verbs[] = {
  { "ussd-notify TEXT...", "the network says that", do_notify },
  { "ussd-request TEXT...", "the network asks that and waits for an answer", do_request },
  { "ussd-end [M]", "the network ends the session with +CUSD: 2, or with M", do_end },
  { "ussd-fail M [TIMES]", "the next request ends in +CUSD: M, from 2 to 5", do_fail },
};

const SimChapter sim_ussd_chapter = {
  .name = "ussd",
  .state_size = sizeof (SimUssd),
  .init = ussd_init,
  .stop = ussd_stop,
  .clear = ussd_clear,
  .event = ussd_event,
  .dump = ussd_dump,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

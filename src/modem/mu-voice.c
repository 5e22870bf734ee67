/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the module says of calls (guide 8.2, 8.4, 8.6), and the tables. */
#include "mu-voice-private.h"

#define CHECK_MS     300   /* what belongs together has come by then */
#define RECHECK_MS   1500  /* after a call was missing in the list */
#define RING_MS      12000 /* RING comes every 5 s: two have not come */
#define CONNECTED_MS 60000 /* in a call, should its end not be told */

/* ---- +CLCC: <id>,<dir>,<stat>,<mode>,<mpty>[,<number>,<type>] -- 27.007 7.18 ---- */

typedef struct
{
  guint    id;
  gboolean incoming;
  guint    stat;
  guint    mode;
  gboolean mpty;
  char     number[48];
} Clcc;

static const AtField clcc_fields[] = {
  AT_F_UINT (Clcc, id, NULL),   AT_F_BOOL (Clcc, incoming, NULL),
  AT_F_UINT (Clcc, stat, NULL), AT_F_UINT (Clcc, mode, NULL),
  AT_F_BOOL (Clcc, mpty, NULL), AT_F_MAYBE_TEXT (Clcc, number, NULL),
};

static const AtRecord clcc = AT_RECORD ("+CLCC", Clcc, clcc_fields);

#define MODE_VOICE 0

static gboolean
check_again (MuVoice *self, const AtReply *reply)
{
  Clcc      lines[MU_MAX_CALLS];
  MuCallRow rows[MU_MAX_CALLS];
  guint     n = 0;

  for (gsize i = 0; i < reply->n_lines && n < MU_MAX_CALLS; i++)
    if (at_scan (&clcc, &reply->lines[i], &lines[n], NULL) && lines[n].mode == MODE_VOICE
        && mu_call_is_id (lines[n].id))
      {
        rows[n] = (MuCallRow){ lines[n].id, lines[n].incoming, lines[n].stat, lines[n].mpty,
                               lines[n].number };
        n++;
      }
  return mu_call_table_listed (&self->table, rows, n, mu_timer_wall ());
}

static void
ask_soon (MuVoice *self, guint ms)
{
  self->soon = TRUE;
  mu_timer_start (&self->timer, ms);
}

/* Nothing is asked while there is no call. */
static void
wait_longer (MuVoice *self)
{
  if (mu_call_table_in (&self->table, MU_CALL_INCOMING) != NULL)
    mu_timer_start (&self->timer, RING_MS);
  else if (self->table.calls->len > 0)
    mu_timer_start (&self->timer, CONNECTED_MS);
  else
    mu_timer_stop (&self->timer);
}

/* Where no call is known of, one that was there before the daemon is worth the wait for a card that
 * is busy, and no more. */
static gboolean
is_to_be_repeated (MuVoice *self, const GError *error)
{
  return self->table.calls->len > 0 || g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY);
}

/* The module keeps its list to itself: what else is known has to do. */
static void
on_unlisted (MuVoice *self, const GError *error)
{
  gboolean rings = mu_timer_now () - self->rang < (gint64)RING_MS * 1000;

  if (!g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED)) /* else it is asked at once */
    mu_call_table_unlisted (&self->table, rings);
}

static void
on_listed (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply, const GError *error)
{
  MuVoice *self = (MuVoice *)base;

  self->asking = FALSE;
  if (!mu_session_is_started (base->session))
    return;
  if (error != NULL)
    on_unlisted (self, error);
  if (error != NULL ? is_to_be_repeated (self, error) : check_again (self, reply))
    ask_soon (self, RECHECK_MS);
  else
    wait_longer (self);
  if (self->ask_again)
    mu_voice_check (self);
}

static void
ask (gpointer voice)
{
  MuVoice *self = voice;

  if (self->asking)
    return;
  self->asking = TRUE;
  self->ask_again = self->soon = FALSE;
  mu_send (&self->base, NULL, on_listed, "+CLCC");
}

static void
on_settled (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuVoice *self = (MuVoice *)base;

  if (error != NULL)
    mu_voice_check (self);
  else if (mu_session_is_started (base->session) && check_again (self, reply))
    ask_soon (self, RECHECK_MS);
  else if (!self->asking && !self->soon)
    wait_longer (self);
  mu_call_return (call, NULL);
}

void
mu_voice_controlled (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  if (error != NULL)
    mu_voice_done (base, call, reply, error);
  else
    mu_send (base, call, on_settled, "+CLCC");
}

void
mu_voice_done (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
               const GError *error)
{
  mu_voice_check ((MuVoice *)base);
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_call_return (call, NULL);
}

void
mu_voice_check (MuVoice *self)
{
  if (!mu_session_is_started (self->base.session))
    return;
  if (self->asking)
    self->ask_again = TRUE;
  else
    ask_soon (self, CHECK_MS);
}

/* ---- what the table tells ---- */

char *
mu_voice_path (MuVoice *self, guint object)
{
  return g_strdup_printf ("/org/mu709/modem/%s/call/%u", mu_session_name (self->base.session),
                          object);
}

static gboolean
is_setup (const MuVoiceCall *call)
{
  return call->state == MU_CALL_DIALING || call->state == MU_CALL_ALERTING
         || call->state == MU_CALL_INCOMING;
}

static void
tell_facts (MuVoice *self)
{
  gboolean setup = FALSE;

  for (guint i = 0; i < self->table.calls->len; i++)
    setup = setup || is_setup (g_ptr_array_index (self->table.calls, i));
  mu_session_set_fact (self->base.session, MU_FACT_CALL_SETUP, setup, MU_ERROR_NOT_ALLOWED);
  mu_session_set_fact (self->base.session, MU_FACT_CALL, self->table.calls->len > 0,
                       MU_ERROR_NOT_ALLOWED);
}

static void
on_added (const MuVoiceCall *call, gpointer user_data)
{
  MuVoice         *self = user_data;
  g_autofree char *path = mu_voice_path (self, call->object);

  mu_child_present (&self->base, call->object, TRUE);
  mu_service_changed (&self->base, &self->table);
  mu_service_emit (&self->base, "CallAdded", g_variant_new ("(o)", path));
  tell_facts (self);
}

static void
on_changed (const MuVoiceCall *call, gpointer user_data)
{
  static const char *const nothing[] = { NULL };
  MuVoice                 *self = user_data;

  mu_child_changed (&self->base, call->object, mu_call1_properties (call), nothing);
  mu_voice_check_tones (self);
  tell_facts (self);
}

static void
on_removed (const MuVoiceCall *call, gpointer user_data)
{
  static const char *const nothing[] = { NULL };
  MuVoice                 *self = user_data;
  g_autofree char         *path = mu_voice_path (self, call->object);

  mu_child_changed (&self->base, call->object, mu_call1_properties (call), nothing);
  mu_service_changed (&self->base, &self->table);
  mu_service_emit (&self->base, "CallRemoved",
                   g_variant_new ("(o@a{sv})", path, mu_call1_properties (call)));
  mu_child_present (&self->base, call->object, FALSE);
  mu_voice_check_tones (self);
  tell_facts (self);
}

static const MuCallTableEvents table_events = { on_added, on_changed, on_removed };

static GVariant *
get_calls (MuService *base)
{
  MuVoice        *self = (MuVoice *)base;
  GVariantBuilder paths;

  g_variant_builder_init (&paths, G_VARIANT_TYPE ("ao"));
  for (guint i = 0; i < self->table.calls->len; i++)
    {
      const MuVoiceCall *call = g_ptr_array_index (self->table.calls, i);
      g_autofree char   *path = mu_voice_path (self, call->object);

      g_variant_builder_add (&paths, "o", path);
    }
  return g_variant_builder_end (&paths);
}

/* ---- news ---- */

/* ^ORIG: <id>,<type>; ^CONF: <id>; ^CONN: <id>,<type> -- at-facts 8 */

typedef struct
{
  guint id;
  guint type;
} Event;

#define TYPE_EMERGENCY 9

static const AtField event_fields[] = {
  AT_F_UINT (Event, id, NULL),
  AT_F_MAYBE_UINT (Event, type, NULL, 0),
};

static const AtRecord orig = AT_RECORD ("^ORIG", Event, event_fields);
static const AtRecord conf = AT_RECORD ("^CONF", Event, event_fields);
static const AtRecord conn = AT_RECORD ("^CONN", Event, event_fields);

static void
on_orig (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuVoice     *self = (MuVoice *)base;
  const Event *r = record;
  MuVoiceCall *call;

  call = mu_call_table_originated (&self->table, r->id, r->type == TYPE_EMERGENCY, self->dialling);
  if (call != NULL && self->dialling[0] != '\0')
    self->dialled = call->object;
  mu_voice_check (self);
}

static void
on_conf (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuVoice *self = (MuVoice *)base;

  mu_call_table_alerting (&self->table, ((const Event *)record)->id);
  mu_voice_check (self);
}

static void
on_conn (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuVoice *self = (MuVoice *)base;

  mu_call_table_connected (&self->table, ((const Event *)record)->id, mu_timer_wall ());
  mu_voice_check (self);
}

/* ^CEND: <id>,<duration>,<end_status>[,<cc_cause>] */

typedef struct
{
  guint id;
  guint duration;
  guint status;
  guint cause;
} Cend;

static const AtField cend_fields[] = {
  AT_F_UINT (Cend, id, NULL),
  AT_F_UINT (Cend, duration, NULL),
  AT_F_UINT (Cend, status, NULL),
  AT_F_MAYBE_UINT (Cend, cause, NULL, 0),
};

static const AtRecord cend = AT_RECORD ("^CEND", Cend, cend_fields);

static void
on_cend (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuVoice    *self = (MuVoice *)base;
  const Cend *r = record;

  mu_call_table_ended (&self->table, r->id, r->status, r->cause);
  if (self->table.calls->len > 0)
    mu_voice_check (self);
}

static const AtRecord ring = AT_RECORD_WORD ("RING");
static const AtRecord cring = AT_RECORD_WORD ("+CRING");

/* RING, or +CLIP, which follows it: one of them may get lost. */
static void
hear_ring (MuVoice *self)
{
  gboolean known = mu_call_table_in (&self->table, MU_CALL_INCOMING) != NULL;

  self->rang = mu_timer_now ();
  mu_call_table_ring (&self->table);
  if (!known)
    mu_voice_check (self);
  else if (!self->asking && !self->soon)
    wait_longer (self);
}

static void
on_ring (MuService *base, gconstpointer record G_GNUC_UNUSED, const AtLine *line G_GNUC_UNUSED)
{
  hear_ring ((MuVoice *)base);
}

/* +CLIP: <number>,<type>[,,,[<alpha>],<CLI validity>] -- 27.007 7.11; validity 1: withheld.
 * +CCWA: <number>,<type>,<class>[,,<CLI validity>] -- 7.12 */

typedef struct
{
  char  number[48];
  guint validity;
} Caller;

static const AtField clip_fields[] = {
  AT_F_MAYBE_TEXT (Caller, number, NULL),      AT_F_SKIP, AT_F_SKIP, AT_F_SKIP, AT_F_SKIP,
  AT_F_MAYBE_UINT (Caller, validity, NULL, 0),
};

static const AtField ccwa_fields[] = {
  AT_F_MAYBE_TEXT (Caller, number, NULL),      AT_F_SKIP, AT_F_SKIP, AT_F_SKIP,
  AT_F_MAYBE_UINT (Caller, validity, NULL, 0),
};

static const AtRecord clip = AT_RECORD ("+CLIP", Caller, clip_fields);
static const AtRecord ccwa = AT_RECORD ("+CCWA", Caller, ccwa_fields);

#define WITHHELD 1

static void
on_clip (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuVoice      *self = (MuVoice *)base;
  const Caller *r = record;

  hear_ring (self);
  mu_call_table_caller (&self->table, r->number, r->validity == WITHHELD);
}

static void
on_ccwa (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  const Caller *r = record;

  mu_call_table_waiting (&((MuVoice *)base)->table, r->number, r->validity == WITHHELD);
  mu_voice_check ((MuVoice *)base);
}

/* ---- life ---- */

static void
init (MuService *base)
{
  MuVoice *self = (MuVoice *)base;

  mu_call_table_init (&self->table, &table_events, self);
  mu_service_add_timer (base, &self->timer, ask);
  mu_service_add_timer (base, &self->tone_timer, mu_voice_go_on_toning);
}

static void
reset (MuService *base)
{
  MuVoice *self = (MuVoice *)base;

  self->asking = self->ask_again = self->soon = FALSE;
  self->toning = NULL; /* the session answers it */
  self->dialler = NULL;
  self->dialling[0] = '\0';
  mu_call_table_end_all (&self->table, MU_CALL_END_GONE);
}

static void
clear (MuService *base)
{
  mu_call_table_clear (&((MuVoice *)base)->table);
}

/* Calls that there were before the daemon.  Supplementary1 has the module tell of callers. */
static void
on_facts (MuService *base, MuFacts changed)
{
  if ((changed & MU_FACT_SETTLED) == 0 || !mu_session_holds (base->session, MU_FACT_SETTLED))
    return;
  ask (base);
  mu_voice_restore_priority ((MuVoice *)base);
}

static const MuProp props[] = {
  { "Calls", "ao", offsetof (MuVoice, table), .get = get_calls },
  { "IncomingPriority", "s", offsetof (MuVoice, data_first), .words = mu_voice_priority_words },
};

static const MuUrc urcs[] = {
  { &orig, on_orig }, { &conf, on_conf },  { &conn, on_conn }, { &cend, on_cend },
  { &ring, on_ring }, { &cring, on_ring }, { &clip, on_clip }, { &ccwa, on_ccwa },
};

const MuServiceClass mu_voice_class = {
  .interface = "org.mu709.Voice1",
  .size = sizeof (MuVoice),
  .access = "org.mu709.voice",
  .priority = AT_CALL,
  .init = init,
  .reset = reset,
  .clear = clear,
  .facts = on_facts,
  MU_TABLE (ops, mu_voice_ops),
  MU_TABLE (setters, mu_voice_setters),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
  .child = &mu_call1_class,
};

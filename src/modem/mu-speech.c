/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text to speech (guide 16). */
#include "mu-speech.h"

#include "mu-audend.h"
#include "mu-hex.h"
#include "mu-session.h"
#include "mu-speech-text.h"
#include "mu-timer.h"

#define PATIENCE_MS 30000 /* ^AUDEND is not coming any more: so long, ... */
#define BYTE_MS     500   /* ... and so much for each byte; a "%" is three syllables in Chinese */
#define END_MS      5000  /* the same, after it was stopped */

typedef enum
{
  SILENT,
  STARTING, /* ^TTS has been sent */
  SPEAKING,
  STOPPING, /* its end will be none of the text's */
} State;

typedef struct
{
  MuService base;
  gboolean  enabled;
  gboolean  speaking;
  State     state;
  MuCall   *speaker;  /* whose text is being said; NULL: nobody waits any more */
  guint     bytes;    /* of that text */
  guint     stops;    /* commands of Stop that are under way */
  GSList   *stoppers; /* MuCall, of Stop, which wait for the end */
  MuTimer   timer;    /* ^AUDEND is overdue */
} MuSpeech;

/* ---- the end ---- */

static void
answer (MuCall *call, const GError *error)
{
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_call_return (call, NULL);
}

static void
answer_stoppers (MuSpeech *self, const GError *error)
{
  GSList *stoppers = g_steal_pointer (&self->stoppers);

  for (GSList *link = stoppers; link != NULL; link = link->next)
    answer (link->data, error);
  g_slist_free (stoppers);
}

static void
finish (MuSpeech *self, const GError *error)
{
  MuCall *speaker = g_steal_pointer (&self->speaker);

  self->state = SILENT;
  mu_set (self, speaking, FALSE);
  mu_timer_stop (&self->timer);
  if (speaker != NULL)
    answer (speaker, error);
  answer_stoppers (self, NULL);
}

static void
abort_speech (MuSpeech *self, const char *why)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, why);

  finish (self, error);
}

static void
on_audend (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuSpeech       *self = (MuSpeech *)base;
  const MuAudend *r = record;

  if (r->what != MU_AUDEND_SPEECH)
    return;
  if (self->state == STOPPING)
    abort_speech (self, "The speech was stopped");
  else if (self->state == SPEAKING && r->reason != 1)
    abort_speech (self, "The module ended the speech for a call or a sound");
  else if (self->state == SPEAKING)
    finish (self, NULL);
}

/* The module has stopped, and ^AUDEND follows or has been before; or it has not. */
static void
on_silenced (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
             const GError *error)
{
  MuSpeech *self = (MuSpeech *)base;

  if (self->state != STOPPING || !mu_session_is_started (base->session))
    return;
  if (error == NULL)
    {
      mu_timer_start (&self->timer, END_MS);
      return;
    }
  answer_stoppers (self, error);
  abort_speech (self, "The speech may go on: it could not be stopped");
}

/* Nobody has asked for it, but what is said is for nobody. */
static void
silence (MuSpeech *self)
{
  self->state = STOPPING;
  mu_timer_stop (&self->timer);
  mu_send (&self->base, NULL, on_silenced, "^TTS=0");
}

static void
on_overdue (gpointer user_data)
{
  MuSpeech *self = user_data;
  MuCall   *speaker;

  if (self->state == STOPPING)
    {
      abort_speech (self, "The speech was stopped");
      return;
    }
  speaker = g_steal_pointer (&self->speaker);
  silence (self);
  if (speaker != NULL)
    mu_call_reject (speaker, MU_ERROR_TIMEOUT, "The module did not say that the speech has ended");
}

static void
on_left (MuService *base, MuCall *call)
{
  MuSpeech *self = (MuSpeech *)base;

  if (call == self->speaker)
    self->speaker = NULL;
  if (self->state == SPEAKING)
    silence (self);
  mu_call_reject (call, MU_ERROR_ABORTED, "The caller has left");
}

/* ---- Speak ---- */

/* Whether the module has done it nobody knows. */
static gboolean
is_unknown (MuSpeech *self, const GError *error)
{
  if (!mu_session_is_started (self->base.session))
    return FALSE; /* what follows is a reset */
  return g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED)
         || g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT);
}

/* Its reason may be one that the caller can do something about: guide 16.1.3. */
static void
refuse (MuSpeech *self, MuCall *call, const GError *error)
{
  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_ALLOWED) && !self->enabled)
    mu_call_reject (call, MU_ERROR_NOT_ALLOWED, "%s: Enabled is false", error->message);
  else
    mu_call_fail (call, error);
}

static void
on_started (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuSpeech *self = (MuSpeech *)base;

  self->state = SILENT;
  if (error != NULL)
    {
      if (is_unknown (self, error))
        silence (self);
      else
        answer_stoppers (self, NULL); /* they wait for the end of nothing */
      refuse (self, call, error);
      return;
    }
  self->state = self->stops > 0 ? STOPPING : SPEAKING;
  self->speaker = call;
  mu_call_on_left (call, on_left);
  mu_set (self, enabled, TRUE); /* or it would have refused */
  mu_set (self, speaking, TRUE);
  mu_timer_start (&self->timer, PATIENCE_MS + BYTE_MS * self->bytes);
  if (self->stoppers != NULL)
    silence (self); /* their command was the first */
}

static void
speak (MuService *base, GVariant *args, MuCall *call)
{
  MuSpeech              *self = (MuSpeech *)base;
  g_autoptr (GVariant)   options = NULL;
  g_autoptr (GError)     error = NULL;
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char       *hex = NULL;
  guint                  op;
  const char            *text;

  g_variant_get (args, "(&s@a{sv})", &text, &options);
  bytes = mu_speech_text (text, options, &op, &error);
  if (bytes == NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  if (self->state != SILENT)
    {
      mu_call_reject (call, MU_ERROR_BUSY, "Another text is being said");
      return;
    }
  hex = mu_hex_encode (bytes->data, bytes->len);
  self->state = STARTING;
  self->bytes = bytes->len;
  mu_send (base, call, on_started, "^TTS=%u,%x", op, hex);
}

/* ---- Stop ---- */

static void
on_stopped (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuSpeech *self = (MuSpeech *)base;

  self->stops--;
  if (error != NULL)
    {
      if (is_unknown (self, error))
        silence (self);
      else if (self->state == STOPPING && self->speaker != NULL)
        self->state = SPEAKING; /* still */
      mu_call_fail (call, error);
    }
  else if (self->state == SILENT)
    mu_call_return (call, NULL);
  else
    {
      self->stoppers = g_slist_append (self->stoppers, call);
      if (self->state == STOPPING)
        mu_timer_start (&self->timer, END_MS);
    }
}

/* Also while nothing is known of any speech: it may have begun before the daemon did. */
static void
stop (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  MuSpeech *self = (MuSpeech *)base;

  if (self->state == SPEAKING)
    self->state = STOPPING;
  self->stops++;
  mu_send (base, call, on_stopped, "^TTS=0");
}

/* ---- Enabled ---- */

static void
on_enabled (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuSpeech *self = (MuSpeech *)base;
  gboolean  enabled;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_get (mu_call_args (call), "(b)", &enabled);
  mu_set (self, enabled, enabled);
  mu_call_return (call, NULL);
}

static void
set_enabled (MuService *base, GVariant *args, MuCall *call)
{
  MuSpeech *self = (MuSpeech *)base;
  gboolean  enabled;

  g_variant_get (args, "(b)", &enabled);
  if (self->state != SILENT)
    mu_call_reject (call, MU_ERROR_BUSY, "A text is being said"); /* guide 16.1.1 */
  else
    mu_send (base, call, on_enabled, "^TTSCFG=0,%b", enabled);
}

/* ---- tables ---- */

static void
speech_init (MuService *base)
{
  MuSpeech *self = (MuSpeech *)base;

  mu_service_add_timer (base, &self->timer, on_overdue);
}

/* Calls that wait are answered by the session. */
static void
speech_reset (MuService *base)
{
  MuSpeech *self = (MuSpeech *)base;

  self->state = SILENT;
  self->speaker = NULL;
  g_slist_free (g_steal_pointer (&self->stoppers));
  mu_set (self, enabled, FALSE); /* what a module starts with */
  mu_set (self, speaking, FALSE);
}

static void
speech_clear (MuService *base)
{
  g_slist_free (((MuSpeech *)base)->stoppers);
}

/* Guide 16.1: a call that comes ends what is being said, whether or not the module tells. */
static void
speech_facts (MuService *base, MuFacts changed)
{
  MuSpeech *self = (MuSpeech *)base;

  if ((changed & MU_FACT_CALL) == 0 || self->state != SPEAKING
      || !mu_session_holds (base->session, MU_FACT_CALL))
    return;
  self->state = STOPPING;
  mu_timer_start (&self->timer, END_MS);
}

static const MuOp ops[] = {
  { "Speak", .run = speak, .excludes = MU_FACT_CALL | MU_FACT_RECORDER },
  { "Stop", .run = stop },
};

static const MuOp setters[] = {
  { "Enabled", .run = set_enabled, .stands = TRUE },
};

static const MuProp props[] = {
  { "Enabled", "b", offsetof (MuSpeech, enabled) },
  { "Speaking", "b", offsetof (MuSpeech, speaking) },
};

static const MuUrc urcs[] = {
  { &mu_audend, on_audend },
};

const MuServiceClass mu_speech_class = {
  .interface = "org.mu709.Speech1",
  .size = sizeof (MuSpeech),
  .access = "org.mu709.speech",
  .priority = AT_INTERACTIVE,
  .init = speech_init,
  .reset = speech_reset,
  .clear = speech_clear,
  .facts = speech_facts,
  MU_TABLE (ops, ops),
  MU_TABLE (setters, setters),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
};

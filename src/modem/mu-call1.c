/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Call1: one call. */
#include "mu-voice-private.h"

#include <string.h>

#define MAX_TONES 64
#define PAUSE_MS  2000 /* of a comma or a p */

static const char *const state_words[] = {
  "dialing", "alerting", "active", "held", "incoming", "waiting", "ended",
};

static const char *const direction_words[] = { "outgoing", "incoming" };

static const char *const end_words[] = {
  "local",  "remote",     "busy",    "rejected", "no-answer",
  "barred", "no-network", "network", "aborted",  "gone",
};

GVariant *
mu_call1_properties (const MuVoiceCall *call)
{
  GVariantDict dict;
  gboolean     is_over = call->state == MU_CALL_ENDED;

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "State", "s", state_words[call->state]);
  g_variant_dict_insert (&dict, "Direction", "s", direction_words[call->incoming]);
  g_variant_dict_insert (&dict, "Number", "s", call->number);
  g_variant_dict_insert (&dict, "NumberHidden", "b", call->hidden);
  g_variant_dict_insert (&dict, "Emergency", "b", call->emergency);
  g_variant_dict_insert (&dict, "Multiparty", "b", call->multiparty);
  g_variant_dict_insert (&dict, "Started", "x", call->started);
  g_variant_dict_insert (&dict, "EndReason", "s", is_over ? end_words[call->reason] : "");
  g_variant_dict_insert (&dict, "EndStatus", "u", call->end_status);
  g_variant_dict_insert (&dict, "Cause", "u", call->cause);
  return g_variant_dict_end (&dict);
}

static GVariant *
get (MuService *base, guint number)
{
  MuVoiceCall *call = mu_call_table_find (&((MuVoice *)base)->table, number);

  return call != NULL ? mu_call1_properties (call) : NULL;
}

static GArray *
numbers (MuService *base)
{
  MuVoice *self = (MuVoice *)base;
  GArray  *all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->table.calls->len; i++)
    {
      const MuVoiceCall *call = g_ptr_array_index (self->table.calls, i);

      g_array_append_val (all, call->object);
    }
  return all;
}

/* ---- methods ---- */

/* The call that a method is for; NULL: it has been refused. */
static MuVoiceCall *
subject (MuService *base, MuCall *call)
{
  MuVoiceCall *found = mu_call_table_find (&((MuVoice *)base)->table, mu_call_object (call));

  if (found == NULL)
    mu_call_reject (call, MU_ERROR_NOT_FOUND, "The call is over");
  return found;
}

static void
answer (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  MuVoiceCall *found = subject (base, call);

  if (found == NULL)
    return;
  if (found->state == MU_CALL_INCOMING)
    mu_send (base, call, mu_voice_done, "A");
  else if (found->state == MU_CALL_WAITING)
    mu_send (base, call, mu_voice_controlled, "+CHLD=2");
  else
    mu_call_reject (call, MU_ERROR_NOT_ALLOWED, "The call is %s", state_words[found->state]);
}

static void
hung_up (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuVoiceCall *found = mu_call_table_find (&((MuVoice *)base)->table, mu_call_object (call));

  if (found != NULL && error == NULL)
    found->released = TRUE;
  mu_voice_done (base, call, reply, error);
}

/* The only call, one of several, one that waits: 22.030 6.5.5.  +CHLD=1x before ^CONF kills the
 * module (at-facts 15), and +CHUP would end the others, too. */
static void
hang_up (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  MuVoice     *self = (MuVoice *)base;
  MuVoiceCall *found = subject (base, call);

  if (found == NULL)
    return;
  if (self->table.calls->len == 1)
    mu_send (base, call, hung_up, "+CHUP");
  else if (found->state == MU_CALL_WAITING || found->state == MU_CALL_INCOMING)
    mu_send (base, call, hung_up, "+CHLD=0");
  else if (found->id != 0 && found->state != MU_CALL_DIALING)
    mu_send (base, call, hung_up, "+CHLD=%u", 10 + found->id);
  else
    mu_call_reject (call, MU_ERROR_NOT_READY,
                    "Of several calls, one that is being dialled has to "
                    "ring before it can be hung up alone");
}

/* ---- tones ---- */

static void next_tone (MuVoice *self);

static void
end_tones (MuVoice *self, const GError *error)
{
  MuCall *call = self->toning;

  self->toning = NULL;
  mu_timer_stop (&self->tone_timer);
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_call_return (call, NULL);
}

static void
abort_tones (MuVoice *self, const char *why)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, MU_ERROR_ABORTED, why);

  end_tones (self, error);
}

/* Whoever is talked to instead is not to hear them: they may be a password. */
void
mu_voice_check_tones (MuVoice *self)
{
  const MuVoiceCall *subject;

  if (self->toning == NULL)
    return;
  subject = mu_call_table_find (&self->table, mu_call_object (self->toning));
  if (subject == NULL)
    abort_tones (self, "The call is over");
  else if (subject->state != MU_CALL_ACTIVE)
    abort_tones (self, "The call is not active any more");
}

/* In a pause. */
static void
on_toner_left (MuService *base, MuCall *call G_GNUC_UNUSED)
{
  abort_tones ((MuVoice *)base, "The caller has left");
}

static void
on_tone_sent (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
              const GError *error)
{
  MuVoice *self = (MuVoice *)base;

  if (call == NULL) /* they were stopped */
    return;
  if (error != NULL)
    end_tones (self, error);
  else
    next_tone (self);
}

static void
next_tone (MuVoice *self)
{
  MuCall     *call = self->toning;
  const char *tones;
  char        tone[2] = { 0 };

  g_variant_get (mu_call_args (call), "(&s)", &tones);
  tone[0] = tones[self->tone];
  if (tone[0] == '\0')
    {
      end_tones (self, NULL);
      return;
    }
  self->tone++;
  if (strchr (",pP", tone[0]) != NULL)
    mu_timer_start (&self->tone_timer, PAUSE_MS);
  else
    mu_send (&self->base, call, on_tone_sent, "+VTS=%d", tone);
}

void
mu_voice_go_on_toning (gpointer voice)
{
  next_tone (voice);
}

static gboolean
check_tones (const char *tones, GError **error)
{
  if (tones[0] == '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "No tones");
  if (strlen (tones) > MAX_TONES)
    return mu_fail (error, MU_ERROR_TOO_LONG, "More than %d tones", MAX_TONES);
  if (tones[strspn (tones, "0123456789*#ABCDabcd,pP")] != '\0')
    return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "Tones are 0-9 * # A-D, and , for a pause");
  return TRUE;
}

static void
send_tones (MuService *base, GVariant *args, MuCall *call)
{
  MuVoice           *self = (MuVoice *)base;
  MuVoiceCall       *found = subject (base, call);
  g_autoptr (GError) error = NULL;
  const char        *tones;

  if (found == NULL)
    return;
  g_variant_get (args, "(&s)", &tones);
  if (!check_tones (tones, &error))
    mu_call_fail (call, error);
  else if (found->state != MU_CALL_ACTIVE)
    mu_call_reject (call, MU_ERROR_NOT_ALLOWED, "The call is %s", state_words[found->state]);
  else if (self->toning != NULL)
    mu_call_reject (call, MU_ERROR_BUSY, "Other tones are being sent");
  else
    {
      self->toning = call;
      self->tone = 0;
      mu_call_on_left (call, on_toner_left);
      next_tone (self);
    }
}

/* ---- the class ---- */

static const MuOp ops[] = {
  { "Answer", .run = answer },
  { "Hangup", .run = hang_up, .stands = TRUE },
  { "SendTones", .run = send_tones },
};

static const MuProp props[] = {
  { "State", "s" },     { "Direction", "s" },  { "Number", "s" },  { "NumberHidden", "b" },
  { "Emergency", "b" }, { "Multiparty", "b" }, { "Started", "x" }, { "EndReason", "s" },
  { "EndStatus", "u" }, { "Cause", "u" },
};

const MuChildClass mu_call1_class = {
  .interface = "org.mu709.Call1",
  .element = "call",
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  .get = get,
  .numbers = numbers,
};

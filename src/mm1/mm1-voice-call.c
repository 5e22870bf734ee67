/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Call: one call, Call1. */
#include "mm1-voice.h"
#include "mm1-words.h"
#include "mu-error.h"

#define CALL(self) MM_GDBUS_CALL ((self)->base.skeleton)

const char *
mm1_voice_call_digits (const Mm1VoiceCall *self)
{
  return mm_gdbus_call_get_number (CALL (self));
}

MMCallState
mm1_voice_call_state (const Mm1VoiceCall *self)
{
  return (MMCallState)mm_gdbus_call_get_state (CALL (self));
}

/* ---- state ---- */

/* The signal comes after the properties. */
static void
enter (Mm1VoiceCall *self, MMCallState state, MMCallStateReason reason)
{
  MMCallState before = mm1_voice_call_state (self);

  if (state == before)
    return;
  mm_gdbus_call_set_state (CALL (self), (gint)state);
  mm_gdbus_call_set_state_reason (CALL (self), (gint)reason);
  g_dbus_interface_skeleton_flush (self->base.skeleton);
  mm_gdbus_call_emit_state_changed (CALL (self), (gint)before, (gint)state, (guint)reason);
}

void
mm1_voice_call_take (Mm1VoiceCall *self, GVariant *properties)
{
  MMCallState state = mm1_call_state (mm1_text (properties, "State"));
  const char *number = mm1_text (properties, "Number");
  gboolean    multiparty = FALSE;

  (void)g_variant_lookup (properties, "Multiparty", "b", &multiparty);
  mm_gdbus_call_set_direction (CALL (self),
                               (gint)mm1_call_direction (mm1_text (properties, "Direction")));
  if (number[0] != '\0')
    mm_gdbus_call_set_number (CALL (self), number);
  mm_gdbus_call_set_multiparty (CALL (self), multiparty);
  if (state != MM_CALL_STATE_TERMINATED) /* mm1_voice_call_end() knows why */
    enter (self, state, mm1_call_reason (mm1_voice_call_state (self), state));
}

void
mm1_voice_call_end (Mm1VoiceCall *self, GVariant *properties)
{
  const char *why = properties != NULL ? mm1_text (properties, "EndReason") : "gone";

  self->number = 0;
  self->is_over = TRUE;
  mm_gdbus_call_set_multiparty (CALL (self), FALSE);
  enter (self, MM_CALL_STATE_TERMINATED, mm1_call_end_reason (why));
  if (self->is_early)
    mm1_call_return (self->early, NULL);
}

/* ---- hanging up ---- */

static void
on_early_ended (gpointer data)
{
  Mm1VoiceCall *self = data;

  self->early = NULL;
  self->is_early = FALSE;
}

/* Who has dialled a wrong number does not wait until the module knows of it. */
static void
wait_for_call (Mm1VoiceCall *self, Mm1Call *call)
{
  if (self->early != NULL && self->early != call)
    {
      mm1_call_reject (call, MM_CORE_ERROR_IN_PROGRESS, "The call is being hung up");
      return;
    }
  if (self->early == NULL)
    mm1_call_keep (call, self, on_early_ended);
  self->early = call;
  self->is_early = TRUE;
}

/* Of several calls one can be hung up as soon as it rings. */
static void
on_hung_up (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  Mm1VoiceCall *self = (Mm1VoiceCall *)base;

  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY) && self->number != 0)
    wait_for_call (self, call);
  else
    mm1_call_finish (base, call, reply, error);
}

static void
hang_up_number (Mm1VoiceCall *self, Mm1Call *call)
{
  Mm1Request request = { "Voice1", "Hangup", self->number, g_variant_new ("()") };

  mm1_call_start (call, &request, on_hung_up);
}

static void
try_early (Mm1VoiceCall *self)
{
  if (!self->is_early)
    return;
  self->is_early = FALSE;
  hang_up_number (self, self->early);
}

void
mm1_voice_call_become (Mm1VoiceCall *self, guint number)
{
  self->number = number;
  try_early (self);
}

static void
on_hang_up_allowed (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                    const GError *error)
{
  Mm1VoiceCall *self = (Mm1VoiceCall *)base;

  if (error != NULL)
    mm1_call_fail (call, error);
  else if (self->number != 0)
    hang_up_number (self, call);
  else if (self->starting)
    wait_for_call (self, call);
  else
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "There is no such call at present");
}

/* Start may still be waiting for the policy: then this waits behind it. */
static void
hang_up (Mm1Interface *base, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  if (((Mm1VoiceCall *)base)->number != 0)
    hang_up_number ((Mm1VoiceCall *)base, call);
  else
    mm1_call_check (call, MM1_ACCESS_VOICE, on_hang_up_allowed);
}

/* ---- changes ---- */

static void
on_child_changed (Mm1Interface *base, MuService *service, guint number)
{
  Mm1VoiceCall        *self = (Mm1VoiceCall *)base;
  g_autoptr (GVariant) properties = NULL;

  if (number != self->number || !mm1_is_service (service, "Voice1"))
    return;
  properties = mm1_get_child (base->object, "Voice1", number);
  if (properties != NULL)
    mm1_voice_call_take (self, properties);
  try_early (self);
}

/* ---- methods ---- */

/* Returned, failed, or nobody waits any more.  What has not become a call never will: programs take
 * a draft that stays for one that is being dialled. */
static void
on_start_ended (gpointer data)
{
  Mm1VoiceCall *self = data;

  self->starting = FALSE;
  if (self->number == 0 && !self->is_over)
    mm1_voice_call_end (self, NULL);
}

/* CallAdded has usually brought them together already. */
static void
on_started (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  Mm1VoiceCall *self = (Mm1VoiceCall *)base;
  const char   *path;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  g_variant_get (reply, "(&o)", &path);
  if (self->number == 0 && !self->is_over
      && mm1_voice_find (mm1_voice_of (base->object), mm1_path_number (path)) == NULL)
    mm1_voice_call_become (self, mm1_path_number (path));
  mm1_call_return (call, NULL);
}

/* Only who may do that makes others wait. */
static void
on_start_allowed (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                  const GError *error)
{
  Mm1VoiceCall *self = (Mm1VoiceCall *)base;
  Mm1Request    dial = { "Voice1", "Dial", 0, NULL };

  if (error != NULL)
    mm1_call_fail (call, error);
  else if (self->starting || self->number != 0 || self->is_over)
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "The call has been started");
  else
    {
      dial.args = g_variant_new ("(sa{sv})", mm1_voice_call_digits (self), NULL);
      self->starting = TRUE;
      mm1_call_keep (call, self, on_start_ended);
      mm1_call_start (call, &dial, on_started);
    }
}

static void
start (Mm1Interface *base G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  mm1_call_check (call, MM1_ACCESS_VOICE, on_start_allowed);
}

/* An operation of the Call1 behind it. */
static void
forward (Mm1Interface *base, const char *op, GVariant *args, Mm1Call *call)
{
  guint      number = ((Mm1VoiceCall *)base)->number;
  Mm1Request request = { "Voice1", op, number, args };

  if (number != 0)
    mm1_call_start (call, &request, mm1_call_finish);
  else
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "There is no such call at present");
}

static void
accept_call (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  forward (base, "Answer", args, call);
}

static void
send_dtmf (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  forward (base, "SendTones", args, call);
}

static const Mm1Method methods[] = {
  { "Start", .run = start },
  { "Accept", .run = accept_call },
  { "Hangup", .run = hang_up },
  { "SendDtmf", .run = send_dtmf },
  { "JoinMultiparty", "Voice1", "Join", NULL },
};

/* ---- life ---- */

static void
init (Mm1Interface *base)
{
  MmGdbusCall *call = MM_GDBUS_CALL (base->skeleton);

  mm_gdbus_call_set_direction (call, MM_CALL_DIRECTION_OUTGOING);
  mm_gdbus_call_set_audio_format (call, g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0));
}

const Mm1InterfaceClass mm1_voice_call_class = {
  .type = mm_gdbus_call_skeleton_get_type,
  .size = sizeof (Mm1VoiceCall),
  .init = init,
  .child_changed = on_child_changed,
  MU_TABLE (methods, methods),
};

Mm1VoiceCall *
mm1_voice_call_new (Mm1Object *object)
{
  return (Mm1VoiceCall *)mm1_interface_new (object, &mm1_voice_call_class, MM1_CALL);
}

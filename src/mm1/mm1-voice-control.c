/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Voice's methods for several calls at once, Voice1, and call waiting, Supplementary1. */
#include "mm1-voice.h"

/* ---- several calls ---- */

static Mm1VoiceCall *
find_state (const Mm1Voice *self, MMCallState state)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      Mm1VoiceCall *call = self->calls->pdata[i];

      if (mm1_voice_call_state (call) == state)
        return call;
    }
  return NULL;
}

static void
do_all (Mm1Call *call, const char *op, Mm1Next next)
{
  mm1_call_start (call, &(Mm1Request){ "Voice1", op, 0, g_variant_new ("()") }, next);
}

static void
do_one (Mm1Call *call, const char *op, const Mm1VoiceCall *one, Mm1Next next)
{
  mm1_call_start (call, &(Mm1Request){ "Voice1", op, one->number, g_variant_new ("()") }, next);
}

/* The next one is one that waits, else one that is held. */
void
mm1_voice_hold_and_accept (Mm1Interface *base, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  Mm1Voice     *self = (Mm1Voice *)base;
  Mm1VoiceCall *ringing = find_state (self, MM_CALL_STATE_RINGING_IN);

  if (find_state (self, MM_CALL_STATE_WAITING) != NULL)
    do_all (call, "HoldAndAnswer", mm1_call_finish);
  else if (find_state (self, MM_CALL_STATE_HELD) != NULL)
    do_all (call, "Swap", mm1_call_finish);
  else if (ringing != NULL)
    do_one (call, "Answer", ringing, mm1_call_finish);
  else if (find_state (self, MM_CALL_STATE_ACTIVE) != NULL)
    do_all (call, "Hold", mm1_call_finish);
  else
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "There is no call");
}

static GArray *
find_active (const Mm1Voice *self)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->calls->len; i++)
    {
      const Mm1VoiceCall *call = self->calls->pdata[i];

      if (mm1_voice_call_state (call) == MM_CALL_STATE_ACTIVE)
        g_array_append_val (numbers, call->number);
    }
  return numbers;
}

/* One after the other, a conference has several; then the one that is held has its turn. */
static void
on_active_ended (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  GArray       *numbers = mm1_call_data (call);
  Mm1VoiceCall *active = NULL;

  while (error == NULL && active == NULL && numbers->len > 0)
    {
      active = mm1_voice_find ((Mm1Voice *)base, g_array_index (numbers, guint, 0));
      g_array_remove_index (numbers, 0);
    }
  if (active != NULL)
    do_one (call, "Hangup", active, on_active_ended);
  else if (error == NULL && find_state ((Mm1Voice *)base, MM_CALL_STATE_HELD) != NULL)
    do_all (call, "Swap", mm1_call_finish);
  else
    mm1_call_finish_empty (base, call, reply, error);
}

void
mm1_voice_hang_up_and_accept (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  Mm1Voice     *self = (Mm1Voice *)base;
  Mm1VoiceCall *ringing = find_state (self, MM_CALL_STATE_RINGING_IN);
  gboolean      lasting = find_state (self, MM_CALL_STATE_ACTIVE) != NULL
                     || find_state (self, MM_CALL_STATE_HELD) != NULL;

  if (find_state (self, MM_CALL_STATE_WAITING) != NULL)
    do_all (call, "ReleaseAndAnswer", mm1_call_finish);
  else if (ringing != NULL)
    do_one (call, "Answer", ringing, mm1_call_finish);
  else if (lasting)
    {
      mm1_call_keep (call, find_active (self), (GDestroyNotify)g_array_unref);
      on_active_ended (base, call, args, NULL);
    }
  else
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "There is no call");
}

/* ---- call waiting ---- */

/* The service has just learned it. */
static void
on_queried (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  if (error != NULL)
    mm1_call_fail (call, error);
  else
    mm1_call_return (
        call, g_variant_new ("(b)", mm1_get_flag (base->object, "Supplementary1", "CallWaiting")));
}

void
mm1_voice_query_waiting (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  mm1_call_start (call, &(Mm1Request){ "Supplementary1", "QueryCallWaiting", 0, args }, on_queried);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a call that comes does to the internal stack in transparent mode (guide 14.3). */
#include "mu-voice-private.h"

/* ^DVCFG: 0, calls are put through and data wait (the module's default); 1, calls are refused */
const char *const mu_voice_priority_words[] = { "calls", "data", NULL };

static void
on_priority_set (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
                 const GError *error)
{
  MuVoice    *self = (MuVoice *)base;
  const char *word;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_get (mu_call_args (call), "(&s)", &word);
  mu_set (self, data_first, g_str_equal (word, mu_voice_priority_words[1]));
  mu_call_return (call, NULL);
}

static void
set_priority (MuService *base, GVariant *args, MuCall *call)
{
  const char *word;

  g_variant_get (args, "(&s)", &word);
  if (g_strv_contains (mu_voice_priority_words, word))
    mu_send (base, call, on_priority_set, "^DVCFG=%u",
             (guint)g_str_equal (word, mu_voice_priority_words[1]));
  else
    mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "Priority is calls or data");
}

static void
on_restored (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
             const GError *error)
{
  MuVoice *self = (MuVoice *)base;

  if (error != NULL && mu_session_is_started (base->session))
    mu_set (self, data_first, FALSE);
}

/* No way to ask for it is documented: what was chosen is said again. */
void
mu_voice_restore_priority (MuVoice *self)
{
  if (self->data_first)
    mu_send (&self->base, NULL, on_restored, "^DVCFG=1");
}

const MuOp mu_voice_setters[1] = {
  { "IncomingPriority", .run = set_priority, .stands = TRUE },
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sound: MU_AUDIO_PCM, gains, suppression of noise and echo (guide 8.1, 8.8).  Asked once
 * everything else has been: nobody needs it to be registered. */
#include "mu-audio.h"

#include "mu-audio-settings.h"
#include "mu-error.h"
#include "mu-hex.h"
#include "mu-keys.h"
#include "mu-session.h"

#include <string.h>

#define MAX_RESPONSE 256 /* octets of ^PCMFR */

/* One that is being set. */
typedef struct
{
  MuCall   *call;
  MuAudioId id;
  guint     values[MU_AUDIO_VALUES];
} Pending;

typedef struct
{
  MuService    base;
  gboolean     known[MU_AUDIO_N_SETTINGS];
  guint        values[MU_AUDIO_N_SETTINGS][MU_AUDIO_VALUES];
  MuAudioRange ranges[MU_AUDIO_N_SETTINGS][MU_AUDIO_VALUES];
  GSList      *pending;
} MuAudio;

static const char *const mode_words[] = { "master", "slave" };
static const char *const format_words[] = { "linear", "ulaw", "alaw" };

/* ---- what the module says ---- */

/* Each may be a property, and what is not known is none. */
static void
take_values (MuAudio *self, MuAudioId id, const guint *values)
{
  if (self->known[id] && memcmp (self->values[id], values, sizeof self->values[id]) == 0)
    return;
  self->known[id] = TRUE;
  memcpy (self->values[id], values, sizeof self->values[id]);
  for (guint i = 0; i < mu_audio_settings[id].n; i++)
    mu_service_changed (&self->base, &self->values[id][i]);
}

static void
on_setting (MuService *base, gconstpointer record G_GNUC_UNUSED, const AtLine *line)
{
  MuAudio     *self = (MuAudio *)base;
  MuAudioId    id;
  guint        values[MU_AUDIO_VALUES];
  MuAudioRange ranges[MU_AUDIO_VALUES];

  switch (mu_audio_read (line, &id, values, ranges))
    {
    case MU_AUDIO_NOTHING: return;
    case MU_AUDIO_TOLD_VALUES: take_values (self, id, values); return;
    case MU_AUDIO_TOLD_RANGES: memcpy (self->ranges[id], ranges, sizeof ranges); return;
    }
  g_assert_not_reached ();
}

/* ---- setting ---- */

static Pending *
find_pending (MuAudio *self, MuCall *call)
{
  GSList *link = self->pending;

  while (((Pending *)link->data)->call != call)
    link = link->next;
  return link->data;
}

static void
setting_done (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
              const GError *error)
{
  MuAudio            *self = (MuAudio *)base;
  g_autofree Pending *pending = find_pending (self, call);

  self->pending = g_slist_remove (self->pending, pending);
  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  take_values (self, pending->id, pending->values);
  mu_call_return (call, NULL);
}

static void
set (MuAudio *self, MuAudioId id, const guint *v, MuCall *call)
{
  Pending *pending;

  for (guint i = 0; i < mu_audio_settings[id].n; i++)
    {
      MuAudioRange range = self->ranges[id][i];

      if (v[i] < range.min || v[i] > range.max)
        {
          mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "%u is not from %u to %u", v[i],
                          range.min, range.max);
          return;
        }
    }
  pending = g_new (Pending, 1);
  *pending = (Pending){ .call = call, .id = id };
  memcpy (pending->values, v, sizeof pending->values);
  self->pending = g_slist_prepend (self->pending, pending);
  mu_send (&self->base, call, setting_done, mu_audio_settings[id].set, v[0], v[1], v[2], v[3],
           v[4]);
}

/* What is not to be changed. */
static void
get_present (const MuAudio *self, MuAudioId id, guint *values)
{
  const guint *from = self->known[id] ? self->values[id] : mu_audio_settings[id].usual;

  memcpy (values, from, sizeof self->values[id]);
}

/* A setting of one value, which is a number or yes or no. */
static void
set_single (MuService *base, MuAudioId id, GVariant *args, MuCall *call)
{
  guint                values[MU_AUDIO_VALUES] = { 0 };
  g_autoptr (GVariant) value = g_variant_get_child_value (args, 0);
  gboolean             is_number = g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32);

  values[0] = is_number ? g_variant_get_uint32 (value) : (guint)g_variant_get_boolean (value);
  set ((MuAudio *)base, id, values, call);
}

static void
set_muted (MuService *base, GVariant *args, MuCall *call)
{
  set_single (base, MU_AUDIO_MUTE, args, call);
}

static void
set_microphone (MuService *base, GVariant *args, MuCall *call)
{
  set_single (base, MU_AUDIO_MICROPHONE, args, call);
}

static void
set_speaker (MuService *base, GVariant *args, MuCall *call)
{
  set_single (base, MU_AUDIO_SPEAKER, args, call);
}

static void
set_noise (MuService *base, GVariant *args, MuCall *call)
{
  set_single (base, MU_AUDIO_NOISE, args, call);
}

static void
set_sidetone (MuService *base, GVariant *args, MuCall *call)
{
  set_single (base, MU_AUDIO_SIDETONE, args, call);
}

/* SetPcm ({mode, format}) */

static const MuKey pcm_keys[] = { { "mode", "s" }, { "format", "s" } };

/* Nothing changes if the key is not there. */
static gboolean
read_word (GVariant *dict, const char *key, const char *const *words, guint n_words,
           guint *ret_index, GError **error)
{
  const char *word;

  if (!g_variant_lookup (dict, key, "&s", &word))
    return TRUE;
  for (guint i = 0; i < n_words; i++)
    if (g_str_equal (words[i], word))
      {
        *ret_index = i;
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "There is no %s '%s'", key, word);
}

static void
set_pcm (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GVariant) dict = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  guint                values[MU_AUDIO_VALUES];

  get_present ((MuAudio *)base, MU_AUDIO_PCM, values);
  if (mu_keys_check (pcm_keys, G_N_ELEMENTS (pcm_keys), dict, &error)
      && read_word (dict, "mode", mode_words, G_N_ELEMENTS (mode_words), &values[0], &error)
      && read_word (dict, "format", format_words, G_N_ELEMENTS (format_words), &values[1], &error))
    set ((MuAudio *)base, MU_AUDIO_PCM, values, call);
  else
    mu_call_fail (call, error);
}

/* SetEchoSuppression ({enabled, values}) */

static const MuKey echo_keys[] = { { "enabled", "b" }, { "values", "au" } };

static gboolean
read_echo (GVariant *dict, guint *values, GError **error)
{
  g_autoptr (GVariant) array = g_variant_lookup_value (dict, "values", NULL);
  gboolean             enabled;

  if (!mu_keys_check (echo_keys, G_N_ELEMENTS (echo_keys), dict, error))
    return FALSE;
  if (g_variant_lookup (dict, "enabled", "b", &enabled))
    values[0] = enabled ? 1 : 0;
  if (array != NULL && g_variant_n_children (array) != MU_AUDIO_VALUES - 1)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "There are %d values", MU_AUDIO_VALUES - 1);
  for (guint i = 1; array != NULL && i < MU_AUDIO_VALUES; i++)
    g_variant_get_child (array, i - 1, "u", &values[i]);
  return TRUE;
}

static void
set_echo (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GVariant) dict = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  guint                values[MU_AUDIO_VALUES];

  get_present ((MuAudio *)base, MU_AUDIO_ECHO, values);
  if (read_echo (dict, values, &error))
    set ((MuAudio *)base, MU_AUDIO_ECHO, values, call);
  else
    mu_call_fail (call, error);
}

static GVariant *
get_echo (MuService *base)
{
  const MuAudio *self = (MuAudio *)base;
  const guint   *values = self->values[MU_AUDIO_ECHO];
  GVariantDict   dict;

  g_variant_dict_init (&dict, NULL);
  if (self->known[MU_AUDIO_ECHO])
    {
      g_variant_dict_insert (&dict, "enabled", "b", values[0] == 1);
      g_variant_dict_insert_value (&dict, "values",
                                   g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, values + 1,
                                                              MU_AUDIO_VALUES - 1, sizeof (guint)));
    }
  return g_variant_dict_end (&dict);
}

/* SetFrequencyResponse (words of 16 bits) */

static void
response_done (MuService *base G_GNUC_UNUSED, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
               const GError *error)
{
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_call_return (call, NULL);
}

static void
set_response (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (args, 0);
  gsize                n;
  const guint8        *octets = g_variant_get_fixed_array (array, &n, 1);
  g_autofree char     *hex = NULL;

  if (n > MAX_RESPONSE)
    mu_call_reject (call, MU_ERROR_TOO_LONG, "More than %d bytes", MAX_RESPONSE);
  else if (n == 0 || n % 2 != 0)
    mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "It is 2 to %d bytes, two for a word",
                    MAX_RESPONSE);
  else
    {
      hex = mu_hex_encode (octets, n);
      mu_send (base, call, response_done, "^PCMFR=%x", hex);
    }
}

/* ---- tables ---- */

static GVariant *
get_word (MuService *base, guint i, const char *const *words, guint n_words)
{
  const MuAudio *self = (MuAudio *)base;
  gboolean       known = self->known[MU_AUDIO_PCM] && self->values[MU_AUDIO_PCM][i] < n_words;

  return g_variant_new_string (known ? words[self->values[MU_AUDIO_PCM][i]] : "");
}

static GVariant *
get_mode (MuService *base)
{
  return get_word (base, 0, mode_words, G_N_ELEMENTS (mode_words));
}

static GVariant *
get_format (MuService *base)
{
  return get_word (base, 1, format_words, G_N_ELEMENTS (format_words));
}

static void
init (MuService *base)
{
  MuAudio *self = (MuAudio *)base;

  for (guint id = 0; id < MU_AUDIO_N_SETTINGS; id++)
    memcpy (self->ranges[id], mu_audio_settings[id].ranges, sizeof self->ranges[id]);
}

static void
reset (MuService *base)
{
  static const guint none[MU_AUDIO_VALUES];
  MuAudio           *self = (MuAudio *)base;

  for (guint id = 0; id < MU_AUDIO_N_SETTINGS; id++)
    {
      if (self->known[id])
        take_values (self, id, none);
      self->known[id] = FALSE;
    }
  init (base);
}

/* Ranges before values. */
static const MuStep steps[] = {
  { "^CPCM?", MU_FACT_SETTLED },     { "^SMUT?", MU_FACT_SETTLED },
  { "+CMIC=?", MU_FACT_SETTLED },    { "+CMIC?", MU_FACT_SETTLED },
  { "+CLVL=?", MU_FACT_SETTLED },    { "+CLVL?", MU_FACT_SETTLED },
  { "^NSSWITCH?", MU_FACT_SETTLED }, { "^STN?", MU_FACT_SETTLED },
  { "^ECHOEX=?", MU_FACT_SETTLED },  { "^ECHOEX?", MU_FACT_SETTLED },
};

/* Guide 8.8.2 */
#define NO_CALL .excludes = MU_FACT_CALL

static const MuOp ops[] = {
  { "SetPcm", .run = set_pcm, NO_CALL, .stands = TRUE },
  { "SetEchoSuppression", .run = set_echo, NO_CALL, .stands = TRUE },
  { "SetFrequencyResponse", .run = set_response, NO_CALL },
};

static const MuOp setters[] = {
  { "ReceiveMuted", .run = set_muted, .stands = TRUE },
  { "MicrophoneGain", .run = set_microphone, .stands = TRUE },
  { "SpeakerVolume", .run = set_speaker, .stands = TRUE },
  { "NoiseSuppression", .run = set_noise, NO_CALL, .stands = TRUE },
  { "Sidetone", .run = set_sidetone, NO_CALL, .stands = TRUE },
};

static const MuProp props[] = {
  { "PcmMode", "s", offsetof (MuAudio, values[MU_AUDIO_PCM][0]), .get = get_mode },
  { "PcmFormat", "s", offsetof (MuAudio, values[MU_AUDIO_PCM][1]), .get = get_format },
  { "ReceiveMuted", "b", offsetof (MuAudio, values[MU_AUDIO_MUTE][0]) },
  { "MicrophoneGain", "u", offsetof (MuAudio, values[MU_AUDIO_MICROPHONE][0]) },
  { "SpeakerVolume", "u", offsetof (MuAudio, values[MU_AUDIO_SPEAKER][0]) },
  { "NoiseSuppression", "b", offsetof (MuAudio, values[MU_AUDIO_NOISE][0]) },
  { "Sidetone", "b", offsetof (MuAudio, values[MU_AUDIO_SIDETONE][0]) },
  { "EchoSuppression", "a{sv}", offsetof (MuAudio, values[MU_AUDIO_ECHO][0]), .get = get_echo },
};

#define SAYS(id)                                                                                   \
  {                                                                                                \
    &mu_audio_settings[MU_AUDIO_##id].record, on_setting                                           \
  }

static const MuUrc urcs[] = {
  SAYS (PCM),   SAYS (MUTE),     SAYS (MICROPHONE), SAYS (SPEAKER),
  SAYS (NOISE), SAYS (SIDETONE), SAYS (ECHO),
};

const MuServiceClass mu_audio_class = {
  .interface = "org.mu709.Audio1",
  .size = sizeof (MuAudio),
  .access = "org.mu709.audio",
  .priority = AT_INTERACTIVE,
  .init = init,
  .reset = reset,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (setters, setters),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
};

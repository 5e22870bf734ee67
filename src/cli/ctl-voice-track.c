/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-voice-track.h"

#include "ctl-event.h"

CtlVoiceTrack *
ctl_voice_track_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
}

/* before, with the values of news. */
static GVariant *
merge (GVariant *before, GVariant *news)
{
  GVariantDict dict;
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  g_variant_dict_init (&dict, before);
  g_variant_iter_init (&iter, news);
  while (g_variant_iter_loop (&iter, "{&sv}", &name, &value))
    g_variant_dict_insert_value (&dict, name, value);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

/* What a person is told of: the rest only adds to it. */
static gboolean
is_shown (GVariant *before, GVariant *after)
{
  static const char *const names[] = { "State", "Number", "NumberHidden", "Multiparty" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GVariant) was = g_variant_lookup_value (before, names[i], NULL);
      g_autoptr (GVariant) is = g_variant_lookup_value (after, names[i], NULL);

      if (is != NULL && (was == NULL || !g_variant_equal (was, is)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_ended (GVariant *properties)
{
  const char *state = "";

  (void)g_variant_lookup (properties, "State", "&s", &state);
  return g_str_equal (state, "ended");
}

/* That it has ended is told, with the reason, when it is removed. */
static CtlVoiceNews
update (CtlVoiceTrack *self, const char *path, GVariant *news, GVariant **ret_properties)
{
  GVariant            *before = g_hash_table_lookup (self, path);
  g_autoptr (GVariant) after = merge (before, news);
  CtlVoiceNews         kind = CTL_VOICE_ADDED;

  if (before != NULL)
    kind = is_shown (before, after) && !has_ended (after) ? CTL_VOICE_CHANGED : CTL_VOICE_NOTHING;
  g_hash_table_insert (self, g_strdup (path), g_variant_ref (after));
  if (kind != CTL_VOICE_NOTHING)
    *ret_properties = g_steal_pointer (&after);
  return kind;
}

CtlVoiceNews
ctl_voice_track (CtlVoiceTrack *self, GVariant *event, char **ret_path, GVariant **ret_properties)
{
  g_autoptr (GVariant) news = ctl_event_properties (event, "Call1");
  g_autoptr (GVariant) removed = NULL;
  CtlVoiceNews         kind;

  if (news != NULL)
    {
      kind = update (self, ctl_event_path (event), news, ret_properties);
      if (kind != CTL_VOICE_NOTHING)
        *ret_path = g_strdup (ctl_event_path (event));
      return kind;
    }
  removed = ctl_event_arguments (event, "Voice1", "CallRemoved", "(oa{sv})");
  if (removed == NULL)
    return CTL_VOICE_NOTHING;
  g_variant_get (removed, "(o@a{sv})", ret_path, ret_properties);
  g_hash_table_remove (self, *ret_path);
  return CTL_VOICE_REMOVED;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-track.h"

#include "ctl-child.h"
#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-module.h"
#include "ctl-output.h"

#include <string.h>

struct CtlTrack
{
  const CtlTrackKind *kind;
  GHashTable         *objects; /* path: a{sv} */
  GHashTable         *modules; /* paths */
};

CtlTrack *
ctl_track_new (const CtlTrackKind *kind)
{
  CtlTrack *self = g_new (CtlTrack, 1);

  self->kind = kind;
  self->objects
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
  self->modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ctl_track_free (CtlTrack *self)
{
  g_hash_table_unref (self->objects);
  g_hash_table_unref (self->modules);
  g_free (self);
}

guint
ctl_track_count (const CtlTrack *self)
{
  return g_hash_table_size (self->objects);
}

const char **
ctl_track_paths (const CtlTrack *self)
{
  return (const char **)g_hash_table_get_keys_as_array (self->objects, NULL);
}

/* ---- what an event says ---- */

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

static gboolean
is_shown (const CtlTrackKind *kind, GVariant *before, GVariant *after)
{
  for (const char *const *name = kind->shown; *name != NULL; name++)
    {
      g_autoptr (GVariant) was = g_variant_lookup_value (before, *name, NULL);
      g_autoptr (GVariant) is = g_variant_lookup_value (after, *name, NULL);

      if (is != NULL && (was == NULL || !g_variant_equal (was, is)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_ended (const CtlTrackKind *kind, GVariant *properties)
{
  return g_strv_contains (kind->ends, ctl_child_text (properties, "State"));
}

static CtlTrackNews
update (CtlTrack *self, const char *path, GVariant *told, GVariant **ret_properties)
{
  GVariant            *before = g_hash_table_lookup (self->objects, path);
  g_autoptr (GVariant) after = merge (before, told);
  CtlTrackNews         news = CTL_TRACK_ADDED;

  if (before != NULL && (!is_shown (self->kind, before, after) || has_ended (self->kind, after)))
    news = CTL_TRACK_NOTHING;
  else if (before != NULL)
    news = CTL_TRACK_CHANGED;
  g_hash_table_insert (self->objects, g_strdup (path), g_variant_ref (after));
  if (news != CTL_TRACK_NOTHING)
    *ret_properties = g_steal_pointer (&after);
  return news;
}

CtlTrackNews
ctl_track_event (CtlTrack *self, GVariant *event, char **ret_path, GVariant **ret_properties)
{
  const CtlTrackKind  *kind = self->kind;
  g_autoptr (GVariant) told = ctl_event_properties (event, kind->interface);
  g_autoptr (GVariant) removed = NULL;
  CtlTrackNews         news;

  if (told != NULL)
    {
      news = update (self, ctl_event_path (event), told, ret_properties);
      if (news != CTL_TRACK_NOTHING)
        *ret_path = g_strdup (ctl_event_path (event));
      return news;
    }
  removed = ctl_event_arguments (event, kind->parent, kind->signal, "(oa{sv})");
  if (removed == NULL)
    return CTL_TRACK_NOTHING;
  g_variant_get (removed, "(o@a{sv})", ret_path, ret_properties);
  g_hash_table_remove (self->objects, *ret_path);
  return CTL_TRACK_REMOVED;
}

/* ---- watching ---- */

static const char *const words[] = {
  [CTL_TRACK_ADDED] = "added",
  [CTL_TRACK_CHANGED] = "changed",
  [CTL_TRACK_REMOVED] = "removed",
};

typedef struct
{
  CtlTrack    *track;
  Ctl         *ctl;
  CtlTrackFunc func;
  gpointer     user_data;
} Watch;

/* The module's path is what stands before "/call/"; NULL: there is none. */
static char *
module_of (const CtlTrack *self, const char *path)
{
  g_autofree char *between = g_strconcat ("/", self->kind->element, "/", NULL);
  const char      *end = strstr (path, between);

  return end != NULL ? g_strndup (path, (gsize)(end - path)) : NULL;
}

void
ctl_track_json (const CtlTrack *self, Ctl *ctl, GVariant *event, const char *word, const char *path,
                GVariant *properties)
{
  g_autofree char *module = module_of (self, path);

  if (module != NULL)
    ctl_output_json (ctl, ctl_event_of_ours (event, word, module, self->kind->element,
                                             ctl_child_json (path, properties)));
}

char *
ctl_track_prefix (const CtlTrack *self, const char *path)
{
  g_autofree char *module = module_of (self, path);

  if (module == NULL || g_hash_table_size (self->modules) < 2)
    return g_strdup ("");
  return g_strconcat (ctl_module_id (module), "  ", NULL);
}

static gboolean
has_vanished (GVariant *event)
{
  g_autofree const char **names = NULL;

  return ctl_event_is (event, "vanished") && g_variant_lookup (event, "interfaces", "^a&s", &names)
         && g_strv_contains (names, "Modem1");
}

static void
note_module (GVariant *event, gpointer track)
{
  CtlTrack            *self = track;
  g_autoptr (GVariant) told = ctl_event_properties (event, "Modem1");

  if (told != NULL)
    g_hash_table_add (self->modules, g_strdup (ctl_event_path (event)));
  else if (has_vanished (event))
    g_hash_table_remove (self->modules, ctl_event_path (event));
}

static void
tell (GVariant *event, gpointer user_data)
{
  const Watch         *watch = user_data;
  g_autofree char     *path = NULL;
  g_autoptr (GVariant) properties = NULL;
  CtlTrackNews         news = ctl_track_event (watch->track, event, &path, &properties);

  note_module (event, watch->track);
  if (news == CTL_TRACK_NOTHING)
    return;
  if (watch->ctl->options.json)
    ctl_track_json (watch->track, watch->ctl, event, words[news], path, properties);
  else
    watch->func (event, path, properties, watch->user_data);
}

/* A daemon that comes has objects of its own, whatever their numbers. */
void
ctl_track_watch (CtlTrack *self, Ctl *ctl, GVariant *event, CtlTrackFunc func, gpointer user_data)
{
  Watch watch = { self, ctl, func, user_data };

  if (ctl_follow_tell_daemon (ctl, event))
    {
      g_hash_table_remove_all (self->objects);
      g_hash_table_remove_all (self->modules);
    }
  if (ctl_event_is (event, "daemon-present"))
    {
      ctl_follow_objects (ctl, note_module, self); /* all of them, before the first is told of */
      ctl_follow_objects (ctl, tell, &watch);
    }
  tell (event, &watch);
}

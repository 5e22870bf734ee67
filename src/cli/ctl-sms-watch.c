/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* sms watch: what comes in, whole, and what becomes of what went out. */
#include "ctl-child.h"
#include "ctl-error.h"
#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-message.h"
#include "ctl-output.h"
#include "ctl-sms.h"
#include "ctl-text.h"

static void
output_json (Ctl *ctl, GVariant *event, const char *word, const char *key, GVariant *value)
{
  ctl_output_json (ctl, ctl_event_of_ours (event, word, ctl_event_path (event), key, value));
}

/* ---- messages ---- */

static void
tell_received (Ctl *ctl, GVariant *event G_GNUC_UNUSED, const char *path, GVariant *properties)
{
  g_autofree char *text = ctl_message_text (path, properties, &ctl->style);

  ctl_output_text (ctl, text);
  ctl_output_text (ctl, "\n");
}

static void
tell_delivered (Ctl *ctl, GVariant *event, const char *path, GVariant *properties)
{
  g_autofree char    *time = ctl_event_time (event);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s  Message %u to ", time, ctl_child_id (path));
  ctl_text_append_clean (text, ctl_child_text (properties, "Number"));
  g_string_append (text, " has been delivered\n\n");
  ctl_output_text (ctl, text->str);
}

typedef struct
{
  const char *signal;
  const char *word; /* in JSON */
  void (*tell) (Ctl *ctl, GVariant *event, const char *path, GVariant *properties);
} Kind;

static const Kind kinds[] = {
  { "Received", "received", tell_received },
  { "Delivered", "delivered", tell_delivered },
};

/* One that has been deleted meanwhile, or whose daemon has left, is not told. */
static gboolean
is_harmless (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);

  return g_error_matches (error, CTL_ERROR, CTL_ERROR_NO_DAEMON)
         || g_error_matches (error, CTL_ERROR, CTL_ERROR_NO_MODULE)
         || g_strcmp0 (name, "org.mu709.Error.NotFound") == 0
         || g_strcmp0 (name, "org.mu709.Error.Gone") == 0;
}

static gboolean
tell_message (Ctl *ctl, const Kind *kind, GVariant *event, GVariant *args, GError **error)
{
  g_autoptr (GError)   cause = NULL;
  g_autoptr (GVariant) properties = NULL;
  const char          *path;

  g_variant_get (args, "(&o)", &path);
  properties = ctl_sms_read (ctl, path, &cause);
  if (properties == NULL && !is_harmless (cause))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (properties == NULL)
    return TRUE;
  if (ctl->options.json)
    output_json (ctl, event, kind->word, "message", ctl_child_json (path, properties));
  else
    kind->tell (ctl, event, path, properties);
  return TRUE;
}

/* ---- the rest ---- */

static void
tell_full (Ctl *ctl, GVariant *event, GVariant *args)
{
  g_autofree char    *time = ctl_event_time (event);
  g_autoptr (GString) text = g_string_new (NULL);
  const char         *storage;

  g_variant_get (args, "(&s)", &storage);
  if (ctl->options.json)
    output_json (ctl, event, "storage-full", "storage", g_variant_new_string (storage));
  else if (g_str_equal (storage, "database"))
    g_string_append_printf (text, "%s  The database cannot be written\n\n", time);
  else
    {
      g_string_append_printf (text, "%s  There is no room for messages: ", time);
      ctl_text_append_clean (text, storage);
      g_string_append (text, "\n\n");
    }
  ctl_output_text (ctl, text->str);
}

static gboolean
on_event (GVariant *event, gpointer user_data, GError **error)
{
  Ctl                 *ctl = user_data;
  g_autoptr (GVariant) full = ctl_event_arguments (event, "Messaging1", "StorageFull", "(s)");
  gboolean             done = TRUE;

  (void)ctl_follow_tell_daemon (ctl, event);
  if (full != NULL)
    tell_full (ctl, event, full);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GVariant) args = ctl_event_arguments (event, "Messaging1", kinds[i].signal, "(o)");

      if (args != NULL)
        done = tell_message (ctl, &kinds[i], event, args, error);
    }
  return done;
}

gboolean
ctl_sms_watch (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  return ctl_follow (ctl, on_event, ctl, error);
}

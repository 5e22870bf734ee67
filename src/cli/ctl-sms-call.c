/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which message is meant, and what is asked of it. */
#include "ctl-sms.h"

#include "ctl-error.h"
#include "ctl-message.h"
#include "ctl-module.h"

#include <string.h>

/* ---- which one ---- */

gboolean
ctl_sms_choose (Ctl *ctl, GError **error)
{
  g_autoptr (GVariant) properties = NULL;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  properties = ctl_module_properties (ctl->module, "Messaging1");
  return properties != NULL || ctl_module_lacks (ctl, "Messaging1", error);
}

static gboolean
is_path (const char *text)
{
  return g_variant_is_object_path (text) && g_str_has_prefix (text, CTL_MODULES)
         && strstr (text, "/message/") != NULL && ctl_message_id (text) != 0;
}

char *
ctl_sms_path (Ctl *ctl, const char *text, GError **error)
{
  guint64 id;

  if (is_path (text))
    return g_strdup (text);
  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32, &id, NULL))
    {
      ctl_fail (error, CTL_ERROR_USAGE, "'%s' is neither the number of a message nor its path",
                text);
      return NULL;
    }
  return ctl_sms_choose (ctl, error)
             ? g_strdup_printf ("%s/message/%" G_GUINT64_FORMAT, ctl->module_path, id)
             : NULL;
}

/* ---- calls ---- */

/* A path that a person has typed may be of no module. */
static GVariant *
call_message (Ctl *ctl, const CtlMethod *method, GVariant *args, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GVariant          *reply = ctl_bus_call (ctl, method, args, NULL, &cause);

  if (reply != NULL)
    return reply;
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
      || g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT))
    ctl_fail (error, CTL_ERROR_NO_MODULE, "There is no object %s", method->path);
  else
    g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

GVariant *
ctl_sms_read (Ctl *ctl, const char *path, GError **error)
{
  const CtlMethod      method = { path, CTL_PROPERTIES, "GetAll", "(a{sv})" };
  g_autoptr (GVariant) reply
      = call_message (ctl, &method, g_variant_new ("(s)", CTL_MESSAGE), error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

GVariant *
ctl_sms_list (Ctl *ctl, GVariant *filter, GError **error)
{
  const CtlMethod      method = { ctl->module_path, CTL_MESSAGING, "List", "(a(oa{sv}))" };
  g_autoptr (GVariant) reply
      = ctl_bus_call (ctl, &method, g_variant_new ("(@a{sv})", filter), NULL, error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

gboolean
ctl_sms_call (Ctl *ctl, const char *path, const char *name, GError **error)
{
  const CtlMethod      method = { path, CTL_MESSAGE, name, "()" };
  g_autoptr (GVariant) reply = call_message (ctl, &method, NULL, error);

  return reply != NULL;
}

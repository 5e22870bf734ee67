/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which message is meant, and what is asked of it. */
#include "ctl-sms.h"

#include "ctl-child.h"
#include "ctl-module.h"

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

/* A module that has no messages says that, not that there is no such object. */
char *
ctl_sms_path (Ctl *ctl, const char *text, GError **error)
{
  char *path = ctl_child_path (ctl, "message", text, error);

  if (path != NULL && text[0] != '/' && !ctl_sms_choose (ctl, error))
    g_clear_pointer (&path, g_free);
  return path;
}

/* ---- calls ---- */

GVariant *
ctl_sms_read (Ctl *ctl, const char *path, GError **error)
{
  const CtlMethod      method = { path, CTL_PROPERTIES, "GetAll", "(a{sv})" };
  g_autoptr (GVariant) reply
      = ctl_child_call (ctl, &method, g_variant_new ("(s)", CTL_MESSAGE), error);

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
ctl_sms_call (Ctl *ctl, const char *path, const char *method, GError **error)
{
  const CtlMethod      called = { path, CTL_MESSAGE, method, "()" };
  g_autoptr (GVariant) reply = ctl_child_call (ctl, &called, NULL, error);

  return reply != NULL;
}

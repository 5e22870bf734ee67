/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Messaging's methods: List, Create, Delete. */
#include "mm1-messaging.h"

/* ---- List ---- */

static void
on_list_allowed (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                 const GError *error)
{
  g_autofree const char **paths = mm1_interfaces_paths (((Mm1Messaging *)base)->messages);

  if (error != NULL)
    mm1_call_fail (call, error);
  else
    mm1_call_return (call, g_variant_new ("(^ao)", paths));
}

void
mm1_messaging_list (Mm1Interface *base G_GNUC_UNUSED, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  mm1_call_check (call, MM1_ACCESS_MESSAGES, on_list_allowed);
}

/* ---- Create ---- */

static void
on_create_allowed (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                   const GError *error)
{
  Mm1Messaging      *self = (Mm1Messaging *)base;
  g_autoptr (GError) why = NULL;
  g_autofree char   *path = NULL;
  Mm1Sms            *draft = NULL;

  if (error == NULL)
    draft = mm1_sms_new_draft (base->object, mm1_call_data (call), &why);
  if (draft == NULL)
    {
      mm1_call_fail (call, error != NULL ? error : why);
      return;
    }
  path = g_strdup (draft->base.path);
  mm1_messaging_add (self, draft, FALSE);
  mm1_messaging_limit (self, FALSE);
  mm1_call_return (call, g_variant_new ("(o)", path));
}

void
mm1_messaging_create (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  mm1_call_keep (call, g_variant_get_child_value (args, 0), (GDestroyNotify)g_variant_unref);
  mm1_call_check (call, MM1_ACCESS_MESSAGES, on_create_allowed);
}

/* ---- Delete ---- */

static Mm1Sms *
find_deleted (Mm1Messaging *self, Mm1Call *call)
{
  Mm1Sms *found = mm1_interfaces_find (self->messages, mm1_call_data (call));

  if (found == NULL)
    mm1_call_reject (call, MM_CORE_ERROR_NOT_FOUND, "There is no such message");
  else if (found->sending)
    mm1_call_reject (call, MM_CORE_ERROR_IN_PROGRESS, "The message is being sent");
  return found != NULL && !found->sending ? found : NULL;
}

/* The list may have found out first. */
static void
on_deleted (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  Mm1Messaging *self = (Mm1Messaging *)base;
  Mm1Sms       *found = mm1_interfaces_find (self->messages, mm1_call_data (call));

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  if (found != NULL)
    mm1_messaging_drop (self, found);
  mm1_call_return (call, NULL);
}

static void
on_draft_deletable (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  if (error != NULL)
    mm1_call_fail (call, error);
  else if (find_deleted ((Mm1Messaging *)base, call) != NULL)
    on_deleted (base, call, reply, NULL);
}

void
mm1_messaging_delete (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  Mm1Sms     *found;
  const char *path;

  g_variant_get (args, "(&o)", &path);
  mm1_call_keep (call, g_strdup (path), g_free);
  found = find_deleted ((Mm1Messaging *)base, call);
  if (found == NULL)
    return;
  if (found->number == 0)
    mm1_call_check (call, MM1_ACCESS_MESSAGES, on_draft_deletable);
  else
    mm1_call_start (call,
                    &(Mm1Request){ "Messaging1", "Delete", found->number, g_variant_new ("()") },
                    on_deleted);
}

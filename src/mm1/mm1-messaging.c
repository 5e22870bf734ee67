/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Messaging: Messaging1; mm1-messaging-methods.c has the methods.  Its messages are too many
 * to be objects for nothing, which ModemManager's are: the newest are. */
#include "mm1-messaging.h"

#define MESSAGING(self) MM_GDBUS_MODEM_MESSAGING ((self)->base.skeleton)

#define MAX_LISTED 128
#define MAX_ELSE   32 /* drafts, and as many reports */

Mm1Messaging *
mm1_messaging_of (const Mm1Object *object)
{
  return (Mm1Messaging *)mm1_object_find (object, &mm1_messaging_class);
}

Mm1Sms *
mm1_messaging_find (const Mm1Messaging *self, guint number)
{
  for (guint i = 0; i < self->messages->len; i++)
    {
      Mm1Sms *sms = self->messages->pdata[i];

      if (sms->number == number)
        return sms;
    }
  return NULL;
}

static void
tell_list (Mm1Messaging *self)
{
  g_autofree const char **paths = mm1_interfaces_paths (self->messages);

  mm_gdbus_modem_messaging_set_messages (MESSAGING (self), paths);
}

/* ---- messages come and go ---- */

void
mm1_messaging_add (Mm1Messaging *self, Mm1Sms *sms, gboolean received)
{
  g_ptr_array_add (self->messages, sms);
  mm1_interface_publish (&sms->base);
  tell_list (self);
  g_dbus_interface_skeleton_flush (self->base.skeleton);
  mm_gdbus_modem_messaging_emit_added (MESSAGING (self), sms->base.path, received);
}

void
mm1_messaging_drop (Mm1Messaging *self, Mm1Sms *sms)
{
  g_autofree char *path = g_strdup (sms->base.path);

  g_ptr_array_remove (self->messages, sms);
  mm1_interface_free (&sms->base);
  tell_list (self);
  g_dbus_interface_skeleton_flush (self->base.skeleton);
  mm_gdbus_modem_messaging_emit_deleted (MESSAGING (self), path);
}

void
mm1_messaging_limit (Mm1Messaging *self, gboolean reports)
{
  Mm1Sms *oldest = NULL;
  guint   n = 0;

  for (guint i = self->messages->len; i > 0; i--)
    {
      Mm1Sms *sms = self->messages->pdata[i - 1];

      if (sms->number == 0 && !sms->sending && sms->report == reports)
        {
          oldest = sms;
          n++;
        }
    }
  if (n > MAX_ELSE)
    mm1_messaging_drop (self, oldest);
}

/* ---- the database ---- */

static Mm1Sms *
find_sending (const Mm1Messaging *self, GVariant *properties)
{
  for (guint i = 0; i < self->messages->len; i++)
    if (mm1_sms_is (self->messages->pdata[i], properties))
      return self->messages->pdata[i];
  return NULL;
}

/* What is still coming in part by part is none yet.  is_news: clients may make a noise. */
static void
take (Mm1Messaging *self, guint number, GVariant *properties, gboolean is_news)
{
  Mm1Sms *sms = find_sending (self, properties);

  if (g_str_equal (mm1_text (properties, "State"), "receiving"))
    return;
  if (sms == NULL)
    {
      sms = mm1_sms_new (self->base.object, number, properties);
      mm1_messaging_add (self, sms, is_news);
      return;
    }
  sms->number = number;
  mm1_sms_update (sms, properties);
}

/* rows: a(oa{sv}), the newest first */
static gboolean
has_row (GVariant *rows, guint number)
{
  for (gsize i = 0; i < g_variant_n_children (rows); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      const char          *path;

      g_variant_get_child (row, 0, "&o", &path);
      if (mm1_path_number (path) == number)
        return TRUE;
    }
  return FALSE;
}

static void
drop_missing (Mm1Messaging *self, GVariant *rows)
{
  for (guint i = self->messages->len; i > 0; i--)
    {
      Mm1Sms *sms = self->messages->pdata[i - 1];

      if (sms->number != 0 && (rows == NULL || !has_row (rows, sms->number)))
        mm1_messaging_drop (self, sms);
    }
}

/* Old ones are listed at the start, and where a newer one has gone. */
static void
add_missing (Mm1Messaging *self, GVariant *rows)
{
  for (gsize i = g_variant_n_children (rows); i > 0; i--)
    {
      g_autoptr (GVariant) properties = NULL;
      const char          *path;
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i - 1);
      guint                number;

      g_variant_get (row, "(&o@a{sv})", &path, &properties);
      number = mm1_path_number (path);
      if (mm1_messaging_find (self, number) == NULL)
        take (self, number, properties,
              g_hash_table_contains (self->news, GUINT_TO_POINTER (number)));
    }
}

/* Without a card there are no messages. */
static void
on_listed (GVariant *reply, const GError *error, gpointer user_data)
{
  Mm1Messaging        *self = user_data;
  g_autoptr (GVariant) rows = NULL;

  self->listing = NULL;
  if (error == NULL)
    rows = g_variant_get_child_value (reply, 0);
  else
    self->due = TRUE;
  drop_missing (self, rows);
  if (rows != NULL)
    add_missing (self, rows);
  g_hash_table_remove_all (self->news);
}

static void
list_database (Mm1Messaging *self, MuService *service)
{
  const MuServiceClass *class = service->class;
  const MuRequest      request = { mu_op_find (class->ops, class->n_ops, "List"), 0, 0, NULL };
  GVariantDict         filter;
  g_autoptr (GVariant) args = NULL;

  g_variant_dict_init (&filter, NULL);
  g_variant_dict_insert (&filter, "limit", "u", (guint)MAX_LISTED);
  args = g_variant_ref_sink (g_variant_new ("(@a{sv})", g_variant_dict_end (&filter)));
  self->due = FALSE;
  mu_service_call (service, &request, args, on_listed, self, &self->listing);
}

/* It is listed again when another number of messages, or another card, says that there is news. */
static void
refresh (Mm1Interface *base)
{
  Mm1Messaging    *self = (Mm1Messaging *)base;
  MuService       *service = mm1_service (base->object, "Messaging1");
  g_autofree char *card = mm1_get_text (base->object, "Sim1", "Iccid");
  guint            total = mm1_get_uint (base->object, "Messaging1", "Total");

  if (total != self->total || !g_str_equal (card, self->card))
    self->due = TRUE;
  self->total = total;
  g_free (self->card);
  self->card = g_steal_pointer (&card);
  if (service == NULL)
    {
      drop_missing (self, NULL);
      self->due = TRUE;
    }
  else if (self->due && self->listing == NULL)
    list_database (self, service);
}

/* All of it is there, whose first part has been counted already; or one is on its way. */
static void
on_emitted (Mm1Interface *base, MuService *service, const char *signal, GVariant *args)
{
  Mm1Messaging *self = (Mm1Messaging *)base;
  const char   *path;

  if (!mm1_is_service (service, "Messaging1"))
    return;
  if (g_str_equal (signal, "Reported"))
    mm1_reports_take (self, args);
  if (!g_str_equal (signal, "Received"))
    return;
  g_variant_get (args, "(&o)", &path);
  g_hash_table_add (self->news, GUINT_TO_POINTER (mm1_path_number (path)));
  self->due = TRUE;
  mm1_object_changed (base->object);
}

/* A text in which a part was missing, and is not any more, is another one: no signal must have it.
 */
static void
on_child_changed (Mm1Interface *base, MuService *service, guint number)
{
  Mm1Messaging        *self = (Mm1Messaging *)base;
  Mm1Sms              *sms = mm1_messaging_find (self, number);
  g_autoptr (GVariant) properties = NULL;

  if (sms == NULL || !mm1_is_service (service, "Messaging1"))
    return;
  properties = mm1_get_child (base->object, "Messaging1", number);
  if (properties == NULL)
    return;
  if (mm1_sms_has_text (sms, properties))
    mm1_sms_update (sms, properties);
  else
    {
      mm1_messaging_drop (self, sms);
      take (self, number, properties, TRUE);
    }
}

static const Mm1Method methods[] = {
  { "List", .run = mm1_messaging_list },
  { "Create", .run = mm1_messaging_create },
  { "Delete", .run = mm1_messaging_delete },
};

/* ---- life ---- */

static void
init (Mm1Interface *base)
{
  Mm1Messaging *self = (Mm1Messaging *)base;
  const guint   storage = MM1_STORAGE;

  self->messages = g_ptr_array_new ();
  self->news = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->sent);
  self->card = g_strdup ("");
  self->due = TRUE;
  mm_gdbus_modem_messaging_set_supported_storages (
      MESSAGING (self),
      g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, &storage, 1, sizeof storage));
  mm_gdbus_modem_messaging_set_default_storage (MESSAGING (self), storage);
}

/* The messages are the object's, which has freed them. */
static void
clear (Mm1Interface *base)
{
  Mm1Messaging *self = (Mm1Messaging *)base;

  if (self->listing != NULL)
    mu_call_cancel (self->listing);
  g_ptr_array_unref (self->messages);
  g_hash_table_unref (self->news);
  mm1_reports_clear (self);
  g_free (self->card);
}

const Mm1InterfaceClass mm1_messaging_class = {
  .type = mm_gdbus_modem_messaging_skeleton_get_type,
  .size = sizeof (Mm1Messaging),
  .init = init,
  .clear = clear,
  .refresh = refresh,
  .emitted = on_emitted,
  .child_changed = on_child_changed,
  MU_TABLE (methods, methods),
};

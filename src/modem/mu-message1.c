/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Message1: one message of the database. */
#include "mu-messaging-private.h"

static const char *const class_words[] = { "none", "flash", "me", "sim", "te" };
static const char *const direction_words[] = { "incoming", "outgoing" };

GVariant *
mu_message1_properties (const StoreMessage *message)
{
  GVariantDict  dict;
  gsize         n;
  gconstpointer octets = g_bytes_get_data (message->data, &n);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "Direction", "s", direction_words[message->outgoing]);
  g_variant_dict_insert (&dict, "State", "s", store_state_words[message->state]);
  g_variant_dict_insert (&dict, "Number", "s", message->number);
  g_variant_dict_insert (&dict, "Text", "s", message->text);
  g_variant_dict_insert_value (&dict, "Data",
                               g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, octets, n, 1));
  g_variant_dict_insert (&dict, "Timestamp", "x", message->timestamp);
  g_variant_dict_insert (&dict, "Delivered", "x", message->delivered);
  g_variant_dict_insert (&dict, "Class", "s", class_words[message->class + 1]);
  g_variant_dict_insert (&dict, "Encoding", "s", store_encoding_words[message->encoding]);
  g_variant_dict_insert (&dict, "Parts", "u", message->parts);
  g_variant_dict_insert (&dict, "PartsPresent", "u", message->present);
  g_variant_dict_insert (&dict, "Reference", "u", message->reference);
  g_variant_dict_insert (&dict, "ServiceCentre", "s", message->service_centre);
  g_variant_dict_insert (&dict, "Error", "s", message->error);
  return g_variant_dict_end (&dict);
}

static GVariant *
get (MuService *base, guint number)
{
  MuMessaging          *self = (MuMessaging *)base;
  const char           *card = mu_messaging_card (self, NULL);
  g_auto (StoreMessage) message = { 0 };

  if (card == NULL || !store_get (self->store, card, number, &message, NULL))
    return NULL;
  return mu_message1_properties (&message);
}

static void
mark_read (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  MuMessaging       *self = (MuMessaging *)base;
  g_autoptr (GError) error = NULL;
  const char        *card = mu_messaging_card (self, &error);
  guint              id = mu_call_object (call);

  if (card == NULL || !store_mark_read (self->store, card, id, &error))
    {
      mu_call_fail (call, error);
      return;
    }
  mu_messaging_tell (self, id);
  mu_messaging_counts_changed (self);
  mu_call_return (call, NULL);
}

static void delete (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  mu_message_delete_one ((MuMessaging *)base, mu_call_object (call), call);
}

#define ACCESS "org.mu709.messages"

static const MuOp ops[] = {
  { "MarkRead", .run = mark_read, .needs = MU_FACT_SIM_READY, .access = ACCESS },
  { "Delete", .run = delete, .needs = MU_FACT_SIM_READY, .access = ACCESS },
};

static const MuProp props[] = {
  { "Direction", "s" },     { "State", "s" },     { "Number", "s" },       { "Text", "s" },
  { "Data", "ay" },         { "Timestamp", "x" }, { "Delivered", "x" },    { "Class", "s" },
  { "Encoding", "s" },      { "Parts", "u" },     { "PartsPresent", "u" }, { "Reference", "u" },
  { "ServiceCentre", "s" }, { "Error", "s" },
};

const MuChildClass mu_message1_class = {
  .interface = "org.mu709.Message1",
  .element = "message",
  .read_access = ACCESS,
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  .get = get,
};

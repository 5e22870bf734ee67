/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messaging1's List, Delete and DeleteAll. */
#include "mu-messaging-private.h"

#include "mu-keys.h"

#include <string.h>

#define DEFAULT_LIMIT 1000             /* of List */
#define MAX_OCTETS    ((gsize)8 << 20) /* of its answer: a bus cuts off who sends it too much */

static const MuKey filter_keys[] = {
  { "state", "s" }, { "direction", "s" }, { "number", "s" }, { "since", "x" },
  { "until", "x" }, { "limit", "u" },     { "offset", "u" },
};

static const char *const direction_words[] = { "incoming", "outgoing", NULL };

/* -1: the key is not there */
static gboolean
read_word (GVariant *dict, const char *key, const char *const *words, int *ret_index,
           GError **error)
{
  const char *word;

  *ret_index = -1;
  if (!g_variant_lookup (dict, key, "&s", &word))
    return TRUE;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], word))
      {
        *ret_index = i;
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "There is no %s '%s'", key, word);
}

static gboolean
read_filter (GVariant *dict, StoreFilter *filter, GError **error)
{
  *filter = STORE_FILTER_ALL;
  filter->limit = DEFAULT_LIMIT;
  if (!mu_keys_check (filter_keys, G_N_ELEMENTS (filter_keys), dict, error)
      || !read_word (dict, "state", store_state_words, &filter->state, error)
      || !read_word (dict, "direction", direction_words, &filter->outgoing, error))
    return FALSE;
  (void)g_variant_lookup (dict, "number", "&s", &filter->number);
  (void)g_variant_lookup (dict, "since", "x", &filter->since);
  (void)g_variant_lookup (dict, "until", "x", &filter->until);
  (void)g_variant_lookup (dict, "limit", "u", &filter->limit);
  (void)g_variant_lookup (dict, "offset", "u", &filter->offset);
  return TRUE;
}

typedef struct
{
  MuMessaging    *self;
  GVariantBuilder rows;
  gsize           n_octets;
} Listing;

/* Each row becomes one block at once: as trees of values, a hundred of them are a megabyte. */
static gboolean
add_row (const StoreMessage *message, gpointer user_data)
{
  Listing             *listing = user_data;
  g_autofree char     *path = mu_messaging_path (listing->self, message->id);
  g_autoptr (GVariant) row
      = g_variant_ref_sink (g_variant_new ("(o@a{sv})", path, mu_message1_properties (message)));

  (void)g_variant_get_data (row);
  listing->n_octets += g_variant_get_size (row);
  if (listing->n_octets > MAX_OCTETS)
    return FALSE;
  g_variant_builder_add_value (&listing->rows, row);
  return TRUE;
}

void
mu_message_list (MuService *base, GVariant *args, MuCall *call)
{
  Listing              listing = { .self = (MuMessaging *)base };
  g_autoptr (GVariant) dict = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  const char          *card = mu_messaging_card (listing.self, &error);
  StoreFilter          filter;

  g_variant_builder_init (&listing.rows, G_VARIANT_TYPE ("a(oa{sv})"));
  if (card != NULL && read_filter (dict, &filter, &error)
      && store_list (listing.self->store, card, &filter, add_row, &listing, &error))
    mu_call_return (call, g_variant_new ("(a(oa{sv}))", &listing.rows));
  else
    {
      g_variant_builder_clear (&listing.rows);
      mu_call_fail (call, error);
    }
}

static guint
parse_path (MuMessaging *self, const char *path)
{
  g_autofree char *prefix = mu_messaging_path (self, 0);
  guint64          id = 0;

  prefix[strlen (prefix) - 1] = '\0';
  if (g_str_has_prefix (path, prefix) && path[strlen (prefix)] != '0')
    (void)g_ascii_string_to_unsigned (path + strlen (prefix), 10, 1, G_MAXUINT32, &id, NULL);
  return (guint)id;
}

void
mu_message_delete_one (MuMessaging *self, guint id, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *card = mu_messaging_card (self, &error);

  if (card == NULL || !store_delete (self->store, card, id, &error))
    {
      mu_call_fail (call, error);
      return;
    }
  mu_messaging_counts_changed (self);
  mu_outbox_settle (self);
  mu_inbox_list (self); /* it may be on the card, too */
  mu_call_return (call, NULL);
}

void
mu_message_delete (MuService *base, GVariant *args, MuCall *call)
{
  MuMessaging *self = (MuMessaging *)base;
  const char  *path;

  g_variant_get (args, "(&o)", &path);
  mu_message_delete_one (self, parse_path (self, path), call);
}

void
mu_message_delete_all (MuService *base, GVariant *args, MuCall *call)
{
  MuMessaging         *self = (MuMessaging *)base;
  g_autoptr (GVariant) dict = g_variant_get_child_value (args, 0);
  g_autoptr (GError)   error = NULL;
  const char          *card = mu_messaging_card (self, &error);
  StoreFilter          filter;
  guint                n;

  if (card == NULL || !read_filter (dict, &filter, &error)
      || !store_delete_all (self->store, card, &filter, &n, &error))
    {
      mu_call_fail (call, error);
      return;
    }
  mu_messaging_counts_changed (self);
  mu_outbox_settle (self);
  mu_inbox_list (self);
  mu_call_return (call, g_variant_new ("(u)", n));
}

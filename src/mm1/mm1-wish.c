/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mm1-wish.h"

#include "mm1-words.h"

typedef struct
{
  const char *key;
  const char *type;
  const char
          *option; /* of Data1.Connect, of the same type; NULL: of no consequence, or see below */
  gboolean simple; /* of Simple.Connect only */
  gboolean secret;
} Key;

static const Key keys[] = {
  { "apn", "s", "apn" },
  { "user", "s", "user" },
  { "password", "s", "password", .secret = TRUE },
  { "allow-roaming", "b", "roaming" },
  { "allowed-auth", "u" },
  { "ip-type", "u" },
  { "pin", "s", .simple = TRUE, .secret = TRUE },
  { "operator-id", "s", .simple = TRUE },
  /* of other modules */
  { "number", "s" },
  { "rm-protocol", "u" },
  { "apn-type", "u" },
  { "profile-id", "i" },
  { "profile-name", "s" },
  { "multiplex", "u" },
  { "access-type-preference", "u" },
  { "roaming-allowance", "u" },
};

static const Key *
find_key (const char *name, gboolean with_simple)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, name) && (with_simple || !keys[i].simple))
      return &keys[i];
  return NULL;
}

static gboolean
check_keys (GVariant *dict, gboolean with_simple, GError **error)
{
  GVariantIter iter;
  const char  *name;
  GVariant    *value;

  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      const Key *key = find_key (name, with_simple);
      gboolean   fits = key != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE (key->type));

      g_variant_unref (value);
      if (!fits)
        {
          g_set_error (error, MM_CORE_ERROR, MM_CORE_ERROR_INVALID_ARGS,
                       key == NULL ? "There is no '%s'" : "'%s' has the wrong type", name);
          return FALSE;
        }
    }
  return TRUE;
}

/* IPv4 is all there is; a client that would have IPv6 besides can do without it. */
static gboolean
check_family (GVariant *dict, GError **error)
{
  guint family = MM_BEARER_IP_FAMILY_NONE;

  g_variant_lookup (dict, "ip-type", "u", &family);
  if (family == MM_BEARER_IP_FAMILY_NONE
      || (family & (MM_BEARER_IP_FAMILY_IPV4 | MM_BEARER_IP_FAMILY_IPV4V6)) != 0)
    return TRUE;
  g_set_error (error, MM_CORE_ERROR, MM_CORE_ERROR_UNSUPPORTED, "The module has IPv4 only");
  return FALSE;
}

static gboolean
add_auth (GVariantBuilder *options, GVariant *dict, GError **error)
{
  guint       allowed = MM_BEARER_ALLOWED_AUTH_UNKNOWN;
  const char *word;

  g_variant_lookup (dict, "allowed-auth", "u", &allowed);
  if (allowed == MM_BEARER_ALLOWED_AUTH_UNKNOWN)
    return TRUE;
  word = mm1_word_of_auth ((MMBearerAllowedAuth)allowed);
  if (word != NULL)
    g_variant_builder_add (options, "{sv}", "auth", g_variant_new_string (word));
  else
    g_set_error (error, MM_CORE_ERROR, MM_CORE_ERROR_UNSUPPORTED,
                 "The module has PAP and CHAP only");
  return word != NULL;
}

/* An empty text is one that was not given: the daemon knows an access point for most cards. */
static gboolean
is_given (GVariant *value)
{
  return !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING)
         || g_variant_get_string (value, NULL)[0] != '\0';
}

static void
add_keys (GVariantBuilder *options, GVariantBuilder *properties, GVariant *dict)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (dict, keys[i].key, NULL);

      if (value == NULL)
        continue;
      if (keys[i].option != NULL && is_given (value))
        g_variant_builder_add (options, "{sv}", keys[i].option, value);
      if (!keys[i].secret && !keys[i].simple)
        g_variant_builder_add (properties, "{sv}", keys[i].key, value);
    }
}

gboolean
mm1_wish_parse (GVariant *dict, gboolean with_simple, Mm1Wish *ret, GError **error)
{
  g_auto (GVariantBuilder) options = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  g_auto (GVariantBuilder) properties = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (!check_keys (dict, with_simple, error) || !check_family (dict, error)
      || !add_auth (&options, dict, error))
    return FALSE;
  add_keys (&options, &properties, dict);
  *ret = (Mm1Wish){ .options = g_variant_ref_sink (g_variant_builder_end (&options)),
                    .properties = g_variant_ref_sink (g_variant_builder_end (&properties)) };
  g_variant_lookup (dict, "pin", "s", &ret->pin);
  g_variant_lookup (dict, "operator-id", "s", &ret->operator_id);
  return TRUE;
}

void
mm1_wish_clear (Mm1Wish *self)
{
  g_clear_pointer (&self->options, g_variant_unref);
  g_clear_pointer (&self->properties, g_variant_unref);
  g_clear_pointer (&self->pin, g_free);
  g_clear_pointer (&self->operator_id, g_free);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-keys.h"

#include "ctl-args.h"
#include "ctl-error.h"
#include "ctl-suggest.h"

#include <string.h>

/* The row of the key that text begins with, or the last one. */
static const CtlKey *
find (const CtlKey *keys, const char *text)
{
  gsize len = strcspn (text, "=");

  while (keys->name != NULL && (strlen (keys->name) != len || strncmp (keys->name, text, len) != 0))
    keys++;
  return keys;
}

static GPtrArray *
names_of (const CtlKey *keys)
{
  GPtrArray *names = g_ptr_array_new ();

  for (; keys->name != NULL; keys++)
    g_ptr_array_add (names, (gpointer)keys->name);
  g_ptr_array_add (names, NULL);
  return names;
}

const char *
ctl_keys_suggest (const CtlKey *keys, const char *text)
{
  g_autoptr (GPtrArray) names = names_of (keys);
  gsize                 len = strcspn (text, "=");
  g_autofree char      *key = g_strndup (text, len);

  return text[len] != '\0' ? ctl_suggest (key, (const char *const *)names->pdata) : NULL;
}

guint
ctl_keys_count (const CtlKey *keys, const char *const *texts)
{
  guint n = 0;

  while (texts[n] != NULL && strchr (texts[n], '=') != NULL && find (keys, texts[n])->name != NULL)
    n++;
  return n;
}

static gboolean
fail_unknown (const CtlKey *keys, const char *key, GError **error)
{
  g_autoptr (GPtrArray) names = names_of (keys);
  g_autofree char      *list = g_strjoinv (", ", (char **)names->pdata);
  const char           *suggestion = ctl_suggest (key, (const char *const *)names->pdata);

  if (suggestion != NULL)
    return ctl_fail (error, CTL_ERROR_USAGE, "There is no key '%s'; did you mean '%s'?", key,
                     suggestion);
  return ctl_fail (error, CTL_ERROR_USAGE, "There is no key '%s'; there are: %s", key, list);
}

/* A value that is held, not floating. */
static GVariant *
parse_value (const CtlKey *key, const char *text, GError **error)
{
  GVariant *value;

  if (key->parse == NULL)
    return ctl_args_parse_value (key->signature, text, error);
  value = key->parse (text);
  if (value != NULL)
    return g_variant_ref_sink (value);
  ctl_fail (error, CTL_ERROR_USAGE, "%s: '%s' is not %s", key->name, text, key->meaning);
  return NULL;
}

static gboolean
add_entry (GVariantBuilder *dict, const CtlKey *keys, const char *text, GError **error)
{
  gsize                len = strcspn (text, "=");
  g_autofree char     *name = g_strndup (text, len);
  const CtlKey        *key = find (keys, text);
  g_autoptr (GVariant) value = NULL;

  if (len == 0 || text[len] == '\0')
    return ctl_fail (error, CTL_ERROR_USAGE, "'%s' is not KEY=VALUE", text);
  if (key->name == NULL && key->signature == NULL)
    return fail_unknown (keys, name, error);
  value = parse_value (key, text + len + 1, error);
  if (value == NULL)
    return FALSE;
  g_variant_builder_add (dict, "{sv}", name, value);
  return TRUE;
}

GVariant *
ctl_keys_parse (const CtlKey *keys, const char *const *texts, GError **error)
{
  g_auto (GVariantBuilder) dict = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (; *texts != NULL; texts++)
    if (!add_entry (&dict, keys, *texts, error))
      return NULL;
  return g_variant_ref_sink (g_variant_builder_end (&dict));
}

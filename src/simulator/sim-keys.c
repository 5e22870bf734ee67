/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-keys.h"

#include "mu-error.h"
#include "sim-chapter.h"
#include "sim-text.h"

#include <string.h>

static const char *const yes_no[] = { "no", "yes", NULL };

static gboolean
set_text (const SimKey *key, const char *value, char *member, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char         *body;
  gsize               n_digits;

  if (!sim_unescape (value, text, error))
    return FALSE;
  if (text->len < (gsize)key->min || text->len > (gsize)key->max || strlen (text->str) != text->len)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s has %g to %g characters", key->key,
                    key->min, key->max);
  body = text->str + (key->kind == SIM_KEY_NUMBER && text->str[0] == '+' ? 1 : 0);
  n_digits = strspn (body, "0123456789");
  if (key->kind != SIM_KEY_TEXT && body[n_digits] != '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s is digits", key->key);
  (void)g_strlcpy (member, text->str, (gsize)key->max + 1);
  return TRUE;
}

static gboolean
set_hex (const SimKey *key, const char *value, guint *member, GError **error)
{
  gboolean hex = *value != '\0' && strspn (value, "0123456789abcdefABCDEF") == strlen (value);
  guint64  number = hex ? g_ascii_strtoull (value, NULL, 16) : 0;

  if (!hex || (double)number < key->min || (double)number > key->max)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s: no such hexadecimal number: %s",
                    key->key, value);
  *member = (guint)number;
  return TRUE;
}

static gboolean
set_member (const SimKey *key, const char *value, gpointer member, GError **error)
{
  double number;

  switch (key->kind)
    {
    case SIM_KEY_TEXT:
    case SIM_KEY_DIGITS:
    case SIM_KEY_NUMBER: return set_text (key, value, member, error);
    case SIM_KEY_YES_NO: return sim_word (value, yes_no, member, error);
    case SIM_KEY_WORD: return sim_word (value, key->words, member, error);
    case SIM_KEY_HEX: return set_hex (key, value, member, error);
    case SIM_KEY_LEVEL: return sim_number (value, key->min, key->max, member, error);
    case SIM_KEY_DECIMAL:
      if (!sim_number (value, key->min, key->max, &number, error))
        return FALSE;
      *(guint *)member = (guint)number;
      return TRUE;
    }
  g_assert_not_reached ();
}

static gboolean
set_pair (const SimKey *keys, gsize n_keys, char *pair, char *object, GError **error)
{
  char *value = strchr (pair, '=');

  if (value == NULL)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "not KEY=VALUE: %s", pair);
  *value++ = '\0';
  for (gsize i = 0; i < n_keys; i++)
    if (g_str_equal (keys[i].key, pair))
      return set_member (&keys[i], value, object + keys[i].offset, error);
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "no such key: %s", pair);
}

gboolean
sim_keys_set (const SimKey *keys, gsize n_keys, const char *text, gpointer object,
              gsize object_size, GError **error)
{
  g_auto (GStrv)   pairs = g_strsplit (text, " ", -1);
  g_autofree char *changed = g_memdup2 (object, object_size);

  for (guint i = 0; pairs[i] != NULL; i++)
    if (pairs[i][0] != '\0' && !set_pair (keys, n_keys, pairs[i], changed, error))
      return FALSE;
  memcpy (object, changed, object_size);
  return TRUE;
}

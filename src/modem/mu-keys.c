/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-keys.h"

#include "mu-error.h"

static gsize
find_key (const MuKey *keys, gsize n_keys, const char *name)
{
  gsize i = 0;

  while (i < n_keys && !g_str_equal (keys[i].name, name))
    i++;
  return i;
}

gboolean
mu_keys_check (const MuKey *keys, gsize n_keys, GVariant *dict, GError **error)
{
  guint64      seen = 0;
  GVariantIter iter;

  g_variant_iter_init (&iter, dict);
  for (;;)
    {
      g_autoptr (GVariant) value = NULL;
      const char          *name;
      gsize                i;

      if (!g_variant_iter_next (&iter, "{&sv}", &name, &value))
        return TRUE;
      i = find_key (keys, n_keys, name);
      if (i == n_keys)
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "'%s' is not a key here", name);
      if (!g_variant_is_of_type (value, G_VARIANT_TYPE (keys[i].type)))
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "'%s' is of type %s, not %s", name,
                        keys[i].type, g_variant_get_type_string (value));
      if (seen & (G_GUINT64_CONSTANT (1) << i))
        return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "'%s' is given twice", name);
      seen |= G_GUINT64_CONSTANT (1) << i;
    }
}

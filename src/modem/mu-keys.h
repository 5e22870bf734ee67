/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The keys that a dictionary of a method may have.  Everything else in it is refused before
 * anything is done. */
typedef struct
{
  const char *name;
  const char *type;
} MuKey;

/* InvalidArgument: an unknown key, one of a wrong type, one given twice. */
gboolean mu_keys_check (const MuKey *keys, gsize n_keys, GVariant *dict, GError **error);

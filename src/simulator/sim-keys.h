/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* "key=value key=value" of the control language, written into the members of a struct.  Blanks and
 * the like in a value are escaped (sim-text.h): name=Home\x20Mobile. */

typedef enum
{
  SIM_KEY_TEXT,    /* char [max + 1], at least min bytes */
  SIM_KEY_DIGITS,  /* the same, digits only */
  SIM_KEY_NUMBER,  /* the same, digits, a '+' before them or not */
  SIM_KEY_YES_NO,  /* gboolean */
  SIM_KEY_DECIMAL, /* guint */
  SIM_KEY_HEX,     /* guint, hexadecimal without 0x, as +CREG shows it */
  SIM_KEY_LEVEL,   /* double */
  SIM_KEY_WORD,    /* guint, the place in words */
} SimKeyKind;

typedef struct
{
  const char        *key;
  SimKeyKind         kind;
  gsize              offset;
  double             min, max;
  const char *const *words;
} SimKey;

/* All of the text is right, or nothing is written. */
gboolean sim_keys_set (const SimKey *keys, gsize n_keys, const char *text, gpointer object,
                       gsize object_size, GError **error);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The parameters of a command, taken one by one.  A wrong one is remembered and the rest then
 * yields nothing, so that a handler takes all it knows and asks once:
 *
 *     guint fun = sim_arg_uint (args, 0, 6);
 *     guint reset = sim_arg_uint_or (args, 0, 0, 1);
 *
 *     if (!sim_args_end (args))
 *       return SIM_CME_BAD_PARAMETERS;
 */
typedef struct
{
  const char *next; /* NULL: none left */
  gboolean    bad;
  GString    *text; /* of the last sim_arg_text() */
} SimArgs;

void sim_args_init (SimArgs *self);
void sim_args_clear (SimArgs *self);
void sim_args_start (SimArgs *self, const char *text);

gboolean sim_args_end (const SimArgs *self); /* all were right and there are no more */

/* Decimal numbers.  _or: the parameter may be empty or missing. */
guint sim_arg_uint (SimArgs *self, guint min, guint max);
guint sim_arg_uint_or (SimArgs *self, guint fallback, guint min, guint max);

/* Quoted or bare, without the quotes, at most max bytes; valid until the next text is taken.
 * _or: as above; fallback is returned as it is. */
const char *sim_arg_text (SimArgs *self, gsize max);
const char *sim_arg_text_or (SimArgs *self, const char *fallback, gsize max);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The options, which every command has, before or after its name.
 *
 * GOption would take an argument such as -95, which is a level in dBm, for options; so this is a
 * parser of our own: what begins with "-" and a digit is an argument, "-" (standard input) too, and
 * everything is after "--".  Some commands' KEY=VALUE may be written as --KEY VALUE as well. */

typedef struct
{
  gboolean json;
  gboolean session;
  gboolean system;
  gboolean no_color;
  gboolean help;
  gboolean version;
  char    *modem;
  char    *object;
  char    *timeout_text;
  double   timeout; /* in seconds; 0: none was given */
} CtlOptions;

typedef struct
{
  const char *name;
  gsize       offset;
  const char *value; /* what its value is called, NULL: it has none */
  const char *help;
} CtlOption;

/* Ends with a row without a name. */
extern const CtlOption ctl_options[];

/* Fills in the options of argv, which ends with NULL, and the bus that the environment names;
 * arguments that are no options are appended to rest, as they are, not copied, and
 * --KEY VALUE as KEY=VALUE. */
gboolean ctl_options_parse (CtlOptions *options, const char *const *argv, GPtrArray *rest,
                            GError **error);
void     ctl_options_clear (CtlOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlOptions, ctl_options_clear)

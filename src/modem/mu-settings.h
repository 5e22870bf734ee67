/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* What the user has configured, as far as modules are concerned.  The daemon has checked every
 * value; a reload replaces the contents in place. */
typedef struct
{
  GKeyFile *config;
  char     *state_directory; /* NULL: nothing can be remembered */
  char     *apn_list;        /* of operators' access points; NULL: where it is installed */
} MuSettings;

/* The PIN of [sim ICCID], else of [sim]; NULL: none. */
char *mu_settings_pin (const MuSettings *self, const char *iccid);

/* Of the default route that a PPP connection gets; 0: none. */
guint mu_settings_ppp_metric (const MuSettings *self);

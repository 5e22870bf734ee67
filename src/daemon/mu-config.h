/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* The configuration: a GKeyFile, and snippets that are read after it, every value of which has been
 * checked against one table of keys. */

/* file: alone; NULL: /etc/mu709d/mu709d.conf, which may be missing, then what is in its conf.d, by
 * name.  Unknown groups and keys are warned of; a value that cannot be is an error that names file,
 * group and key.  Keys that are not there get their defaults. */
GKeyFile *mu_config_load (const char *file, GError **error);

/* The whole configuration with the defaults of all keys, as a file; secrets are starred. */
char *mu_config_print (GKeyFile *config);

char    *mu_config_text (GKeyFile *config, const char *group, const char *key); /* or its default */
gboolean mu_config_flag (GKeyFile *config, const char *group, const char *key);
char   **mu_config_list (GKeyFile *config, const char *group, const char *key);

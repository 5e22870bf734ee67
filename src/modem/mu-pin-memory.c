/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-pin-memory.h"

#include "mu-log.h"

#include <fcntl.h>

#define GROUP       "tried"
#define MAX_ENTRIES 256

static char *
file_name (const char *directory)
{
  return g_build_filename (directory, "sim-pins", NULL);
}

static char *
digest (const char *iccid, const char *pin)
{
  g_autofree char *both = g_strjoin ("/", iccid, pin, NULL);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
}

/* A file that cannot be read may hold what must not be tried again: the user has to look at it. */
static GKeyFile *
load (const char *directory)
{
  g_autofree char     *name = file_name (directory);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError)   error = NULL;

  if (g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, &error)
      || g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);
  mu_log (MU_LOG_WARNING, NULL, "%s: %s", name, error->message);
  return NULL;
}

static gboolean
save (const char *directory, GKeyFile *file)
{
  g_autofree char   *name = file_name (directory);
  g_autoptr (GError) error = NULL;
  gsize              len;
  g_autofree char   *text = g_key_file_to_data (file, &len, NULL);

  if (g_file_set_contents_full (name, text, (gssize)len,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &error))
    return TRUE;
  mu_log (MU_LOG_WARNING, NULL, "%s: %s", name, error->message);
  return FALSE;
}

gboolean
mu_pin_memory_begin (const char *directory, const char *iccid, const char *pin)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char     *key = digest (iccid, pin);
  gsize                n = 0;

  if (directory == NULL || (file = load (directory)) == NULL
      || g_key_file_has_key (file, GROUP, key, NULL))
    return FALSE;
  g_strfreev (g_key_file_get_keys (file, GROUP, &n, NULL));
  if (n >= MAX_ENTRIES)
    return FALSE;
  g_key_file_set_boolean (file, GROUP, key, TRUE);
  return save (directory, file);
}

void
mu_pin_memory_forget (const char *directory, const char *iccid, const char *pin)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char     *key = digest (iccid, pin);

  if (directory == NULL || (file = load (directory)) == NULL)
    return;
  if (g_key_file_remove_key (file, GROUP, key, NULL))
    (void)save (directory, file);
}

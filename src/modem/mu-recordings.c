/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recordings that there can be (guide 27.2.1), what is known of them, and deleting them (27.5).
 */
#include "mu-recorder-private.h"

#define FLASH_ROOM (300 * 1024) /* of all five together */
#define RAM_ROOM   (60 * 1024)

const MuRecording mu_recordings[MU_N_RECORDINGS] = {
  { "RAM", "ram", RAM_ROOM, TRUE },    { "REC1.AMR", "flash", FLASH_ROOM },
  { "REC2.AMR", "flash", FLASH_ROOM }, { "REC3.AMR", "flash", FLASH_ROOM },
  { "REC4.AMR", "flash", FLASH_ROOM }, { "REC5.AMR", "flash", FLASH_ROOM },
};

int
mu_recorder_find (const char *name, GError **error)
{
  for (int i = 0; i < MU_N_RECORDINGS; i++)
    if (g_str_equal (mu_recordings[i].name, name))
      return i;
  mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "A recording is RAM or REC1.AMR to REC5.AMR");
  return -1;
}

void
mu_recorder_set_size (MuRecorder *self, int recording, guint size)
{
  if (recording < 0 || self->sizes[recording] == size)
    return;
  self->sizes[recording] = size;
  mu_service_changed (&self->base, &self->sizes);
}

GVariant *
mu_recorder_get_files (MuService *base)
{
  const MuRecorder *self = (const MuRecorder *)base;
  GVariantBuilder   rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("aa{sv}"));
  for (int i = 0; i < MU_N_RECORDINGS; i++)
    {
      guint size = self->sizes[i];

      if (size == 0)
        continue;
      g_variant_builder_open (&rows, G_VARIANT_TYPE_VARDICT);
      g_variant_builder_add_parsed (&rows, "{'name', <%s>}", mu_recordings[i].name);
      if (size != MU_SIZE_UNKNOWN)
        g_variant_builder_add_parsed (&rows, "{'size', <%u>}", size);
      g_variant_builder_add_parsed (&rows, "{'storage', <%s>}", mu_recordings[i].storage);
      g_variant_builder_close (&rows);
    }
  return g_variant_builder_end (&rows);
}

void
mu_recorder_fail_absent (MuCall *call, int recording, const GError *error)
{
  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_SUPPORTED))
    mu_call_reject (call, MU_ERROR_NOT_FOUND, "There is no %s: %s", mu_recordings[recording].name,
                    error->message);
  else
    mu_call_fail (call, error);
}

/* ---- Delete ---- */

static void
on_deleted (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  const char *name;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_get (mu_call_args (call), "(&s)", &name);
  mu_recorder_set_size ((MuRecorder *)base, mu_recorder_find (name, NULL), 0);
  mu_call_return (call, NULL);
}

void
mu_recorder_delete (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *name;

  g_variant_get (args, "(&s)", &name);
  if (mu_recorder_find (name, &error) < 0 || !mu_recorder_is_free ((MuRecorder *)base, &error))
    mu_call_fail (call, error);
  else
    mu_send (base, call, on_deleted, "^FILEIO=3,%s", name);
}

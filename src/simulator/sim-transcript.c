/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-transcript.h"

#include "mu-error.h"
#include "sim-text.h"

#include <errno.h>
#include <stdio.h>

#define MAX_KEPT  256u
#define MAX_CHUNK 4096u /* a longer one takes several lines */

struct SimTranscript
{
  FILE    *file;           /* NULL: none */
  GString *kept[MAX_KEPT]; /* a ring; NULL: not used yet */
  guint    n_lines;        /* of all time */
};

SimTranscript *
sim_transcript_new (void)
{
  return g_new0 (SimTranscript, 1);
}

static void
close_file (SimTranscript *self)
{
  if (self->file != NULL)
    (void)fclose (self->file);
  self->file = NULL;
}

void
sim_transcript_free (SimTranscript *self)
{
  if (self == NULL)
    return;
  close_file (self);
  for (guint i = 0; i < MAX_KEPT && self->kept[i] != NULL; i++)
    g_string_free (self->kept[i], TRUE);
  g_free (self);
}

gboolean
sim_transcript_open (SimTranscript *self, const char *path, GError **error)
{
  close_file (self);
  if (path == NULL)
    return TRUE;
  self->file = fopen (path, "ae");
  if (self->file == NULL)
    return mu_fail (error, MU_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
  return TRUE;
}

static void
add_line (SimTranscript *self, const char *port, char direction, const char *bytes, gsize n_bytes)
{
  GString **slot = &self->kept[self->n_lines++ % MAX_KEPT];

  if (*slot == NULL)
    *slot = g_string_new (NULL);
  g_string_printf (*slot, "%" G_GINT64_FORMAT " %s %c ", g_get_monotonic_time (), port, direction);
  sim_escape (*slot, bytes, n_bytes);
  g_string_append_c (*slot, '\n');
  if (self->file == NULL)
    return;
  (void)fwrite ((*slot)->str, 1, (*slot)->len, self->file);
  (void)fflush (self->file); /* a line outlives whatever kills us */
}

void
sim_transcript_add (SimTranscript *self, const char *port, char direction, const char *bytes,
                    gsize n_bytes)
{
  for (gsize at = 0; at < n_bytes; at += MAX_CHUNK)
    add_line (self, port, direction, bytes + at, MIN (n_bytes - at, MAX_CHUNK));
}

guint
sim_transcript_tail (const SimTranscript *self, guint max, GString *out)
{
  guint n = MIN (MIN (max, MAX_KEPT), self->n_lines);

  for (guint i = self->n_lines - n; i < self->n_lines; i++)
    g_string_append (out, self->kept[i % MAX_KEPT]->str);
  return n;
}

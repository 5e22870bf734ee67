/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

/* What went over the wire.  A line per chunk: the monotonic clock in microseconds, the port, '<'
 * for bytes from the host or '>' for bytes to it, the bytes (see sim-text.h):
 *
 *     81234567 pcui < AT+CFUN?\r
 *
 * The newest lines are kept in memory, all of them go to the file if there is one. */
typedef struct SimTranscript SimTranscript;

SimTranscript *sim_transcript_new (void);
void           sim_transcript_free (SimTranscript *self);

/* Appends to the file from now on; path NULL: to none. */
gboolean sim_transcript_open (SimTranscript *self, const char *path, GError **error);

void sim_transcript_add (SimTranscript *self, const char *port, char direction, const char *bytes,
                         gsize n_bytes);

/* Appends the newest lines to out, at most max; returns how many. */
guint sim_transcript_tail (const SimTranscript *self, guint max, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimTranscript, sim_transcript_free)

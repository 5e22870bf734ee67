/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* AMR files with one channel: RFC 4867 5, frames as in 26.101. */

#define SIM_AMR_HEADER   "#!AMR\n"
#define SIM_AMR_N_HEADER 6u
#define SIM_AMR_MODES    8u
#define SIM_AMR_FRAME_MS 20u

gboolean sim_amr_has_header (const guint8 *bytes, gsize n_bytes);
guint    sim_amr_frame_size (guint mode); /* with its first byte */

/* Appends so many frames of noise. */
void sim_amr_append (GByteArray *file, guint mode, guint n_frames, GRand *random);

/* Fills up to that size with frames that hold nothing. */
void sim_amr_pad (GByteArray *file, gsize size);

/* How long it plays, in milliseconds; what is no frame ends it. */
guint sim_amr_length (const guint8 *bytes, gsize n_bytes);

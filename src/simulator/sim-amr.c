/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-amr.h"

#include <string.h>

#define QUALITY_GOOD 0x04u /* RFC 4867 4.3.2: Q */
#define TYPE_SID     8u
#define TYPE_NO_DATA 15u

/* RFC 4867 5.3, 26.101 table 1a: bits of speech of the types 0 to 8. */
static const guint16 bits[] = { 95, 103, 118, 134, 148, 159, 204, 244, 39 };

gboolean
sim_amr_has_header (const guint8 *bytes, gsize n_bytes)
{
  return n_bytes >= SIM_AMR_N_HEADER && memcmp (bytes, SIM_AMR_HEADER, SIM_AMR_N_HEADER) == 0;
}

static guint
frame_size (guint type)
{
  return 1 + (type <= TYPE_SID ? (bits[type] + 7u) / 8 : 0);
}

guint
sim_amr_frame_size (guint mode)
{
  return frame_size (mode);
}

static void
append_frame (GByteArray *file, guint mode, GRand *random)
{
  guint8 frame[32] = { (guint8)(mode << 3 | QUALITY_GOOD) };
  guint  size = frame_size (mode), spare = (8u - bits[mode] % 8u) % 8u;

  for (guint i = 1; i < size; i++)
    frame[i] = (guint8)g_rand_int_range (random, 0, 256);
  frame[size - 1] = (guint8)(frame[size - 1] >> spare << spare);
  g_byte_array_append (file, frame, size);
}

void
sim_amr_append (GByteArray *file, guint mode, guint n_frames, GRand *random)
{
  while (n_frames-- > 0)
    append_frame (file, mode, random);
}

void
sim_amr_pad (GByteArray *file, gsize size)
{
  static const guint8 nothing = TYPE_NO_DATA << 3 | QUALITY_GOOD;

  while (file->len < size)
    g_byte_array_append (file, &nothing, 1);
}

guint
sim_amr_length (const guint8 *bytes, gsize n_bytes)
{
  gsize at = sim_amr_has_header (bytes, n_bytes) ? SIM_AMR_N_HEADER : 0;
  guint n_frames = 0;

  while (at < n_bytes)
    {
      guint type = bytes[at] >> 3 & 0xf;

      if (type > TYPE_SID && type < TYPE_NO_DATA)
        break;
      at += frame_size (type);
      n_frames += at <= n_bytes;
    }
  return n_frames * SIM_AMR_FRAME_MS;
}

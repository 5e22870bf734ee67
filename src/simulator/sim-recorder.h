/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "sim-chapter.h"

/* The recorder and where its files are: guide 27. */
extern const SimChapter sim_recorder_chapter;

#define SIM_N_RECORDINGS       6u /* RAM and five in the flash memory */
#define SIM_MAX_RECORDING_NAME 8u

typedef struct
{
  const char *name;
  gboolean    flash;
} SimRecordingRow;

extern const SimRecordingRow sim_recordings[SIM_N_RECORDINGS];

/* Which it is, or -1. */
int sim_recorder_find (const char *name);

GByteArray *sim_recorder_file (SimModule *module, int recording); /* empty: there is none */
gsize       sim_recorder_room (SimModule *module, int recording); /* up to which it may grow */
gboolean    sim_recorder_busy (SimModule *module);                /* records or plays */

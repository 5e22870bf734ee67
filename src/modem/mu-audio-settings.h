/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "at-record.h"

/* The module's settings of sound: their commands, what is known of their values, and how the module
 * tells them. */

#define MU_AUDIO_VALUES 5

typedef enum
{
  MU_AUDIO_PCM,
  MU_AUDIO_MUTE,
  MU_AUDIO_MICROPHONE,
  MU_AUDIO_SPEAKER,
  MU_AUDIO_NOISE,
  MU_AUDIO_SIDETONE,
  MU_AUDIO_ECHO,
  MU_AUDIO_N_SETTINGS,
} MuAudioId;

typedef struct
{
  guint min, max;
} MuAudioRange;

/* One command's values, which are always set together. */
typedef struct
{
  AtRecord     record;
  const char  *set;
  guint        n;
  MuAudioRange ranges[MU_AUDIO_VALUES];
  guint        usual[MU_AUDIO_VALUES]; /* what somebody leaves out before it is known */
} MuAudioSetting;

extern const MuAudioSetting mu_audio_settings[MU_AUDIO_N_SETTINGS];

typedef enum
{
  MU_AUDIO_NOTHING,
  MU_AUDIO_TOLD_VALUES,
  MU_AUDIO_TOLD_RANGES,
} MuAudioTold;

/* What a line of one of the settings tells; either array has MU_AUDIO_VALUES. */
MuAudioTold mu_audio_read (const AtLine *line, MuAudioId *ret_id, guint *ret_values,
                           MuAudioRange *ret_ranges);

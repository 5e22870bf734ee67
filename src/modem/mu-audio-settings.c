/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Guide 8.1, 8.8.  The guide has examples of values; ranges are those of the module's relatives
 * (at-facts 8) where it does not tell its own in answer to "=?". */
#include "mu-audio-settings.h"

#include "at-cursor.h"

#include <string.h>

#define FLAG                                                                                       \
  {                                                                                                \
    0, 1                                                                                           \
  }
#define WORD                                                                                       \
  {                                                                                                \
    0, 32767                                                                                       \
  }

const MuAudioSetting mu_audio_settings[MU_AUDIO_N_SETTINGS] = {
  /* mode, format, clock, frame, offset */
  [MU_AUDIO_PCM]
  = { AT_RECORD_WORD ("^CPCM"), "^CPCM=%u,%u,%u,%u,%u", 5, { WORD, WORD, WORD, WORD, WORD } },
  [MU_AUDIO_MUTE] = { AT_RECORD_WORD ("^SMUT"), "^SMUT=%u", 1, { FLAG } },
  [MU_AUDIO_MICROPHONE] = { AT_RECORD_WORD ("+CMIC"), "+CMIC=%u", 1, { { 0, 12 } } },
  [MU_AUDIO_SPEAKER] = { AT_RECORD_WORD ("+CLVL"), "+CLVL=%u", 1, { { 0, 5 } } },
  [MU_AUDIO_NOISE] = { AT_RECORD_WORD ("^NSSWITCH"), "^NSSWITCH=%u", 1, { FLAG } },
  [MU_AUDIO_SIDETONE] = { AT_RECORD_WORD ("^STN"), "^STN=%u", 1, { FLAG } },
  [MU_AUDIO_ECHO] = { AT_RECORD_WORD ("^ECHOEX"),
                      "^ECHOEX=%u,%u,%u,%u,%u",
                      5,
                      { FLAG, WORD, WORD, WORD, WORD },
                      { 1, 320, 0, 86, 4096 } },
};

/* (0-5), (0,1), (3) */
static gboolean
read_range (const AtValue *group, MuAudioRange *range)
{
  const char *end = group->start + group->len;
  const char *last = end;
  AtValue     min = { .start = group->start }, max = { 0 };

  while (min.len < group->len && g_ascii_isdigit (group->start[min.len]))
    min.len++;
  while (last > group->start && g_ascii_isdigit (last[-1]))
    last--;
  max = (AtValue){ .start = last, .len = (gsize)(end - last) };
  return at_value_uint (&min, 10, G_MAXINT, &range->min)
         && at_value_uint (&max, 10, G_MAXINT, &range->max) && range->min <= range->max;
}

static gboolean
read_value (const AtValue *value, const MuAudioRange *range, guint *ret_value)
{
  return at_value_uint (value, 10, range->max == 1 ? 1 : G_MAXINT, ret_value);
}

/* +CLVL: 3  and in answer to AT+CLVL=?  +CLVL: (0-5) */
MuAudioTold
mu_audio_read (const AtLine *line, MuAudioId *ret_id, guint *ret_values, MuAudioRange *ret_ranges)
{
  const MuAudioSetting *setting = mu_audio_settings;
  guint                 n_values = 0, n_ranges = 0;
  AtCursor              cursor;
  AtValue               value;

  while (!at_line_has_prefix (line, setting->record.prefix))
    setting++;
  *ret_id = (MuAudioId)(setting - mu_audio_settings);
  memset (ret_values, 0, MU_AUDIO_VALUES * sizeof *ret_values);
  memset (ret_ranges, 0, MU_AUDIO_VALUES * sizeof *ret_ranges);
  (void)at_cursor_begin (&cursor, line->text, setting->record.prefix);
  for (guint i = 0; i < setting->n && at_cursor_next (&cursor, &value); i++)
    if (value.group)
      n_ranges += read_range (&value, &ret_ranges[i]) ? 1 : 0;
    else
      n_values += read_value (&value, &setting->ranges[i], &ret_values[i]) ? 1 : 0;
  if (n_values == setting->n)
    return MU_AUDIO_TOLD_VALUES;
  return n_ranges == setting->n ? MU_AUDIO_TOLD_RANGES : MU_AUDIO_NOTHING;
}

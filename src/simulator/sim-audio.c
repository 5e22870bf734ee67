/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Audio: guide 8.1, 8.8; 27.007 8.23 (+CLVL). */
#include "sim-audio.h"

#include "sim-voice.h"

#include <string.h>

#define MAX_FIELDS   5u
#define MAX_RESPONSE 512u /* hex digits of ^PCMFR */
#define WORD_DIGITS  4u

typedef struct
{
  guint min, max, initial;
} Field;

/* A setting of numbers, all of which are required. */
typedef struct
{
  const char *name;
  gboolean    calls_forbid; /* guide 8.8.2 */
  guint       n;
  Field       fields[MAX_FIELDS];
} Setting;

/* The guide gives examples; the ranges are those of the module's relatives, as far as they hold the
 * examples. */
static const Setting settings[] = {
  /* mode: 0 master, 1 slave; format: 0 linear, 1 u-law, 2 A-law; clock; frame; offset */
  { "^CPCM", TRUE, 5, { { 0, 1, 0 }, { 0, 2, 0 }, { 0, 4, 0 }, { 0, 0, 0 }, { 0, 0, 0 } } },
  { "^SMUT", FALSE, 1, { { 0, 1, 0 } } },
  { "+CMIC", FALSE, 1, { { 0, 12, 5 } } },
  { "+CLVL", FALSE, 1, { { 0, 5, 3 } } },
  { "^NSSWITCH", TRUE, 1, { { 0, 1, 1 } } },
  { "^STN", TRUE, 1, { { 0, 1, 1 } } },
  { "^ECHOEX",
    TRUE,
    5,
    { { 0, 1, 1 }, { 0, 32767, 320 }, { 0, 32767, 0 }, { 0, 32767, 86 }, { 0, 32767, 4096 } } },
};

typedef struct
{
  guint values[G_N_ELEMENTS (settings)][MAX_FIELDS];
  char  response[MAX_RESPONSE + 1]; /* ^PCMFR */
} SimAudio;

static guint
setting_of (const SimCall *call)
{
  guint i = 0;

  while (!g_str_equal (settings[i].name, call->command->name))
    i++;
  return i;
}

static SimResult
read_setting (SimCall *call)
{
  const SimAudio     *self = call->state;
  guint               i = setting_of (call);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint k = 0; k < settings[i].n; k++)
    g_string_append_printf (text, "%s%u", k > 0 ? "," : "", self->values[i][k]);
  sim_reply (call, "%s: %s", settings[i].name, text->str);
  return SIM_OK;
}

static SimResult
set_setting (SimCall *call)
{
  SimAudio *self = call->state;
  guint     i = setting_of (call), values[MAX_FIELDS];

  for (guint k = 0; k < settings[i].n; k++)
    values[k] = sim_arg_uint (&call->args, settings[i].fields[k].min, settings[i].fields[k].max);
  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  if (settings[i].calls_forbid && sim_voice_exists (call->module))
    return SIM_ERROR;
  memcpy (self->values[i], values, settings[i].n * sizeof values[0]);
  return SIM_OK;
}

/* NAME: (0-1),(0),...  */
static SimResult
test_setting (SimCall *call)
{
  const Setting      *setting = &settings[setting_of (call)];
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint k = 0; k < setting->n; k++)
    {
      g_string_append_printf (text, "%s(%u", k > 0 ? "," : "", setting->fields[k].min);
      if (setting->fields[k].max > setting->fields[k].min)
        g_string_append_printf (text, "-%u", setting->fields[k].max);
      g_string_append_c (text, ')');
    }
  sim_reply (call, "%s: %s", setting->name, text->str);
  return SIM_OK;
}

/* ^PCMFR: "words of 16 bits in hex" */

static SimResult
read_pcmfr (SimCall *call)
{
  sim_reply (call, "^PCMFR: \"%s\"", ((const SimAudio *)call->state)->response);
  return SIM_OK;
}

static SimResult
set_pcmfr (SimCall *call)
{
  SimAudio   *self = call->state;
  const char *text = sim_arg_text (&call->args, MAX_RESPONSE);
  gsize       n = strlen (text);

  if (!sim_args_end (&call->args) || n == 0 || n % WORD_DIGITS != 0
      || strspn (text, "0123456789ABCDEFabcdef") != n)
    return SIM_CME_BAD_PARAMETERS;
  if (sim_voice_exists (call->module))
    return SIM_ERROR;
  (void)g_strlcpy (self->response, text, sizeof self->response);
  return SIM_OK;
}

static void
audio_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimAudio *self = state;

  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    for (guint k = 0; k < settings[i].n; k++)
      self->values[i][k] = settings[i].fields[k].initial;
  self->response[0] = '\0';
}

#define SETTING(name)                                                                              \
  {                                                                                                \
    name, .read = read_setting, .set = set_setting, .run_test = test_setting                       \
  }

static const SimCommand commands[] = {
  SETTING ("^CPCM"),     SETTING ("^SMUT"),
  SETTING ("+CMIC"),     SETTING ("+CLVL"),
  SETTING ("^NSSWITCH"), SETTING ("^STN"),
  SETTING ("^ECHOEX"),   { "^PCMFR", .read = read_pcmfr, .set = set_pcmfr },
};

const SimChapter sim_audio_chapter = {
  .name = "audio",
  .state_size = sizeof (SimAudio),
  .start = audio_start,
  SIM_ROWS (commands, commands),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Recording and playing: guide 27.1 to 27.3. */
#include "sim-recorder.h"

#include "sim-amr.h"
#include "sim-control.h"
#include "sim-module.h"
#include "sim-speech.h"
#include "sim-voice-private.h"

/* Guide 27.2.1 */
#define RAM_ROOM   ((gsize)60 * 1024)
#define FLASH_ROOM ((gsize)300 * 1024)

#define START_TIME SIM_MS (100)

/* ^RECCFG: items and what is known of their values */
#define FORMAT_AMR   3u
#define DEFAULT_MODE 5u

const SimRecordingRow sim_recordings[SIM_N_RECORDINGS] = {
  { "RAM", FALSE },     { "REC1.AMR", TRUE }, { "REC2.AMR", TRUE },
  { "REC3.AMR", TRUE }, { "REC4.AMR", TRUE }, { "REC5.AMR", TRUE },
};

/* ^AUDREC: op */
enum
{
  OP_STOP_RECORDING = 0,
  OP_RECORD = 1,
  OP_PLAY = 2,
  OP_STOP_PLAYING = 3,
};

typedef enum
{
  DOES_NOTHING,
  DOES_RECORD,
  DOES_PLAY,
} Does;

typedef struct
{
  SimModule  *module;
  GByteArray *files[SIM_N_RECORDINGS];
  guint       mode; /* of AMR: ^RECCFG item 1 */
  Does        does;
  int         recording; /* that it is about */
  gint64      since;
  SimTimer    end; /* the room is full, the recording was played */
  guint       op;  /* of the command that is being executed */
  int         wanted;
} SimRecorder;

static SimRecorder *
recorder_of (SimModule *module)
{
  return sim_state (module, &sim_recorder_chapter);
}

int
sim_recorder_find (const char *name)
{
  for (guint i = 0; i < SIM_N_RECORDINGS; i++)
    if (g_str_equal (sim_recordings[i].name, name))
      return (int)i;
  return -1;
}

GByteArray *
sim_recorder_file (SimModule *module, int recording)
{
  return recorder_of (module)->files[recording];
}

/* Those in the flash memory share it. */
gsize
sim_recorder_room (SimModule *module, int recording)
{
  const SimRecorder *self = recorder_of (module);
  gsize              others = 0;

  if (!sim_recordings[recording].flash)
    return RAM_ROOM;
  for (int i = 0; i < (int)SIM_N_RECORDINGS; i++)
    if (sim_recordings[i].flash && i != recording)
      others += self->files[i]->len;
  return others < FLASH_ROOM ? FLASH_ROOM - others : 0;
}

gboolean
sim_recorder_busy (SimModule *module)
{
  return recorder_of (module)->does != DOES_NOTHING;
}

/* ^RECCFG: item,value  0: format, 1: the mode of AMR, as it seems */

static SimResult
read_reccfg (SimCall *call)
{
  sim_reply (call, "^RECCFG: 0,%u", FORMAT_AMR);
  sim_reply (call, "^RECCFG: 1,%u", ((SimRecorder *)call->state)->mode);
  return SIM_OK;
}

static SimResult
set_reccfg (SimCall *call)
{
  SimRecorder *self = call->state;
  guint        item = sim_arg_uint (&call->args, 0, 1);
  guint        value = sim_arg_uint (&call->args, 0, 255);

  if (!sim_args_end (&call->args))
    return SIM_APP_BAD_PARAMETERS;
  if (self->does != DOES_NOTHING || (item == 0 && value != FORMAT_AMR)
      || (item == 1 && value >= SIM_AMR_MODES))
    return SIM_APP_NOT_SUPPORTED;
  if (item == 1)
    self->mode = value;
  return SIM_OK;
}

/* Ends */

/* ^AUDEND: 0,reason,bytes  reason 0: stopped, 1: full */
static void
end_recording (SimRecorder *self, gboolean full)
{
  GByteArray      *file = self->files[self->recording];
  gsize            room = sim_recorder_room (self->module, self->recording);
  guint            size = sim_amr_frame_size (self->mode);
  guint            most = (guint)(room - SIM_AMR_N_HEADER) / size;
  gint64           age = sim_clock_now (self->module->clock) - self->since;
  guint            n_frames = (guint)(age / SIM_MS (SIM_AMR_FRAME_MS));
  g_autofree char *line = NULL;

  sim_timer_stop (&self->end);
  sim_amr_append (file, self->mode, full ? most : MIN (n_frames, most), self->module->random);
  if (full)
    sim_amr_pad (file, room);
  self->does = DOES_NOTHING;
  line = g_strdup_printf ("^AUDEND: 0,%d,%u", full, file->len);
  sim_voice_say (self->module, NULL, SIM_URC_ALWAYS, line);
}

/* ^AUDEND: 1,reason  reason 0: stopped, 1: played to its end */
static void
end_playing (SimRecorder *self, gboolean played)
{
  sim_timer_stop (&self->end);
  self->does = DOES_NOTHING;
  sim_voice_say (self->module, NULL, SIM_URC_ALWAYS, played ? "^AUDEND: 1,1" : "^AUDEND: 1,0");
}

static void
on_end (gpointer recorder)
{
  SimRecorder *self = recorder;

  if (self->does == DOES_RECORD)
    end_recording (self, TRUE);
  else
    end_playing (self, TRUE);
}

/* ^AUDREC=op[,"name"] */

static SimResult
record (SimRecorder *self, int recording)
{
  GByteArray *file = self->files[recording];
  gsize       room = sim_recorder_room (self->module, recording);
  guint       size = sim_amr_frame_size (self->mode);

  if (room < SIM_AMR_N_HEADER + size)
    return SIM_CME_MEMORY_FULL;
  g_byte_array_set_size (file, 0);
  g_byte_array_append (file, (const guint8 *)SIM_AMR_HEADER, SIM_AMR_N_HEADER);
  sim_timer_start (&self->end, SIM_MS ((room - SIM_AMR_N_HEADER) / size * SIM_AMR_FRAME_MS));
  self->does = DOES_RECORD;
  return SIM_OK;
}

static SimResult
play (SimRecorder *self, int recording)
{
  const GByteArray *file = self->files[recording];

  if (file->len == 0)
    return SIM_APP_NOT_SUPPORTED;
  sim_timer_start (&self->end, SIM_MS (sim_amr_length (file->data, file->len)));
  self->does = DOES_PLAY;
  return SIM_OK;
}

static SimResult
begin (SimRecorder *self)
{
  SimResult result;

  if (self->does != DOES_NOTHING)
    return SIM_CME_NOT_ALLOWED;
  self->recording = self->wanted;
  self->since = sim_clock_now (self->module->clock);
  result = self->op == OP_RECORD ? record (self, self->wanted) : play (self, self->wanted);
  if (result == SIM_OK)
    sim_speech_give_way (self->module);
  return result;
}

static SimResult
done (SimCall *call)
{
  SimRecorder *self = call->state;
  Does         needed = self->op == OP_STOP_RECORDING ? DOES_RECORD : DOES_PLAY;

  if (self->op == OP_RECORD || self->op == OP_PLAY)
    return begin (self);
  if (self->does != needed)
    return SIM_CME_NOT_ALLOWED;
  if (needed == DOES_RECORD)
    end_recording (self, FALSE);
  else
    end_playing (self, FALSE);
  return SIM_OK;
}

static SimResult
set_audrec (SimCall *call)
{
  SimRecorder *self = call->state;
  const char  *name;
  gboolean     named;

  self->op = sim_arg_uint (&call->args, OP_STOP_RECORDING, OP_STOP_PLAYING);
  name = sim_arg_text_or (&call->args, "", SIM_MAX_RECORDING_NAME);
  named = self->op == OP_RECORD || self->op == OP_PLAY;
  self->wanted = sim_recorder_find (name);
  if (!sim_args_end (&call->args) || (named ? self->wanted < 0 : name[0] != '\0'))
    return SIM_APP_BAD_PARAMETERS;
  return sim_call_wait (call, START_TIME, done, NULL);
}

/* recordings */
static gboolean
do_recordings (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  const SimRecorder  *self = order->state;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < SIM_N_RECORDINGS; i++)
    if (self->files[i]->len > 0)
      g_string_append_printf (text, "%s %u\n", sim_recordings[i].name, self->files[i]->len);
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

/* life: the flash memory outlives a restart, RAM and settings do not */

static void
recorder_init (SimModule *module, gpointer state)
{
  SimRecorder *self = state;

  self->module = module;
  sim_timer_init (&self->end, module->clock, on_end, self);
  for (guint i = 0; i < SIM_N_RECORDINGS; i++)
    self->files[i] = g_byte_array_new ();
}

static void
recorder_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimRecorder *self = state;

  self->mode = DEFAULT_MODE;
  for (guint i = 0; i < SIM_N_RECORDINGS; i++)
    if (!sim_recordings[i].flash)
      g_byte_array_set_size (self->files[i], 0);
}

static void
recorder_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimRecorder *self = state;

  sim_timer_stop (&self->end);
  self->does = DOES_NOTHING;
}

static void
recorder_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  for (guint i = 0; i < SIM_N_RECORDINGS; i++)
    g_byte_array_unref (((SimRecorder *)state)->files[i]);
}

static const SimCommand commands[] = {
  { "^RECCFG", .test = "(0,1),(0-7)", .read = read_reccfg, .set = set_reccfg },
  { "^AUDREC", .test = "(0-3)", .set = set_audrec },
};

static const SimVerb verbs[] = {
  { "recordings", "lists the recorder's files and their sizes", do_recordings },
};

const SimChapter sim_recorder_chapter = {
  .name = "recorder",
  .state_size = sizeof (SimRecorder),
  .init = recorder_init,
  .start = recorder_start,
  .stop = recorder_stop,
  .clear = recorder_clear,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

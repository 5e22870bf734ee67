/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text to speech: guide 16.1. */
#include "sim-speech.h"

#include "sim-control.h"
#include "sim-module.h"
#include "sim-recorder.h"
#include "sim-text.h"
#include "sim-voice-private.h"

#define MAX_TEXT   1200u /* bytes: guide 16.1.1 */
#define BYTE_TIME  SIM_MS (120)
#define START_TIME SIM_MS (100)
#define MAX_SPOKEN 16u

/* ^TTS: op */
enum
{
  OP_STOP = 0,
  OP_GBK = 1,
  OP_UNICODE = 2,
};

typedef struct
{
  SimModule  *module;
  gboolean    enabled;
  guint       op;
  GByteArray *text;   /* to say, or being said */
  GQueue      spoken; /* of char *: "gbk HEX" */
  SimTimer    end;    /* runs while it speaks */
} SimSpeech;

/* ^TTSCFG: 0,enabled  no other item is known */

static SimResult
read_ttscfg (SimCall *call)
{
  sim_reply (call, "^TTSCFG: 0,%d", ((SimSpeech *)call->state)->enabled);
  return SIM_OK;
}

static SimResult
set_ttscfg (SimCall *call)
{
  SimSpeech *self = call->state;
  guint      value;

  (void)sim_arg_uint (&call->args, 0, 0);
  value = sim_arg_uint (&call->args, 0, 1);
  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  if (sim_timer_running (&self->end))
    return SIM_ERROR; /* guide 16.1.1 */
  self->enabled = value != 0;
  return SIM_OK;
}

/* ^AUDEND:2,reason  as the guide spells it; 1 is the one it shows, 0 when something came between */
static void
end (SimSpeech *self, gboolean broken_off)
{
  sim_timer_stop (&self->end);
  sim_voice_say (self->module, NULL, SIM_URC_ALWAYS, broken_off ? "^AUDEND:2,0" : "^AUDEND:2,1");
}

static void
on_end (gpointer speech)
{
  end (speech, FALSE);
}

void
sim_speech_give_way (SimModule *module)
{
  SimSpeech *self = sim_state (module, &sim_speech_chapter);

  if (sim_timer_running (&self->end))
    end (self, TRUE);
}

/* ^TTS=0  ^TTS=1,"GBK in hex"  ^TTS=2,"UTF-16BE in hex" */

static void
remember (SimSpeech *self)
{
  GString *text = g_string_new (self->op == OP_GBK ? "gbk " : "unicode ");

  sim_hex (text, self->text->data, self->text->len);
  g_queue_push_tail (&self->spoken, g_string_free (text, FALSE));
  if (self->spoken.length > MAX_SPOKEN)
    g_free (g_queue_pop_head (&self->spoken));
}

static SimResult
begin (SimCall *call)
{
  SimSpeech *self = call->state;

  if (!self->enabled || sim_timer_running (&self->end) || sim_voice_exists (call->module)
      || sim_recorder_busy (call->module))
    return SIM_CME_NOT_ALLOWED; /* guide 16.1.3 */
  remember (self);
  sim_timer_start (&self->end, (gint64)self->text->len * BYTE_TIME);
  return SIM_OK;
}

static SimResult
stop_speaking (SimCall *call)
{
  SimSpeech *self = call->state;

  if (sim_timer_running (&self->end))
    end (self, FALSE);
  return SIM_OK;
}

/* The length is even and not 0, whichever the encoding: guide 16.1.1. */
static SimResult
set_tts (SimCall *call)
{
  SimSpeech  *self = call->state;
  guint       op = sim_arg_uint (&call->args, OP_STOP, OP_UNICODE);
  const char *hex = sim_arg_text_or (&call->args, "", 2 * (gsize)MAX_TEXT);
  gboolean    right = sim_args_end (&call->args);

  if (!right || (op == OP_STOP) != (hex[0] == '\0'))
    return SIM_CME_BAD_PARAMETERS;
  if (op == OP_STOP)
    return sim_call_wait (call, START_TIME, stop_speaking, NULL);
  if (sim_timer_running (&self->end))
    return SIM_CME_NOT_ALLOWED; /* and the text that is being said stays */
  self->op = op;
  g_byte_array_set_size (self->text, 0);
  if (!sim_unhex (hex, self->text) || self->text->len % 2 != 0)
    return SIM_CME_BAD_PARAMETERS;
  return sim_call_wait (call, START_TIME, begin, NULL);
}

/* spoken */
static gboolean
do_spoken (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const GList *item = ((SimSpeech *)order->state)->spoken.head; item != NULL;
       item = item->next)
    g_string_append_printf (text, "%s\n", (const char *)item->data);
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static void
speech_event (SimModule *module, gpointer state G_GNUC_UNUSED, SimEvent event)
{
  if (event == SIM_EVENT_CALL && sim_voice_exists (module))
    sim_speech_give_way (module);
}

static void
speech_init (SimModule *module, gpointer state)
{
  SimSpeech *self = state;

  self->module = module;
  self->text = g_byte_array_new ();
  g_queue_init (&self->spoken);
  sim_timer_init (&self->end, module->clock, on_end, self);
}

static void
speech_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimSpeech *)state)->enabled = FALSE;
}

static void
speech_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  sim_timer_stop (&((SimSpeech *)state)->end);
}

static void
speech_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimSpeech *self = state;

  g_byte_array_unref (self->text);
  g_queue_clear_full (&self->spoken, g_free);
}

static const SimCommand commands[] = {
  { "^TTSCFG", .test = "(0),(0,1)", .read = read_ttscfg, .set = set_ttscfg },
  { "^TTS", .test = "(0-2)", .set = set_tts },
};

static const SimVerb verbs[] = {
  { "spoken", "lists the newest texts that were spoken, in hex", do_spoken },
};

const SimChapter sim_speech_chapter = {
  .name = "speech",
  .state_size = sizeof (SimSpeech),
  .init = speech_init,
  .start = speech_start,
  .stop = speech_stop,
  .clear = speech_clear,
  .event = speech_event,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

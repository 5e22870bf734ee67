/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* DTMF: guide 8.3; 27.007 C.2.11; 23.014. */
#include "sim-tones.h"

#include "sim-control.h"
#include "sim-module.h"
#include "sim-voice-private.h"

#include <string.h>

#define TONE_TIME SIM_MS (150)
#define MAX_SENT  29u
#define MAX_CALLS 16u
#define DIGITS    "0123456789*#ABCD"

/* What one call has heard. */
typedef struct
{
  gint64   since; /* the call's */
  char     number[SIM_MAX_DIGITS + 1];
  GString *digits;
} Heard;

typedef struct
{
  GQueue heard; /* of Heard, the newest last */
  char   sent[MAX_SENT + 1];
} SimTones;

static void
heard_free (gpointer heard)
{
  g_string_free (((Heard *)heard)->digits, TRUE);
  g_free (heard);
}

static void
hear (SimTones *self, const SimVoice *voice, const char *digits)
{
  Heard *heard = g_queue_peek_tail (&self->heard);

  if (heard == NULL || heard->since != voice->since || !g_str_equal (heard->number, voice->number))
    {
      heard = g_new0 (Heard, 1);
      heard->since = voice->since;
      (void)g_strlcpy (heard->number, voice->number, sizeof heard->number);
      heard->digits = g_string_new (NULL);
      g_queue_push_tail (&self->heard, heard);
    }
  g_string_append (heard->digits, digits);
  if (self->heard.length > MAX_CALLS)
    heard_free (g_queue_pop_head (&self->heard));
}

/* All parties of a conference hear them; it is noted for the first. */
static SimResult
sent (SimCall *call)
{
  SimTones       *self = call->state;
  const SimVoice *voice = sim_voice_first (call->module, SIM_VOICE_ACTIVE);

  if (voice == NULL)
    return SIM_CME_NOT_ALLOWED;
  hear (self, voice, self->sent);
  return SIM_OK;
}

/* +VTS=digit  or  "digits", one after the other */
static SimResult
set_vts (SimCall *call)
{
  SimTones   *self = call->state;
  const char *text = sim_arg_text (&call->args, MAX_SENT);
  gsize       n = strlen (text);

  (void)g_strlcpy (self->sent, text, sizeof self->sent);
  (void)sim_arg_uint_or (&call->args, 0, 0, 255); /* duration in tenths of a second */
  for (gsize i = 0; i < n; i++)
    self->sent[i] = g_ascii_toupper (self->sent[i]);
  if (!sim_args_end (&call->args) || n == 0 || strspn (self->sent, DIGITS) != n)
    return SIM_CME_BAD_PARAMETERS;
  if (sim_voice_first (call->module, SIM_VOICE_ACTIVE) == NULL)
    return SIM_CME_NOT_ALLOWED;
  return sim_call_wait (call, (gint64)n * TONE_TIME, sent, NULL);
}

/* tones */
static gboolean
do_tones (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  SimTones           *self = order->state;
  g_autoptr (GString) text = g_string_new (NULL);

  for (const GList *item = self->heard.head; item != NULL; item = item->next)
    {
      const Heard *heard = item->data;

      g_string_append_printf (text, "%s %s\n",
                              heard->number[0] != '\0' ? heard->number : "withheld",
                              heard->digits->str);
    }
  sim_control_lines (order->answer, text->str);
  return TRUE;
}

static void
tones_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_queue_init (&((SimTones *)state)->heard);
}

static void
tones_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  g_queue_clear_full (&((SimTones *)state)->heard, heard_free);
}

static const SimCommand commands[] = {
  { "+VTS", .test = "(0-9,A-D,*,#)", .set = set_vts },
};

static const SimVerb verbs[] = {
  { "tones", "lists the numbers that heard DTMF tones, with the digits", do_tones },
};

const SimChapter sim_tones_chapter = {
  .name = "tones",
  .state_size = sizeof (SimTones),
  .init = tones_init,
  .clear = tones_clear,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

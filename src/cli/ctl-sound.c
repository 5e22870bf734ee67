/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the module says, records and plays. */
#include "ctl-bus.h"
#include "ctl-call.h"
#include "ctl-child.h"
#include "ctl-command.h"
#include "ctl-error.h"
#include "ctl-module.h"

#include <errno.h>

/* ---- speak ---- */

#define MAX_TEXT 4096 /* more than a module takes: guide 16.1.1 */

static char *
read_stdin (GError **error)
{
  g_autofree char *text = g_malloc (MAX_TEXT + 1);
  gsize            n = fread (text, 1, MAX_TEXT, stdin);

  if (ferror (stdin))
    {
      ctl_fail (error, CTL_ERROR_FAILED, "Standard input: %s", g_strerror (errno));
      return NULL;
    }
  text[n] = '\0';
  if (!g_utf8_validate_len (text, n, NULL))
    {
      ctl_fail (error, CTL_ERROR_USAGE, "Standard input is no text of a few lines, in UTF-8");
      return NULL;
    }
  return g_strchomp (g_steal_pointer (&text));
}

static gboolean
is_enabled (Ctl *ctl)
{
  g_autoptr (GVariant) properties = ctl_module_properties (ctl->module, "Speech1");
  gboolean             enabled = FALSE;

  return properties == NULL || (g_variant_lookup (properties, "Enabled", "b", &enabled) && enabled);
}

/* It is off after each start of the module, and who wants it said wants it on. */
static gboolean
enable (Ctl *ctl, GError **error)
{
  const CtlMethod      set = { ctl->module_path, CTL_PROPERTIES, "Set" };
  g_autoptr (GVariant) reply = NULL;

  if (is_enabled (ctl))
    return TRUE;
  reply = ctl_bus_call (
      ctl, &set,
      g_variant_new ("(ssv)", CTL_PREFIX "Speech1", "Enabled", g_variant_new_boolean (TRUE)), NULL,
      error);
  return reply != NULL;
}

static gboolean
run_speak (Ctl *ctl, const char *const *args, GError **error)
{
  gboolean         from_stdin = g_str_equal (args[0], "-") && args[1] == NULL;
  g_autofree char *text = NULL;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  text = from_stdin ? read_stdin (error) : g_strjoinv (" ", (char **)args);
  if (text == NULL || !enable (ctl, error))
    return FALSE;

  const char *const texts[] = { text, NULL };
  return ctl_call (ctl, "Speech1", "Speak", texts, error);
}

/* ---- record ---- */

/* Whatever it does. */
static gboolean
run_stop (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant) properties = NULL;
  const char          *state;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  properties = ctl_module_properties (ctl->module, "Recorder1");
  state = properties != NULL ? ctl_child_text (properties, "State") : "";
  return ctl_call (ctl, "Recorder1", g_str_equal (state, "playing") ? "StopPlaying" : "Stop", args,
                   error);
}

static gboolean
run_list (Ctl *ctl, const char *const *args, GError **error)
{
  (void)args;
  return ctl_get (ctl, "Recorder1", "Files", error);
}

static gboolean
run_load (Ctl *ctl, const char *const *args, GError **error)
{
  const char *const texts[] = { args[1], args[0], NULL };

  return ctl_call (ctl, "Recorder1", "Write", texts, error);
}

#define NAMES "NAME is RAM or REC1.AMR to REC5.AMR."

const CtlCommand ctl_sound_commands[] = {
  { "speak", "TEXT...", "Have the module say a text", .run = run_speak,
    .more
    = "The words are said as one text; - alone is what standard input has.  Returns when it was\n"
      "said; Ctrl-C ends it in the module too.  Speech is switched on if it is not." },
  { "record start", "NAME", "Start a recording", "Recorder1", "Start",
    .more = NAMES "  It goes on until record stop, or until the storage is full." },
  { "record stop", "", "End the recording, print its bytes; or the playing", .run = run_stop },
  { "record list", "", "List the recordings that the daemon knows of", .run = run_list },
  { "record play", "NAME", "Play a recording", "Recorder1", "Play", .more = NAMES },
  { "record save", "NAME FILE", "Copy a recording to a file", "Recorder1", "Read",
    .more = NAMES "  FILE may be -.  RAM is empty afterwards." },
  { "record load", "FILE NAME", "Copy an AMR file to a recording", .run = run_load,
    .more = NAMES "  FILE may be -." },
  { "record delete", "NAME", "Delete a recording", "Recorder1", "Delete", .more = NAMES },
  { NULL },
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Calls that there are: list, answer, hangup, tones, and what is done to several. */
#include "ctl-voice.h"

#include "ctl-child.h"
#include "ctl-command.h"
#include "ctl-error.h"
#include "ctl-module.h"
#include "ctl-output.h"
#include "ctl-voice-text.h"

gboolean
ctl_voice_choose (Ctl *ctl, GError **error)
{
  g_autoptr (GVariant) properties = NULL;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  properties = ctl_module_properties (ctl->module, "Voice1");
  return properties != NULL || ctl_module_lacks (ctl, "Voice1", error);
}

GVariant *
ctl_voice_calls (Ctl *ctl, GError **error)
{
  return ctl_voice_choose (ctl, error)
             ? ctl_child_list (ctl->objects, ctl->module_path, "call", "Call1")
             : NULL;
}

/* ---- which one ---- */

static gboolean
is_coming_in (GVariant *properties)
{
  const char *state = ctl_child_text (properties, "State");

  return g_str_equal (state, "incoming") || g_str_equal (state, "waiting");
}

static gboolean
is_any (GVariant *properties G_GNUC_UNUSED)
{
  return TRUE;
}

/* What a person means who names none. */
typedef struct
{
  gboolean (*is_meant) (GVariant *properties);
  const char *none, *several;
} Choice;

static const Choice incoming
    = { is_coming_in, "No call is coming in", "Several calls are coming in, say which" };
static const Choice any = { is_any, "There is no call", "There are several calls, say which" };

static char *
find_only (Ctl *ctl, const Choice *choice, GError **error)
{
  g_autoptr (GVariant) calls = ctl_voice_calls (ctl, error);
  g_autoptr (GString)  numbers = g_string_new (NULL);
  g_autofree char     *found = NULL;
  guint                n = 0;
  GVariantIter         iter;
  const char          *path;
  GVariant            *properties;

  if (calls == NULL)
    return NULL;
  g_variant_iter_init (&iter, calls);
  while (g_variant_iter_loop (&iter, "(&o@a{sv})", &path, &properties))
    if (choice->is_meant (properties))
      {
        g_string_append_printf (numbers, "%s%u", n++ > 0 ? ", " : "", ctl_child_id (path));
        g_free (found);
        found = g_strdup (path);
      }
  if (n == 1)
    return g_steal_pointer (&found);
  if (n == 0)
    ctl_fail (error, CTL_ERROR_FAILED, "%s", choice->none);
  else
    ctl_fail (error, CTL_ERROR_FAILED, "%s: %s", choice->several, numbers->str);
  return NULL;
}

/* ---- commands ---- */

static gboolean
call_method (Ctl *ctl, const char *path, const char *interface, const char *name, GVariant *args,
             GError **error)
{
  const CtlMethod      method = { path, interface, name, "()" };
  g_autoptr (GVariant) owned = args != NULL ? g_variant_ref_sink (args) : NULL;
  g_autoptr (GVariant) reply = ctl_child_call (ctl, &method, owned, error);

  if (reply != NULL)
    ctl_output_nothing (ctl);
  return reply != NULL;
}

/* text: NULL for the only one */
static gboolean
call_one (Ctl *ctl, const char *text, const Choice *choice, const char *name, GError **error)
{
  g_autofree char *path
      = text != NULL ? ctl_child_path (ctl, "call", text, error) : find_only (ctl, choice, error);

  return path != NULL && call_method (ctl, path, CTL_CALL, name, NULL, error);
}

static gboolean
run_answer (Ctl *ctl, const char *const *args, GError **error)
{
  return call_one (ctl, args[0], &incoming, "Answer", error);
}

static gboolean
run_hang_up (Ctl *ctl, const char *const *args, GError **error)
{
  if (g_strcmp0 (args[0], "all") != 0)
    return call_one (ctl, args[0], &any, "Hangup", error);
  return ctl_voice_choose (ctl, error)
         && call_method (ctl, ctl->module_path, CTL_VOICE, "HangupAll", NULL, error);
}

static gboolean
run_tones (Ctl *ctl, const char *const *args, GError **error)
{
  g_autofree char *path = ctl_child_path (ctl, "call", args[0], error);

  return path != NULL
         && call_method (ctl, path, CTL_CALL, "SendTones", g_variant_new ("(s)", args[1]), error);
}

static gboolean
run_list (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  g_autoptr (GVariant) calls = ctl_voice_calls (ctl, error);
  g_autofree char     *text = NULL;

  if (calls == NULL)
    return FALSE;
  if (ctl->options.json)
    {
      ctl_output_json (ctl, ctl_child_json_list (calls));
      return TRUE;
    }
  text = ctl_voice_table (calls, "", &ctl->style);
  if (text[0] == '\0')
    g_printerr ("There is no call\n");
  ctl_output_text (ctl, text);
  return TRUE;
}

const CtlCommand ctl_voice_commands[] = {
  { "call dial", "NUMBER [KEY=VALUE...]", "Call a number, print the call's number",
    .run = ctl_voice_dial,
    .more = "clir=hide hides the own number, clir=show shows it, clir=default leaves it to the\n"
            "network.  On a terminal it tells the call's state until it is active, or over.\n"
            "Ctrl-C ends the telling: the call goes on." },
  { "call answer", "[ID|PATH]", "Answer a call", .run = run_answer,
    .more = "Without ID, the only one that is coming in.  If it waits, the active call is held." },
  { "call hangup", "[ID|PATH|all]", "End or reject a call", .run = run_hang_up,
    .more = "Without ID, the only one that there is." },
  { "call list", "", "List the calls", .run = run_list,
    .more = "Number, direction, correspondent, state, and since when it is active." },
  { "call watch", "", "Print calls as they come and go, until Ctrl-C", .run = ctl_voice_watch,
    .more = "Also why they end; over restarts of the daemon.  With --json, one object a line." },
  { "call tones", "ID|PATH TONES", "Send DTMF tones in a call", .run = run_tones,
    .more = "0-9 * # A-D, and a comma or p for a pause of two seconds." },
  { "call hold", "", "Put the active call on hold", "Voice1", "Hold" },
  { "call swap", "", "Exchange the active and the held call", "Voice1", "Swap",
    .more = "Also takes back the only one that is held." },
  { "call join", "", "Join the active and the held call to a conference", "Voice1", "Join" },
  { "call transfer", "", "Connect the held call with the other, and leave both", "Voice1",
    "Transfer" },
  { NULL },
};

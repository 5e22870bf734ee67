/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Codes such as *100#, and the conversations that follow them. */
#include "ctl-bus.h"
#include "ctl-command.h"
#include "ctl-input.h"
#include "ctl-module.h"
#include "ctl-output.h"
#include "ctl-text.h"

#include <unistd.h>

#define USSD CTL_PREFIX "Ussd1"

/* ---- the session ---- */

/* What the network says to text. */
static char *
say (Ctl *ctl, const char *method_name, const char *text, GError **error)
{
  const CtlMethod      method = { ctl->module_path, USSD, method_name, "(s)" };
  g_autoptr (GVariant) reply
      = ctl_bus_call (ctl, &method, g_variant_new ("(s)", text), NULL, error);
  char *answer = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(s)", &answer);
  return answer;
}

/* Whether the network wants an answer. */
static gboolean
is_waiting (Ctl *ctl)
{
  const CtlMethod      method = { ctl->module_path, CTL_PROPERTIES, "Get", "(v)" };
  g_autoptr (GVariant) reply
      = ctl_bus_call (ctl, &method, g_variant_new ("(ss)", USSD, "State"), NULL, NULL);
  g_autoptr (GVariant) state = NULL;

  if (reply == NULL)
    return FALSE;
  g_variant_get (reply, "(v)", &state);
  return g_variant_is_of_type (state, G_VARIANT_TYPE_STRING)
         && g_str_equal (g_variant_get_string (state, NULL), "waiting");
}

/* Also after Ctrl-C.  If it fails, the network has ended the session. */
static void
cancel (Ctl *ctl)
{
  const CtlMethod method = { ctl->module_path, USSD, "Cancel", "()" };
  GVariant       *reply = ctl_bus_call_late (ctl, &method, NULL);

  g_clear_pointer (&reply, g_variant_unref);
}

/* ---- the conversation ---- */

static void
output (Ctl *ctl, const char *answer, gboolean waiting)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (ctl->options.json)
    {
      ctl_output_json (ctl,
                       g_variant_new_parsed ("{'answer': <%s>, 'waiting': <%b>}", answer, waiting));
      return;
    }
  ctl_text_append_lines (text, answer);
  g_string_append_c (text, '\n');
  ctl_output_text (ctl, text->str);
  (void)fflush (ctl->out);
}

/* What the person says next; NULL: nothing more. */
static char *
ask (Ctl *ctl, GError **error)
{
  g_autofree char *line = ctl_input_line (ctl, "> ", error);

  return line != NULL && line[0] != '\0' ? g_steal_pointer (&line) : NULL;
}

static gboolean
converse (Ctl *ctl, const char *code, GError **error)
{
  gboolean is_person = !ctl->options.json && isatty (STDIN_FILENO) && isatty (STDOUT_FILENO);
  g_autofree char *answer = say (ctl, "Initiate", code, error);

  while (answer != NULL)
    {
      g_autofree char   *line = NULL;
      g_autoptr (GError) cause = NULL;
      gboolean           waiting = is_waiting (ctl);

      output (ctl, answer, waiting);
      if (!waiting)
        return TRUE;
      line = is_person ? ask (ctl, &cause) : NULL;
      if (line == NULL)
        {
          cancel (ctl);
          if (cause == NULL)
            return TRUE;
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      g_free (answer);
      answer = say (ctl, "Respond", line, error);
    }
  return FALSE;
}

static gboolean
run_ussd (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant) properties = NULL;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  properties = ctl_module_properties (ctl->module, "Ussd1");
  if (properties == NULL)
    return ctl_module_lacks (ctl, "Ussd1", error);
  return converse (ctl, args[0], error);
}

const CtlCommand ctl_ussd_commands[] = {
  { "ussd", "CODE", "Send a code such as *100#, print what it answers", .run = run_ussd,
    .more = "When the network asks for more, so does the terminal, until an empty line or Ctrl-C\n"
            "cancels the session.  Without a terminal, or with --json, it is cancelled at once." },
  { "ussd respond", "TEXT", "Answer in a session that waits", "Ussd1", "Respond",
    .more = "The session may be one that the network has begun, or that was begun with\n"
            "call Ussd1 Initiate, for only ussd CODE cancels what it does not go on with." },
  { "ussd cancel", "", "End the session", "Ussd1", "Cancel" },
  { NULL },
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tables say of themselves: the commands and the options. */
#include "ctl-help.h"

#include "ctl-commands.h"
#include "ctl-output.h"

#include <string.h>

static char *
describe (const CtlCommand *command)
{
  return g_strconcat (command->words, command->args[0] != '\0' ? " " : "", command->args, NULL);
}

/* What is long stands on a line of its own: it would move all the others off the terminal. */
static void
append_row (GString *out, const char *what, const char *help)
{
  enum
  {
    COLUMNS = 24
  };

  if (strlen (what) <= COLUMNS)
    g_string_append_printf (out, "  %-*s  %s\n", COLUMNS, what, help);
  else
    g_string_append_printf (out, "  %s\n  %*s  %s\n", what, COLUMNS, "", help);
}

static void
append_command (GString *out, const CtlCommand *command)
{
  g_autofree char *usage = describe (command);

  if (command->help != NULL)
    append_row (out, usage, command->help);
}

/* Those that begin with all of words. */
static char *
list_commands (const char *const *words)
{
  GString *out = g_string_new (NULL);
  guint    n = g_strv_length ((char **)words);

  for (const CtlCommand *const *group = ctl_commands; *group != NULL; group++)
    for (const CtlCommand *command = *group; command->words != NULL; command++)
      if (ctl_commands_match (command, words, n) > 0)
        append_command (out, command);
  return g_string_free (out, FALSE);
}

static char *
list_alone (const CtlCommand *command)
{
  GString *out = g_string_new (NULL);

  append_command (out, command);
  return g_string_free (out, FALSE);
}

static char *
list_options (void)
{
  GString *out = g_string_new (NULL);

  for (const CtlOption *option = ctl_options; option->name != NULL; option++)
    {
      g_autofree char *usage = g_strconcat ("--", option->name, option->value != NULL ? "=" : NULL,
                                            option->value, NULL);

      append_row (out, usage, option->help);
    }
  return g_string_free (out, FALSE);
}

static char *
explain_program (const char *const *no_words)
{
  g_autofree char *commands = list_commands (no_words);
  g_autofree char *options = list_options ();

  return g_strdup_printf (
      "Usage: mu709ctl [OPTION...] COMMAND [ARGUMENT...]\n\n"
      "The Huawei MU709 on the command line.\n\n"
      "Commands:\n%s\n"
      "Options, before or after the command:\n%s\n"
      "Exit status: 0 done, 1 failed, 2 wrong use, 3 no daemon, 4 no such module or\n"
      "several, 130 interrupted.  COMMAND --help tells more of a command, help IFACE of\n"
      "an interface.\n",
      commands, options);
}

/* list: of the commands that begin with its words. */
static char *
explain_command (const CtlCommand *command, const char *list)
{
  g_autofree char *usage = describe (command);
  g_autofree char *alone = list_alone (command);
  const char      *more = command->more;
  gboolean         is_group = !g_str_equal (list, alone);

  return g_strdup_printf ("Usage: mu709ctl [OPTION...] %s\n\n%s.\n%s%s%s%s%s", usage, command->help,
                          more != NULL ? "\n" : "", more != NULL ? more : "",
                          more != NULL ? "\n" : "", is_group ? "\nCommands:\n" : "",
                          is_group ? list : "");
}

gboolean
ctl_help (Ctl *ctl, const char *const *words, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char *const *rest = words;
  const CtlCommand  *command = ctl_commands_find (&rest, &cause);
  g_autofree char   *list = list_commands (words);
  g_autofree char   *text = NULL;

  if (words[0] == NULL)
    text = explain_program (words);
  else if (command != NULL)
    text = explain_command (command, list);
  else if (list[0] != '\0')
    text = g_strdup_printf ("Commands:\n%s", list);
  else
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (ctl->options.json)
    ctl_output_json (ctl, g_variant_new_parsed ("{'help': %s}", text));
  else
    ctl_output_text (ctl, text);
  return TRUE;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tables say of themselves: the commands and the options. */
#include "ctl-help.h"

#include "ctl-commands.h"
#include "ctl-output.h"
#include "ctl-table.h"

#include <string.h>

static char *
describe (const CtlCommand *command)
{
  return g_strconcat (command->words, command->args[0] != '\0' ? " " : "", command->args, NULL);
}

static void
add_row (CtlTable *table, const char *what, const char *help)
{
  g_autofree char *indented = g_strconcat ("  ", what, NULL);

  ctl_table_add (table, indented);
  ctl_table_add (table, help);
}

static void
add_command (CtlTable *table, const CtlCommand *command)
{
  g_autofree char *usage = describe (command);

  if (command->help != NULL)
    add_row (table, usage, command->help);
}

/* Those that begin with all of words. */
static char *
list_commands (const char *const *words)
{
  g_autoptr (CtlTable) table = ctl_table_new (2);
  guint                n = g_strv_length ((char **)words);

  for (const CtlCommand *const *group = ctl_commands; *group != NULL; group++)
    for (const CtlCommand *command = *group; command->words != NULL; command++)
      if (ctl_commands_match (command, words, n) > 0)
        add_command (table, command);
  return ctl_table_render (table);
}

static char *
list_options (void)
{
  g_autoptr (CtlTable) table = ctl_table_new (2);

  for (const CtlOption *option = ctl_options; option->name != NULL; option++)
    {
      g_autofree char *usage = g_strconcat ("--", option->name, option->value != NULL ? "=" : NULL,
                                            option->value, NULL);

      add_row (table, usage, option->help);
    }
  return ctl_table_render (table);
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
      "Exit status: 0 done, 1 failed, 2 wrong use, 3 no daemon, 4 no such module or several,\n"
      "130 interrupted.  COMMAND --help tells more of a command, help IFACE of an interface.\n",
      commands, options);
}

/* list: of the commands that begin with its words. */
static char *
explain_command (const CtlCommand *command, const char *list)
{
  g_autofree char *usage = describe (command);
  const char      *more = command->more;
  gboolean         is_group = strchr (list, '\n') != strrchr (list, '\n');

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

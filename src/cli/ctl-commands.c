/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one list of all commands, and how a command line finds the one it means. */
#include "ctl-commands.h"

#include "ctl-call.h"
#include "ctl-error.h"
#include "ctl-status.h"
#include "ctl-suggest.h"

#include <string.h>

const CtlCommand *const ctl_commands[] = {
  ctl_list_commands,
  ctl_status_commands,
  ctl_monitor_commands,
  ctl_sim_commands,
  ctl_network_commands,
  ctl_sms_commands,
  ctl_ussd_commands,
  ctl_voice_commands,
  ctl_data_commands,
  ctl_supplementary_commands, /* forwarding, barring */
  ctl_sound_commands,
  ctl_modem_commands,
  ctl_device_commands,
  ctl_call_commands,
  ctl_help_commands,
  ctl_complete_commands,
  NULL,
};

/* ---- words ---- */

guint
ctl_commands_match (const CtlCommand *command, const char *const *args, guint n)
{
  g_auto (GStrv) words = g_strsplit (command->words, " ", -1);
  guint          n_words = g_strv_length (words);

  for (guint i = 0; i < n; i++)
    if (i >= n_words || args[i] == NULL || !g_str_equal (args[i], words[i]))
      return 0;
  return n_words;
}

static void
add_word (GPtrArray *words, const CtlCommand *command, guint n)
{
  g_auto (GStrv) parts = g_strsplit (command->words, " ", -1);

  if (!g_ptr_array_find_with_equal_func (words, parts[n], g_str_equal, NULL))
    g_ptr_array_add (words, g_strdup (parts[n]));
}

GStrv
ctl_commands_next_words (const char *const *args, guint n)
{
  GPtrArray *words = g_ptr_array_new ();

  for (const CtlCommand *const *group = ctl_commands; *group != NULL; group++)
    for (const CtlCommand *command = *group; command->words != NULL; command++)
      if (command->help != NULL && ctl_commands_match (command, args, n) > n)
        add_word (words, command, n);
  g_ptr_array_add (words, NULL);
  return (GStrv)g_ptr_array_free (words, FALSE);
}

/* ---- finding ---- */

/* Whose words are all of the first n of args. */
static const CtlCommand *
find_exactly (const char *const *args, guint n)
{
  for (const CtlCommand *const *group = ctl_commands; *group != NULL; group++)
    for (const CtlCommand *command = *group; command->words != NULL; command++)
      if (ctl_commands_match (command, args, n) == n)
        return command;
  return NULL;
}

static gboolean
leads_on (const char *const *args, guint n)
{
  g_auto (GStrv) next = ctl_commands_next_words (args, n);

  return args[n - 1] != NULL && next[0] != NULL;
}

/* Says what could have stood where args goes astray, behind its first n words. */
static gboolean
fail_after (const char *const *args, guint n, GError **error)
{
  g_auto (GStrv)      next = ctl_commands_next_words (args, n);
  g_autofree char    *list = g_strjoinv (", ", next);
  const char         *suggestion;
  g_autoptr (GString) way = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (way, "%s ", args[i]);
  if (args[n] == NULL)
    return ctl_fail (error, CTL_ERROR_USAGE, "mu709ctl %sis followed by one of: %s", way->str,
                     list);
  suggestion = ctl_suggest (args[n], (const char *const *)next);
  if (suggestion != NULL)
    return ctl_fail (error, CTL_ERROR_USAGE, "There is no command '%s%s'; did you mean '%s%s'?",
                     way->str, args[n], way->str, suggestion);
  return ctl_fail (error, CTL_ERROR_USAGE, "There is no command '%s%s'; there are: %s", way->str,
                   args[n], list);
}

/* Where the name of an interface can follow, "call", another command can too: org.mu709.Sim1 and
 * Sim1 are interfaces, lits is none. */
static gboolean
is_astray (const CtlCommand *command, const char *const *args, guint n)
{
  g_auto (GStrv) next = ctl_commands_next_words (args, n);

  return next[0] != NULL && args[n] != NULL && g_str_has_prefix (command->args, "IFACE")
         && g_ascii_islower (args[n][0]) && strchr (args[n], '.') == NULL;
}

const CtlCommand *
ctl_commands_find (const char *const **args, GError **error)
{
  guint n = 1;

  /* the longest that there is */
  while (leads_on (*args, n))
    n++;
  for (guint i = n; i > 0; i--)
    {
      const CtlCommand *command = find_exactly (*args, i);

      if (command == NULL)
        continue;
      if (is_astray (command, *args, i))
        break;
      *args += i;
      return command;
    }
  fail_after (*args, n - 1, error);
  return NULL;
}

/* ---- arguments ---- */

void
ctl_commands_arity (const CtlCommand *command, guint *ret_min, guint *ret_max)
{
  g_auto (GStrv) words = g_strsplit (command->args, " ", -1);

  *ret_min = *ret_max = 0;
  for (char **word = words; *word != NULL; word++)
    {
      if (*word[0] != '[')
        ++*ret_min;
      if (strstr (*word, "...") != NULL)
        *ret_max = G_MAXUINT;
      else
        ++*ret_max;
    }
}

/* An argument that is one of several words, as "online|offline" or "[watch]" says it. */
static gboolean
check_alternatives (const char *name, const char *arg, GError **error)
{
  const char        *inner = name + (name[0] == '[');
  g_autofree char   *bare = g_strndup (inner, strcspn (inner, "]"));
  g_auto (GStrv)     words = g_strsplit (bare, "|", -1);
  const char *const *known = (const char *const *)words;
  g_autofree char   *list = g_strjoinv (", ", words);
  const char        *suggestion;

  if (!g_ascii_islower (bare[0]) || g_strv_contains (known, arg))
    return TRUE;
  suggestion = ctl_suggest (arg, known);
  if (suggestion != NULL)
    return ctl_fail (error, CTL_ERROR_USAGE, "'%s' is none of %s; did you mean '%s'?", arg, list,
                     suggestion);
  return ctl_fail (error, CTL_ERROR_USAGE, "'%s' is none of %s", arg, list);
}

gboolean
ctl_commands_check_args (const CtlCommand *command, const char *const *args, GError **error)
{
  g_auto (GStrv) names = g_strsplit (command->args, " ", -1);
  guint          n_args = g_strv_length ((char **)args);
  guint          min, max;

  ctl_commands_arity (command, &min, &max);
  for (guint i = 0; names[i] != NULL && args[i] != NULL; i++)
    if (!check_alternatives (names[i], args[i], error))
      return FALSE;
  if (n_args >= min && n_args <= max)
    return TRUE;
  return ctl_fail (error, CTL_ERROR_USAGE, "Too %s arguments; it is: mu709ctl %s%s%s",
                   n_args < min ? "few" : "many", command->words,
                   command->args[0] != '\0' ? " " : "", command->args);
}

gboolean
ctl_commands_run (Ctl *ctl, const CtlCommand *command, const char *const *args, GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;
  guint                 min, max;

  if (command->run != NULL)
    return command->run (ctl, args, error);
  if (command->method == NULL)
    return ctl_status_of_interface (ctl, command->interface, error);
  texts = g_ptr_array_new ();
  ctl_commands_arity (command, &min, &max);
  for (guint i = 0; i < max; i++)
    g_ptr_array_add (texts, (gpointer)(*args != NULL ? *args++ : ""));
  g_ptr_array_add (texts, NULL);
  return ctl_call (ctl, command->interface, command->method, (const char *const *)texts->pdata,
                   error);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The tables of commands, and that the manual knows all of them.  Argument: mu709ctl.1. */
#include "ctl-commands.h"
#include "ctl-error.h"
#include "mu-test.h"

#include <string.h>

static char *manual; /* without the backslashes of troff */

static void
for_each_command (void (*func) (const CtlCommand *command))
{
  for (const CtlCommand *const *group = ctl_commands; *group != NULL; group++)
    for (const CtlCommand *command = *group; command->words != NULL; command++)
      func (command);
}

/* ---- the tables ---- */

static void
check_row (const CtlCommand *command)
{
  assert_non_null (command->args);
  assert_true ((command->run != NULL) != (command->interface != NULL));
  assert_true (command->method == NULL || command->interface != NULL);
  if (command->help == NULL)
    return;
  assert_true (g_ascii_isupper (command->help[0]));
  assert_false (g_str_has_suffix (command->help, "."));
  assert_true (command->more == NULL || !g_str_has_suffix (command->more, "\n"));
}

static void
test_rows (void **state G_GNUC_UNUSED)
{
  for_each_command (check_row);
}

/* Each is found by its words, so none hides another. */
static void
check_found (const CtlCommand *command)
{
  g_autofree char   *line = g_strconcat (command->words, " Argument", NULL);
  g_auto (GStrv)     words = g_strsplit (line, " ", -1);
  const char *const *args = (const char *const *)words;
  g_autoptr (GError) error = NULL;

  assert_ptr_equal (ctl_commands_find (&args, &error), command);
  assert_string_equal (args[0], "Argument");
}

static void
test_found (void **state G_GNUC_UNUSED)
{
  for_each_command (check_found);
}

/* What must follow comes before what may follow. */
static void
check_args (const CtlCommand *command)
{
  g_auto (GStrv) args = g_strsplit (command->args, " ", -1);
  gboolean       optional = FALSE;

  for (guint i = 0; args[i] != NULL; i++)
    {
      assert_false (optional && args[i][0] != '[');
      assert_true (strstr (args[i], "...") == NULL || args[i + 1] == NULL);
      assert_int_equal (args[i][0] == '[', g_str_has_suffix (args[i], "]"));
      optional = args[i][0] == '[';
    }
}

static void
test_args (void **state G_GNUC_UNUSED)
{
  for_each_command (check_args);
}

static void
check_manual (const CtlCommand *command)
{
  g_autofree char *alone = g_strdup_printf ("\n.B %s\n", command->words);
  g_autofree char *with_args = g_strdup_printf ("\n.B %s \\f", command->words);

  if (command->help != NULL
      && strstr (manual, command->args[0] == '\0' ? alone : with_args) == NULL)
    fail_msg ("The manual says nothing of '%s'", command->words);
}

static void
test_manual (void **state G_GNUC_UNUSED)
{
  for_each_command (check_manual);
  for (const CtlOption *option = ctl_options; option->name != NULL; option++)
    {
      g_autofree char *text = g_strconcat ("--", option->name, NULL);

      if (strstr (manual, text) == NULL)
        fail_msg ("The manual says nothing of --%s", option->name);
    }
}

/* ---- finding ---- */

typedef struct
{
  const char *line;
  const char *error;
} Row;

static const Row wrong[] = {
  { "", "mu709ctl is followed by one of: list, status," },
  { "sim", "mu709ctl sim is followed by one of: status, unlock, unlock-puk, pin" },
  { "sim pin", "mu709ctl sim pin is followed by one of: enable, disable, change" },
  { "lsit", "There is no command 'lsit'; did you mean 'list'?" },
  { "sim unlok 1234", "There is no command 'sim unlok'; did you mean 'sim unlock'?" },
  { "sim pin enabel", "There is no command 'sim pin enabel'; did you mean 'sim pin enable'?" },
  { "frobnicate", "There is no command 'frobnicate'; there are: list, status," },
  { "call lits", "There is no command 'call lits'; did you mean 'call list'?" },
  { "call frobnicate 1", "There is no command 'call frobnicate'; there are: dial, answer," },
  { "sim frobnicate", "There is no command 'sim frobnicate'; there are: status, unlock" },
};

static void
test_not_found (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto (GStrv)     words = g_strsplit (wrong[i].line, " ", -1);
      const char *const *args = (const char *const *)words;
      g_autoptr (GError) error = NULL;

      assert_null (ctl_commands_find (&args, &error));
      assert_int_equal (ctl_error_status (error), CTL_ERROR_USAGE);
      if (!g_str_has_prefix (error->message, wrong[i].error))
        fail_msg ("%s: %s", wrong[i].line, error->message);
    }
}

/* ---- arguments ---- */

typedef struct
{
  const char *line;
  const char *error; /* NULL: they are right */
} ArgsRow;

static const ArgsRow lines[] = {
  { "list", NULL },
  { "list x", "Too many arguments; it is: mu709ctl list" },
  { "at", "Too few arguments; it is: mu709ctl at AT-COMMAND" },
  { "at ATI ATI", "Too many arguments; it is: mu709ctl at AT-COMMAND" },
  { "sim unlock", NULL },
  { "sim unlock 1234", NULL },
  { "sim unlock 1234 5", "Too many arguments; it is: mu709ctl sim unlock [PIN]" },
  { "device add", "Too few arguments; it is: mu709ctl device add KEY=VALUE..." },
  { "device add a=b c=d e=f", NULL },
  { "call Sim1", "Too few arguments; it is: mu709ctl call IFACE METHOD [ARG...]" },
  { "call Sim1 Unlock 1 2 3 4", NULL },
  { "call org.mu709.Sim1 Unlock", NULL },
  { "call", "Too few arguments; it is: mu709ctl call IFACE METHOD [ARG...]" },
  { "call dial 110", NULL },
  { "call dial", "Too few arguments; it is: mu709ctl call dial NUMBER [KEY=VALUE...]" },
  { "call hangup", NULL },
  { "call hangup all", NULL },
  { "call hold 1", "Too many arguments; it is: mu709ctl call hold" },
  { "sms list", NULL },
  { "sms send 1 two words", NULL },
  { "sms send 1", "Too few arguments; it is: mu709ctl sms send NUMBER TEXT..." },
  { "sms delete", "Too few arguments; it is: mu709ctl sms delete ID|PATH|all "
                  "[ID|PATH|KEY=VALUE...]" },
  { "ussd", "Too few arguments; it is: mu709ctl ussd CODE" },
  { "ussd *100#", NULL },
  { "ussd respond", "Too few arguments; it is: mu709ctl ussd respond TEXT" },
  { "modem mode online", NULL },
  { "modem mode ofline",
    "'ofline' is none of online, offline, minimum, reset; did you mean 'online'?" },
  { "modem mode aeroplane", "'aeroplane' is none of online, offline, minimum, reset" },
};

static void
test_check_args (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (GStrv)     words = g_strsplit (lines[i].line, " ", -1);
      const char *const *args = (const char *const *)words;
      g_autoptr (GError) error = NULL;
      const CtlCommand  *command = ctl_commands_find (&args, &error);

      assert_non_null (command);
      assert_int_equal (ctl_commands_check_args (command, args, &error), lines[i].error == NULL);
      if (lines[i].error != NULL)
        assert_string_equal (error->message, lines[i].error);
    }
}

static void
test_next_words (void **state G_GNUC_UNUSED)
{
  g_auto (GStrv)   next = ctl_commands_next_words ((const char *[]){ "sim", NULL }, 1);
  g_autofree char *text = g_strjoinv (" ", next);
  g_auto (GStrv)   none = ctl_commands_next_words ((const char *[]){ "list", NULL }, 1);

  assert_string_equal (text, "status unlock unlock-puk pin");
  assert_null (none[0]);
}

static gboolean
load_manual (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv)   parts = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  parts = g_strsplit (text, "\\-", -1);
  manual = g_strjoinv ("-", parts);
  return TRUE;
}

int
main (int argc, char **argv)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_rows),       cmocka_unit_test (test_found),
    cmocka_unit_test (test_args),       cmocka_unit_test (test_manual),
    cmocka_unit_test (test_not_found),  cmocka_unit_test (test_check_args),
    cmocka_unit_test (test_next_words),
  };
  int status;

  if (argc != 2 || !load_manual (argv[1]))
    return 2;
  status = cmocka_run_group_tests (tests, NULL, NULL);
  g_free (manual);
  return status;
}

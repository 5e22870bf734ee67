/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-options.h"

#include "ctl-error.h"
#include "ctl-suggest.h"

#include <string.h>

#define BUS_VARIABLE "MU709CTL_BUS"

const CtlOption ctl_options[] = {
  { "modem", offsetof (CtlOptions, modem), "MODULE",
    "Which module: IMEI, path, or the path's last part" },
  { "object", offsetof (CtlOptions, object), "PATH",
    "Which object call, get, set, help are for: call/1" },
  { "timeout", offsetof (CtlOptions, timeout_text), "SECONDS",
    "Give up after so long, else wait as long as it takes" },
  { "json", offsetof (CtlOptions, json), NULL, "Print JSON" },
  { "system", offsetof (CtlOptions, system), NULL, "Use the system bus, as is usual" },
  { "session", offsetof (CtlOptions, session), NULL,
    "Use the session bus, as with " BUS_VARIABLE "=session" },
  { "no-color", offsetof (CtlOptions, no_color), NULL, "No colour, as with NO_COLOR=1" },
  { "help", offsetof (CtlOptions, help), NULL, "Explain the program, or the command" },
  { "version", offsetof (CtlOptions, version), NULL, "Print the version" },
  { NULL },
};

/* Options that only write an argument of a command in another way. */
typedef struct
{
  const char *name;
  const char *value;    /* as CtlOption has it */
  const char *argument; /* what it is without a value */
} Spelling;

static const Spelling spellings[] = {
  { "address", "ADDRESS" },
  { "apn", "NAME" },
  { "auth", "WORD" },
  { "bearer", "WORD" },
  { "cid", "NUMBER" },
  { "password-file", "FILE" },
  { "roaming", NULL, "roaming=yes" },
  { "type", "WORD" },
  { "user", "NAME" },
  { "watch", NULL, "watch" },
};

static gboolean
is_option (const char *arg)
{
  return arg[0] == '-' && arg[1] != '\0' && !g_ascii_isdigit (arg[1]);
}

static gboolean
unknown_option (const char *arg, GError **error)
{
  const char *names[G_N_ELEMENTS (ctl_options) + G_N_ELEMENTS (spellings)] = { NULL };
  gsize       n = 0;
  const char *suggestion;

  for (; ctl_options[n].name != NULL; n++)
    names[n] = ctl_options[n].name;
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    names[n++] = spellings[i].name;
  suggestion = ctl_suggest (arg + strspn (arg, "-"), names);
  if (suggestion != NULL)
    return ctl_fail (error, CTL_ERROR_USAGE, "There is no option %s; did you mean --%s?", arg,
                     suggestion);
  return ctl_fail (error, CTL_ERROR_USAGE,
                   "There is no option %s; an argument that begins so goes after --", arg);
}

static const CtlOption *
find_option (const char *name)
{
  for (const CtlOption *option = ctl_options; option->name != NULL; option++)
    if (g_str_equal (option->name, name))
      return option;
  return NULL;
}

static const Spelling *
find_spelling (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (spellings); i++)
    if (g_str_equal (spellings[i].name, name))
      return &spellings[i];
  return NULL;
}

static gboolean
lacks_value (const char *name, const char *value, GError **error)
{
  return ctl_fail (error, CTL_ERROR_USAGE, "--%s wants a value: %s", name, value);
}

/* "--apn NAME" and "--apn=NAME" become "apn=NAME", which is kept until the process ends. */
static gboolean
take_argument (const Spelling *spelling, const char *value, const char *const **argv,
               GPtrArray *rest, GError **error)
{
  g_autofree char *text = NULL;

  if (value == NULL && spelling->argument != NULL)
    {
      g_ptr_array_add (rest, (gpointer)spelling->argument);
      return TRUE;
    }
  if (value == NULL)
    value = *++*argv;
  if (value == NULL)
    {
      --*argv;
      return lacks_value (spelling->name, spelling->value, error);
    }
  text = g_strconcat (spelling->name, "=", value, NULL);
  g_ptr_array_add (rest, (gpointer)g_intern_string (text));
  return TRUE;
}

/* Takes the option at *argv, and its value, which may be the argument after it. */
static gboolean
take_option (CtlOptions *options, GPtrArray *rest, const char *const **argv, GError **error)
{
  const char      *arg = g_str_equal (**argv, "-h") ? "--help" : **argv;
  gsize            len = strcspn (arg, "=");
  g_autofree char *name = g_strndup (arg + 1, len - 1);
  const CtlOption *option = name[0] == '-' ? find_option (name + 1) : NULL;
  const char      *value = arg[len] == '=' ? arg + len + 1 : NULL;

  if (option == NULL && name[0] == '-' && find_spelling (name + 1) != NULL)
    return take_argument (find_spelling (name + 1), value, argv, rest, error);
  if (option == NULL)
    return unknown_option (arg, error);
  if (option->value == NULL && value != NULL)
    return ctl_fail (error, CTL_ERROR_USAGE, "--%s has no value", option->name);
  if (option->value == NULL)
    {
      G_STRUCT_MEMBER (gboolean, options, option->offset) = TRUE;
      return TRUE;
    }
  if (value == NULL)
    value = *++*argv;
  if (value == NULL)
    return lacks_value (option->name, option->value, error);
  g_free (G_STRUCT_MEMBER (char *, options, option->offset));
  G_STRUCT_MEMBER (char *, options, option->offset) = g_strdup (value);
  return TRUE;
}

/* ---- what they mean ---- */

static gboolean
read_timeout (CtlOptions *options, GError **error)
{
  enum
  {
    MAX_SECONDS = 1000000 /* in milliseconds it is still an int */
  };
  char *end;

  if (options->timeout_text == NULL)
    return TRUE;
  options->timeout = g_ascii_strtod (options->timeout_text, &end);
  if (end == options->timeout_text || *end != '\0'
      || !(options->timeout >= 0.001 && options->timeout <= MAX_SECONDS))
    return ctl_fail (error, CTL_ERROR_USAGE, "--timeout is a number of seconds, not '%s'",
                     options->timeout_text);
  return TRUE;
}

static gboolean
read_bus (CtlOptions *options, GError **error)
{
  const char *bus = g_getenv (BUS_VARIABLE);

  if (options->session && options->system)
    return ctl_fail (error, CTL_ERROR_USAGE, "It is either --session or --system");
  if (options->session || options->system || bus == NULL || bus[0] == '\0')
    return TRUE;
  options->session = g_str_equal (bus, "session");
  options->system = g_str_equal (bus, "system");
  if (!options->session && !options->system)
    return ctl_fail (error, CTL_ERROR_USAGE, BUS_VARIABLE " is session or system");
  return TRUE;
}

static gboolean
check_utf8 (const char *const *argv, GError **error)
{
  for (guint i = 0; argv[i] != NULL; i++)
    if (!g_utf8_validate (argv[i], -1, NULL))
      {
        g_autofree char *valid = g_utf8_make_valid (argv[i], -1);

        return ctl_fail (error, CTL_ERROR_USAGE, "Argument %u, '%s', is not valid UTF-8", i + 1,
                         valid);
      }
  return TRUE;
}

/* --json first: what is wrong with the others is told in its form. */
gboolean
ctl_options_parse (CtlOptions *options, const char *const *argv, GPtrArray *rest, GError **error)
{
  for (guint i = 0; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    options->json |= g_str_equal (argv[i], "--json");
  if (!check_utf8 (argv, error))
    return FALSE;
  for (; *argv != NULL && !g_str_equal (*argv, "--"); argv++)
    if (!is_option (*argv))
      g_ptr_array_add (rest, (gpointer)*argv);
    else if (!take_option (options, rest, &argv, error))
      return FALSE;
  if (*argv != NULL)
    for (argv++; *argv != NULL; argv++)
      g_ptr_array_add (rest, (gpointer)*argv);
  return read_timeout (options, error) && read_bus (options, error);
}

void
ctl_options_clear (CtlOptions *options)
{
  g_free (options->modem);
  g_free (options->object);
  g_free (options->timeout_text);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-parser.h"

#include <string.h>

static gboolean
is_extended (char c)
{
  return c != '\0' && strchr ("+^*%$", c) != NULL;
}

/* Appends the next character that counts; blanks do inside quotes only (V.250 5.2.2). */
static void
take (const char **cursor, GString *to, gboolean quoted)
{
  if (quoted || **cursor != ' ')
    g_string_append_c (to, **cursor);
  (*cursor)++;
}

static void
skip_blanks (const char **cursor)
{
  while (**cursor == ' ')
    (*cursor)++;
}

static gboolean
add_to_name (SimText *text, char c)
{
  gsize n = strlen (text->name);

  if (n + 1 >= SIM_MAX_NAME)
    return FALSE;
  text->name[n] = g_ascii_toupper (c);
  text->name[n + 1] = '\0';
  return TRUE;
}

/* Up to the ';' that ends the command or to the line's end. */
static void
take_args (const char **cursor, SimText *text)
{
  gboolean quoted = FALSE;

  while (**cursor != '\0' && (quoted || **cursor != ';'))
    {
      if (**cursor == '"')
        quoted = !quoted;
      take (cursor, text->args, quoted);
    }
}

/* =? =args ? or nothing */
static gboolean
take_form (const char **cursor, SimText *text)
{
  char c;

  skip_blanks (cursor);
  c = **cursor;
  if (c == '=' || c == '?')
    (*cursor)++;
  text->form = c == '=' ? SIM_FORM_SET : c == '?' ? SIM_FORM_READ : SIM_FORM_EXEC;
  if (c == '=')
    take_args (cursor, text);
  if (c == '=' && strcmp (text->args->str, "?") == 0)
    text->form = SIM_FORM_TEST;
  skip_blanks (cursor);
  return **cursor == '\0' || **cursor == ';';
}

static SimParse
parse_extended (const char **cursor, SimText *text)
{
  gboolean fits = add_to_name (text, *(*cursor)++);

  while (fits && (g_ascii_isalnum (**cursor) || **cursor == '_'))
    fits = add_to_name (text, *(*cursor)++);
  if (!fits || !take_form (cursor, text))
    return SIM_PARSE_ERROR;
  if (**cursor == ';')
    (*cursor)++;
  return SIM_PARSE_COMMAND;
}

/* S0=1, S0? */
static SimParse
parse_register (const char **cursor, SimText *text)
{
  gboolean fits = TRUE;

  while (fits && g_ascii_isdigit (**cursor))
    fits = add_to_name (text, *(*cursor)++);
  text->form = **cursor == '?' ? SIM_FORM_READ : SIM_FORM_SET;
  if (!fits || (**cursor != '=' && **cursor != '?'))
    return SIM_PARSE_ERROR;
  for ((*cursor)++; g_ascii_isdigit (**cursor);)
    take (cursor, text->args, FALSE);
  return SIM_PARSE_COMMAND;
}

/* D takes all that follows, E and the like a number. */
static SimParse
parse_basic (const char **cursor, SimText *text)
{
  gboolean ampersand = **cursor == '&';

  if (ampersand)
    (void)add_to_name (text, *(*cursor)++);
  if (!g_ascii_isalpha (**cursor))
    return SIM_PARSE_ERROR;
  (void)add_to_name (text, *(*cursor)++);
  text->form = SIM_FORM_SET;
  if (strcmp (text->name, "S") == 0)
    return parse_register (cursor, text);
  while (**cursor != '\0' && (strcmp (text->name, "D") == 0 || g_ascii_isdigit (**cursor)))
    take (cursor, text->args, FALSE);
  if (ampersand && g_ascii_isalpha (**cursor))
    return SIM_PARSE_ERROR; /* guide 3.4.2: AT&CA is not &C and A */
  return SIM_PARSE_COMMAND;
}

SimParse
sim_parse_next (const char **cursor, SimText *text)
{
  text->name[0] = '\0';
  g_string_truncate (text->args, 0);
  skip_blanks (cursor);
  if (**cursor == ';')
    (*cursor)++;
  skip_blanks (cursor);
  if (**cursor == '\0')
    return SIM_PARSE_END;
  return is_extended (**cursor) ? parse_extended (cursor, text) : parse_basic (cursor, text);
}

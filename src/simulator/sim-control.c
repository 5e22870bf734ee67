/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-control.h"

#include "mu-error.h"
#include "sim-module.h"

#include <string.h>

/* Arguments.  The usage tells how many there are and whether the last one takes the rest. */

typedef struct
{
  guint    min, max;
  gboolean rest;
} Shape;

static Shape
shape_of (const char *usage)
{
  Shape shape = { .rest = g_str_has_suffix (usage, "...") || g_str_has_suffix (usage, "...]") };

  while ((usage = strchr (usage, ' ')) != NULL)
    {
      shape.max++;
      if (*++usage != '[')
        shape.min++;
    }
  return shape;
}

/* The next word, or all that is left. */
static char *
take_word (const char **line, gboolean rest)
{
  const char *word;

  *line += strspn (*line, " ");
  word = *line;
  *line += rest ? strlen (word) : strcspn (word, " ");
  return *line > word ? g_strndup (word, (gsize)(*line - word)) : NULL;
}

static gboolean
take_args (const char *line, const SimVerb *verb, GPtrArray *args, GError **error)
{
  Shape shape = shape_of (verb->usage);
  char *word;

  while (args->len < shape.max
         && (word = take_word (&line, shape.rest && args->len + 1 == shape.max)) != NULL)
    g_ptr_array_add (args, word);
  if (args->len < shape.min || line[strspn (line, " ")] != '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "usage: %s", verb->usage);
  g_ptr_array_add (args, NULL);
  return TRUE;
}

gboolean
sim_number (const char *text, double min, double max, double *ret_number, GError **error)
{
  char  *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !(number >= min && number <= max))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "not a number from %g to %g: %s", min, max,
                    text);
  *ret_number = number;
  return TRUE;
}

gboolean
sim_word (const char *text, const char *const *words, guint *ret_index, GError **error)
{
  g_autofree char *all = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], text))
      {
        *ret_index = i;
        return TRUE;
      }
  all = g_strjoinv (", ", (char **)words);
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "%s is none of %s", text, all);
}

/* Answers */

void
sim_control_lines (GString *answer, const char *text)
{
  guint n = 0;
  gsize length = strlen (text);

  for (const char *c = text; *c != '\0'; c++)
    n += *c == '\n';
  g_string_append_printf (answer, "%u%s", n, n > 0 ? "\n" : "");
  g_string_append_len (answer, text, (gssize)(length > 0 ? length - 1 : 0));
}

void
sim_dump (GString *out, const char *key, const char *format, ...)
{
  va_list args;

  g_string_append_printf (out, "%s=", key);
  va_start (args, format);
  g_string_append_vprintf (out, format, args);
  va_end (args);
  g_string_append_c (out, '\n');
}

/* Lines */

const SimVerbEntry *
sim_control_verb (SimModule *module, const char **line, GError **error)
{
  g_autofree char    *name = take_word (line, FALSE);
  const SimVerbEntry *entry = name != NULL ? sim_module_verb (module, name) : NULL;

  if (entry == NULL)
    mu_fail (error, MU_ERROR_NOT_FOUND, "no such verb: %s (help lists them)",
             name != NULL ? name : "");
  return entry;
}

static gboolean
run_line (SimModule *module, const char *line, GString *answer, GError **error)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  const SimVerbEntry   *entry = sim_control_verb (module, &line, error);

  if (entry == NULL || !take_args (line, entry->row, args, error))
    return FALSE;

  SimOrder order = {
    .module = module,
    .state = entry->state,
    .args = (const char *const *)args->pdata,
    .n_args = args->len - 1,
    .answer = answer,
  };
  return entry->row->run (&order, error);
}

char *
sim_control_do (SimModule *module, const char *line)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;

  sim_transcript_add (module->transcript, "control", '<', line, strlen (line));
  if (!run_line (module, line, answer, &error))
    return g_strdup_printf ("error %s", error->message);
  return answer->len == 0 ? g_strdup ("ok") : g_strdup_printf ("ok %s", answer->str);
}

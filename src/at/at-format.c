/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-format.h"

#include "mu-error.h"

#include <string.h>

typedef union
{
  guint       number;
  gboolean    flag;
  const char *text;
} Arg;

/* Where the values come from: a tuple or a va_list. */
typedef void (*NextArg) (char type, gpointer source, Arg *ret);

typedef struct
{
  char        verb;
  char        type; /* in D-Bus */
  const char *what;
  const char *allowed; /* NULL: anything but quotes and control characters */
  gsize       min, max;
  gboolean    quoted;
} Verb;

static const Verb verbs[] = {
  { 'u', 'u' },
  { 'b', 'b' },
  { 's', 's', "Text without quotes and control characters", NULL, 0, 160, TRUE },
  { 'd', 's', "Digits, *, #, +, A to D, p and w", "0123456789*#+ABCDabcdpw", 1, 80, FALSE },
  { 'p', 's', "Digits", "0123456789", 4, 8, TRUE },
  { 'x', 's', "Hex digits", "0123456789ABCDEFabcdef", 2, 2400, TRUE },
};

static const Verb *
find_verb (char verb)
{
  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (verbs[i].verb == verb)
      return &verbs[i];
  g_assert_not_reached ();
}

static gboolean
is_allowed (const Verb *verb, const char *text)
{
  if (verb->allowed != NULL)
    return text[strspn (text, verb->allowed)] == '\0';
  for (const char *s = text; *s != '\0'; s++)
    if (g_ascii_iscntrl (*s) || *s == '"')
      return FALSE;
  return g_utf8_validate (text, -1, NULL);
}

static gboolean
append_text (GString *out, const Verb *verb, const char *text, GError **error)
{
  gsize len = strlen (text);

  if (len > verb->max)
    return mu_fail (error, MU_ERROR_TOO_LONG, "More than %" G_GSIZE_FORMAT " characters",
                    verb->max);
  if (!is_allowed (verb, text))
    return mu_fail (error, MU_ERROR_INVALID_CHARACTERS, "%s only", verb->what);
  if (len < verb->min)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "Less than %" G_GSIZE_FORMAT " characters",
                    verb->min);
  g_string_append_printf (out, verb->quoted ? "\"%s\"" : "%s", text);
  return TRUE;
}

static char *
format_from (const char *format, NextArg next, gpointer source, GError **error)
{
  g_autoptr (GString) out = g_string_new ("AT");

  for (const char *s = format; *s != '\0'; s++)
    {
      const Verb *verb;
      Arg         arg;

      if (*s != '%')
        {
          g_string_append_c (out, *s);
          continue;
        }
      verb = find_verb (*++s);
      next (verb->type, source, &arg);
      if (verb->type == 'u')
        g_string_append_printf (out, "%u", arg.number);
      else if (verb->type == 'b')
        g_string_append_c (out, arg.flag ? '1' : '0');
      else if (!append_text (out, verb, arg.text, error))
        return NULL;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
next_of_tuple (char type, gpointer source, Arg *ret)
{
  GVariantIter        *iter = source;
  g_autoptr (GVariant) value = g_variant_iter_next_value (iter);

  /* the tuple keeps what the text points to */
  switch (type)
    {
    case 'u': ret->number = g_variant_get_uint32 (value); return;
    case 'b': ret->flag = g_variant_get_boolean (value); return;
    case 's': ret->text = g_variant_get_string (value, NULL); return;
    default: g_assert_not_reached ();
    }
}

char *
at_format (const char *format, GVariant *args, GError **error)
{
  GVariantIter iter;

  if (args != NULL)
    g_variant_iter_init (&iter, args);
  return format_from (format, next_of_tuple, &iter, error);
}

typedef struct
{
  va_list args;
} VaSource;

static void
next_of_va (char type, gpointer source, Arg *ret)
{
  VaSource *va = source;

  switch (type)
    {
    case 'u': ret->number = va_arg (va->args, guint); return;
    case 'b': ret->flag = va_arg (va->args, gboolean); return;
    case 's': ret->text = va_arg (va->args, const char *); return;
    default: g_assert_not_reached ();
    }
}

char *
at_formatv (GError **error, const char *format, va_list args)
{
  VaSource source;
  char    *text;

  va_copy (source.args, args);
  text = format_from (format, next_of_va, &source, error);
  va_end (source.args);
  return text;
}

char *
at_formatf (GError **error, const char *format, ...)
{
  va_list args;
  char   *text;

  va_start (args, format);
  text = at_formatv (error, format, args);
  va_end (args);
  return text;
}

char *
at_format_signature (const char *format)
{
  GString *types = g_string_new (NULL);

  for (const char *s = strchr (format, '%'); s != NULL; s = strchr (s + 2, '%'))
    g_string_append_c (types, find_verb (s[1])->type);
  return g_string_free (types, FALSE);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-template.h"

#include "ctl-text.h"

#include <string.h>

typedef struct
{
  GVariant       *properties;
  const CtlStyle *style;
  GString        *out;
  gboolean        silent;  /* a property has said nothing since the group began */
  gboolean        has_any; /* one has put text there, which stayed */
} Expansion;

/* ---- forms ---- */

static void
append_bar (const CtlStyle *style, GString *out, GVariant *value)
{
  static const char *const bars[] = { "▂", "▃", "▅", "▆", "▇" };
  const guint              n_bars = G_N_ELEMENTS (bars);
  const guint              step = 100 / n_bars;
  guint                    percent = 0;

  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    percent = MIN (g_variant_get_uint32 (value), 100);
  for (guint i = 0; i < n_bars; i++)
    if (i * step >= percent)
      g_string_append_c (out, '_');
    else
      g_string_append (out, style->unicode ? bars[i] : "#");
}

static void
append_state (const CtlStyle *style, GString *out, GVariant *value)
{
  g_autofree char *text = ctl_text_line (value);

  ctl_style_append_state (style, out, text);
}

static void
append_count (const CtlStyle *style G_GNUC_UNUSED, GString *out, GVariant *value)
{
  gsize n = g_variant_is_container (value) ? g_variant_n_children (value) : 0;

  g_string_append_printf (out, "%" G_GSIZE_FORMAT, n);
}

typedef struct
{
  const char *name;
  void (*append) (const CtlStyle *style, GString *out, GVariant *value);
} Form;

static const Form forms[] = {
  { "bar", append_bar },
  { "state", append_state },
  { "count", append_count },
};

/* ---- placeholders ---- */

/* Neither "" nor 0 nor an array of nothing. */
static gboolean
says_something (GVariant *value)
{
  g_autofree char *text = ctl_text_line (value);

  return text[0] != '\0' && !g_str_equal (text, "0");
}

static void
append_form (Expansion *self, const char *form, GVariant *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_str_equal (forms[i].name, form))
      {
        forms[i].append (self->style, self->out, value);
        return;
      }
  g_assert_not_reached (); /* templates are ours */
}

/* choice: "yes|no" */
static void
append_choice (Expansion *self, const char *choice, GVariant *value)
{
  const char *bar = strchr (choice, '|');

  g_assert (bar != NULL);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    return;
  if (g_variant_get_boolean (value))
    g_string_append_len (self->out, choice, bar - choice);
  else
    g_string_append (self->out, bar + 1);
}

static void
append_value (Expansion *self, GVariant *value)
{
  g_autofree char *text = ctl_text_line (value);

  g_string_append (self->out, text);
}

/* placeholder: what stands between the braces */
static void
append_placeholder (Expansion *self, char *placeholder)
{
  char                *rest = strpbrk (placeholder, ":?");
  char                 kind = '\0';
  g_autoptr (GVariant) value = NULL;
  gsize                before = self->out->len;

  if (rest != NULL)
    {
      kind = *rest;
      *rest++ = '\0';
    }
  value = g_variant_lookup_value (self->properties, placeholder, NULL);
  self->silent |= value == NULL || !says_something (value);
  if (value == NULL)
    return;
  if (kind == ':')
    append_form (self, rest, value);
  else if (kind == '?')
    append_choice (self, rest, value);
  else
    append_value (self, value);
  self->has_any |= self->out->len > before;
}

/* ---- groups ---- */

static void
append_text (Expansion *self, const char *text, const char *end)
{
  while (text < end)
    {
      const char      *close = *text == '{' ? strchr (text, '}') : NULL;
      g_autofree char *placeholder = NULL;

      if (close == NULL)
        {
          g_string_append_c (self->out, *text++);
          continue;
        }
      placeholder = g_strndup (text + 1, (gsize)(close - text - 1));
      append_placeholder (self, placeholder);
      text = close + 1;
    }
}

static void
append_group (Expansion *self, const char *text, const char *end)
{
  gsize    before = self->out->len;
  gboolean had_any = self->has_any;

  self->silent = FALSE;
  append_text (self, text, end);
  if (!self->silent)
    return;
  g_string_truncate (self->out, before);
  self->has_any = had_any;
}

char *
ctl_template_expand (const char *template, GVariant *properties, const CtlStyle *style)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Expansion           self = { properties, style, out, FALSE, FALSE };

  for (const char *s = template; *s != '\0';)
    {
      const char *open = s + strcspn (s, "[");
      const char *close = open + strcspn (open, "]");

      append_text (&self, s, open);
      if (*open == '[')
        append_group (&self, open + 1, close);
      s = *close == ']' ? close + 1 : close;
    }
  return self.has_any ? g_strstrip (g_string_free (g_steal_pointer (&out), FALSE)) : NULL;
}

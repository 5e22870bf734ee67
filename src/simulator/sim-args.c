/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-args.h"

#include <string.h>

void
sim_args_init (SimArgs *self)
{
  *self = (SimArgs){ .text = g_string_new (NULL) };
}

void
sim_args_clear (SimArgs *self)
{
  g_string_free (self->text, TRUE);
  self->text = NULL;
}

void
sim_args_start (SimArgs *self, const char *text)
{
  self->next = *text != '\0' ? text : NULL;
  self->bad = FALSE;
}

gboolean
sim_args_end (const SimArgs *self)
{
  return !self->bad && self->next == NULL;
}

/* Moves behind the parameter that ended at end. */
static void
pass (SimArgs *self, const char *end)
{
  self->bad |= *end != '\0' && *end != ',';
  self->next = *end == ',' ? end + 1 : NULL;
}

static gboolean
missing (const SimArgs *self)
{
  return self->bad || self->next == NULL || *self->next == ',' || *self->next == '\0';
}

guint
sim_arg_uint (SimArgs *self, guint min, guint max)
{
  guint64 value = 0;
  char   *end;

  if (missing (self) || !g_ascii_isdigit (*self->next))
    {
      self->bad = TRUE;
      return min;
    }
  value = g_ascii_strtoull (self->next, &end, 10);
  pass (self, end);
  self->bad |= value < min || value > max;
  return self->bad ? min : (guint)value;
}

/* An empty parameter is passed over. */
static gboolean
fall_back (SimArgs *self)
{
  if (!missing (self))
    return FALSE;
  if (!self->bad && self->next != NULL)
    pass (self, self->next);
  return TRUE;
}

guint
sim_arg_uint_or (SimArgs *self, guint fallback, guint min, guint max)
{
  return fall_back (self) ? fallback : sim_arg_uint (self, min, max);
}

const char *
sim_arg_text (SimArgs *self, gsize max)
{
  const char *from = self->next, *end, *stop;

  g_string_truncate (self->text, 0);
  if (missing (self))
    {
      self->bad = TRUE;
      return self->text->str;
    }
  if (*from == '"')
    end = strchr (++from, '"');
  else
    end = from + strcspn (from, ",\"");
  stop = end != NULL && *end == '"' && from != self->next ? end + 1 : end;
  if (end == NULL || (gsize)(end - from) > max)
    {
      self->bad = TRUE;
      return self->text->str;
    }
  g_string_append_len (self->text, from, end - from);
  pass (self, stop);
  return self->text->str;
}

const char *
sim_arg_text_or (SimArgs *self, const char *fallback, gsize max)
{
  return fall_back (self) ? fallback : sim_arg_text (self, max);
}

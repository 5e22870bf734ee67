/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions about services that the network keeps, and the rows that answer them (27.007 7.4, 7.11,
 * 7.12). */
#include "mu-supplementary-private.h"

#include "at-cursor.h"
#include "mu-error.h"
#include "mu-session.h"

#include <string.h>

/* ---- classes: 27.007 7.4 ---- */

typedef struct
{
  const char *word;
  guint       bits; /* in what is answered */
  guint       asked;
} Class;

static const Class classes[] = {
  { "voice", 1, 1 }, { "data", 2 | 16 | 32 | 64 | 128, 2 }, { "fax", 4, 4 }, { "sms", 8, 8 },
  { "all", 0, 7 }, /* what 27.007 takes where no class is given */
};

gboolean
mu_class_from_word (const char *word, guint *ret_class, GError **error)
{
  for (const Class *c = classes; c < classes + G_N_ELEMENTS (classes); c++)
    if (g_str_equal (c->word, word))
      {
        *ret_class = c->asked;
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT,
                  "There is no class '%s': voice, data, fax, sms or all", word);
}

/* ---- answers ---- */

const AtField mu_answer_fields[7] = {
  AT_F_UINT (MuAnswer, status, NULL),
  AT_F_MAYBE_UINT (MuAnswer, classes, NULL, 0),
  AT_F_MAYBE_TEXT (MuAnswer, number, NULL),
  AT_F_MAYBE_UINT (MuAnswer, type, NULL, 0),
  AT_F_SKIP,
  AT_F_SKIP,
  AT_F_MAYBE_UINT (MuAnswer, time, NULL, 0),
};

/* +CLIP: "<number>",... and +CCWA: "<number>",... of a call that comes */
static gboolean
is_of_a_call (const AtLine *line, const char *prefix)
{
  AtCursor cursor;
  AtValue  value;

  return at_cursor_begin (&cursor, line->text, prefix) && at_cursor_next (&cursor, &value)
         && value.quoted;
}

gboolean
mu_answer_next (MuService *base, const AtRecord *record, const AtReply *reply, gsize *i,
                gpointer ret)
{
  while (*i < reply->n_lines)
    {
      const AtLine *line = &reply->lines[(*i)++];

      if (is_of_a_call (line, record->prefix))
        mu_session_news (base->session, line);
      else if (at_scan (record, line, ret, NULL))
        return TRUE;
    }
  return FALSE;
}

static void
add_row (const MuAnswer *answer, const char *key, const char *word, const char *class,
         GVariantBuilder *rows)
{
  enum
  {
    INTERNATIONAL = 145 /* 24.008 10.5.4.7 */
  };
  gboolean         plus = answer->type == INTERNATIONAL && answer->number[0] != '+';
  g_autofree char *number = g_strconcat (plus ? "+" : "", answer->number, NULL);

  g_variant_builder_open (rows, G_VARIANT_TYPE_VARDICT);
  if (key != NULL)
    g_variant_builder_add (rows, "{sv}", key, g_variant_new_string (word));
  if (class != NULL)
    g_variant_builder_add (rows, "{sv}", "class", g_variant_new_string (class));
  g_variant_builder_add (rows, "{sv}", "active", g_variant_new_boolean (answer->status == 1));
  if (answer->number[0] != '\0')
    g_variant_builder_add (rows, "{sv}", "number", g_variant_new_string (number));
  if (answer->time != 0)
    g_variant_builder_add (rows, "{sv}", "time", g_variant_new_uint32 (answer->time));
  g_variant_builder_close (rows);
}

void
mu_answer_add_rows (const MuAnswer *answer, const char *key, const char *word,
                    GVariantBuilder *rows)
{
  for (const Class *c = classes; c < classes + G_N_ELEMENTS (classes); c++)
    if ((answer->classes & c->bits) != 0)
      add_row (answer, key, word, c->word, rows);
  if (answer->classes == 0)
    add_row (answer, key, word, NULL, rows);
}

/* ---- surveys ---- */

typedef struct
{
  MuCall             *call;
  const MuSurveyKind *kind;
  guint               which; /* still to be asked */
  const MuQuestion   *asked; /* the last one */
  GVariantBuilder     rows;
} MuSurvey;

static MuSurvey *
find_survey (MuSupplementary *self, MuCall *call)
{
  GSList *link = self->surveys;

  while (((MuSurvey *)link->data)->call != call)
    link = link->next;
  return link->data;
}

/* Its call has been answered. */
static void
end_survey (MuSupplementary *self, MuSurvey *survey)
{
  self->surveys = g_slist_remove (self->surveys, survey);
  g_variant_builder_clear (&survey->rows);
  g_free (survey);
}

static void ask_next (MuSupplementary *self, MuSurvey *survey);

static void
on_answered (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuSupplementary *self = (MuSupplementary *)base;
  MuSurvey        *survey = find_survey (self, call);
  const char      *word = survey->asked->word;
  MuAnswer         answer;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      end_survey (self, survey);
      return;
    }
  for (gsize i = 0; mu_answer_next (base, survey->kind->record, reply, &i, &answer);)
    mu_answer_add_rows (&answer, survey->kind->key, word, &survey->rows);
  ask_next (self, survey);
}

static void
ask_next (MuSupplementary *self, MuSurvey *survey)
{
  int next = g_bit_nth_lsf (survey->which, -1);

  if (next < 0)
    {
      mu_call_return (survey->call, g_variant_new ("(aa{sv})", &survey->rows));
      end_survey (self, survey);
      return;
    }
  survey->which &= ~(1u << next);
  survey->asked = &survey->kind->questions[next];
  mu_send (&self->base, survey->call, on_answered, survey->asked->command);
}

void
mu_survey_begin (MuSupplementary *self, MuCall *call, const MuSurveyKind *kind, guint which)
{
  MuSurvey *survey = g_new (MuSurvey, 1);

  *survey = (MuSurvey){ .call = call, .kind = kind, .which = which };
  g_variant_builder_init (&survey->rows, G_VARIANT_TYPE ("aa{sv}"));
  self->surveys = g_slist_prepend (self->surveys, survey);
  ask_next (self, survey);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "dialogue.h"
#include "mu-test.h"
#include "mu-timer.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_MS 10000

struct Dialogue
{
  char     **steps;
  char     **answers; /* "COMMAND|LINES" */
  AtPeerRow *rows;
  gsize      n_rows;
  gsize      said, said_before; /* in the last run */
};

typedef struct
{
  SessionBed *bed;
  gboolean    strict;
} Run;

typedef void (*Step) (Run *run, const char *rest);

/* ---- steps ---- */

/* "Voice1/1" is the first call: cuts off its number, 0 if there is none. */
static guint
cut_number (char *service)
{
  char *slash = strchr (service, '/');

  if (slash == NULL)
    return 0;
  *slash = '\0';
  return (guint)atoi (slash + 1);
}

static void
step_call (Run *run, const char *rest)
{
  g_auto (GStrv) words = g_strsplit (rest, " ", 3);
  guint          object = cut_number (words[0]);

  session_bed_call_object (run->bed, words[0], object, words[1], words[2]);
  at_peer_settle ();
}

static void
step_expect (Run *run, const char *rest)
{
  g_autofree char *heard = NULL;

  if (run->strict)
    at_peer_expect (run->bed->peer, rest);
  else
    heard = at_peer_hear (run->bed->peer);
}

static void
step_say (Run *run, const char *rest)
{
  session_bed_say (run->bed, rest);
}

static void
step_wait (Run *run, const char *rest)
{
  (void)run;
  mu_timer_advance ((guint)atoi (rest));
  at_peer_settle ();
}

/* A file with that text, as the descriptor of the calls that follow. */
static void
step_file (Run *run, const char *rest)
{
  g_autofree char *text = g_strcompress (rest);
  g_autofree char *name = NULL;
  int              fd = g_file_open_tmp ("mu-dialogue-XXXXXX", &name, NULL);

  assert_true (fd >= 0);
  assert_int_equal (unlink (name), 0);
  assert_int_equal (write (fd, text, strlen (text)), strlen (text));
  assert_int_equal (lseek (fd, 0, SEEK_SET), 0);
  g_clear_object (&run->bed->files);
  run->bed->files = g_unix_fd_list_new_from_array (&fd, 1);
}

/* A descriptor is written in a thread, which takes its time. */
static void
step_done (Run *run, const char *rest)
{
  at_peer_settle ();
  for (int i = 0; i < PATIENCE_MS && run->strict && run->bed->done->len == 0; i++)
    {
      g_usleep (1000);
      at_peer_settle ();
    }
  if (run->strict)
    assert_string_equal (run->bed->done->str, rest);
}

static char *
get_property (Run *run, char *service_name, const char *property)
{
  guint                object = cut_number (service_name);
  MuService           *service = session_bed_service (run->bed, service_name);
  g_autoptr (GVariant) properties = NULL;
  g_autoptr (GVariant) value = NULL;

  if (object == 0)
    return g_strdup (session_bed_get (run->bed, service_name, property));
  properties = service->class->child->get (service, object);
  if (properties == NULL)
    return g_strdup ("gone");
  g_variant_ref_sink (properties);
  value = g_variant_lookup_value (properties, property, NULL);
  return g_variant_print (value, FALSE);
}

static void
step_property (Run *run, const char *rest)
{
  g_auto (GStrv)   words = g_strsplit (rest, " ", 3);
  g_autofree char *value = get_property (run, words[0], words[1]);

  if (run->strict)
    assert_string_equal (value, words[2]);
}

static const struct
{
  const char *word;
  Step        step;
} steps[] = {
  { "call ", step_call },         { "> ", step_expect },     { "< ", step_say },
  { "wait ", step_wait },         { "returns ", step_done }, { "fails ", step_done },
  { "property ", step_property }, { "file ", step_file },
};

static void
run_step (Run *run, const char *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (g_str_has_prefix (line, steps[i].word))
      {
        steps[i].step (run, line + strlen (steps[i].word));
        return;
      }
  if (line[0] != '\0' && line[0] != '#' && !g_str_has_prefix (line, "answer ")
      && !g_str_equal (line, "start"))
    fail_msg ("not a step: %s", line);
}

void
dialogue_run (Dialogue *self, SessionBed *bed, gboolean strict)
{
  Run run = { bed, strict };

  at_scheduler_start (bed->scheduler, AT_SYNC_OPEN);
  session_bed_settle (bed, self->rows, self->n_rows);
  self->said_before = self->n_rows == 0 ? at_peer_said (bed->peer) : 0;
  for (char **line = self->steps; *line != NULL; line++)
    run_step (&run, *line);
  self->said = at_peer_said (bed->peer);
}

gsize
dialogue_said (const Dialogue *self)
{
  return self->said;
}

gsize
dialogue_said_before (const Dialogue *self)
{
  return self->said_before;
}

/* ---- reading ---- */

Dialogue *
dialogue_read (const char *file)
{
  Dialogue             *self = g_new0 (Dialogue, 1);
  g_autofree char      *text = NULL;
  g_autoptr (GPtrArray) answers = g_ptr_array_new ();
  g_autoptr (GArray)    rows = g_array_new (FALSE, FALSE, sizeof (AtPeerRow));

  assert_true (g_file_get_contents (file, &text, NULL, NULL));
  self->steps = g_strsplit (text, "\n", -1);
  for (char **line = self->steps; *line != NULL; line++)
    if (g_str_has_prefix (*line, "answer "))
      {
        char     *answer = g_strdup (*line + strlen ("answer "));
        char     *bar = strchr (answer, '|');
        AtPeerRow row = { answer, bar + 1 };

        *bar = '\0';
        g_ptr_array_add (answers, answer);
        g_array_append_val (rows, row);
      }
  g_ptr_array_add (answers, NULL);
  self->answers = (char **)g_ptr_array_free (g_steal_pointer (&answers), FALSE);
  self->n_rows = rows->len;
  self->rows = (AtPeerRow *)(gpointer)g_array_free (g_steal_pointer (&rows), FALSE);
  return self;
}

void
dialogue_free (Dialogue *self)
{
  g_strfreev (self->steps);
  g_strfreev (self->answers);
  g_free (self->rows);
  g_free (self);
}

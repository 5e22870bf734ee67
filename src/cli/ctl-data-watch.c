/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* data watch: connections as they come, change and go, and their rates each second: drawn on a
 * terminal, else a line each. */
#include "ctl-child.h"
#include "ctl-data-flow.h"
#include "ctl-data-text.h"
#include "ctl-data.h"
#include "ctl-error.h"
#include "ctl-event.h"
#include "ctl-follow.h"
#include "ctl-output.h"

#include <unistd.h>

#define EVERY_MS  1000
#define MAX_DRAWN 4 /* connections; 12 lines are on every terminal */

/* ECMA-48 8.3.22, 8.3.39: up so many lines; erase what is below */
#define GO_BACK "\r\033[%uA\033[J"

typedef struct
{
  Ctl        *ctl;
  CtlTrack   *connections;
  GHashTable *flows; /* path: CtlDataFlow */
  gboolean    draws;
  guint       n_lines; /* drawn, above the cursor */
} Watch;

static CtlDataFlow *
flow_of (Watch *self, const char *path)
{
  CtlDataFlow *flow = g_hash_table_lookup (self->flows, path);

  if (flow != NULL)
    return flow;
  flow = g_new0 (CtlDataFlow, 1);
  g_hash_table_insert (self->flows, g_strdup (path), flow);
  return flow;
}

static gboolean
is_over (gpointer path, gpointer flow G_GNUC_UNUSED, gpointer user_data)
{
  const char *const *paths = user_data;

  return !g_strv_contains (paths, path);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* ---- what is drawn ---- */

static void
erase (Watch *self)
{
  g_autofree char *text = g_strdup_printf (GO_BACK, self->n_lines);

  if (self->n_lines > 0)
    ctl_output_text (self->ctl, text);
  self->n_lines = 0;
}

static void
draw (Watch *self, GString *drawing)
{
  erase (self);
  for (const char *s = drawing->str; *s != '\0'; s++)
    self->n_lines += *s == '\n';
  ctl_output_text (self->ctl, drawing->str);
}

/* ---- each second ---- */

static void
tell_line (Watch *self, GVariant *event, const CtlDataFlow *flow, GVariant *properties)
{
  g_autofree char *time = ctl_event_time (event);
  g_autofree char *line = ctl_data_flow_line (flow, properties, &self->ctl->style);
  g_autofree char *text = g_strdup_printf ("%s  %s\n", time, line);

  ctl_output_text (self->ctl, text);
}

/* drawing: what goes to a terminal is added there */
static void
tell_flow (Watch *self, GVariant *event, const char *path, GVariant *properties, GString *drawing)
{
  CtlDataFlow     *flow = flow_of (self, path);
  gboolean         is_told = ctl_data_flow_add (flow, properties);
  g_autofree char *text = NULL;

  if (self->ctl->options.json)
    ctl_track_json (self->connections, self->ctl, event, "statistics", path, properties);
  else if (self->draws)
    {
      text = ctl_data_flow_drawing (flow, properties, &self->ctl->style);
      g_string_append (drawing, text);
    }
  else if (is_told)
    tell_line (self, event, flow, properties);
}

/* What cannot be read is over, which is told of its own. */
static void
tell_flows (Watch *self, GVariant *event)
{
  g_autofree const char **paths = ctl_track_paths (self->connections);
  g_autoptr (GString)     drawing = g_string_new (NULL);
  guint                   n = ctl_track_count (self->connections);

  (void)g_hash_table_foreach_remove (self->flows, is_over, paths);
  if (n > 1)
    qsort (paths, n, sizeof *paths, compare);
  if (self->draws)
    {
      n = MIN (n, MAX_DRAWN);
      self->ctl->style = ctl_style_of_output (self->ctl->options.no_color); /* its width */
    }
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GVariant) properties = ctl_data_read (self->ctl, paths[i], NULL);

      if (properties != NULL)
        tell_flow (self, event, paths[i], properties, drawing);
    }
  if (self->draws)
    draw (self, drawing);
}

/* ---- what happens ---- */

static void
tell_connection (GVariant *event, const char *path, GVariant *properties, gpointer user_data)
{
  Watch           *self = user_data;
  g_autofree char *time = ctl_event_time (event);
  g_autofree char *line = ctl_data_line (properties, &self->ctl->style);
  g_autofree char *module = ctl_track_prefix (self->connections, path);
  g_autofree char *text = g_strconcat (time, "  ", module, line, "\n", NULL);

  erase (self);
  ctl_output_text (self->ctl, text);
}

static gboolean
on_event (GVariant *event, gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Watch *self = user_data;

  if (ctl_event_is (event, "tick"))
    {
      tell_flows (self, event);
      return TRUE;
    }
  if (ctl_event_is (event, "daemon-absent"))
    {
      erase (self);
      (void)fflush (self->ctl->out);
    }
  ctl_track_watch (self->connections, self->ctl, event, tell_connection, self);
  return TRUE;
}

gboolean
ctl_data_watch (Ctl *ctl, const char *const *args G_GNUC_UNUSED, GError **error)
{
  g_autoptr (CtlTrack)   connections = ctl_track_new (&ctl_data_track_kind);
  g_autoptr (GHashTable) flows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Watch                  self = {
                     .ctl = ctl,
                     .connections = connections,
                     .flows = flows,
                     .draws = !ctl->options.json && ctl_style_is_terminal (STDOUT_FILENO),
  };

  return ctl_follow_every (ctl, EVERY_MS, on_event, &self, error);
}

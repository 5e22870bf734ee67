/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-input.h"

#include "ctl-error.h"

#include <glib-unix.h>

#include <string.h>
#include <unistd.h>

#define MAX_TEXT ((gsize)1 << 20)

typedef struct
{
  GString *text;
  gboolean is_line;
  gboolean done;
} Input;

/* Of a line one byte at a time: what comes after it belongs to whoever reads next. */
static gboolean
on_input (int fd, GIOCondition condition G_GNUC_UNUSED, gpointer user_data)
{
  Input *input = user_data;
  char   buffer[4096];
  gssize n = read (fd, buffer, input->is_line ? 1 : sizeof buffer);

  if (n > 0)
    g_string_append_len (input->text, buffer, n);
  input->done = n <= 0 || input->text->len > MAX_TEXT || (input->is_line && buffer[0] == '\n');
  return input->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static char *
read_input (Ctl *ctl, gboolean is_line, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  Input               input = { text, is_line, FALSE };
  guint id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, &input);

  while (!input.done && !g_cancellable_is_cancelled (ctl->interrupted))
    g_main_context_iteration (NULL, TRUE);
  if (!input.done)
    {
      g_source_remove (id);
      ctl_fail (error, CTL_ERROR_INTERRUPTED, "Interrupted");
      return NULL;
    }
  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  if (text->len < MAX_TEXT && g_utf8_validate (text->str, (gssize)text->len, NULL))
    return g_string_free (g_steal_pointer (&text), FALSE);
  ctl_fail (error, CTL_ERROR_USAGE,
            text->len < MAX_TEXT ? "Standard input is not valid UTF-8"
                                 : "Standard input does not end");
  return NULL;
}

char *
ctl_input_line (Ctl *ctl, const char *prompt, GError **error)
{
  g_printerr ("%s", prompt);
  return read_input (ctl, TRUE, error);
}

char *
ctl_input_all (Ctl *ctl, GError **error)
{
  return read_input (ctl, FALSE, error);
}

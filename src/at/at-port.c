/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-port.h"

#include "at-lexer.h"
#include "at-mask.h"
#include "at-result.h"
#include "mu-log.h"
#include "mu-timer.h"

#include <glib-unix.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define READ_SIZE       4096
#define MAX_REPLY_LINES 2000                /* a full +CPBR of 250 entries, several times */
#define MAX_REPLY_BYTES ((gsize)512 * 1024) /* and no module holds more */
#define NO_MARKER_MS    2000 /* how long a marker may follow a result that came without it */

typedef struct
{
  GSource  source;
  AtPort  *port;
  gpointer tag;
} PortSource;

struct AtPort
{
  guint               refs; /* its owner's, and one while an event is being told */
  int                 fd;
  char               *name;
  const AtPortEvents *events; /* NULL: freed, somebody is still inside */
  gpointer            user_data;
  PortSource         *source;
  AtLexer             lexer;
  GString            *unsent;

  gboolean   busy;
  AtExchange exchange;
  guint      n_markers; /* lines of the marker since the last result */
  gboolean   answered;  /* a result has come without the marker ... */
  GError    *unmarked;  /* ... the last one: this, or OK */
  gboolean   echoed;
  gboolean   body_sent;
  gboolean   overflow; /* the answer has more than anybody can want */
  GArray    *lines;    /* AtLine, owned texts */
  gsize      n_bytes;
  MuTimer    timer;
};

static void
port_unref (AtPort *self)
{
  if (--self->refs > 0)
    return;
  g_array_unref (self->lines);
  g_clear_error (&self->unmarked);
  g_string_free (self->unsent, TRUE);
  at_lexer_clear (&self->lexer);
  g_free (self->name);
  g_free (self);
}

static void
clear_line (gpointer data)
{
  AtLine *line = data;

  g_free ((char *)line->text);
}

/* One block holds text and body. */
static AtLine
copy_line (const AtLine *line)
{
  char  *block = g_malloc (line->len + line->body_len + 2);
  AtLine copy = { .text = block, .len = line->len, .body_len = line->body_len };

  memcpy (block, line->text, line->len);
  block[line->len] = '\0';
  if (line->body != NULL)
    {
      char *body = block + line->len + 1;

      memcpy (body, line->body, line->body_len);
      body[line->body_len] = '\0';
      copy.body = body;
    }
  return copy;
}

static void
trace (AtPort *self, const char *arrow, const char *text)
{
  g_autofree char *masked = NULL;

  if (!mu_log_enabled (MU_LOG_DEBUG))
    return;
  masked = at_mask (text);
  mu_log (MU_LOG_DEBUG, self->name, "%s %s", arrow, masked);
}

/* ---- writing ---- */

static void
hang_up (AtPort *self, const char *what, int error_number)
{
  const AtPortEvents *events = self->events;
  g_autoptr (GError)  why = NULL;

  if (events == NULL)
    return;
  why = g_error_new (MU_ERROR, MU_ERROR_GONE, "%s: %s", what, g_strerror (error_number));
  self->events = NULL;
  self->busy = FALSE;
  mu_timer_stop (&self->timer);
  g_source_destroy (&self->source->source); /* a tty that is hung up is always readable */
  events->hangup (why, self->user_data);
}

static void
flush (AtPort *self)
{
  gssize n = write (self->fd, self->unsent->str, self->unsent->len);

  if (n > 0)
    g_string_erase (self->unsent, 0, n);
  else if (n < 0 && errno != EAGAIN && errno != EINTR)
    {
      hang_up (self, "Writing to the port", errno);
      return;
    }
  g_source_modify_unix_fd (&self->source->source, self->source->tag,
                           self->unsent->len > 0 ? G_IO_IN | G_IO_OUT : G_IO_IN);
}

/* Whatever stands in `unsent` goes out in one write(), the rest when the tty takes it. */
static void
flush_now (AtPort *self)
{
  gssize n = write (self->fd, self->unsent->str, self->unsent->len);

  if (n == (gssize)self->unsent->len)
    g_string_truncate (self->unsent, 0);
  else if (n >= 0 || errno == EAGAIN || errno == EINTR)
    {
      g_string_erase (self->unsent, 0, MAX (n, 0));
      g_source_modify_unix_fd (&self->source->source, self->source->tag, G_IO_IN | G_IO_OUT);
    }
}

/* ---- one exchange ---- */

static void
finish (AtPort *self, AtResult result, const GError *error)
{
  AtReply reply = {
    .lines = (const AtLine *)(gpointer)self->lines->data,
    .n_lines = self->lines->len,
    .connect = result == AT_RESULT_CONNECT,
  };

  self->busy = FALSE;
  self->events->finished (error == NULL ? &reply : NULL, error, self->user_data);
  if (!self->busy)
    mu_timer_stop (
        &self->timer); /* after the caller has its answer: stopping costs a system call */
}

/* Of another marker, or of what is no marker at all, as anything is for a module that does not know
 * it. */
static void
on_foreign_result (AtPort *self, const GError *error)
{
  gboolean known = self->n_markers > 0;

  self->n_markers = 0;
  g_array_set_size (self->lines, 0);
  if (known)
    return;
  self->answered = TRUE;
  g_clear_error (&self->unmarked);
  self->unmarked = error != NULL ? g_error_copy (error) : NULL;
  mu_timer_start (&self->timer, NO_MARKER_MS);
}

static void
on_result (AtPort *self, AtResult result, const GError *error)
{
  g_autoptr (GError) overflow = NULL;

  if (!self->busy)
    return; /* a late one: its command has timed out */
  if (self->exchange.marker != NULL && self->n_markers != self->exchange.n_markers)
    {
      on_foreign_result (self, error);
      return;
    }
  if (self->overflow)
    {
      overflow = g_error_new_literal (MU_ERROR, MU_ERROR_MODEM, "The answer does not end");
      error = overflow;
    }
  finish (self, result, error);
}

static void
on_timeout (gpointer user_data)
{
  AtPort            *self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->answered) /* but it does not know the marker */
    error = g_steal_pointer (&self->unmarked);
  else
    error = g_error_new_literal (MU_ERROR, MU_ERROR_TIMEOUT, "The module did not answer in time");
  self->refs++;
  finish (self, AT_RESULT_NONE, error);
  port_unref (self);
}

static void
keep_line (AtPort *self, const AtLine *line)
{
  AtLine copy;

  self->n_bytes += line->len + line->body_len;
  if (self->lines->len >= MAX_REPLY_LINES || self->n_bytes > MAX_REPLY_BYTES)
    {
      self->overflow = TRUE;
      return;
    }
  copy = copy_line (line);
  g_array_append_val (self->lines, copy);
}

/* The module repeats what it gets as long as ATE0 has not reached it, and a body until Ctrl-Z. */
static gboolean
is_echo (AtPort *self, const AtLine *line)
{
  const AtCommand *command = &self->exchange.command;

  if (!self->busy)
    return FALSE;
  if (!self->echoed && g_str_equal (line->text, command->text))
    {
      self->echoed = TRUE;
      return TRUE;
    }
  return self->body_sent && command->body[0] != '\0'
         && g_str_has_prefix (line->text, command->body);
}

static void
on_line (AtPort *self, const AtLine *line)
{
  g_autoptr (GError) error = NULL;
  AtResult           result;

  trace (self, "<", line->text);
  if (is_echo (self, line))
    return;
  result = at_result_parse (line->text, &error);
  if (result != AT_RESULT_NONE)
    {
      on_result (self, result, error);
      return;
    }
  if (self->busy && self->exchange.marker != NULL
      && at_line_has_prefix (line, self->exchange.marker))
    self->n_markers++;
  if (self->busy && (self->exchange.marker == NULL || self->n_markers > 0)
      && at_command_owns (self->exchange.command.text, self->exchange.command.lines, line))
    keep_line (self, line);
  else
    self->events->unsolicited (line, self->user_data);
}

static void
on_prompt (AtPort *self)
{
  const char *body = self->exchange.command.body;

  trace (self, "<", ">");
  if (!self->busy || self->body_sent)
    return;
  /* a prompt that nobody has asked for is left with ESC (27.005 3.5.1) */
  if (body != NULL)
    g_string_append_printf (self->unsent, "%s\x1a", body);
  else
    g_string_append_c (self->unsent, '\x1b');
  self->body_sent = body != NULL;
  if (self->body_sent && self->exchange.command.body_written != NULL)
    *self->exchange.command.body_written = TRUE;
  flush_now (self);
}

static void
on_token (AtToken token, const AtLine *line, gpointer user_data)
{
  AtPort *self = user_data;

  if (self->events == NULL)
    return;
  if (token == AT_TOKEN_PROMPT)
    on_prompt (self);
  else
    on_line (self, line);
}

/* ---- reading ---- */

static void
read_some (AtPort *self)
{
  char   buffer[READ_SIZE];
  gssize n = read (self->fd, buffer, sizeof buffer);

  if (n > 0)
    at_lexer_feed (&self->lexer, buffer, (gsize)n);
  else if (n == 0)
    hang_up (self, "The port was hung up", EIO);
  else if (errno != EAGAIN && errno != EINTR)
    hang_up (self, "Reading from the port", errno);
}

static gboolean
port_dispatch (GSource *source, GSourceFunc callback G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  PortSource  *port_source = (PortSource *)source;
  AtPort      *self = port_source->port;
  GIOCondition events = g_source_query_unix_fd (source, port_source->tag);

  self->refs++;
  if (events & (G_IO_IN | G_IO_HUP | G_IO_ERR))
    read_some (self);
  if ((events & G_IO_OUT) && self->events != NULL)
    flush (self);
  port_unref (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs port_funcs = { .dispatch = port_dispatch };

AtPort *
at_port_new (int fd, const char *name, const AtPortEvents *events, gpointer user_data)
{
  AtPort *self = g_new0 (AtPort, 1);

  self->refs = 1;
  self->fd = fd;
  self->name = g_strdup (name);
  self->events = events;
  self->user_data = user_data;
  self->unsent = g_string_new (NULL);
  self->lines = g_array_new (FALSE, FALSE, sizeof (AtLine));
  g_array_set_clear_func (self->lines, clear_line);
  at_lexer_init (&self->lexer, on_token, self);
  mu_timer_init (&self->timer, on_timeout, self);

  self->source = (PortSource *)g_source_new (&port_funcs, sizeof (PortSource));
  self->source->port = self;
  self->source->tag = g_source_add_unix_fd (&self->source->source, fd, G_IO_IN);
  g_source_attach (&self->source->source, NULL);
  return self;
}

int
at_port_fd (const AtPort *self)
{
  return self->fd;
}

int
at_port_release (AtPort *self)
{
  int fd = self->fd;

  self->events = NULL;
  self->busy = FALSE;
  mu_timer_clear (&self->timer);
  g_source_destroy (&self->source->source);
  g_source_unref (&self->source->source);
  port_unref (self);
  return fd;
}

void
at_port_free (AtPort *self)
{
  close (at_port_release (self));
}

void
at_port_begin (AtPort *self, const AtExchange *exchange)
{
  g_assert (!self->busy && self->events != NULL);
  self->busy = TRUE;
  self->exchange = *exchange;
  self->n_markers = 0;
  g_clear_error (&self->unmarked);
  self->answered = self->echoed = self->body_sent = self->overflow = FALSE;
  self->n_bytes = 0;
  g_array_set_size (self->lines, 0);

  trace (self, ">", exchange->command.text);
  g_string_append_printf (self->unsent, "%s\r", exchange->command.text);
  flush_now (self);
  mu_timer_start (&self->timer, exchange->timeout_ms);
}

/* What is under way must not be left hanging in the module: a prompt is left with ESC
 * (27.005 3.5.1), a search is aborted. */
static void
leave (AtPort *self)
{
  const AtCommand *command = &self->exchange.command;
  char             byte = command->body != NULL && !self->body_sent ? '\x1b' : '\r';
  gboolean         hangs = byte == '\x1b' || at_command_is_abortive (command->text);

  if (self->events != NULL && hangs)
    (void)!write (self->fd, &byte, 1);
}

void
at_port_drop (AtPort *self)
{
  if (self->busy)
    leave (self);
  self->busy = FALSE;
  mu_timer_stop (&self->timer);
}

void
at_port_escape (AtPort *self)
{
  trace (self, ">", "+++");
  g_string_append (self->unsent, "+++");
  flush_now (self);
}

void
at_port_abort (AtPort *self, guint timeout_ms)
{
  trace (self, ">", "(abort)");
  g_string_append_c (self->unsent, '\r');
  flush_now (self);
  mu_timer_start (&self->timer, timeout_ms);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-modem-port.h"

#include "mu-log.h"
#include "mu-timer.h"
#include "mu-tty.h"

#include <glib/gstdio.h>

#define BUSY_MS     1000 /* between two looks at a port that another program has */
#define MAX_BUSY    20   /* pppd takes some seconds to take its leave */
#define DTR_MS      500  /* how long DTR is down */
#define SETTLE_MS   100  /* and how soon after that the port is spoken to */
#define HELLO_MS    2000 /* a port that takes commands answers at once */
#define LATE_MS     200  /* for a result that is not the marker's */
#define MAX_LATE    5
#define GUARD_MS    1100 /* of silence before and after "+++" (at-facts: 900 ms) */
#define MAX_ESCAPES 3    /* a byte that is late on either side spoils the silence */
#define HANG_UP_MS  10000
#define MAX_CID     11

struct MuModemPort
{
  MuSession      *session;
  char           *path; /* of the port, as it was when it was opened; NULL: not yet */
  MuModemPortDone done; /* NULL: nothing goes on */
  gpointer        user_data;
  gboolean        hang_up;
  gboolean        dropped; /* DTR, this time */
  guint           escapes; /* how often that has been tried */
  guint           tries;
  guint           setting;
  guint           request; /* that is under way; 0: none */
  gboolean        closing; /* its answer is not wanted */
  MuTimer         timer;
  void (*next) (MuModemPort *self); /* when the timer fires */
  void (*answered) (MuModemPort *self, const AtReply *reply, const GError *error);
};

static void begin (MuModemPort *self);
static void greet (MuModemPort *self);
static void hang_up (MuModemPort *self);

/* ---- the mark ---- */

static char *
mark_path (MuSession *session)
{
  const MuSettings *settings = mu_session_settings (session);
  g_autofree char  *name = g_strconcat ("dialled-", mu_session_name (session), NULL);

  if (settings->state_directory == NULL)
    return NULL;
  return g_build_filename (settings->state_directory, name, NULL);
}

void
mu_modem_port_mark (MuSession *session, guint cid)
{
  g_autofree char   *path = mark_path (session);
  g_autofree char   *text = g_strdup_printf ("%u\n", cid);
  g_autoptr (GError) error = NULL;

  if (path != NULL
      && !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    mu_log (MU_LOG_WARNING, mu_session_name (session), "%s", error->message);
}

void
mu_modem_port_unmark (MuSession *session)
{
  g_autofree char *path = mark_path (session);

  if (path != NULL)
    (void)g_unlink (path);
}

guint
mu_modem_port_marked (MuSession *session)
{
  g_autofree char *path = mark_path (session);
  g_autofree char *text = NULL;
  guint64          cid;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  cid = g_ascii_strtoull (text, NULL, 10);
  return cid >= 1 && cid <= MAX_CID ? (guint)cid : 1; /* a mark is a mark */
}

/* ---- steps ---- */

static void
after (MuModemPort *self, guint ms, void (*next) (MuModemPort *self))
{
  self->next = next;
  mu_timer_start (&self->timer, ms);
}

static void
on_time (gpointer user_data)
{
  MuModemPort *self = user_data;

  self->next (self);
}

static void
finish (MuModemPort *self, const GError *error)
{
  MuModemPortDone done = g_steal_pointer (&self->done);

  if (error != NULL)
    mu_modem_port_close (self);
  done (error, self->user_data);
}

static void
give_up (MuModemPort *self, MuError code, const char *text)
{
  g_autoptr (GError) error = g_error_new_literal (MU_ERROR, (int)code, text);

  finish (self, error);
}

static void
on_answer (const AtReply *reply, const GError *error, gpointer user_data)
{
  MuModemPort *self = user_data;

  self->request = 0;
  if (self->closing || !mu_session_is_started (self->session))
    return; /* whoever stops the session closes us */
  if (g_error_matches (error, MU_ERROR, MU_ERROR_GONE))
    finish (self, error);
  else
    self->answered (self, reply, error);
}

static void
ask (MuModemPort *self, const char *text, guint timeout_ms,
     void (*answered) (MuModemPort *self, const AtReply *reply, const GError *error))
{
  AtCommand command = {
    .text = text,
    .lines = AT_LINES_OWN,
    .priority = AT_INTERACTIVE,
    .timeout_ms = timeout_ms,
    .port = AT_PORT_DATA,
  };

  self->answered = answered;
  self->request = mu_session_send (self->session, &command, on_answer, self);
}

/* ---- what is set on a port that takes commands ---- */

/* The carrier tells the truth, and DTR hangs up (guide 3.3, 3.4).  A module that does not know them
 * for this port does what they say anyway. */
static const char *const settings[] = { "AT&C1", "AT&D2" };

static void
on_set (MuModemPort *self, const AtReply *reply G_GNUC_UNUSED, const GError *error G_GNUC_UNUSED)
{
  if (++self->setting < G_N_ELEMENTS (settings))
    ask (self, settings[self->setting], HELLO_MS, on_set);
  else
    finish (self, NULL);
}

static void
set (MuModemPort *self)
{
  self->setting = 0;
  ask (self, settings[0], HELLO_MS, on_set);
}

/* ---- does it take commands? ---- */

static void mark (MuModemPort *self);

/* What was asked before, and NO CARRIER at any moment, may still be answered: only the line of the
 * question itself tells that the answer is its own. */
static void
on_marker (MuModemPort *self, const AtReply *reply, const GError *error)
{
  if (g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT))
    hang_up (self);
  else if ((reply != NULL && reply->n_lines > 0) || ++self->tries >= MAX_LATE)
    set (self); /* also one that does not know the question: it answers, again and again */
  else
    after (self, LATE_MS, mark);
}

static void
mark (MuModemPort *self)
{
  ask (self, "AT+CFUN?", HELLO_MS, on_marker);
}

static void
on_hello (MuModemPort *self, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  self->tries = 0;
  if (g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT))
    hang_up (self);
  else
    mark (self);
}

static void
greet (MuModemPort *self)
{
  ask (self, "ATQ0V1E0", HELLO_MS, on_hello);
}

/* ---- out of data mode ---- */

static void
on_hung_up (MuModemPort *self, const AtReply *reply G_GNUC_UNUSED,
            const GError *error G_GNUC_UNUSED)
{
  greet (self);
}

static void
say_hang_up (MuModemPort *self)
{
  ask (self, "ATH", HANG_UP_MS, on_hung_up);
}

static void
escape (MuModemPort *self)
{
  at_scheduler_escape (mu_session_line (self->session));
  after (self, GUARD_MS, say_hang_up);
}

static void
raise_dtr (MuModemPort *self)
{
  (void)mu_tty_set_dtr (at_scheduler_data_fd (mu_session_line (self->session)), TRUE);
  after (self, SETTLE_MS, greet);
}

static gboolean
drop_dtr (MuModemPort *self)
{
  self->dropped = TRUE;
  if (!mu_tty_set_dtr (at_scheduler_data_fd (mu_session_line (self->session)), FALSE))
    return FALSE;
  after (self, DTR_MS, raise_dtr);
  return TRUE;
}

/* The next thing that has not been tried. */
static void
hang_up (MuModemPort *self)
{
  if (!self->dropped && drop_dtr (self))
    return;
  if (self->escapes >= MAX_ESCAPES)
    {
      give_up (self, MU_ERROR_FAILED, "The MODEM port does not come back from data mode");
      return;
    }
  self->escapes++;
  after (self, GUARD_MS, escape);
}

/* ---- opening ---- */

static void
on_not_opened (MuModemPort *self, const GError *error)
{
  if (g_error_matches (error, MU_ERROR, MU_ERROR_BUSY) && self->hang_up && ++self->tries < MAX_BUSY)
    after (self, BUSY_MS, begin);
  else
    finish (self, error);
}

static void
begin (MuModemPort *self)
{
  const char        *path = mu_session_port (self->session, MU_PORT_MODEM);
  AtScheduler       *line = mu_session_line (self->session);
  g_autoptr (GError) error = NULL;
  int                fd;

  if (path == NULL || line == NULL)
    {
      give_up (self, MU_ERROR_NOT_SUPPORTED, "The module has no MODEM port");
      return;
    }
  fd = mu_tty_open (path, 0, FALSE, &error);
  if (fd < 0)
    {
      on_not_opened (self, error);
      return;
    }
  g_free (self->path);
  self->path = g_strdup (path);
  at_scheduler_add_port (line, AT_PORT_DATA, fd, mu_session_name (self->session));
  if (!self->hang_up || !drop_dtr (self))
    greet (self);
}

/* ---- for its owner ---- */

MuModemPort *
mu_modem_port_new (MuSession *session)
{
  MuModemPort *self = g_new0 (MuModemPort, 1);

  self->session = session;
  mu_timer_init (&self->timer, on_time, self);
  return self;
}

void
mu_modem_port_free (MuModemPort *self)
{
  mu_modem_port_close (self);
  mu_timer_clear (&self->timer);
  g_free (self->path);
  g_free (self);
}

const char *
mu_modem_port_path (MuModemPort *self)
{
  return self->path;
}

void
mu_modem_port_open (MuModemPort *self, gboolean hang, MuModemPortDone done, gpointer user_data)
{
  mu_modem_port_close (self);
  self->hang_up = hang;
  self->done = done;
  self->user_data = user_data;
  self->dropped = FALSE;
  self->escapes = 0;
  self->tries = 0;
  after (self, 0, begin);
}

void
mu_modem_port_close (MuModemPort *self)
{
  AtScheduler *line = mu_session_line (self->session);

  self->done = NULL;
  mu_timer_stop (&self->timer);
  self->closing = TRUE;
  if (self->request != 0)
    mu_session_cancel (self->session, self->request);
  self->closing = FALSE;
  if (line != NULL)
    at_scheduler_close_data (line);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The recorder (guide 27): recording and playing; and the tables. */
#include "mu-recorder-private.h"

#define FORMAT_AMR 3u   /* the one that is known: guide 27.1.1 */
#define END_MS     5000 /* ^AUDEND is not coming any more, so long after it was stopped */

/* ---- state ---- */

/* Of ^AUDREC: at-facts 13. */
typedef struct
{
  guint start, stop;
} Operations;

static const Operations operations[] = {
  [MU_RECORDER_RECORDING] = { 1, 0 },
  [MU_RECORDER_PLAYING] = { 2, 3 },
};

static const char *const state_words[] = {
  [MU_RECORDER_IDLE] = "idle",
  [MU_RECORDER_RECORDING] = "recording",
  [MU_RECORDER_PLAYING] = "playing",
};

gboolean
mu_recorder_is_free (MuRecorder *self, GError **error)
{
  if (self->state != MU_RECORDER_IDLE)
    return mu_fail (error, MU_ERROR_BUSY, "The recorder is %s", state_words[self->state]);
  if (self->starting != MU_RECORDER_IDLE)
    return mu_fail (error, MU_ERROR_BUSY, "The recorder is starting");
  if (self->stopping != MU_RECORDER_IDLE) /* perhaps of what began before the daemon did */
    return mu_fail (error, MU_ERROR_BUSY, "The recorder is being stopped");
  if (self->transfer.call != NULL)
    return mu_fail (error, MU_ERROR_BUSY, "A file is being read or written");
  return TRUE;
}

static void
set_state (MuRecorder *self, MuRecorderState state)
{
  mu_set (self, state, state);
  mu_session_set_fact (self->base.session, MU_FACT_RECORDER, state != MU_RECORDER_IDLE,
                       MU_ERROR_NOT_READY);
}

static void
end (MuRecorder *self, MuRecorderState what, const char *reason, guint bytes)
{
  set_state (self, MU_RECORDER_IDLE);
  if (self->starting == MU_RECORDER_IDLE)
    self->recording = -1;
  mu_service_emit (&self->base, "Finished",
                   g_variant_new ("(ssu)", state_words[what], reason, bytes));
}

static void
return_end (MuCall *call, MuRecorderState what, guint bytes)
{
  mu_call_return (call, what == MU_RECORDER_RECORDING ? g_variant_new ("(u)", bytes) : NULL);
}

/* Also of what began before the daemon did, while the state is idle. */
static void
on_audend (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuRecorder     *self = (MuRecorder *)base;
  const MuAudend *r = record;
  gboolean        recorded = r->what == MU_AUDEND_RECORDING;
  MuRecorderState what = recorded ? MU_RECORDER_RECORDING : MU_RECORDER_PLAYING;
  MuCall         *stopper;

  if (r->what > MU_AUDEND_PLAYING || (self->state != MU_RECORDER_IDLE && self->state != what))
    return;
  stopper = self->stopping == what ? g_steal_pointer (&self->stopper) : NULL;
  self->ended = what;
  self->ended_bytes = r->bytes;
  if (recorded && (self->state == what || self->starting == what))
    mu_recorder_set_size (self, self->recording, r->bytes);
  end (self, what, r->reason == 0 ? "stopped" : recorded ? "full" : "end", r->bytes);
  if (stopper == NULL)
    return;
  mu_timer_stop (&self->end_timer);
  self->stopping = MU_RECORDER_IDLE;
  return_end (stopper, what, r->bytes);
}

/* ---- Start, Play ---- */

/* Without a caller, or without an answer, it is not to go on unknown to everybody. */
static void
stop_unknown (MuRecorder *self, MuRecorderState what, const GError *error)
{
  if (mu_session_is_started (self->base.session)
      && (g_error_matches (error, MU_ERROR, MU_ERROR_ABORTED)
          || g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT)))
    mu_send (&self->base, NULL, NULL, "^AUDREC=%u", operations[what].stop);
}

static void
on_started (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuRecorder     *self = (MuRecorder *)base;
  MuRecorderState what = self->starting;

  self->starting = MU_RECORDER_IDLE;
  if (error != NULL)
    {
      stop_unknown (self, what, error);
      if (what == MU_RECORDER_PLAYING)
        mu_recorder_fail_absent (call, self->recording, error);
      else
        mu_call_fail (call, error);
      return;
    }
  if (self->ended != what)
    {
      if (what == MU_RECORDER_RECORDING || self->sizes[self->recording] == 0)
        mu_recorder_set_size (self, self->recording, MU_SIZE_UNKNOWN);
      set_state (self, what);
    }
  mu_call_return (call, NULL);
}

static void
begin (MuRecorder *self, MuCall *call)
{
  self->ended = MU_RECORDER_IDLE;
  mu_send (&self->base, call, on_started, "^AUDREC=%u,%s", operations[self->starting].start,
           mu_recordings[self->recording].name);
}

/* FALSE: the call has failed. */
static gboolean
prepare (MuRecorder *self, MuRecorderState what, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *name;
  int                recording;

  g_variant_get (args, "(&s)", &name);
  recording = mu_recorder_find (name, &error);
  if (recording < 0 || !mu_recorder_is_free (self, &error))
    {
      mu_call_fail (call, error);
      return FALSE;
    }
  self->starting = what;
  self->recording = recording;
  return TRUE;
}

/* ---- the format, asked before the first recording ---- */

/* ^RECCFG: <item>,<value>  -- guide 27.1.1; 0 is the format, 1 is not explained */

typedef struct
{
  guint item;
  guint value;
} Reccfg;

static const AtField reccfg_fields[] = {
  AT_F_UINT (Reccfg, item, NULL),
  AT_F_UINT (Reccfg, value, NULL),
};

static const AtRecord reccfg = AT_RECORD ("^RECCFG", Reccfg, reccfg_fields);

static void
on_reccfg (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuRecorder   *self = (MuRecorder *)base;
  const Reccfg *r = record;

  if (r->item == 0)
    mu_set (self, format, r->value);
}

static void
on_format_set (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
               const GError *error)
{
  MuRecorder *self = (MuRecorder *)base;

  if (error != NULL)
    {
      self->starting = MU_RECORDER_IDLE;
      mu_call_fail (call, error);
      return;
    }
  mu_set (self, format, FORMAT_AMR);
  begin (self, call);
}

/* A module that cannot tell its format may record all the same. */
static void
on_format (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuRecorder *self = (MuRecorder *)base;

  if (error != NULL && !g_error_matches (error, MU_ERROR, MU_ERROR_NOT_SUPPORTED))
    {
      self->starting = MU_RECORDER_IDLE;
      mu_call_fail (call, error);
    }
  else if (self->format == 0 || self->format == FORMAT_AMR)
    begin (self, call);
  else
    mu_send (base, call, on_format_set, "^RECCFG=0,%u", FORMAT_AMR);
}

static void
start (MuService *base, GVariant *args, MuCall *call)
{
  MuRecorder *self = (MuRecorder *)base;

  if (!prepare (self, MU_RECORDER_RECORDING, args, call))
    return;
  if (self->format == FORMAT_AMR)
    begin (self, call);
  else
    mu_ask (base, call, on_format, "^RECCFG?");
}

static void
play (MuService *base, GVariant *args, MuCall *call)
{
  MuRecorder *self = (MuRecorder *)base;

  if (prepare (self, MU_RECORDER_PLAYING, args, call))
    begin (self, call);
}

/* ---- Stop, StopPlaying ---- */

/* It may just have ended by itself; or the module knows better than we do. */
static void
stop_failed (MuRecorder *self, MuRecorderState what, MuCall *call, const GError *error)
{
  if (self->ended == what && g_error_matches (error, MU_ERROR, MU_ERROR_NOT_ALLOWED))
    {
      return_end (call, what, self->ended_bytes);
      return;
    }
  if (self->state == what && g_error_matches (error, MU_ERROR, MU_ERROR_NOT_ALLOWED))
    end (self, what, "error", 0);
  mu_call_fail (call, error);
}

static void
on_stopped (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuRecorder     *self = (MuRecorder *)base;
  MuRecorderState what = self->stopping;

  if (error == NULL && self->ended != what)
    {
      self->stopper = call;
      mu_timer_start (&self->end_timer, END_MS);
      return;
    }
  self->stopping = MU_RECORDER_IDLE;
  if (error != NULL)
    stop_failed (self, what, call, error);
  else
    return_end (call, what, self->ended_bytes);
}

static void
on_end_overdue (gpointer user_data)
{
  MuRecorder     *self = user_data;
  MuCall         *stopper = g_steal_pointer (&self->stopper);
  MuRecorderState what = self->stopping;

  self->stopping = MU_RECORDER_IDLE;
  end (self, what, "stopped", 0);
  if (what == MU_RECORDER_PLAYING)
    mu_call_return (stopper, NULL);
  else
    mu_call_reject (stopper, MU_ERROR_TIMEOUT, "The module did not say how long the recording is");
}

static void
stop_work (MuRecorder *self, MuRecorderState what, MuCall *call)
{
  if (self->stopping != MU_RECORDER_IDLE)
    mu_call_reject (call, MU_ERROR_BUSY, "It is being stopped");
  else if (self->state != MU_RECORDER_IDLE && self->state != what)
    mu_call_reject (call, MU_ERROR_NOT_ALLOWED, "The recorder is %s", state_words[self->state]);
  else
    {
      self->stopping = what;
      self->ended = MU_RECORDER_IDLE;
      mu_send (&self->base, call, on_stopped, "^AUDREC=%u", operations[what].stop);
    }
}

static void
stop (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  stop_work ((MuRecorder *)base, MU_RECORDER_RECORDING, call);
}

static void
stop_playing (MuService *base, GVariant *args G_GNUC_UNUSED, MuCall *call)
{
  stop_work ((MuRecorder *)base, MU_RECORDER_PLAYING, call);
}

/* ---- tables ---- */

static void
recorder_init (MuService *base)
{
  MuRecorder *self = (MuRecorder *)base;

  self->recording = -1;
  mu_service_add_timer (base, &self->end_timer, on_end_overdue);
  mu_recorder_files_init (self);
}

/* Another module may come, or this one without what was in its memory: nothing is known any more.
 * Calls that wait are answered by the session. */
static void
recorder_reset (MuService *base)
{
  MuRecorder *self = (MuRecorder *)base;

  if (self->state != MU_RECORDER_IDLE)
    end (self, self->state, "error", 0);
  self->starting = self->stopping = MU_RECORDER_IDLE;
  self->stopper = NULL;
  mu_recorder_files_reset (self);
  mu_set (self, format, 0);
  for (int i = 0; i < MU_N_RECORDINGS; i++)
    mu_recorder_set_size (self, i, 0);
}

static const MuOp ops[] = {
  { "Start", .run = start },
  { "Stop", .run = stop },
  { "Play", .run = play },
  { "StopPlaying", .run = stop_playing },
  { "Read", .run = mu_recorder_read },
  { "Write", .run = mu_recorder_write },
  { "Delete", .run = mu_recorder_delete, .stands = TRUE },
};

static const MuProp props[] = {
  { "Format", "u", offsetof (MuRecorder, format) },
  { "State", "s", offsetof (MuRecorder, state), .words = state_words },
  { "Files", "aa{sv}", offsetof (MuRecorder, sizes), .get = mu_recorder_get_files },
  { "Transfer", "a{sv}", offsetof (MuRecorder, transfer), .get = mu_recorder_get_transfer },
};

static const MuUrc urcs[] = {
  { &mu_audend, on_audend },
  { &reccfg, on_reccfg },
};

const MuServiceClass mu_recorder_class = {
  .interface = "org.mu709.Recorder1",
  .size = sizeof (MuRecorder),
  .access = "org.mu709.recorder",
  .priority = AT_INTERACTIVE,
  .init = recorder_init,
  .reset = recorder_reset,
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
};

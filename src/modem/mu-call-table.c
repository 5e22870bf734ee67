/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-call-table.h"

#include <string.h>

/* ---- why calls end ---- */

typedef struct
{
  guint     code;
  MuCallEnd reason;
} Reason;

/* cc_cause, 24.008 annex H and, from 160 on, the module's own */
static const Reason causes[] = {
  { 1, MU_CALL_END_REJECTED },     /* unassigned number */
  { 8, MU_CALL_END_BARRED },       /* operator determined barring */
  { 17, MU_CALL_END_BUSY },        /* user busy */
  { 18, MU_CALL_END_NO_ANSWER },   /* no user responding */
  { 19, MU_CALL_END_NO_ANSWER },   /* user alerting, no answer */
  { 21, MU_CALL_END_REJECTED },    /* call rejected */
  { 22, MU_CALL_END_REJECTED },    /* number changed */
  { 28, MU_CALL_END_REJECTED },    /* invalid number format */
  { 55, MU_CALL_END_BARRED },      /* incoming calls barred within CUG */
  { 169, MU_CALL_END_NO_NETWORK }, /* MM: no service */
  { 171, MU_CALL_END_NO_NETWORK }, /* no cell */
  { 173, MU_CALL_END_BARRED },     /* access class blocked */
};

/* end_status; those that are not here mean the network */
static const Reason statuses[] = {
  { 0, MU_CALL_END_NO_NETWORK },  /* module offline */
  { 21, MU_CALL_END_NO_NETWORK }, /* no service */
  { 22, MU_CALL_END_NETWORK },    /* fade */
  { 25, MU_CALL_END_REMOTE },     /* normal release by the network */
  { 29, MU_CALL_END_LOCAL },      /* ended by the user */
  { 31, MU_CALL_END_ABORTED },    /* aborted by the system */
  { 34, MU_CALL_END_NO_NETWORK }, /* no card */
  { 102, MU_CALL_END_LOCAL },     /* incoming, rejected by the user */
};

static MuCallEnd
look_up (const Reason *reasons, gsize n, guint code, MuCallEnd else_)
{
  for (gsize i = 0; i < n; i++)
    if (reasons[i].code == code)
      return reasons[i].reason;
  return else_;
}

#define NORMAL_CLEARING    16
#define NORMAL_UNSPECIFIED 31

MuCallEnd
mu_call_end_reason (guint status, guint cause)
{
  MuCallEnd reason = look_up (statuses, G_N_ELEMENTS (statuses), status, MU_CALL_END_NETWORK);

  if (reason == MU_CALL_END_LOCAL)
    return reason;
  if (cause == NORMAL_CLEARING || cause == NORMAL_UNSPECIFIED)
    return MU_CALL_END_REMOTE;
  return look_up (causes, G_N_ELEMENTS (causes), cause, reason);
}

/* ---- calls ---- */

void
mu_call_table_init (MuCallTable *self, const MuCallTableEvents *events, gpointer user_data)
{
  *self = (MuCallTable){ .calls = g_ptr_array_new_with_free_func (g_free),
                         .events = events,
                         .user_data = user_data };
}

void
mu_call_table_clear (MuCallTable *self)
{
  g_clear_pointer (&self->calls, g_ptr_array_unref);
}

static MuVoiceCall *
at (MuCallTable *self, guint i)
{
  return g_ptr_array_index (self->calls, i);
}

MuVoiceCall *
mu_call_table_find (MuCallTable *self, guint object)
{
  for (guint i = 0; i < self->calls->len; i++)
    if (at (self, i)->object == object)
      return at (self, i);
  return NULL;
}

MuVoiceCall *
mu_call_table_in (MuCallTable *self, MuCallState state)
{
  for (guint i = 0; i < self->calls->len; i++)
    if (at (self, i)->state == state)
      return at (self, i);
  return NULL;
}

static void
tell (MuCallTable *self, const MuVoiceCall *call)
{
  self->events->changed (call, self->user_data);
}

static MuVoiceCall *
add (MuCallTable *self, guint id, MuCallState state, gboolean incoming, const char *number)
{
  MuVoiceCall *call;

  if (self->calls->len >= MU_MAX_CALLS)
    return NULL;
  call = g_new0 (MuVoiceCall, 1);
  call->object = ++self->last_object;
  call->id = id;
  call->state = state;
  call->incoming = incoming;
  g_strlcpy (call->number, number, sizeof call->number);
  g_ptr_array_add (self->calls, call);
  return call;
}

static MuVoiceCall *
announce (MuCallTable *self, MuVoiceCall *call)
{
  if (call != NULL)
    self->events->added (call, self->user_data);
  return call;
}

static void
end (MuCallTable *self, MuVoiceCall *call, MuCallEnd reason)
{
  guint i;

  if (!g_ptr_array_find (self->calls, call, &i))
    return;
  call->state = MU_CALL_ENDED;
  call->reason = reason;
  g_ptr_array_steal_index (self->calls, i);
  self->events->removed (call, self->user_data);
  g_free (call);
}

/* Who had the id before has ended without a word. */
static void
give_id (MuCallTable *self, MuVoiceCall *call, guint id)
{
  if (call->id == id)
    return;
  for (guint i = self->calls->len; i > 0; i--)
    if (at (self, i - 1)->id == id && id != 0)
      end (self, at (self, i - 1), MU_CALL_END_NETWORK);
  call->id = id;
}

/* 0 is taken here for one that is not known yet. */
gboolean
mu_call_is_id (guint id)
{
  return id >= 1 && id <= MU_MAX_CALLS;
}

/* Of the id, else the one whose id is not known yet. */
static MuVoiceCall *
find_id (MuCallTable *self, guint id)
{
  if (!mu_call_is_id (id))
    return NULL;
  for (guint i = 0; i < self->calls->len; i++)
    if (at (self, i)->id == id)
      return at (self, i);
  for (guint i = 0; i < self->calls->len; i++)
    if (at (self, i)->id == 0)
      return at (self, i);
  return NULL;
}

static MuVoiceCall *
find_unnamed (MuCallTable *self, gboolean incoming)
{
  for (guint i = 0; i < self->calls->len; i++)
    if (at (self, i)->id == 0 && at (self, i)->incoming == incoming)
      return at (self, i);
  return NULL;
}

/* ---- what the module says ---- */

MuVoiceCall *
mu_call_table_dialled (MuCallTable *self, const char *number)
{
  return announce (self, add (self, 0, MU_CALL_DIALING, FALSE, number));
}

static gboolean
is_beginning (const MuVoiceCall *call)
{
  return call->state == MU_CALL_DIALING || call->state == MU_CALL_ALERTING;
}

/* One that was dialled elsewhere is a call, too.  Who has the id and is past its beginning has
 * ended without a word. */
MuVoiceCall *
mu_call_table_originated (MuCallTable *self, guint id, gboolean emergency, const char *number)
{
  MuVoiceCall *call = find_unnamed (self, FALSE);

  if (!mu_call_is_id (id))
    return NULL;
  if (call != NULL)
    {
      give_id (self, call, id);
      call->emergency = emergency;
      tell (self, call);
      return call;
    }
  call = find_id (self, id);
  if (call != NULL && call->id == id && is_beginning (call))
    return call;
  if (call != NULL && call->id == id)
    end (self, call, MU_CALL_END_NETWORK);
  call = add (self, id, MU_CALL_DIALING, FALSE, number);
  if (call != NULL)
    call->emergency = emergency;
  return announce (self, call);
}

static void
set_state (MuCallTable *self, MuVoiceCall *call, MuCallState state, gint64 now)
{
  call->state = state;
  if (state == MU_CALL_ACTIVE && call->started == 0)
    call->started = now;
  tell (self, call);
}

void
mu_call_table_alerting (MuCallTable *self, guint id)
{
  MuVoiceCall *call = find_id (self, id);

  if (call == NULL || call->state != MU_CALL_DIALING)
    return;
  give_id (self, call, id);
  set_state (self, call, MU_CALL_ALERTING, 0);
}

void
mu_call_table_connected (MuCallTable *self, guint id, gint64 now)
{
  MuVoiceCall *call = find_id (self, id);

  if (call == NULL || call->state == MU_CALL_ACTIVE)
    return;
  give_id (self, call, id);
  set_state (self, call, MU_CALL_ACTIVE, now);
}

void
mu_call_table_ended (MuCallTable *self, guint id, guint status, guint cause)
{
  MuVoiceCall *call = find_id (self, id);

  if (call == NULL)
    return;
  call->id = id;
  call->end_status = status;
  call->cause = cause;
  end (self, call, mu_call_end_reason (status, cause));
}

/* One that waited rings once the call before it is over. */
void
mu_call_table_ring (MuCallTable *self)
{
  MuVoiceCall *waiting = mu_call_table_in (self, MU_CALL_WAITING);

  if (mu_call_table_in (self, MU_CALL_INCOMING) != NULL)
    return;
  if (waiting != NULL)
    set_state (self, waiting, MU_CALL_INCOMING, 0);
  else
    announce (self, add (self, 0, MU_CALL_INCOMING, TRUE, ""));
}

static void
set_caller (MuCallTable *self, MuVoiceCall *call, const char *number, gboolean hidden)
{
  if (g_str_equal (call->number, number) && call->hidden == hidden)
    return;
  g_strlcpy (call->number, number, sizeof call->number);
  call->hidden = hidden;
  tell (self, call);
}

void
mu_call_table_caller (MuCallTable *self, const char *number, gboolean hidden)
{
  MuVoiceCall *call = mu_call_table_in (self, MU_CALL_INCOMING);

  if (call != NULL)
    set_caller (self, call, number, hidden);
}

void
mu_call_table_waiting (MuCallTable *self, const char *number, gboolean hidden)
{
  MuVoiceCall *call = mu_call_table_in (self, MU_CALL_WAITING);

  if (call == NULL)
    announce (self, call = add (self, 0, MU_CALL_WAITING, TRUE, ""));
  if (call != NULL)
    set_caller (self, call, number, hidden);
}

/* ---- +CLCC ---- */

static const MuCallState states[] = {
  MU_CALL_ACTIVE,   MU_CALL_HELD,     MU_CALL_DIALING,
  MU_CALL_ALERTING, MU_CALL_INCOMING, MU_CALL_WAITING,
};

static gboolean
is_in (const MuCallRow *rows, guint n, guint id)
{
  for (guint i = 0; i < n; i++)
    if (rows[i].id == id)
      return TRUE;
  return FALSE;
}

static MuVoiceCall *
call_of_row (MuCallTable *self, const MuCallRow *row)
{
  MuVoiceCall *call = find_id (self, row->id);

  if (call != NULL && call->id == row->id && call->incoming == row->incoming)
    return call;
  return find_unnamed (self, row->incoming);
}

static void
add_row (MuCallTable *self, const MuCallRow *row, gint64 now)
{
  MuVoiceCall *call = add (self, 0, states[row->stat], row->incoming, row->number);

  if (call == NULL)
    return;
  give_id (self, call, row->id);
  call->multiparty = row->multiparty;
  if (call->state == MU_CALL_ACTIVE)
    call->started = now;
  announce (self, call);
}

static void
take_row (MuCallTable *self, const MuCallRow *row, gint64 now)
{
  MuVoiceCall *call = call_of_row (self, row);
  MuCallState  state = states[row->stat];
  MuVoiceCall  before;

  if (call == NULL)
    {
      add_row (self, row, now);
      return;
    }
  before = *call;
  give_id (self, call, row->id);
  call->missed = 0;
  call->state = state;
  call->multiparty = row->multiparty;
  if (row->number[0] != '\0')
    g_strlcpy (call->number, row->number, sizeof call->number);
  if (state == MU_CALL_ACTIVE && call->started == 0)
    call->started = now;
  if (before.state != state || before.multiparty != call->multiparty
      || !g_str_equal (before.number, call->number))
    tell (self, call);
}

/* One that has the id of another, or none, or is not listed, may have ended.  Its ^CEND may be on
 * its way: it gets another chance. */
static gboolean
sweep (MuCallTable *self, const MuCallRow *rows, guint n)
{
  gboolean again = FALSE;

  for (guint i = self->calls->len; i > 0; i--)
    {
      MuVoiceCall *call = at (self, i - 1);

      if (call->id != 0 && is_in (rows, n, call->id))
        continue;
      if (++call->missed > 1)
        end (self, call, MU_CALL_END_NETWORK);
      else
        again = TRUE;
    }
  return again;
}

gboolean
mu_call_table_listed (MuCallTable *self, const MuCallRow *rows, guint n, gint64 now)
{
  for (guint i = 0; i < n; i++)
    if (rows[i].stat < G_N_ELEMENTS (states))
      take_row (self, &rows[i], now);
  return sweep (self, rows, n);
}

void
mu_call_table_unlisted (MuCallTable *self, gboolean rings)
{
  for (guint i = self->calls->len; i > 0; i--)
    {
      MuVoiceCall *call = at (self, i - 1);

      if (call->released)
        end (self, call, MU_CALL_END_LOCAL);
      else if (call->state == MU_CALL_INCOMING && !rings)
        end (self, call, MU_CALL_END_REMOTE);
    }
}

void
mu_call_table_end_all (MuCallTable *self, MuCallEnd reason)
{
  while (self->calls->len > 0)
    end (self, at (self, 0), reason);
}

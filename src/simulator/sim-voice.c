/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The states of voice calls and what is said of them: guide 8.2; 24.008 5, 22.083, 22.084. */
#include "sim-module.h"
#include "sim-network.h"
#include "sim-power.h"
#include "sim-voice-private.h"

#define SAY_DELAY SIM_MS (20)

/* ^ORIG, ^CONN: <type> */
enum
{
  TYPE_VOICE = 0,
  TYPE_EMERGENCY = 9,
};

typedef struct
{
  SimPort *port; /* NULL: all */
  SimUrc   kind;
  char    *line; /* NULL: RING */
} News;

typedef struct
{
  SimModule *module;
  SimVoice   calls[SIM_MAX_CALLS];
  GQueue     news;
  SimTimer   say;
} SimCalls;

static SimCalls *
calls_of (SimModule *module)
{
  return sim_state (module, &sim_voice_chapter);
}

/* What is said */

static void
news_free (gpointer news)
{
  g_free (((News *)news)->line);
  g_free (news);
}

static void
on_say (gpointer calls)
{
  SimCalls *self = calls;
  News     *news;

  while ((news = g_queue_pop_head (&self->news)) != NULL)
    {
      if (news->line != NULL)
        sim_urc_to (self->module, news->port, news->kind, news->line);
      else
        sim_ring (self->module);
      news_free (news);
    }
}

void
sim_voice_say (SimModule *module, SimPort *port, SimUrc kind, const char *line)
{
  SimCalls *self = calls_of (module);
  News     *news = g_new (News, 1);

  *news = (News){ port, kind, g_strdup (line) };
  g_queue_push_tail (&self->news, news);
  if (!sim_timer_running (&self->say))
    sim_timer_start (&self->say, SAY_DELAY);
}

static void G_GNUC_PRINTF (3, 4) say (SimVoice *self, SimPort *port, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list          args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  sim_voice_say (self->module, port, SIM_URC_GATED, line);
}

static int
type_of (const SimVoice *self)
{
  return self->emergency ? TYPE_EMERGENCY : TYPE_VOICE;
}

/* Which calls there are */

SimVoice *
sim_voice_nth (SimModule *module, guint id)
{
  SimVoice *call;

  if (id < 1 || id > SIM_MAX_CALLS)
    return NULL;
  call = &calls_of (module)->calls[id - 1];
  return call->state != SIM_VOICE_FREE ? call : NULL;
}

SimVoice *
sim_voice_first (SimModule *module, SimVoiceState state)
{
  SimCalls *self = calls_of (module);

  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    if (self->calls[i].state == state)
      return &self->calls[i];
  return NULL;
}

guint
sim_voice_count (SimModule *module, SimVoiceState state)
{
  const SimCalls *self = calls_of (module);
  guint           n = 0;

  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    n += self->calls[i].state == state;
  return n;
}

gboolean
sim_voice_exists (SimModule *module)
{
  return sim_voice_count (module, SIM_VOICE_FREE) < SIM_MAX_CALLS;
}

gboolean
sim_voice_setting_up (SimModule *module)
{
  return sim_voice_first (module, SIM_VOICE_DIALING) != NULL
         || sim_voice_first (module, SIM_VOICE_ALERTING) != NULL;
}

gboolean
sim_voice_connected (SimModule *module)
{
  return sim_voice_first (module, SIM_VOICE_ACTIVE) != NULL
         || sim_voice_first (module, SIM_VOICE_HELD) != NULL;
}

guint
sim_voice_type_of_number (const char *number)
{
  if (number[0] == '\0')
    return 128;
  return number[0] == '+' ? 145 : 129;
}

/* How they change */

static void
set_state (SimVoice *self, SimVoiceState state)
{
  self->state = state;
  if (state != SIM_VOICE_INCOMING)
    sim_timer_stop (&self->ring);
}

/* One party is no conference, and a call that waited for nothing else is an incoming one. */
static void
tidy (SimModule *module)
{
  static const SimVoiceState states[] = { SIM_VOICE_ACTIVE, SIM_VOICE_HELD };
  SimVoice                  *waiting = sim_voice_first (module, SIM_VOICE_WAITING);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (sim_voice_count (module, states[i]) == 1)
      sim_voice_first (module, states[i])->multiparty = FALSE;
  if (waiting != NULL && !sim_voice_connected (module) && !sim_voice_setting_up (module))
    set_state (waiting, SIM_VOICE_INCOMING);
}

static void
changed (SimModule *module)
{
  tidy (module);
  sim_event (module, SIM_EVENT_CALL);
}

SimVoice *
sim_voice_open (SimModule *module, SimVoiceState state, const char *number)
{
  SimVoice *call = sim_voice_first (module, SIM_VOICE_FREE);

  if (call == NULL)
    return NULL;
  call->state = state;
  call->incoming = state == SIM_VOICE_INCOMING || state == SIM_VOICE_WAITING;
  call->emergency = call->multiparty = call->hidden = call->connected = FALSE;
  (void)g_strlcpy (call->number, number, sizeof call->number);
  call->cli = SIM_CLI_SHOWN;
  call->port = NULL;
  call->rings = 0;
  return call;
}

void
sim_voice_originate (SimVoice *self)
{
  say (self, self->port, "^ORIG: %u,%d", self->id, type_of (self));
  changed (self->module);
}

void
sim_voice_alert (SimVoice *self)
{
  set_state (self, SIM_VOICE_ALERTING);
  say (self, self->port, "^CONF: %u", self->id);
  changed (self->module);
}

void
sim_voice_connect (SimVoice *self)
{
  set_state (self, SIM_VOICE_ACTIVE);
  self->connected = TRUE;
  self->since = sim_clock_now (self->module->clock);
  say (self, self->port, "^CONN: %u,%d", self->id, type_of (self));
  changed (self->module);
}

/* ^CEND: id,duration,end_status[,cc_cause]  to the port that hung up, else to the call's own */
void
sim_voice_end (SimVoice *self, SimEndStatus status, guint cause, SimPort *port)
{
  gint64 lasted = self->connected ? sim_clock_now (self->module->clock) - self->since : 0;
  guint  seconds = (guint)(lasted / SIM_SECONDS (1));

  if (port == NULL)
    port = self->port;
  if (cause != SIM_CAUSE_NONE)
    say (self, port, "^CEND: %u,%u,%d,%u", self->id, seconds, (int)status, cause);
  else
    say (self, port, "^CEND: %u,%u,%d", self->id, seconds, (int)status);
  sim_timer_stop (&self->remote);
  set_state (self, SIM_VOICE_FREE);
  changed (self->module);
}

void
sim_voice_hang_up (SimVoice *self, SimPort *port)
{
  if (self->state == SIM_VOICE_INCOMING || self->state == SIM_VOICE_WAITING)
    sim_voice_end (self, SIM_END_DECLINED, SIM_CAUSE_BUSY, port);
  else
    sim_voice_end (self, SIM_END_HOST, SIM_CAUSE_NORMAL, port);
}

void
sim_voice_hang_up_all (SimModule *module, SimVoiceState state, SimPort *port)
{
  SimVoice *call;

  while ((call = sim_voice_first (module, state)) != NULL)
    sim_voice_hang_up (call, port);
}

void
sim_voice_set_state (SimVoice *self, SimVoiceState state)
{
  set_state (self, state);
  changed (self->module);
}

void
sim_voice_set_all (SimModule *module, SimVoiceState from, SimVoiceState to)
{
  SimCalls *self = calls_of (module);

  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    if (self->calls[i].state == from)
      set_state (&self->calls[i], to);
  changed (module);
}

void
sim_voice_swap (SimModule *module)
{
  SimCalls *self = calls_of (module);

  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    if (self->calls[i].state == SIM_VOICE_ACTIVE)
      self->calls[i].state = SIM_VOICE_HELD;
    else if (self->calls[i].state == SIM_VOICE_HELD)
      self->calls[i].state = SIM_VOICE_ACTIVE;
  changed (module);
}

void
sim_voice_crowd_out (SimModule *module)
{
  SimCalls *self = calls_of (module);

  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    if (self->calls[i].state == SIM_VOICE_DIALING || self->calls[i].state == SIM_VOICE_ALERTING)
      sim_voice_end (&self->calls[i], SIM_END_SET_UP, SIM_CAUSE_BUSY, NULL);
}

/* What ends them all */

/* An emergency call needs a cell, any other a network that knows the subscriber. */
static gboolean
carried (const SimVoice *self)
{
  SimReg stat = sim_network_stat (self->module);

  if (sim_network_cell (self->module) == NULL)
    return FALSE;
  return self->emergency || stat == SIM_REG_HOME || stat == SIM_REG_ROAMING;
}

static void
drop (SimVoice *self)
{
  if (!sim_radio_on (self->module))
    sim_voice_end (self, SIM_END_OFFLINE, SIM_CAUSE_NONE, NULL);
  else
    sim_voice_end (self, SIM_END_FADE, self->connected ? SIM_CAUSE_NO_CELL : SIM_CAUSE_NONE, NULL);
}

static void
voice_event (SimModule *module G_GNUC_UNUSED, gpointer state, SimEvent event)
{
  SimCalls *self = state;

  if (event != SIM_EVENT_NETWORK && event != SIM_EVENT_CELL)
    return;
  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    if (self->calls[i].state != SIM_VOICE_FREE && !carried (&self->calls[i]))
      drop (&self->calls[i]);
}

/* life */

static void
voice_init (SimModule *module, gpointer state)
{
  SimCalls *self = state;

  self->module = module;
  g_queue_init (&self->news);
  sim_timer_init (&self->say, module->clock, on_say, self);
  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    self->calls[i] = (SimVoice){ .module = module, .id = i + 1, .state = SIM_VOICE_FREE };
}

static void
voice_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimCalls *self = state;

  sim_timer_stop (&self->say);
  g_queue_clear_full (&self->news, news_free);
  for (guint i = 0; i < SIM_MAX_CALLS; i++)
    {
      sim_timer_stop (&self->calls[i].remote);
      set_state (&self->calls[i], SIM_VOICE_FREE);
    }
}

static void
voice_dump (SimModule *module, gpointer state G_GNUC_UNUSED, GString *out)
{
  sim_dump (out, "calls", "%u", SIM_MAX_CALLS - sim_voice_count (module, SIM_VOICE_FREE));
}

const SimChapter sim_voice_chapter = {
  .name = "voice",
  .state_size = sizeof (SimCalls),
  .init = voice_init,
  .stop = voice_stop,
  .event = voice_event,
  .dump = voice_dump,
};

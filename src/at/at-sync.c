/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-sync.h"

#include <string.h>

enum
{
  PHASE_SPEED,
  PHASE_HELLO,
  PHASE_PLAIN, /* only if the greeting was refused: AT is what every module knows */
  PHASE_MARKER,
};

typedef struct
{
  guint       first_phase;
  const char *hello; /* ATQ0V1E0: results, as words, no echo, whatever a former user had chosen */
  guint       timeout_ms;
  guint       tries;
} Plan;

/* An opened module may still be starting and lose what it gets: short and many. */
static const Plan plans[] = {
  [AT_SYNC_OPEN] = { PHASE_HELLO, "ATQ0V1E0", 3000, 30 },
  [AT_SYNC_SPEED] = { PHASE_SPEED, "ATQ0V1E0", 1000, 90 },
  [AT_SYNC_TIMEOUT] = { PHASE_HELLO, "AT", 30000, 3 },
  [AT_SYNC_ABORT] = { PHASE_HELLO, "AT", 2000, 45 },
};

typedef struct
{
  const char *text;
  const char *prefix;
} Marker;

/* Two queries of the guide (2.3.1, 3.1.1) that need neither SIM nor network. */
static const Marker markers[] = {
  { "+CFUN?", "+CFUN" },
  { "+IPR?", "+IPR" },
};

static void
format_marker (AtSync *self, guint times)
{
  const char *query = markers[self->marker].text;

  g_strlcpy (self->text, "AT", sizeof self->text);
  for (guint i = 0; i < times; i++)
    {
      g_strlcat (self->text, i > 0 ? ";" : "", sizeof self->text);
      g_strlcat (self->text, query, sizeof self->text);
    }
}

void
at_sync_begin (AtSync *self, AtSyncReason reason, const char *late)
{
  gsize       len = 0;
  const char *name = late != NULL ? at_command_name (late, &len) : "";
  gboolean    clash = len == strlen (markers[0].prefix)
                   && g_ascii_strncasecmp (name, markers[0].prefix, len) == 0;

  *self = (AtSync){
    .reason = reason,
    .phase = plans[reason].first_phase,
    .tries = plans[reason].tries,
    .marker = clash ? 1 : 0,
  };
}

AtExchange
at_sync_exchange (AtSync *self, guint times)
{
  const Plan *plan = &plans[self->reason];
  AtExchange  exchange = { .timeout_ms = plan->timeout_ms };

  switch (self->phase)
    {
    case PHASE_SPEED:
    case PHASE_PLAIN: exchange.command.text = "AT"; break;
    case PHASE_HELLO: exchange.command.text = plan->hello; break;
    default:
      format_marker (self, times);
      exchange.command.text = self->text;
      exchange.command.lines = AT_LINES_OWN;
      exchange.marker = markers[self->marker].prefix;
      exchange.n_markers = times;
      break;
    }
  return exchange;
}

AtSyncStep
at_sync_finished (AtSync *self, const GError *error)
{
  if (g_error_matches (error, MU_ERROR, MU_ERROR_TIMEOUT))
    {
      self->phase = plans[self->reason].first_phase;
      return --self->tries > 0 ? AT_SYNC_MORE : AT_SYNC_LOST;
    }
  if (self->phase == PHASE_MARKER)
    return error == NULL || !self->refused ? AT_SYNC_DONE : AT_SYNC_LOST;

  /* any result shows that the module is there; which command it is of, the marker tells */
  self->refused = error != NULL;
  if (self->phase == PHASE_SPEED)
    self->phase = PHASE_HELLO;
  else
    self->phase = self->phase == PHASE_HELLO && self->refused ? PHASE_PLAIN : PHASE_MARKER;
  return AT_SYNC_MORE;
}

gboolean
at_sync_is_at_marker (const AtSync *self)
{
  return self->phase == PHASE_MARKER;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The time that the network tells (3GPP 24.008 9.2.15a): ^NWTIME. */
#include "sim-time.h"

#include "mu-error.h"
#include "sim-module.h"
#include "sim-network.h"

#define MAX_QUARTERS 56
#define QUARTER      ((gint64)900)

typedef struct
{
  gboolean given;    /* the network tells it */
  gint64   seconds;  /* since 1970 UTC when the simulated clock stood at 0 */
  int      quarters; /* of an hour east of UTC */
  int      dst;      /* hours of summer time that are in it */
  gboolean known;    /* the module has heard it since its start */
} SimTime;

/* yy/MM/dd,hh:mm:ss+zz,dst in local time */
static void
format (SimModule *module, const SimTime *self, char line[48])
{
  gint64                now = self->seconds + sim_clock_now (module->clock) / SIM_SECONDS (1);
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_utc (now + self->quarters * QUARTER);
  g_autofree char      *text = g_date_time_format (local, "%y/%m/%d,%H:%M:%S");

  (void)g_snprintf (line, 48, "%s%+03d,%d", text, self->quarters, self->dst);
}

/* A network that tells nobody the time is in UTC. */
GDateTime *
sim_time_local (SimModule *module, int *ret_quarters)
{
  const SimTime *self = sim_state (module, &sim_time_chapter);
  gint64         now = self->seconds + sim_clock_now (module->clock) / SIM_SECONDS (1);

  if (!self->given)
    now = g_get_real_time () / G_USEC_PER_SEC;
  *ret_quarters = self->given ? self->quarters : 0;
  return g_date_time_new_from_unix_utc (now + *ret_quarters * QUARTER);
}

static SimResult
read_nwtime (SimCall *call)
{
  const SimTime *self = call->state;
  char           line[48];

  if (!self->known)
    return SIM_ERROR;
  format (call->module, self, line);
  sim_reply (call, "^NWTIME: %s", line);
  return SIM_OK;
}

/* ^NWTIME: ... */
static void
tell (SimModule *module, SimTime *self)
{
  char line[48];

  if (!self->given || !sim_network_registered (module))
    return;
  self->known = TRUE;
  format (module, self, line);
  sim_urc (module, SIM_URC_GATED, "^NWTIME: %s", line);
}

static void
time_event (SimModule *module, gpointer state, SimEvent event)
{
  SimTime *self = state;

  if (event == SIM_EVENT_NETWORK && !self->known)
    tell (module, self);
}

/* time none|now|yy/MM/dd,hh:mm:ss+zz[,dst] */

/* Two digits and what stands behind them. */
static gboolean
take_two (const char **text, char end, int *ret)
{
  const char *c = *text;

  if (!g_ascii_isdigit (c[0]) || !g_ascii_isdigit (c[1]) || c[2] != end)
    return FALSE;
  *ret = 10 * g_ascii_digit_value (c[0]) + g_ascii_digit_value (c[1]);
  *text += end != '\0' ? 3 : 2;
  return TRUE;
}

/* +zz[,d] to the end */
static gboolean
take_zone (const char *text, SimTime *ret)
{
  int sign = *text == '-' ? -1 : *text == '+' ? 1 : 0;

  text++;
  ret->dst = 0;
  if (sign == 0
      || (!take_two (&text, '\0', &ret->quarters) && !take_two (&text, ',', &ret->quarters)))
    return FALSE;
  if (*text != '\0' && (*text < '0' || *text > '2' || text[1] != '\0'))
    return FALSE;
  if (*text != '\0')
    ret->dst = g_ascii_digit_value (*text);
  ret->quarters *= sign;
  return ABS (ret->quarters) <= MAX_QUARTERS;
}

static gboolean
parse (const char *text, SimTime *ret, GError **error)
{
  static const char     ends[] = { '/', '/', ',', ':', ':' };
  g_autoptr (GDateTime) local = NULL;
  const char           *rest = text;
  int                   part[6] = { 0 };
  gboolean              right = TRUE;

  for (gsize i = 0; right && i < G_N_ELEMENTS (ends); i++)
    right = take_two (&rest, ends[i], &part[i]);
  right = right && (take_two (&rest, '+', &part[5]) || take_two (&rest, '-', &part[5]))
          && take_zone (rest - 1, ret);
  if (right)
    local = g_date_time_new_utc (2000 + part[0], part[1], part[2], part[3], part[4], part[5]);
  if (local == NULL)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "not yy/MM/dd,hh:mm:ss+zz[,dst]: %s", text);
  ret->seconds = g_date_time_to_unix (local) - ret->quarters * QUARTER;
  return TRUE;
}

static gboolean
do_time (SimOrder *order, GError **error)
{
  SimTime    *self = order->state;
  const char *text = order->args[0];
  SimTime     changed = { .given = !g_str_equal (text, "none") };

  if (g_str_equal (text, "now"))
    changed.seconds = g_get_real_time () / G_USEC_PER_SEC;
  else if (changed.given && !parse (text, &changed, error))
    return FALSE;
  changed.seconds -= sim_clock_now (order->module->clock) / SIM_SECONDS (1);
  *self = changed;
  tell (order->module, self);
  return TRUE;
}

static void
time_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  *(SimTime *)state = (SimTime){ .given = TRUE, .seconds = g_get_real_time () / G_USEC_PER_SEC };
}

static void
time_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimTime *)state)->known = FALSE;
}

static const SimCommand commands[] = {
  { "^NWTIME", .read = read_nwtime },
};

static const SimVerb verbs[] = {
  { "time now|none|yy/MM/dd,hh:mm:ss+zz[,dst]",
    "what the network says: local time, quarters of an "
    "hour east of UTC, hours of summer time",
    do_time },
};

const SimChapter sim_time_chapter = {
  .name = "time",
  .state_size = sizeof (SimTime),
  .init = time_init,
  .start = time_start,
  .event = time_event,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Call forwarding (guide 8.5; 27.007 7.11; 22.082). */
#include "mu-supplementary-private.h"

#include "mu-error.h"
#include "mu-keys.h"

#include <string.h>

#define MAX_DIGITS 28 /* 24.080 4.4.2 */
#define MAX_TIME   30 /* s */

/* In the order of their numbers.  The last two are sums, about which the network is not asked. */
static const char *const reasons[]
    = { "unconditional", "busy", "no-reply", "not-reachable", "all", "all-conditional" };

typedef enum
{
  UNCONDITIONAL,
  BUSY,
  NO_REPLY,
  NOT_REACHABLE,
  ALL,
  ALL_CONDITIONAL,
} Reason;

static const guint meanings[] = {
  [UNCONDITIONAL] = 1 << UNCONDITIONAL,
  [BUSY] = 1 << BUSY,
  [NO_REPLY] = 1 << NO_REPLY,
  [NOT_REACHABLE] = 1 << NOT_REACHABLE,
  [ALL] = 1 << UNCONDITIONAL | 1 << BUSY | 1 << NO_REPLY | 1 << NOT_REACHABLE,
  [ALL_CONDITIONAL] = 1 << BUSY | 1 << NO_REPLY | 1 << NOT_REACHABLE,
};

static gboolean
read_reason (const char *word, guint *ret_reason, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (reasons[i], word))
      {
        *ret_reason = i;
        return TRUE;
      }
  return mu_fail (error, MU_ERROR_INVALID_ARGUMENT,
                  "There is no reason '%s': unconditional, busy, no-reply, not-reachable, all or "
                  "all-conditional",
                  word);
}

/* GetForwarding (reason) → rows */

static const MuQuestion questions[] = {
  { "unconditional", "+CCFC=0,2" },
  { "busy", "+CCFC=1,2" },
  { "no-reply", "+CCFC=2,2" },
  { "not-reachable", "+CCFC=3,2" },
};

static const AtRecord     ccfc = AT_RECORD ("+CCFC", MuAnswer, mu_answer_fields);
static const MuSurveyKind survey = { &ccfc, "reason", questions, G_N_ELEMENTS (questions) };

void
mu_forwarding_get (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *word;
  guint              reason = 0;

  g_variant_get (args, "(&s)", &word);
  if (read_reason (word, &reason, &error))
    mu_survey_begin ((MuSupplementary *)base, call, &survey, meanings[reason]);
  else
    mu_call_fail (call, error);
}

/* SetForwarding (reason, number, options) */

typedef struct
{
  guint       reason;
  const char *number; /* empty: the one that is registered */
  gboolean    active;
  guint class; /* 0: not given */
  guint time;  /* 0: not given */
} Wish;

static const MuKey options[] = {
  { "active", "b" },
  { "class", "s" },
  { "time", "u" },
};

static gboolean
check_number (const char *number, GError **error)
{
  const char *digits = number + (number[0] == '+' ? 1 : 0);

  if (strlen (digits) > MAX_DIGITS)
    return mu_fail (error, MU_ERROR_TOO_LONG, "A number has at most %d digits", MAX_DIGITS);
  if (digits[strspn (digits, "0123456789*#")] != '\0')
    return mu_fail (error, MU_ERROR_INVALID_CHARACTERS,
                    "A number has digits, * and #, and perhaps a + before them");
  if (number[0] == '+' && digits[0] == '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "There are no digits");
  return TRUE;
}

static gboolean
check_time (const Wish *wish, GError **error)
{
  if (wish->time < 1 || wish->time > MAX_TIME)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "The time is 1 to %d seconds", MAX_TIME);
  if ((meanings[wish->reason] & meanings[NO_REPLY]) == 0)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "Only no-reply has a time");
  if (wish->number[0] == '\0')
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "A time goes with a number");
  return TRUE;
}

/* The number is the arguments'. */
static gboolean
read_wish (GVariant *args, Wish *wish, GError **error)
{
  const char          *reason, *class;
  g_autoptr (GVariant) dict = NULL;

  *wish = (Wish){ .active = TRUE };
  g_variant_get (args, "(&s&s@a{sv})", &reason, &wish->number, &dict);
  if (!read_reason (reason, &wish->reason, error) || !check_number (wish->number, error)
      || !mu_keys_check (options, G_N_ELEMENTS (options), dict, error))
    return FALSE;
  (void)g_variant_lookup (dict, "active", "b", &wish->active);
  if (g_variant_lookup (dict, "class", "&s", &class)
      && !mu_class_from_word (class, &wish->class, error))
    return FALSE;
  return !g_variant_lookup (dict, "time", "u", &wish->time) || check_time (wish, error);
}

static void
switch_it (MuService *base, MuCall *call, const Wish *wish)
{
  if (wish->class != 0)
    mu_send (base, call, mu_supplementary_done, "+CCFC=%u,%b,,,%u", wish->reason, wish->active,
             wish->class);
  else
    mu_send (base, call, mu_supplementary_done, "+CCFC=%u,%b", wish->reason, wish->active);
}

/* A number is registered switched on. */
static void
registered (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  Wish wish = { .active = TRUE };

  (void)read_wish (mu_call_args (call), &wish, NULL);
  if (error != NULL || wish.active)
    mu_supplementary_done (base, call, reply, error);
  else
    switch_it (base, call, &wish);
}

static void
register_number (MuService *base, MuCall *call, const Wish *wish)
{
  enum
  {
    UNKNOWN = 129, /* 24.008 10.5.4.7 */
    INTERNATIONAL = 145
  };
  guint type = wish->number[0] == '+' ? INTERNATIONAL : UNKNOWN;
  guint class = wish->class != 0 ? wish->class : MU_CLASS_VOICE;

  if (wish->time != 0)
    mu_send (base, call, registered, "+CCFC=%u,3,%s,%u,%u,,,%u", wish->reason, wish->number, type,
             class, wish->time);
  else
    mu_send (base, call, registered, "+CCFC=%u,3,%s,%u,%u", wish->reason, wish->number, type,
             class);
}

void
mu_forwarding_set (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  Wish               wish;

  if (!read_wish (args, &wish, &error))
    mu_call_fail (call, error);
  else if (wish.number[0] != '\0')
    register_number (base, call, &wish);
  else
    switch_it (base, call, &wish);
}

/* ClearForwarding (reason) */

void
mu_forwarding_clear (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *word;
  guint              reason = 0;

  g_variant_get (args, "(&s)", &word);
  if (read_reason (word, &reason, &error))
    mu_send (base, call, mu_supplementary_done, "+CCFC=%u,4", reason);
  else
    mu_call_fail (call, error);
}

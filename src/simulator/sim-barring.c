/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Call barring: guide 8.7; 27.007 7.4, 7.5; 22.088; the password: 22.004 5.2, 24.010. */
#include "sim-barring.h"

#include "mu-error.h"
#include "sim-classes.h"
#include "sim-network.h"
#include "sim-number.h"
#include "sim-services.h"

#include <string.h>

#define PASSWORD_DIGITS 4u
#define PASSWORD_TRIES  3u

#define CME_NETWORK_REJECTED SIM_CME (257)

typedef enum
{
  FACILITY_AO, /* all that goes */
  FACILITY_OI, /* abroad */
  FACILITY_OX, /* abroad, but for home */
  FACILITY_AI, /* all that comes */
  FACILITY_IR, /* all that comes while roaming */
  N_SINGLE,
  FACILITY_AG = N_SINGLE, /* all that go; AG, AC, AB can only be switched off */
  FACILITY_AC,            /* all that come */
  FACILITY_AB,            /* all */
  N_FACILITIES,
} Facility;

#define BIT(facility) (1u << (facility))
#define OUTGOING      (BIT (FACILITY_AO) | BIT (FACILITY_OI) | BIT (FACILITY_OX))
#define INCOMING      (BIT (FACILITY_AI) | BIT (FACILITY_IR))

typedef struct
{
  const char *name;
  guint       means; /* BITs of single ones */
} FacilityRow;

static const FacilityRow facilities[N_FACILITIES] = {
  [FACILITY_AO] = { "AO", BIT (FACILITY_AO) }, [FACILITY_OI] = { "OI", BIT (FACILITY_OI) },
  [FACILITY_OX] = { "OX", BIT (FACILITY_OX) }, [FACILITY_AI] = { "AI", BIT (FACILITY_AI) },
  [FACILITY_IR] = { "IR", BIT (FACILITY_IR) }, [FACILITY_AG] = { "AG", OUTGOING },
  [FACILITY_AC] = { "AC", INCOMING },          [FACILITY_AB] = { "AB", OUTGOING | INCOMING },
};

typedef enum
{
  MODE_OFF,
  MODE_ON,
  MODE_QUERY,
} Mode;

/* What the command that waits for the network wants. */
typedef struct
{
  const FacilityRow *row;
  Mode               mode;
  guint              classes;
  char               password[PASSWORD_DIGITS + 1], new_password[PASSWORD_DIGITS + 1];
} Wish;

typedef struct
{
  guint classes[N_SINGLE]; /* where each is on */
  char  password[PASSWORD_DIGITS + 1];
  guint tries_left;
  Wish  wish;
} SimBarring;

static const FacilityRow *
find (const char *name)
{
  for (guint i = 0; i < N_FACILITIES; i++)
    if (g_str_equal (facilities[i].name, name))
      return &facilities[i];
  return NULL;
}

gboolean
sim_barring_has (const char *facility)
{
  return find (facility) != NULL;
}

/* Calls */

static gboolean
roaming (SimModule *module)
{
  return sim_network_stat (module) == SIM_REG_ROAMING;
}

gboolean
sim_barring_outgoing (SimModule *module, const char *number, guint class)
{
  const SimBarring *self = sim_state (module, &sim_barring_chapter);
  gboolean          abroad = sim_number_international (number);

  /* there is one country here and it is home: OX and OI come to the same */
  return (self->classes[FACILITY_AO] & class) != 0
         || (abroad && ((self->classes[FACILITY_OI] | self->classes[FACILITY_OX]) & class) != 0);
}

gboolean
sim_barring_incoming (SimModule *module, guint class)
{
  const SimBarring *self = sim_state (module, &sim_barring_chapter);

  return (self->classes[FACILITY_AI] & class) != 0
         || (roaming (module) && (self->classes[FACILITY_IR] & class) != 0);
}

/* The password */

/* After three wrong ones in a row the network accepts none, until its people set a new one. */
static SimResult
check_password (SimBarring *self)
{
  if (self->tries_left == 0)
    return CME_NETWORK_REJECTED;
  if (g_str_equal (self->wish.password, self->password))
    {
      self->tries_left = PASSWORD_TRIES;
      return SIM_OK;
    }
  self->tries_left--;
  return SIM_CME_INCORRECT_PASSWORD;
}

static gboolean
is_password (const char *text)
{
  return strlen (text) == PASSWORD_DIGITS && strspn (text, "0123456789") == PASSWORD_DIGITS;
}

static void
take_password (SimArgs *args, char password[PASSWORD_DIGITS + 1])
{
  (void)g_strlcpy (password, sim_arg_text_or (args, "", PASSWORD_DIGITS), PASSWORD_DIGITS + 1);
}

/* +CLCK="facility",mode[,"password"[,class]]; abortive (guide 1.2.2) */

static SimResult
aborted (SimCall *call G_GNUC_UNUSED)
{
  return SIM_ERROR;
}

static void
switch_classes (SimBarring *self)
{
  for (guint i = 0; i < N_SINGLE; i++)
    if ((self->wish.row->means & BIT (i)) != 0 && self->wish.mode == MODE_ON)
      self->classes[i] |= self->wish.classes;
    else if ((self->wish.row->means & BIT (i)) != 0)
      self->classes[i] &= ~self->wish.classes;
}

static SimResult
locked (SimCall *call)
{
  SimBarring *self = sim_state (call->module, &sim_barring_chapter);
  SimResult   result;

  if (self->wish.mode == MODE_QUERY)
    {
      sim_classes_reply (call, self->classes[self->wish.row - facilities], self->wish.classes);
      return SIM_OK;
    }
  result = check_password (self);
  if (result == SIM_OK)
    switch_classes (self);
  return result;
}

SimResult
sim_barring_lock (SimCall *call, const char *facility)
{
  SimBarring *self = sim_state (call->module, &sim_barring_chapter);
  Wish       *wish = &self->wish;

  wish->row = find (facility);
  wish->mode = (Mode)sim_arg_uint (&call->args, MODE_OFF, MODE_QUERY);
  take_password (&call->args, wish->password);
  wish->classes
      = sim_arg_uint_or (&call->args, SIM_CLASS_DEFAULT, 1, SIM_CLASS_MAX) & SIM_CLASS_ALL;
  if (!sim_args_end (&call->args) || (wish->mode != MODE_QUERY && !is_password (wish->password)))
    return SIM_CME_BAD_PARAMETERS;
  if (wish->row >= &facilities[N_SINGLE] && wish->mode != MODE_OFF)
    return SIM_CME_NOT_ALLOWED;
  return sim_service_ask (call, SIM_SERVICE_BARRING, locked, aborted);
}

/* +CPWD="facility","old","new" */

static SimResult
changed (SimCall *call)
{
  SimBarring *self = sim_state (call->module, &sim_barring_chapter);
  SimResult   result = check_password (self);

  if (result == SIM_OK)
    (void)g_strlcpy (self->password, self->wish.new_password, sizeof self->password);
  return result;
}

SimResult
sim_barring_change_password (SimCall *call, const char *facility)
{
  SimBarring *self = sim_state (call->module, &sim_barring_chapter);

  self->wish.row = find (facility);
  take_password (&call->args, self->wish.password);
  take_password (&call->args, self->wish.new_password);
  if (!sim_args_end (&call->args) || !is_password (self->wish.password)
      || !is_password (self->wish.new_password))
    return SIM_CME_BAD_PARAMETERS;
  return sim_service_ask (call, SIM_SERVICE_BARRING, changed, NULL);
}

/* barring-password DIGITS */
static gboolean
do_password (SimOrder *order, GError **error)
{
  SimBarring *self = order->state;

  if (!is_password (order->args[0]))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "a password has 4 digits");
  (void)g_strlcpy (self->password, order->args[0], sizeof self->password);
  self->tries_left = PASSWORD_TRIES;
  return TRUE;
}

static void
barring_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimBarring *self = state;

  (void)g_strlcpy (self->password, "0000", sizeof self->password);
  self->tries_left = PASSWORD_TRIES;
}

static void
barring_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  const SimBarring *self = state;

  sim_dump (out, "barring-password-tries", "%u", self->tries_left);
}

static const SimVerb verbs[] = {
  { "barring-password DIGITS", "the network's password for barring, and three tries for it",
    do_password },
};

const SimChapter sim_barring_chapter = {
  .name = "barring",
  .state_size = sizeof (SimBarring),
  .init = barring_init,
  .dump = barring_dump,
  SIM_ROWS (verbs, verbs),
};

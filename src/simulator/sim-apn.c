/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-apn.h"

#include "mu-error.h"
#include "sim-keys.h"

#include <arpa/inet.h>

#define MAX_RULES 16u

typedef struct
{
  SimApn rules[MAX_RULES];
  guint  n_rules;
  SimApn any; /* for all other names */
} SimApns;

static const char *const auth_words[] = { "none", "pap", "chap", "any", NULL };

static const SimApn initial = {
  .address = "10.64.64.1",
  .gateway = "10.64.64.64",
  .dns1 = "10.64.64.65",
  .dns2 = "10.64.64.66",
  .takes = 1,
};

static SimApn *
find (SimApns *self, const char *name)
{
  for (guint i = 0; i < self->n_rules; i++)
    if (g_ascii_strcasecmp (self->rules[i].name, name) == 0) /* 23.003 9: as in the DNS */
      return &self->rules[i];
  return NULL;
}

const SimApn *
sim_apn_find (SimModule *module, const char *name)
{
  SimApns      *self = sim_state (module, &sim_apn_chapter);
  const SimApn *rule = find (self, name);

  return rule != NULL ? rule : &self->any;
}

gboolean
sim_apn_admits (const SimApn *self, SimAuth auth, const char *user, const char *password)
{
  if (self->auth == SIM_AUTH_NONE)
    return TRUE;
  if (auth == SIM_AUTH_NONE
      || (auth != SIM_AUTH_ANY && self->auth != SIM_AUTH_ANY && auth != self->auth))
    return FALSE;
  return g_str_equal (self->user, user) && g_str_equal (self->password, password);
}

/* apn NAME|any [key=value...] */

static const SimKey keys[] = {
  { "cause", SIM_KEY_DECIMAL, offsetof (SimApn, cause), 0, 255, NULL },
  { "shown", SIM_KEY_DECIMAL, offsetof (SimApn, shown), 0, 255, NULL },
  { "auth", SIM_KEY_WORD, offsetof (SimApn, auth), 0, 0, auth_words },
  { "user", SIM_KEY_TEXT, offsetof (SimApn, user), 0, SIM_MAX_KEY, NULL },
  { "password", SIM_KEY_TEXT, offsetof (SimApn, password), 0, SIM_MAX_KEY, NULL },
  { "address", SIM_KEY_TEXT, offsetof (SimApn, address), 7, SIM_MAX_ADDRESS, NULL },
  { "gateway", SIM_KEY_TEXT, offsetof (SimApn, gateway), 7, SIM_MAX_ADDRESS, NULL },
  { "dns1", SIM_KEY_TEXT, offsetof (SimApn, dns1), 7, SIM_MAX_ADDRESS, NULL },
  { "dns2", SIM_KEY_TEXT, offsetof (SimApn, dns2), 7, SIM_MAX_ADDRESS, NULL },
  { "takes", SIM_KEY_LEVEL, offsetof (SimApn, takes), 0, 600, NULL },
};

static gboolean
check_addresses (const SimApn *rule, GError **error)
{
  const char *const addresses[] = { rule->address, rule->gateway, rule->dns1, rule->dns2 };
  struct in_addr    parsed;

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    if (inet_pton (AF_INET, addresses[i], &parsed) != 1)
      return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "no IPv4 address: %s", addresses[i]);
  return TRUE;
}

/* Where a rule begins: as it is, or as those for all others, under its name. */
static gboolean
begin (SimApns *self, const char *name, SimApn *rule, GError **error)
{
  const SimApn *known = find (self, name);

  if (g_str_equal (name, "any"))
    known = &self->any;
  else if (known == NULL && self->n_rules == MAX_RULES)
    return mu_fail (error, MU_ERROR_MEMORY_FULL, "%u access points are all", MAX_RULES);
  *rule = known != NULL ? *known : initial;
  if (known == NULL && g_strlcpy (rule->name, name, sizeof rule->name) >= sizeof rule->name)
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "longer than %u bytes", SIM_MAX_APN);
  return TRUE;
}

static gboolean
do_apn (SimOrder *order, GError **error)
{
  SimApns *self = order->state;
  SimApn   rule, *place;

  if (!begin (self, order->args[0], &rule, error)
      || !sim_keys_set (keys, G_N_ELEMENTS (keys), order->n_args > 1 ? order->args[1] : "", &rule,
                        sizeof rule, error)
      || !check_addresses (&rule, error))
    return FALSE;
  place = rule.name[0] == '\0' ? &self->any : find (self, rule.name);
  if (place == NULL)
    place = &self->rules[self->n_rules++];
  *place = rule;
  return TRUE;
}

/* apn-forget: without rules, as delivered */
static gboolean
do_forget (SimOrder *order, GError **error G_GNUC_UNUSED)
{
  *(SimApns *)order->state = (SimApns){ .any = initial };
  return TRUE;
}

static void
apn_init (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimApns *)state)->any = initial;
}

static const SimVerb verbs[] = {
  { "apn NAME|any [KEY=VALUE...]",
    "what the network makes of an access point: cause shown auth user password address gateway "
    "dns1 dns2 takes",
    do_apn },
  { "apn-forget", "forgets all rules about access points", do_forget },
};

const SimChapter sim_apn_chapter = {
  .name = "apn",
  .state_size = sizeof (SimApns),
  .init = apn_init,
  SIM_ROWS (verbs, verbs),
};

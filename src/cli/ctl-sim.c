/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card: its lock and its codes. */
#include "ctl-call.h"
#include "ctl-command.h"
#include "ctl-module.h"
#include "ctl-secret.h"

typedef struct
{
  const char *what;
  gboolean    is_new;
} Code;

static const Code pin[] = { { "PIN", FALSE }, { NULL } };
static const Code puk_and_pin[] = { { "PUK", FALSE }, { "new PIN", TRUE }, { NULL } };
static const Code old_and_new[] = { { "old PIN", FALSE }, { "new PIN", TRUE }, { NULL } };

/* The codes that args has, and then those that have to be asked for. */
static GPtrArray *
collect (Ctl *ctl, const Code *codes, const char *const *args, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func ((GDestroyNotify)ctl_secret_free);

  for (; codes->what != NULL; codes++)
    {
      char *code = *args != NULL ? g_strdup (*args++)
                                 : ctl_secret_ask (ctl, codes->what, codes->is_new, error);

      if (code == NULL)
        return NULL;
      g_ptr_array_add (texts, code);
    }
  return g_steal_pointer (&texts);
}

/* first: an argument before the codes, or NULL.  Nobody is asked for the sake of no module. */
static gboolean
call_with_codes (Ctl *ctl, const char *method, const char *first, const Code *codes,
                 const char *const *args, GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;

  if (!ctl_module_choose (ctl, error))
    return FALSE;
  texts = collect (ctl, codes, args, error);
  if (texts == NULL)
    return FALSE;
  if (first != NULL)
    g_ptr_array_insert (texts, 0, g_strdup (first));
  g_ptr_array_add (texts, NULL);
  return ctl_call (ctl, "Sim1", method, (const char *const *)texts->pdata, error);
}

static gboolean
run_unlock (Ctl *ctl, const char *const *args, GError **error)
{
  return call_with_codes (ctl, "Unlock", NULL, pin, args, error);
}

static gboolean
run_unlock_puk (Ctl *ctl, const char *const *args, GError **error)
{
  return call_with_codes (ctl, "UnlockWithPuk", NULL, puk_and_pin, args, error);
}

static gboolean
run_enable (Ctl *ctl, const char *const *args, GError **error)
{
  return call_with_codes (ctl, "EnablePin", "yes", pin, args, error);
}

static gboolean
run_disable (Ctl *ctl, const char *const *args, GError **error)
{
  return call_with_codes (ctl, "EnablePin", "no", pin, args, error);
}

static gboolean
run_change (Ctl *ctl, const char *const *args, GError **error)
{
  return call_with_codes (ctl, "ChangePin", NULL, old_and_new, args, error);
}

#define CODES                                                                                      \
  "Codes that are not given are asked for on the terminal, or read from standard input, a line\n"  \
  "each.  So they do not show in the list of processes and in the shell's history."

const CtlCommand ctl_sim_commands[] = {
  { "sim status", "", "Show the card: lock, attempts, identity, numbers", "Sim1" },
  { "sim unlock", "[PIN]", "Enter the PIN", .run = run_unlock, .more = CODES },
  { "sim unlock-puk", "[PUK] [NEW-PIN]", "Enter the PUK, and a new PIN", .run = run_unlock_puk,
    .more = CODES },
  { "sim pin enable", "[PIN]", "Have the card ask for its PIN", .run = run_enable, .more = CODES },
  { "sim pin disable", "[PIN]", "Have it not ask", .run = run_disable, .more = CODES },
  { "sim pin change", "[OLD-PIN] [NEW-PIN]", "Change the PIN", .run = run_change, .more = CODES },
  { NULL },
};

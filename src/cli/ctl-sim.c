/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card: its lock and its codes. */
#include "ctl-codes.h"
#include "ctl-command.h"

static const CtlCode pin[] = { { "PIN", FALSE }, { NULL } };
static const CtlCode puk_and_pin[] = { { "PUK", FALSE }, { "new PIN", TRUE }, { NULL } };
static const CtlCode old_and_new[] = { { "old PIN", FALSE }, { "new PIN", TRUE }, { NULL } };

static const char *const yes[] = { "yes", NULL };
static const char *const no[] = { "no", NULL };

static gboolean
run_unlock (Ctl *ctl, const char *const *args, GError **error)
{
  static const CtlCodeMethod method = { "Sim1", "Unlock", NULL, pin };

  return ctl_codes_call (ctl, &method, args, error);
}

static gboolean
run_unlock_puk (Ctl *ctl, const char *const *args, GError **error)
{
  static const CtlCodeMethod method = { "Sim1", "UnlockWithPuk", NULL, puk_and_pin };

  return ctl_codes_call (ctl, &method, args, error);
}

static gboolean
run_enable (Ctl *ctl, const char *const *args, GError **error)
{
  static const CtlCodeMethod method = { "Sim1", "EnablePin", yes, pin };

  return ctl_codes_call (ctl, &method, args, error);
}

static gboolean
run_disable (Ctl *ctl, const char *const *args, GError **error)
{
  static const CtlCodeMethod method = { "Sim1", "EnablePin", no, pin };

  return ctl_codes_call (ctl, &method, args, error);
}

static gboolean
run_change (Ctl *ctl, const char *const *args, GError **error)
{
  static const CtlCodeMethod method = { "Sim1", "ChangePin", NULL, old_and_new };

  return ctl_codes_call (ctl, &method, args, error);
}

const CtlCommand ctl_sim_commands[] = {
  { "sim status", "", "Show the card: lock, attempts, identity, numbers", "Sim1" },
  { "sim unlock", "[PIN]", "Enter the PIN", .run = run_unlock, .more = CTL_CODES_HELP },
  { "sim unlock-puk", "[PUK] [NEW-PIN]", "Enter the PUK, and a new PIN", .run = run_unlock_puk,
    .more = CTL_CODES_HELP },
  { "sim pin enable", "[PIN]", "Have the card ask for its PIN", .run = run_enable,
    .more = CTL_CODES_HELP },
  { "sim pin disable", "[PIN]", "Have it not ask", .run = run_disable, .more = CTL_CODES_HELP },
  { "sim pin change", "[OLD-PIN] [NEW-PIN]", "Change the PIN", .run = run_change,
    .more = CTL_CODES_HELP },
  { NULL },
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Forwarding and barring of calls. */
#include "ctl-args.h"
#include "ctl-call.h"
#include "ctl-codes.h"
#include "ctl-command.h"

#define INTERFACE "Supplementary1"

/* ---- forwarding ---- */

static gboolean
run_forwarding_status (Ctl *ctl, const char *const *args, GError **error)
{
  const char *const texts[] = { args[0] != NULL ? args[0] : "all", NULL };

  return ctl_call (ctl, INTERFACE, "GetForwarding", texts, error);
}

static gboolean
run_forwarding_set (Ctl *ctl, const char *const *args, GError **error)
{
  g_autoptr (GVariant) seconds = NULL;
  g_autofree char     *options = g_strdup ("{}");

  if (args[2] != NULL)
    {
      seconds = ctl_args_parse_value ("u", args[2], error);
      if (seconds == NULL)
        return FALSE;
      g_free (options);
      options = g_strdup_printf ("{'time': <uint32 %u>}", g_variant_get_uint32 (seconds));
    }

  const char *const texts[] = { args[0], args[1], options, NULL };
  return ctl_call (ctl, INTERFACE, "SetForwarding", texts, error);
}

/* ---- barring ---- */

static const CtlCode password[] = { { "barring password", FALSE }, { NULL } };
static const CtlCode old_and_new[]
    = { { "old barring password", FALSE }, { "new barring password", TRUE }, { NULL } };

static gboolean
run_barring_status (Ctl *ctl, const char *const *args, GError **error)
{
  const char *const texts[] = { args[0] != NULL ? args[0] : "ab", NULL };

  return ctl_call (ctl, INTERFACE, "GetBarring", texts, error);
}

static gboolean
switch_barring (Ctl *ctl, const char *on, const char *const *args, GError **error)
{
  const char *const   before[] = { args[0], on, NULL };
  const CtlCodeMethod method = { INTERFACE, "SetBarring", before, password };

  return ctl_codes_call (ctl, &method, args + 1, error);
}

static gboolean
run_barring_set (Ctl *ctl, const char *const *args, GError **error)
{
  return switch_barring (ctl, "yes", args, error);
}

static gboolean
run_barring_clear (Ctl *ctl, const char *const *args, GError **error)
{
  return switch_barring (ctl, "no", args, error);
}

/* It is one for all facilities, of which the module has to be given some. */
static gboolean
run_barring_password (Ctl *ctl, const char *const *args, GError **error)
{
  static const char *const   before[] = { "ao", NULL };
  static const CtlCodeMethod method = { INTERFACE, "ChangeBarringPassword", before, old_and_new };

  return ctl_codes_call (ctl, &method, args, error);
}

#define REASONS "unconditional|busy|no-reply|not-reachable|all|all-conditional"
#define SINGLE  "ao|oi|ox|ai|ir"

#define FACILITIES                                                                                 \
  "ao: all outgoing calls; oi: international ones; ox: international ones but to\n"                \
  "the home country; ai: all incoming calls; ir: incoming ones while roaming;\n"                   \
  "ag, ac, ab: everything that goes out, that comes in, both."

const CtlCommand ctl_supplementary_commands[] = {
  { "forwarding status", "[REASON]", "Ask the network where calls are forwarded to",
    .run = run_forwarding_status,
    .more
    = "REASON is one of unconditional, busy, no-reply, not-reachable; without it, all of them\n"
      "are asked about, which takes some seconds." },
  { "forwarding set", REASONS " NUMBER [SECONDS]", "Forward voice calls to a number",
    .run = run_forwarding_set, .more = "SECONDS is how long it rings before, 1 to 30." },
  { "forwarding clear", REASONS, "Forward calls no more, and forget the number", INTERFACE,
    "ClearForwarding" },
  { "barring status", "[FACILITY]", "Ask the network which calls are barred",
    .run = run_barring_status, .more = FACILITIES },
  { "barring set", SINGLE " [PASSWORD]", "Bar voice calls", .run = run_barring_set,
    .more = FACILITIES "\n" CTL_CODES_HELP },
  { "barring clear", SINGLE "|ab|ag|ac [PASSWORD]", "Let calls through again",
    .run = run_barring_clear, .more = FACILITIES "\n" CTL_CODES_HELP },
  { "barring password", "[OLD-PASSWORD] [NEW-PASSWORD]", "Change the password of barring",
    .run = run_barring_password, .more = CTL_CODES_HELP },
  { NULL },
};

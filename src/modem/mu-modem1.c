/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the module is and how it is (guide 1.2, 2.1, 2.2), and the way for raw commands. */
#include "mu-modem1.h"

#include "mu-raw.h"
#include "mu-session.h"

#include <string.h>

typedef enum
{
  MODE_UNKNOWN,
  MODE_MINIMUM,
  MODE_ONLINE,
  MODE_OFFLINE,
  MODE_TEST,
  MODE_OTHER,
} Mode;

static const char *const mode_words[] = {
  [MODE_UNKNOWN] = "",        [MODE_MINIMUM] = "minimum", [MODE_ONLINE] = "online",
  [MODE_OFFLINE] = "offline", [MODE_TEST] = "test",       [MODE_OTHER] = "other",
};

typedef struct
{
  MuService base;
  char      state[16];
  char      reason[24];
  char      manufacturer[64];
  char      model[32];
  char      revision[48];
  char      imei[24];
  Mode      mode;
  gboolean  healthy;
  guint     timeouts;
  guint     restarts;
  char      device_path[256];
  MuDevice *device; /* whose ports are published */
} MuModem1;

/* +CFUN: <fun> -- at-facts 2 */

typedef struct
{
  guint fun;
} Cfun;

static const AtField cfun_fields[] = {
  AT_F_UINT (Cfun, fun, NULL),
};

static const AtRecord cfun = AT_RECORD ("+CFUN", Cfun, cfun_fields);

typedef struct
{
  guint    fun;
  Mode     mode;
  gboolean settable;
} ModeRow;

static const ModeRow modes[] = {
  { 0, MODE_MINIMUM, TRUE },
  { 1, MODE_ONLINE, TRUE },
  { 4, MODE_OFFLINE, TRUE },
  { 5, MODE_TEST, FALSE },
};

static void
on_cfun (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuModem1   *self = (MuModem1 *)base;
  const Cfun *r = record;
  Mode        mode = MODE_OTHER;

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (modes[i].fun == r->fun)
      mode = modes[i].mode;
  mu_set (self, mode, mode);
}

/* ^SYSSTART -- guide 2.1 */

static const AtRecord sysstart = AT_RECORD_WORD ("^SYSSTART");

static void
on_sysstart (MuService *base, gconstpointer record G_GNUC_UNUSED, const AtLine *line G_GNUC_UNUSED)
{
  MuModem1 *self = (MuModem1 *)base;

  if (mu_session_is_started (base->session)) /* else it is just being switched on */
    {
      self->restarts++;
      mu_service_changed (base, &self->restarts);
      mu_service_emit (base, "Restarted", g_variant_new ("()"));
    }
  mu_session_restarted (base->session);
}

/* SetMode (mode) */

static void
asked_mode (MuService *base G_GNUC_UNUSED, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
            const GError *error)
{
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_call_return (call, NULL);
}

static void
mode_is_set (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  if (error != NULL)
    mu_call_fail (call, error);
  else
    mu_ask (base, call, asked_mode, "+CFUN?");
}

static void
modem1_set_mode (MuService *base, GVariant *args, MuCall *call)
{
  const char *word;

  g_variant_get (args, "(&s)", &word);
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (modes[i].settable && g_str_equal (mode_words[modes[i].mode], word))
      {
        mu_send (base, call, mode_is_set, "+CFUN=%u", modes[i].fun);
        return;
      }
  mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "The mode is minimum, online or offline");
}

/* Command (at, timeout_ms) → lines */

static void
command_done (MuService *base G_GNUC_UNUSED, MuCall *call, const AtReply *reply,
              const GError *error)
{
  GVariantBuilder lines;

  if (error != NULL)
    {
      mu_call_fail (call, error);
      return;
    }
  g_variant_builder_init (&lines, G_VARIANT_TYPE_STRING_ARRAY);
  for (gsize i = 0; i < reply->n_lines; i++)
    {
      g_variant_builder_add (&lines, "s", reply->lines[i].text);
      if (reply->lines[i].body != NULL)
        g_variant_builder_add_value (&lines, mu_raw_body (&reply->lines[i]));
    }
  mu_call_return (call, g_variant_new ("(as)", &lines));
}

static void
modem1_command (MuService *base, GVariant *args, MuCall *call)
{
  g_autoptr (GError) error = NULL;
  const char        *text;
  guint              timeout_ms;

  g_variant_get (args, "(&su)", &text, &timeout_ms);
  if (mu_raw_check (text, timeout_ms, &error))
    mu_send_raw (base, call, command_done, text, timeout_ms);
  else
    mu_call_fail (call, error);
}

/* Ports */

static GVariant *
get_ports (MuService *base)
{
  MuModem1       *self = (MuModem1 *)base;
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(ss)"));
  for (MuPortRole role = 0; self->device != NULL && role < MU_N_PORT_ROLES; role++)
    if (self->device->ports[role] != NULL)
      g_variant_builder_add (&rows, "(ss)", mu_port_role_word (role), self->device->ports[role]);
  return g_variant_builder_end (&rows);
}

void
mu_modem1_set_ports (MuService *base, const MuDevice *device)
{
  MuModem1 *self = (MuModem1 *)base;

  g_clear_pointer (&self->device, mu_device_unref);
  self->device = mu_device_ref ((MuDevice *)device);
  mu_set_text (self, device_path, device->path);
  mu_service_changed (base, &self->device);
}

/* What the lifecycle tells */

void
mu_modem1_set_state (MuService *base, const char *state, const char *reason)
{
  MuModem1 *self = (MuModem1 *)base;

  mu_set_text (self, state, state);
  mu_set_text (self, reason, reason);
}

void
mu_modem1_set_health (MuService *base, gboolean healthy)
{
  MuModem1 *self = (MuModem1 *)base;

  mu_set (self, healthy, healthy);
}

void
mu_modem1_timed_out (MuService *base)
{
  MuModem1 *self = (MuModem1 *)base;

  self->timeouts++;
  mu_service_changed (base, &self->timeouts);
  mu_set (self, healthy, FALSE);
}

void
mu_modem1_unsolicited (MuService *base, const char *line)
{
  mu_service_emit (base, "Unsolicited", g_variant_new ("(s)", line));
}

static void
modem1_reset (MuService *base)
{
  MuModem1 *self = (MuModem1 *)base;

  mu_set (self, mode, MODE_UNKNOWN);
}

static void
modem1_clear (MuService *base)
{
  MuModem1 *self = (MuModem1 *)base;

  g_clear_pointer (&self->device, mu_device_unref);
}

/* Everything the daemon relies on is set, whatever it was: results with texts (the module's own
 * stack has no numbers), unsolicited messages on.  ATQ0V1E0 was the first thing that was sent. */
static const MuStep steps[] = {
  { "+CMEE=2" },
  { "^CURC=1" },
  MU_STEP_TEXT ("+CGMI", MuModem1, manufacturer),
  MU_STEP_TEXT ("+CGMM", MuModem1, model),
  MU_STEP_TEXT ("+CGMR", MuModem1, revision),
  MU_STEP_TEXT ("+CGSN", MuModem1, imei),
};

static const MuOp ops[] = {
  { "SetMode", .run = modem1_set_mode },
  { "Reset", "^RESET" },
  { "Command", .run = modem1_command, .access = "org.mu709.raw" },
};

static const MuProp props[] = {
  { "State", "s", offsetof (MuModem1, state) },
  { "StateReason", "s", offsetof (MuModem1, reason) },
  { "Manufacturer", "s", offsetof (MuModem1, manufacturer) },
  { "Model", "s", offsetof (MuModem1, model) },
  { "Revision", "s", offsetof (MuModem1, revision) },
  { "Imei", "s", offsetof (MuModem1, imei) },
  { "Ports", "a(ss)", offsetof (MuModem1, device), .get = get_ports },
  { "DevicePath", "s", offsetof (MuModem1, device_path) },
  { "Mode", "s", offsetof (MuModem1, mode), .words = mode_words },
  { "Healthy", "b", offsetof (MuModem1, healthy) },
  { "Timeouts", "u", offsetof (MuModem1, timeouts) },
  { "Restarts", "u", offsetof (MuModem1, restarts) },
};

static const MuUrc urcs[] = {
  { &cfun, on_cfun },
  { &sysstart, on_sysstart },
};

const MuServiceClass mu_modem1_class = {
  .interface = "org.mu709.Modem1",
  .size = sizeof (MuModem1),
  .access = "org.mu709.modem",
  .priority = AT_INTERACTIVE,
  .reset = modem1_reset,
  .clear = modem1_clear,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
};

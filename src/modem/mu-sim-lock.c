/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card's lock (guide 11.1; 27.007 8.3): what it asks for, the codes, the PIN of the
 * configuration. */
#include "mu-sim-private.h"

#include "mu-log.h"
#include "mu-pin-memory.h"
#include "mu-session.h"

#include <string.h>

#define BUSY_RETRY_MS    1000
#define MAX_BUSY_RETRIES 30
#define SILENT_RETRY_MS  60000
#define OPENING_MS       3000 /* after the PIN: the firmware wants to be left alone (at-facts 15, 5) */
#define MIN_ATTEMPTS     2    /* for the PIN of the configuration */

const char *const mu_sim_lock_words[] = {
  [LOCK_BUSY] = "busy", [LOCK_NONE] = "none",       [LOCK_PIN] = "pin",
  [LOCK_PUK] = "puk",   [LOCK_BLOCKED] = "blocked", [LOCK_MISSING] = "missing",
};

/* What an operation that needs another lock fails with. */
static const MuError lock_errors[] = {
  [LOCK_BUSY] = MU_ERROR_NOT_READY,       [LOCK_NONE] = MU_ERROR_NOT_ALLOWED,
  [LOCK_PIN] = MU_ERROR_SIM_PIN_REQUIRED, [LOCK_PUK] = MU_ERROR_SIM_PUK_REQUIRED,
  [LOCK_BLOCKED] = MU_ERROR_SIM_BLOCKED,  [LOCK_MISSING] = MU_ERROR_SIM_MISSING,
};

static void check (MuSim *self);

/* ---- the lock ---- */

static void
stop_waiting (MuSim *self)
{
  mu_timer_stop (&self->timer);
  self->retries = 0;
}

static void
forget_code (MuSim *self)
{
  if (self->code != NULL)
    memset (self->code, 0, strlen (self->code));
  g_clear_pointer (&self->code, g_free);
}

/* The one who waits for the card to open hears of it, or of why it will not. */
static void
end_opening (MuSim *self)
{
  const MuSettings *settings = mu_session_settings (self->base.session);
  MuCall           *call = g_steal_pointer (&self->opening);

  if (self->code != NULL && self->lock == LOCK_NONE)
    mu_pin_memory_forget (settings->state_directory, self->iccid, self->code);
  forget_code (self);
  if (call == NULL)
    return;
  if (self->lock == LOCK_NONE)
    mu_call_return (call, NULL);
  else
    mu_call_reject (call, lock_errors[self->lock], "The card is '%s' after its code",
                    mu_sim_lock_words[self->lock]);
}

static void
wait_and_check (MuSim *self, guint ms)
{
  if (self->retries++ < MAX_BUSY_RETRIES)
    mu_timer_start (&self->timer, ms);
  else
    end_opening (self);
}

static void
set_lock (MuSim *self, MuSimLock lock)
{
  gboolean asks = lock == LOCK_PIN || lock == LOCK_PUK;
  gboolean opening = self->code != NULL && !self->code_is_sent;

  mu_set (self, lock, lock);
  mu_set (self, present, lock != LOCK_MISSING);
  if (lock == LOCK_MISSING)
    {
      mu_service_abort_calls (&self->base); /* codes that wait are not for the next card */
      mu_sim_forget_card (self);
    }
  if (asks)
    mu_set (self, pin_enabled, TRUE);

  if (lock == LOCK_BUSY || (asks && opening))
    wait_and_check (self, BUSY_RETRY_MS);
  else
    stop_waiting (self);
  if (opening && !asks && lock != LOCK_BUSY)
    end_opening (self);
  mu_session_set_fact (self->base.session, MU_FACT_SIM_READY, lock == LOCK_NONE, lock_errors[lock]);
  mu_sim_try_configured_pin (self);
}

/* ^CPIN: <code>,[<times>],<puk_times>,<pin_times>,<puk2_times>,<pin2_times> -- at-facts 3 */

typedef struct
{
  char  code[24];
  guint puk_attempts;
  guint pin_attempts;
} Cpin;

static const AtField cpin_fields[] = {
  AT_F_TEXT (Cpin, code, NULL),
  AT_F_SKIP,
  AT_F_MAYBE_UINT (Cpin, puk_attempts, NULL, 0),
  AT_F_MAYBE_UINT (Cpin, pin_attempts, NULL, 0),
};

const AtRecord mu_sim_hw_cpin = AT_RECORD ("^CPIN", Cpin, cpin_fields);

/* +CPIN: <code> -- 27.007 8.3 */

static const AtField short_cpin_fields[] = {
  AT_F_TEXT (Cpin, code, NULL),
};

const AtRecord mu_sim_cpin = AT_RECORD ("+CPIN", Cpin, short_cpin_fields);

typedef struct
{
  const char *code;
  MuSimLock   lock;
} CodeRow;

/* PIN2 and PUK2 guard single files, not the card.  What is not here locks the module to a network.
 */
static const CodeRow codes[] = {
  { "READY", LOCK_NONE },    { "SIM PIN", LOCK_PIN },   { "SIM PUK", LOCK_PUK },
  { "SIM PIN2", LOCK_NONE }, { "SIM PUK2", LOCK_NONE },
};

static MuSimLock
lock_of_code (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_ascii_strcasecmp (codes[i].code, code) == 0)
      return codes[i].lock;
  return LOCK_BLOCKED;
}

void
mu_sim_on_cpin (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  const Cpin *r = record;

  set_lock ((MuSim *)base, lock_of_code (r->code));
}

void
mu_sim_on_hw_cpin (MuService *base, gconstpointer record, const AtLine *line)
{
  MuSim      *self = (MuSim *)base;
  const Cpin *r = record;

  mu_set (self, pin_attempts, r->pin_attempts);
  mu_set (self, puk_attempts, r->puk_attempts);
  if (lock_of_code (r->code) == LOCK_PUK && r->puk_attempts == 0)
    set_lock (self, LOCK_BLOCKED);
  else
    mu_sim_on_cpin (base, record, line);
}

/* It is the module that does not answer, not the card that is busy: it may do so for minutes, and
 * then of itself. */
static void
on_check_timed_out (MuSim *self)
{
  set_lock (self, LOCK_BUSY);
  if (self->code != NULL)
    return; /* somebody waits for it */
  self->retries = 0;
  mu_timer_start (&self->timer, SILENT_RETRY_MS);
}

static void
on_cpin_failed (MuService *base, const GError *error)
{
  MuSim *self = (MuSim *)base;

  switch ((MuError)error->code)
    {
    case MU_ERROR_SIM_MISSING: set_lock (self, LOCK_MISSING); return;
    case MU_ERROR_SIM_BLOCKED: set_lock (self, LOCK_BLOCKED); return;
    case MU_ERROR_SIM_PIN_REQUIRED: set_lock (self, LOCK_PIN); return;
    case MU_ERROR_SIM_PUK_REQUIRED: set_lock (self, LOCK_PUK); return;
    case MU_ERROR_TIMEOUT: on_check_timed_out (self); return;
    case MU_ERROR_GONE:
    case MU_ERROR_ABORTED: return;
    default: set_lock (self, LOCK_BUSY); return;
    }
}

static void
checked (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
         const GError *error)
{
  if (error != NULL)
    on_cpin_failed (base, error);
}

/* A firmware without ^CPIN? has +CPIN?, which does not tell the attempts. */
static void
hw_checked (MuService *base, MuCall *call G_GNUC_UNUSED, const AtReply *reply G_GNUC_UNUSED,
            const GError *error)
{
  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_SUPPORTED)
      || g_error_matches (error, MU_ERROR, MU_ERROR_FAILED))
    mu_ask (base, NULL, checked, "+CPIN?");
  else
    checked (base, NULL, NULL, error);
}

static void
check (MuSim *self)
{
  mu_ask (&self->base, NULL, hw_checked, "^CPIN?");
}

void
mu_sim_on_time (gpointer user_data)
{
  check (user_data);
}

void
mu_sim_on_check_failed (MuService *base, const GError *error)
{
  hw_checked (base, NULL, NULL, error);
}

/* ^SIMST: <state>[,<lock>] -- at-facts 3 */

typedef struct
{
  guint state;
} Simst;

static const AtField simst_fields[] = {
  AT_F_UINT (Simst, state, NULL),
};

const AtRecord mu_sim_simst = AT_RECORD ("^SIMST", Simst, simst_fields);

void
mu_sim_on_simst (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  enum
  {
    NO_CARD = 255
  };
  MuSim       *self = (MuSim *)base;
  const Simst *r = record;

  if (r->state == NO_CARD)
    set_lock (self, LOCK_MISSING);
  else if (self->lock == LOCK_MISSING)
    {
      set_lock (self, LOCK_BUSY);
      mu_session_repeat_steps (base->session, base, 0);
    }
  else if (self->lock != LOCK_NONE || r->state != 1)
    check (self);
}

/* ---- codes ---- */

/* Whatever came of it, the attempts have changed: ask, then end with what the card had said. */
static void
asked_after_code (MuService *base G_GNUC_UNUSED, MuCall *call, const AtReply *reply G_GNUC_UNUSED,
                  const GError *error G_GNUC_UNUSED)
{
  mu_call_finish (call);
}

static void
code_done (MuService *base, MuCall *call, const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  mu_call_keep_error (call, error);
  mu_ask (base, call, asked_after_code, "^CPIN?");
}

static void
unlock_done (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuSim *self = (MuSim *)base;

  self->code_is_sent = FALSE;
  if (error != NULL)
    {
      forget_code (self);
      code_done (base, call, reply, error);
      return;
    }
  self->opening = call;
  wait_and_check (self, OPENING_MS);
}

static void
code_was_sent (MuSim *self, const char *pin)
{
  self->code = g_strdup (pin);
  self->code_is_sent = TRUE;
}

/* Whether a code may be sent now; else the call has been rejected. */
static gboolean
may_send_code (MuSim *self, MuCall *call, MuSimLock wanted)
{
  if (self->code != NULL)
    mu_call_reject (call, MU_ERROR_BUSY, "The card is being unlocked already");
  else if (self->lock != wanted)
    mu_call_reject (call, lock_errors[self->lock], "The card does not ask for that: it is '%s'",
                    mu_sim_lock_words[self->lock]);
  else
    return TRUE;
  return FALSE;
}

void
mu_sim_unlock (MuService *base, GVariant *args, MuCall *call)
{
  MuSim      *self = (MuSim *)base;
  const char *pin;

  g_variant_get (args, "(&s)", &pin);
  if (may_send_code (self, call, LOCK_PIN) && mu_send (base, call, unlock_done, "+CPIN=%p", pin))
    code_was_sent (self, pin);
}

void
mu_sim_unlock_with_puk (MuService *base, GVariant *args, MuCall *call)
{
  enum
  {
    PUK_LEN = 8
  };
  MuSim      *self = (MuSim *)base;
  const char *puk, *pin;

  g_variant_get (args, "(&s&s)", &puk, &pin);
  if (!may_send_code (self, call, LOCK_PUK))
    return;
  if (strlen (puk) < PUK_LEN)
    mu_call_reject (call, MU_ERROR_INVALID_ARGUMENT, "A PUK has %d digits", PUK_LEN);
  else if (mu_send (base, call, unlock_done, "+CPIN=%p,%p", puk, pin))
    code_was_sent (self, pin);
}

static void
enable_done (MuService *base, MuCall *call, const AtReply *reply, const GError *error)
{
  MuSim   *self = (MuSim *)base;
  gboolean enabled;

  g_variant_get_child (mu_call_args (call), 0, "b", &enabled);
  if (error == NULL)
    mu_set (self, pin_enabled, enabled);
  code_done (base, call, reply, error);
}

void
mu_sim_enable_pin (MuService *base, GVariant *args, MuCall *call)
{
  gboolean    enabled;
  const char *pin;

  g_variant_get (args, "(b&s)", &enabled, &pin);
  mu_send (base, call, enable_done, "+CLCK=\"SC\",%b,%p", enabled, pin);
}

void
mu_sim_change_pin (MuService *base, GVariant *args, MuCall *call)
{
  const char *old_pin, *new_pin;

  g_variant_get (args, "(&s&s)", &old_pin, &new_pin);
  mu_send (base, call, code_done, "+CPWD=\"SC\",%p,%p", old_pin, new_pin);
}

/* ---- the PIN of the configuration ---- */

/* It has not looked at the PIN: that is none of its attempts, and no failure to be remembered. */
static void
on_busy_pin (MuSim *self)
{
  const MuSettings *settings = mu_session_settings (self->base.session);

  mu_pin_memory_forget (settings->state_directory, self->iccid, self->code);
  forget_code (self);
  self->busy_pins++;
  mu_timer_start (&self->timer, BUSY_RETRY_MS);
}

static void
configured_pin_done (MuService *base, MuCall *call G_GNUC_UNUSED,
                     const AtReply *reply G_GNUC_UNUSED, const GError *error)
{
  MuSim *self = (MuSim *)base;

  self->code_is_sent = FALSE;
  if (error == NULL)
    {
      wait_and_check (self, OPENING_MS);
      return;
    }
  if (g_error_matches (error, MU_ERROR, MU_ERROR_NOT_READY))
    {
      on_busy_pin (self);
      return;
    }
  forget_code (self);
  mu_log (MU_LOG_WARNING, mu_session_name (base->session),
          "The PIN of the configuration was not accepted: %s", error->message);
  check (self);
}

void
mu_sim_try_configured_pin (MuSim *self)
{
  const MuSettings *settings = mu_session_settings (self->base.session);
  g_autofree char  *pin = NULL;

  if (self->lock != LOCK_PIN || self->iccid[0] == '\0' || self->code != NULL
      || self->pin_attempts < MIN_ATTEMPTS || self->busy_pins >= MAX_BUSY_RETRIES)
    return;
  pin = mu_settings_pin (settings, self->iccid);
  if (pin != NULL && mu_pin_memory_begin (settings->state_directory, self->iccid, pin)
      && mu_send (&self->base, NULL, configured_pin_done, "+CPIN=%p", pin))
    code_was_sent (self, pin);
}

void
mu_sim_lock_reset (MuSim *self)
{
  self->opening = NULL;
  self->code_is_sent = FALSE;
  self->busy_pins = 0;
  forget_code (self);
  stop_waiting (self);
  mu_set (self, lock, LOCK_BUSY);
  mu_set (self, present, FALSE);
}

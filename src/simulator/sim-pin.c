/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card's secrets: guide 11.1; 27.007 8.3, 7.4, 7.5. */
#include "sim-pin.h"

#include "mu-error.h"
#include "sim-slot.h"

#include <string.h>

/* How +CPIN? and ^CPIN? name what is asked for. */
static const char *const codes[] = {
  [SIM_LOCK_OPEN] = "READY",
  [SIM_LOCK_PIN] = "SIM PIN",
  [SIM_LOCK_PUK] = "SIM PUK",
  [SIM_LOCK_BLOCKED] = "SIM PUK",
};

static SimLock *
lock_of (SimCall *call)
{
  return sim_card_lock (sim_slot_card (call->module));
}

static SimLockState
state_of (SimCall *call)
{
  return sim_card_state (sim_slot_card (call->module));
}

static gboolean
is_code (const char *text)
{
  gsize n = strlen (text);

  return n >= 4 && n <= SIM_MAX_SECRET && strspn (text, "0123456789") == n;
}

/* What the module makes of the card's answer.  The third wrong PIN is answered like the next
 * command would be (guide 11.1.2). */
static SimResult
result_of (SimCall *call, guint16 sw)
{
  SimLockState state = state_of (call);

  sim_slot_lock_changed (call->module);
  if (sw == SIM_SW_OK)
    return SIM_OK;
  if (sw == SIM_SW_NO_CONDITION)
    return SIM_CME_NOT_ALLOWED;
  if (state == SIM_LOCK_BLOCKED)
    return SIM_CME_SIM_FAILURE;
  return state == SIM_LOCK_PUK && lock_of (call)->puk.left == SIM_PUK_TRIES
             ? SIM_CME_SIM_PUK
             : SIM_CME_INCORRECT_PASSWORD;
}

/* +CPIN: code */
static SimResult
read_cpin (SimCall *call)
{
  if (sim_slot_busy (call->module))
    return SIM_CME_SIM_BUSY;
  if (state_of (call) == SIM_LOCK_BLOCKED)
    return SIM_CME_SIM_FAILURE;
  sim_reply (call, "+CPIN: %s", codes[state_of (call)]);
  return SIM_OK;
}

/* ^CPIN: code,[times],puk_times,pin_times,puk2_times,pin2_times */
static SimResult
read_huawei_cpin (SimCall *call)
{
  SimCard       *card = sim_slot_card (call->module);
  const SimLock *lock = sim_card_lock (card), *lock2 = sim_card_lock2 (card);
  SimLockState   state = sim_card_state (card);
  char           times[12] = "";

  if (sim_slot_busy (call->module))
    return SIM_CME_SIM_BUSY;
  if (state != SIM_LOCK_OPEN)
    (void)g_snprintf (times, sizeof times, "%u",
                      state == SIM_LOCK_PIN ? lock->pin.left : lock->puk.left);
  sim_reply (call, "^CPIN: %s,%s,%u,%u,%u,%u", codes[state], times, lock->puk.left, lock->pin.left,
             lock2->puk.left, lock2->pin.left);
  return SIM_OK;
}

/* +CPIN="pin"  +CPIN="puk","new pin" */
static SimResult
set_cpin (SimCall *call)
{
  SimLockState state = state_of (call);
  char         code[SIM_MAX_SECRET + 1], new_pin[SIM_MAX_SECRET + 1];

  (void)g_strlcpy (code, sim_arg_text (&call->args, SIM_MAX_SECRET), sizeof code);
  (void)g_strlcpy (new_pin, sim_arg_text_or (&call->args, "", SIM_MAX_SECRET), sizeof new_pin);
  if (!sim_args_end (&call->args) || !is_code (code) || (new_pin[0] != '\0' && !is_code (new_pin)))
    return SIM_CME_BAD_PARAMETERS;
  if (sim_slot_busy (call->module))
    return SIM_CME_SIM_BUSY;
  if (state == SIM_LOCK_BLOCKED)
    return SIM_CME_SIM_FAILURE;
  if (state == SIM_LOCK_OPEN || (state == SIM_LOCK_PIN && new_pin[0] != '\0'))
    return SIM_CME_NOT_ALLOWED;
  if (state == SIM_LOCK_PIN)
    return result_of (call, sim_lock_verify (lock_of (call), code));
  if (new_pin[0] == '\0')
    return SIM_CME_SIM_PUK;
  return result_of (call, sim_lock_unblock (lock_of (call), code, new_pin));
}

/* +CLCK="SC",mode[,"pin"]: 0 off, 1 on (from the next start), 2 query: +CLCK: status */
SimResult
sim_pin_lock (SimCall *call, const char *facility)
{
  guint mode = sim_arg_uint (&call->args, 0, 2);
  char  pin[SIM_MAX_SECRET + 1];

  (void)g_strlcpy (pin, sim_arg_text_or (&call->args, "", SIM_MAX_SECRET), sizeof pin);
  (void)sim_arg_uint_or (&call->args, 7, 1, 255); /* class: of no meaning here */
  if (!sim_args_end (&call->args) || (mode != 2 && !is_code (pin)))
    return SIM_CME_BAD_PARAMETERS;
  if (!g_str_equal (facility, "SC"))
    return SIM_CME_NOT_SUPPORTED;
  if (mode == 2)
    {
      sim_reply (call, "+CLCK: %d", lock_of (call)->enabled);
      return SIM_OK;
    }
  return result_of (call, sim_lock_enable (lock_of (call), pin, mode == 1));
}

/* +CPWD="SC","old","new"; "P2" for PIN2 */
SimResult
sim_pin_change (SimCall *call, const char *facility)
{
  SimCard *card = sim_slot_card (call->module);
  char     old[SIM_MAX_SECRET + 1], new_pin[SIM_MAX_SECRET + 1];

  (void)g_strlcpy (old, sim_arg_text (&call->args, SIM_MAX_SECRET), sizeof old);
  (void)g_strlcpy (new_pin, sim_arg_text (&call->args, SIM_MAX_SECRET), sizeof new_pin);
  if (!sim_args_end (&call->args) || !is_code (old) || !is_code (new_pin))
    return SIM_CME_BAD_PARAMETERS;
  if (g_str_equal (facility, "SC"))
    return result_of (call, sim_lock_change (sim_card_lock (card), old, new_pin));
  if (!g_str_equal (facility, "P2"))
    return SIM_CME_NOT_SUPPORTED;
  return sim_lock_change (sim_card_lock2 (card), old, new_pin) == SIM_SW_OK
             ? SIM_OK
             : SIM_CME_INCORRECT_PASSWORD;
}

/* verbs: hands on the card itself */

static SimLock *
lock_in (SimModule *module, GError **error)
{
  SimCard *card = sim_slot_card (module);

  if (card == NULL)
    mu_fail (error, MU_ERROR_NOT_ALLOWED, "there is no card");
  return card != NULL ? sim_card_lock (card) : NULL;
}

static gboolean
do_pin (SimOrder *order, GError **error)
{
  static const char *const words[] = { "off", "on", NULL };
  SimLock                 *lock = lock_in (order->module, error);
  guint                    on;

  if (lock == NULL || !sim_word (order->args[0], words, &on, error))
    return FALSE;
  lock->verified |= on && !lock->enabled; /* the running module has it open already */
  lock->enabled = on != 0;
  sim_slot_lock_changed (order->module);
  return TRUE;
}

static gboolean
do_pin_code (SimOrder *order, GError **error)
{
  const char *puk = order->n_args > 1 ? order->args[1] : "12345678";
  SimLock    *lock = lock_in (order->module, error);

  if (lock == NULL)
    return FALSE;
  if (!is_code (order->args[0]) || !is_code (puk))
    return mu_fail (error, MU_ERROR_INVALID_ARGUMENT, "a code has 4 to 8 digits");
  (void)g_strlcpy (lock->pin.code, order->args[0], sizeof lock->pin.code);
  (void)g_strlcpy (lock->puk.code, puk, sizeof lock->puk.code);
  return TRUE;
}

static gboolean
do_pin_tries (SimOrder *order, GError **error)
{
  SimLock *lock = lock_in (order->module, error);
  double   pin, puk = SIM_PUK_TRIES;

  if (lock == NULL || !sim_number (order->args[0], 0, SIM_PIN_TRIES, &pin, error)
      || (order->n_args > 1 && !sim_number (order->args[1], 0, SIM_PUK_TRIES, &puk, error)))
    return FALSE;
  lock->pin.left = (guint)pin;
  lock->puk.left = (guint)puk;
  sim_slot_lock_changed (order->module);
  return TRUE;
}

static const SimCommand commands[] = {
  { "+CPIN", .needs = SIM_NEEDS_CARD, .read = read_cpin, .set = set_cpin },
  { "^CPIN", .needs = SIM_NEEDS_CARD, .read = read_huawei_cpin, .set = set_cpin },
};

static const SimVerb verbs[] = {
  { "pin on|off", "whether the card asks for its PIN at the next start", do_pin },
  { "pin-code PIN [PUK]", "what its secrets are", do_pin_code },
  { "pin-tries PIN [PUK]", "how many attempts are left", do_pin_tries },
};

const SimChapter sim_pin_chapter = {
  .name = "pin",
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card in the module: guide 2.3.2, 10.3; +CIMI, +CNUM, ^ICCID, ^CARDMODE, ^SIMST. */
#include "sim-slot.h"

#include "mu-error.h"
#include "sim-basic.h"
#include "sim-keys.h"
#include "sim-module.h"
#include "sim-text.h"

#include <string.h>

#define START_TIME SIM_SECONDS (1) /* until a card that got power has answered */
#define READ_TIME  SIM_SECONDS (2) /* until the files of one just opened are read */
#define NO_CARD    255u

typedef struct
{
  SimModule *module;
  SimCard   *card;
  gboolean   present;
  gboolean   was_open; /* its files are read, or being read */
  gboolean   reports;  /* ^SIMST=1 */
  guint      reported; /* state in the last ^SIMST */
  SimTimer   busy;
} SimSlot;

static SimSlot *
slot_of (SimModule *module)
{
  return sim_state (module, &sim_slot_chapter);
}

static gboolean
is_busy (const SimSlot *self)
{
  return sim_timer_running (&self->busy);
}

static gboolean
is_ready (const SimSlot *self)
{
  return self->present && !is_busy (self) && sim_card_state (self->card) == SIM_LOCK_OPEN;
}

static guint
simst (const SimSlot *self)
{
  return !self->present ? NO_CARD : is_ready (self) ? 1 : 0;
}

SimCard *
sim_slot_card (SimModule *module)
{
  const SimSlot *self = slot_of (module);

  return self->present ? self->card : NULL;
}

gboolean
sim_slot_ready (SimModule *module)
{
  return is_ready (slot_of (module));
}

gboolean
sim_slot_busy (SimModule *module)
{
  return is_busy (slot_of (module));
}

guint
sim_slot_simst (SimModule *module)
{
  return simst (slot_of (module));
}

gboolean
sim_slot_is_home (SimModule *module, const char *plmn)
{
  const SimSlot       *self = slot_of (module);
  const SimCardConfig *card = sim_card_config (self->card);

  return self->present && strlen (plmn) == 3 + card->mnc_digits
         && g_str_has_prefix (card->imsi, plmn);
}

/* changes */

/* ^SIMST: state */
static void
report (SimSlot *self)
{
  guint now = is_busy (self) ? self->reported : simst (self); /* not yet known */

  if (now != self->reported && self->reports)
    sim_urc (self->module, SIM_URC_GATED, "^SIMST: %u", now);
  self->reported = now;
  sim_event (self->module, SIM_EVENT_CARD);
}

static void
on_not_busy (gpointer slot)
{
  report (slot);
}

static void
start_card (SimSlot *self)
{
  sim_card_restart (self->card);
  self->was_open = sim_card_state (self->card) == SIM_LOCK_OPEN;
  sim_timer_start (&self->busy, START_TIME);
}

void
sim_slot_lock_changed (SimModule *module)
{
  SimSlot *self = slot_of (module);
  gboolean open = sim_card_state (self->card) == SIM_LOCK_OPEN;

  if (open && !self->was_open)
    sim_timer_start (&self->busy, READ_TIME);
  self->was_open = open;
  report (self);
}

static SimResult
slot_guard (SimModule *module G_GNUC_UNUSED, gpointer state, SimNeeds needs)
{
  static const SimResult refusals[] = {
    [SIM_LOCK_OPEN] = SIM_OK,
    [SIM_LOCK_PIN] = SIM_CME_SIM_PIN,
    [SIM_LOCK_PUK] = SIM_CME_SIM_PUK,
    [SIM_LOCK_BLOCKED] = SIM_CME_SIM_FAILURE,
  };
  const SimSlot *self = state;

  if ((needs & (SIM_NEEDS_CARD | SIM_NEEDS_PIN)) != 0 && !self->present)
    return SIM_CME_SIM_FAILURE;
  if ((needs & SIM_NEEDS_PIN) == 0)
    return SIM_OK;
  return is_busy (self) ? SIM_CME_SIM_BUSY : refusals[sim_card_state (self->card)];
}

/* commands */

static SimResult
cimi (SimCall *call)
{
  sim_reply (call, "%s", sim_card_config (((SimSlot *)call->state)->card)->imsi);
  return SIM_OK;
}

/* +CNUM: "name","number",type */
static SimResult
cnum (SimCall *call)
{
  const SimSlot *self = call->state;
  guint          n = sim_file_n_records (sim_card_find (self->card, SIM_EF_MSISDN, ""));

  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = NULL, *number = NULL, *shown = NULL;

      if (!sim_card_own_number (self->card, i, &name, &number))
        continue;
      shown = sim_text_for_host (call->module, name);
      sim_reply (call, "+CNUM: \"%s\",\"%s\",%d", shown, number, number[0] == '+' ? 145 : 129);
    }
  return SIM_OK;
}

/* ^ICCID: the file's bytes, their digits swapped */
static SimResult
iccid (SimCall *call)
{
  const SimSlot         *self = call->state;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString)    hex = g_string_new (NULL);

  (void)sim_file_read_binary (self->card, sim_card_find (self->card, SIM_EF_ICCID, ""), 0, 0,
                              bytes);
  sim_hex (hex, bytes->data, bytes->len);
  sim_reply (call, "^ICCID: %s", hex->str);
  return SIM_OK;
}

/* ^CARDMODE: 0 no card, 1 SIM, 2 USIM */
static SimResult
cardmode (SimCall *call)
{
  const SimSlot *self = call->state;

  sim_reply (call, "^CARDMODE: %d", !self->present ? 0 : sim_card_is_usim (self->card) ? 2 : 1);
  return SIM_OK;
}

static SimResult
set_simst (SimCall *call)
{
  guint on = sim_arg_uint (&call->args, 0, 1);

  if (!sim_args_end (&call->args))
    return SIM_CME_BAD_PARAMETERS;
  ((SimSlot *)call->state)->reports = on != 0;
  return SIM_OK;
}

/* verbs */

static gboolean
do_remove (SimOrder *order, GError **error)
{
  SimSlot *self = order->state;

  if (!self->present)
    return mu_fail (error, MU_ERROR_NOT_ALLOWED, "there is no card");
  self->present = FALSE;
  sim_timer_stop (&self->busy);
  report (self);
  return TRUE;
}

static const char *const kinds[] = { "sim", "usim", NULL };

static const SimKey card_keys[] = {
  { "iccid", SIM_KEY_DIGITS, offsetof (SimCardConfig, iccid), 19, 20, NULL },
  { "imsi", SIM_KEY_DIGITS, offsetof (SimCardConfig, imsi), 14, 15, NULL },
  { "mnc-digits", SIM_KEY_DECIMAL, offsetof (SimCardConfig, mnc_digits), 2, 3, NULL },
  { "pin", SIM_KEY_DIGITS, offsetof (SimCardConfig, pin), 4, 8, NULL },
  { "puk", SIM_KEY_DIGITS, offsetof (SimCardConfig, puk), 8, 8, NULL },
  { "locked", SIM_KEY_YES_NO, offsetof (SimCardConfig, pin_enabled), 0, 0, NULL },
  { "kind", SIM_KEY_WORD, offsetof (SimCardConfig, usim), 0, 0, kinds },
  { "name", SIM_KEY_TEXT, offsetof (SimCardConfig, spn), 0, 16, NULL },
  { "number", SIM_KEY_NUMBER, offsetof (SimCardConfig, number), 0, 20, NULL },
  { "service-centre", SIM_KEY_NUMBER, offsetof (SimCardConfig, service_centre), 0, 20, NULL },
};

static gboolean
do_insert (SimOrder *order, GError **error)
{
  SimSlot      *self = order->state;
  SimCardConfig config = sim_card_defaults;

  if (self->present)
    return mu_fail (error, MU_ERROR_NOT_ALLOWED, "there is a card already");
  if (order->n_args > 0)
    {
      if (!sim_keys_set (card_keys, G_N_ELEMENTS (card_keys), order->args[0], &config,
                         sizeof config, error))
        return FALSE;
      sim_card_free (self->card);
      self->card = sim_card_new (&config);
    }
  self->present = TRUE;
  start_card (self);
  report (self);
  return TRUE;
}

static gboolean
do_busy (SimOrder *order, GError **error)
{
  SimSlot *self = order->state;
  double   seconds;

  if (!sim_number (order->args[0], 0, 1e6, &seconds, error))
    return FALSE;
  if (!self->present)
    return mu_fail (error, MU_ERROR_NOT_ALLOWED, "there is no card");
  sim_timer_start (&self->busy, SIM_SECONDS (seconds));
  report (self);
  return TRUE;
}

/* life */

static void
slot_init (SimModule *module, gpointer state)
{
  SimSlot *self = state;

  self->module = module;
  self->card = sim_card_new (&sim_card_defaults);
  self->present = TRUE;
  sim_timer_init (&self->busy, module->clock, on_not_busy, self);
}

static void
slot_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  SimSlot *self = state;

  self->reports = TRUE;
  self->reported = NO_CARD;
  if (self->present)
    start_card (self);
}

static void
slot_stop (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  sim_timer_stop (&((SimSlot *)state)->busy);
}

static void
slot_clear (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  slot_stop (module, state);
  sim_card_free (((SimSlot *)state)->card);
}

static void
slot_dump (SimModule *module G_GNUC_UNUSED, gpointer state, GString *out)
{
  static const char *const words[] = { "open", "pin", "puk", "blocked" };
  SimSlot                 *self = state;
  const SimLock           *lock = sim_card_lock (self->card);

  sim_dump (out, "sim", "%s",
            !self->present   ? "missing"
            : is_busy (self) ? "busy"
                             : words[sim_card_state (self->card)]);
  sim_dump (out, "iccid", "%s", sim_card_config (self->card)->iccid);
  sim_dump (out, "imsi", "%s", sim_card_config (self->card)->imsi);
  sim_dump (out, "pin-enabled", "%s", lock->enabled ? "yes" : "no");
  sim_dump (out, "pin-tries", "%u", lock->pin.left);
  sim_dump (out, "puk-tries", "%u", lock->puk.left);
}

static const SimCommand commands[] = {
  { "+CIMI", .needs = SIM_NEEDS_PIN, .exec = cimi },
  { "+CNUM", .needs = SIM_NEEDS_PIN, .exec = cnum },
  { "^ICCID", .needs = SIM_NEEDS_CARD, .read = iccid },
  { "^CARDMODE", .exec = cardmode },
  { "^SIMST", .test = "(0-1)", .set = set_simst },
};

static const SimVerb verbs[] = {
  { "remove-sim", "takes the card out of the running module", do_remove },
  { "insert-sim [KEY=VALUE...]",
    "puts it back, or a new one: iccid imsi mnc-digits pin puk locked "
    "kind name number service-centre",
    do_insert },
  { "sim-busy SECONDS", "the card answers SIM busy for so long", do_busy },
};

const SimChapter sim_slot_chapter = {
  .name = "slot",
  .state_size = sizeof (SimSlot),
  .init = slot_init,
  .start = slot_start,
  .stop = slot_stop,
  .clear = slot_clear,
  .dump = slot_dump,
  .guard = slot_guard,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

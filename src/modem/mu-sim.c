/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The card (guide 11, 10.3; 27.007 7.1): its identity and its numbers, and the service's tables. */
#include "mu-sim-private.h"

#include "mu-emergency.h"
#include "mu-session.h"

#include <string.h>

void
mu_sim_forget_card (MuSim *self)
{
  mu_session_set_card (self->base.session, NULL);
  mu_set_text (self, iccid, "");
  mu_set_text (self, imsi, "");
  mu_set (self, mnc_len, 0);
  mu_set (self, n_own_numbers, 0);
  mu_set (self, pin_enabled, FALSE);
  mu_set (self, pin_attempts, 0);
  mu_set (self, puk_attempts, 0);
}

/* ^ICCID: <20 hex digits>, of some firmware with the halves of each byte swapped -- at-facts 3 */

typedef struct
{
  char iccid[24];
} Iccid;

static const AtField iccid_fields[] = {
  AT_F_TEXT (Iccid, iccid, NULL),
};

static const AtRecord iccid = AT_RECORD ("^ICCID", Iccid, iccid_fields);

static void
swap_halves (char *digits)
{
  for (char *s = digits; s[0] != '\0' && s[1] != '\0'; s += 2)
    {
      char first = s[0];

      s[0] = s[1];
      s[1] = first;
    }
}

static void
take_iccid (MuSim *self, const char *text, gboolean is_swapped)
{
  char digits[24];

  g_strlcpy (digits, text, sizeof digits);
  if (is_swapped)
    swap_halves (digits);
  digits[strspn (digits, "0123456789")] = '\0'; /* the filler, F */
  if (digits[0] == '\0')
    return;
  mu_set_text (self, iccid, digits);
  mu_session_set_card (self->base.session, digits);
  mu_sim_try_configured_pin (self);
}

static void
on_iccid (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  const char *text = ((const Iccid *)record)->iccid;

  /* every ICCID begins with 89 (ITU-T E.118) */
  take_iccid ((MuSim *)base, text, g_str_has_prefix (text, "98"));
}

/* +CRSM: 144,0,"<contents>" of EF AD, whose fourth byte is the length of the MNC -- 31.102 4.2.18
 * -- or of EF ICCID, ten bytes of swapped digits -- 31.102 10.1.1 */

typedef struct
{
  guint sw1;
  guint sw2;
  char  data[24];
} Crsm;

#define ICCID_LEN 20

static const AtField crsm_fields[] = {
  AT_F_UINT (Crsm, sw1, NULL),
  AT_F_UINT (Crsm, sw2, NULL),
  AT_F_MAYBE_TEXT (Crsm, data, NULL),
};

static const AtRecord crsm = AT_RECORD ("+CRSM", Crsm, crsm_fields);

/* Three digits of country and two or three of network; two where the card does not tell. */
static char *
operator_id (MuSim *self)
{
  return g_strndup (self->imsi, 3 + (self->mnc_len != 0 ? self->mnc_len : 2));
}

static void
on_crsm (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuSim      *self = (MuSim *)base;
  const Crsm *r = record;

  if (r->sw1 == 144 && strlen (r->data) == ICCID_LEN)
    {
      take_iccid (self, r->data, TRUE);
      return;
    }
  if (r->sw1 != 144 || strlen (r->data) < 8 || (r->data[7] != '2' && r->data[7] != '3'))
    return;
  self->mnc_len = (guint)(r->data[7] - '0');
  if (self->imsi[0] != '\0')
    mu_service_changed (base, self->imsi);
}

static GVariant *
get_operator_id (MuService *base)
{
  return g_variant_new_take_string (operator_id ((MuSim *)base));
}

/* +CLCK: <status> -- whether the PIN is asked for, guide 11.1 */

typedef struct
{
  gboolean enabled;
} Clck;

static const AtField clck_fields[] = {
  AT_F_BOOL (Clck, enabled, NULL),
};

static const AtRecord clck = AT_RECORD ("+CLCK", Clck, clck_fields);

static void
on_clck (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuSim      *self = (MuSim *)base;
  const Clck *r = record;

  mu_set (self, pin_enabled, r->enabled);
}

/* +CNUM: "CC","+8613987654321",145 -- guide 10.3 */

static const AtField cnum_fields[] = {
  AT_F_MAYBE_TEXT (MuSimNumber, name, NULL),
  AT_F_TEXT (MuSimNumber, number, NULL),
};

static const AtRecord cnum = AT_RECORD ("+CNUM", MuSimNumber, cnum_fields);

static void
on_cnum (MuService *base, gconstpointer record, const AtLine *line G_GNUC_UNUSED)
{
  MuSim *self = (MuSim *)base;

  for (guint i = 0; i < self->n_own_numbers; i++)
    if (memcmp (&self->own_numbers[i], record, sizeof (MuSimNumber)) == 0)
      return;
  if (self->n_own_numbers == MU_SIM_MAX_OWN_NUMBERS)
    return;
  self->own_numbers[self->n_own_numbers] = *(const MuSimNumber *)record;
  self->n_own_numbers++;
  mu_service_changed (base, &self->n_own_numbers);
}

static GVariant *
get_own_numbers (MuService *base)
{
  MuSim          *self = (MuSim *)base;
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a(ss)"));
  for (guint i = 0; i < self->n_own_numbers; i++)
    g_variant_builder_add (&rows, "(ss)", self->own_numbers[i].name, self->own_numbers[i].number);
  return g_variant_builder_end (&rows);
}

static GVariant *
get_emergency_numbers (MuService *base)
{
  MuSim *self = (MuSim *)base;

  return g_variant_new_strv (mu_emergency_numbers, self->present
                                                       ? MU_EMERGENCY_ALWAYS
                                                       : G_N_ELEMENTS (mu_emergency_numbers));
}

/* ---- tables ---- */

/* Facts come about when its questions have been answered: SETTLED at the start, REGISTERED with
 * another card.  Without the card's name there would be no messages. */
static void
sim_facts (MuService *base, MuFacts changed)
{
  MuSim           *self = (MuSim *)base;
  g_autofree char *code = operator_id (self);

  if (changed == 0 || !mu_session_holds (base->session, changed))
    return;
  if (code[0] != '\0')
    mu_session_set_card_operator (base->session, code);
  if ((changed & (MU_FACT_SETTLED | MU_FACT_REGISTERED)) != 0 && self->iccid[0] == '\0'
      && mu_session_holds (base->session, MU_FACT_SIM_READY))
    mu_ask (base, NULL, NULL, "+CRSM=176,12258,0,0,10");
}

static void
sim_init (MuService *base)
{
  MuSim *self = (MuSim *)base;

  mu_service_add_timer (base, &self->timer, mu_sim_on_time);
}

static void
sim_reset (MuService *base)
{
  mu_sim_lock_reset ((MuSim *)base);
  mu_sim_forget_card ((MuSim *)base);
}

static void
sim_clear (MuService *base)
{
  mu_sim_lock_reset ((MuSim *)base); /* the codes */
}

static const MuStep steps[] = {
  { "^CPIN?", .failed = mu_sim_on_check_failed },
  { "^ICCID?" },
  { "+CRSM=176,28589,0,0,4", MU_FACT_SIM_READY }, /* before what it tells how to read */
  MU_STEP_TEXT ("+CIMI", MuSim, imsi, .needs = MU_FACT_SIM_READY),
  { "+CLCK=\"SC\",2", MU_FACT_SIM_READY },
  { "+CNUM", MU_FACT_SIM_READY },
};

static const MuOp ops[] = {
  { "Unlock", .run = mu_sim_unlock },
  { "UnlockWithPuk", .run = mu_sim_unlock_with_puk },
  { "EnablePin", .run = mu_sim_enable_pin, .needs = MU_FACT_SIM_READY },
  { "ChangePin", .run = mu_sim_change_pin, .needs = MU_FACT_SIM_READY },
};

static const MuProp props[] = {
  { "Present", "b", offsetof (MuSim, present) },
  { "Lock", "s", offsetof (MuSim, lock), .words = mu_sim_lock_words },
  { "PinEnabled", "b", offsetof (MuSim, pin_enabled) },
  { "PinAttempts", "u", offsetof (MuSim, pin_attempts) },
  { "PukAttempts", "u", offsetof (MuSim, puk_attempts) },
  { "Iccid", "s", offsetof (MuSim, iccid) },
  { "Imsi", "s", offsetof (MuSim, imsi) },
  { "OperatorId", "s", offsetof (MuSim, imsi), .get = get_operator_id },
  { "OwnNumbers", "a(ss)", offsetof (MuSim, n_own_numbers), .get = get_own_numbers },
  { "EmergencyNumbers", "as", offsetof (MuSim, present), .get = get_emergency_numbers },
};

static const MuUrc urcs[] = {
  { &mu_sim_hw_cpin, mu_sim_on_hw_cpin },
  { &mu_sim_cpin, mu_sim_on_cpin },
  { &mu_sim_simst, mu_sim_on_simst },
  { &iccid, on_iccid },
  { &crsm, on_crsm },
  { &clck, on_clck },
  { &cnum, on_cnum },
};

const MuServiceClass mu_sim_class = {
  .interface = "org.mu709.Sim1",
  .size = sizeof (MuSim),
  .access = "org.mu709.sim",
  .priority = AT_SIM,
  .init = sim_init,
  .reset = sim_reset,
  .clear = sim_clear,
  .facts = sim_facts,
  MU_TABLE (steps, steps),
  MU_TABLE (ops, ops),
  MU_TABLE (props, props),
  MU_TABLE (urcs, urcs),
};

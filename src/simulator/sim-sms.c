/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* +CMGF, +CSMS, +CSCA, +CSMP, +CSDH, +CMMS: 27.005 3.2, 3.3, 3.5.6. */
#include "sim-sms.h"

#include "mu-error.h"
#include "sim-basic.h"
#include "sim-slot.h"
#include "sim-tpdu.h"

#include <string.h>

#define MAX_CENTRE_DIGITS 20u
#define MAX_CENTRE_TEXT   84u /* "+" and the digits in UCS2's hex */

/* Without an open card.  The guide's table 9.1.2 mixes two families of errors; 27.005 3.2.5 has
 * one.  A host had better take both. */
typedef enum
{
  AS_GUIDE,
  AS_STANDARD,
  N_FAMILIES,
} Family;

static const char *const family_words[] = { "guide", "standard", NULL };

typedef struct
{
  SimResult missing, busy;
  SimResult locked[SIM_LOCK_BLOCKED + 1];
} Refusals;

static const Refusals refusals[N_FAMILIES] = {
  [AS_GUIDE] = { SIM_CME_SIM_FAILURE,
                 SIM_CMS_UNKNOWN,
                 { SIM_OK, SIM_CME_SIM_PIN, SIM_CME_SIM_PUK, SIM_CME_SIM_FAILURE } },
  [AS_STANDARD] = { SIM_CMS_SIM_MISSING,
                    SIM_CMS_SIM_BUSY,
                    { SIM_OK, SIM_CMS_SIM_PIN, SIM_CMS_SIM_PUK, SIM_CMS_SIM_FAILURE } },
};

typedef struct
{
  SimSmsSettings settings;
  Family         family;
} SimSms;

static const SimSmsSettings initial = { .first = 17, .validity = 167 };

static SimSms *
sms_of (SimModule *module)
{
  return sim_state (module, &sim_sms_chapter);
}

const SimSmsSettings *
sim_sms_settings (SimModule *module)
{
  return &sms_of (module)->settings;
}

SimResult
sim_sms_bad (SimModule *module)
{
  return sms_of (module)->settings.text ? SIM_CMS_BAD_TEXT : SIM_CMS_BAD_PDU;
}

static SimResult
sms_guard (SimModule *module, gpointer state, SimNeeds needs)
{
  const Refusals *family = &refusals[((SimSms *)state)->family];
  const SimCard  *card = sim_slot_card (module);

  if ((needs & SIM_NEEDS_SMS) == 0)
    return SIM_OK;
  if (card == NULL)
    return family->missing;
  return sim_slot_busy (module) ? family->busy : family->locked[sim_card_state (card)];
}

/* A single number: +CMGF, +CSDH, +CMMS */

static SimResult
set_number (SimCall *call, guint *number, guint fallback, guint max)
{
  guint value = sim_arg_uint_or (&call->args, fallback, 0, max);

  if (!sim_args_end (&call->args))
    return SIM_ERROR;
  *number = value;
  return SIM_OK;
}

static SimResult
read_cmgf (SimCall *call)
{
  sim_reply (call, "+CMGF: %d", sms_of (call->module)->settings.text);
  return SIM_OK;
}

static SimResult
set_cmgf (SimCall *call)
{
  guint     text = 0;
  SimResult result = set_number (call, &text, 0, 1);

  if (result == SIM_OK)
    sms_of (call->module)->settings.text = text != 0;
  return result;
}

static SimResult
read_csdh (SimCall *call)
{
  sim_reply (call, "+CSDH: %d", sms_of (call->module)->settings.header);
  return SIM_OK;
}

static SimResult
set_csdh (SimCall *call)
{
  guint     header = 0;
  SimResult result = set_number (call, &header, 0, 1);

  if (result == SIM_OK)
    sms_of (call->module)->settings.header = header != 0;
  return result;
}

static SimResult
read_cmms (SimCall *call)
{
  sim_reply (call, "+CMMS: %u", sms_of (call->module)->settings.more);
  return SIM_OK;
}

static SimResult
set_cmms (SimCall *call)
{
  return set_number (call, &sms_of (call->module)->settings.more, 0, 2);
}

/* +CSMS: service,mt,mo,bm */

static SimResult
read_csms (SimCall *call)
{
  sim_reply (call, "+CSMS: %u,1,1,1", sms_of (call->module)->settings.service);
  return SIM_OK;
}

static SimResult
set_csms (SimCall *call)
{
  SimResult result = set_number (call, &sms_of (call->module)->settings.service, 0, 1);

  if (result == SIM_OK)
    sim_reply (call, "+CSMS: 1,1,1");
  return result;
}

/* +CSMP: fo,vp,pid,dcs */

static SimResult
read_csmp (SimCall *call)
{
  const SimSmsSettings *settings = &sms_of (call->module)->settings;

  sim_reply (call, "+CSMP: %u,%u,%u,%u", settings->first, settings->validity, settings->pid,
             settings->dcs);
  return SIM_OK;
}

/* Only a relative validity, one byte, or none at all. */
static SimResult
set_csmp (SimCall *call)
{
  SimSmsSettings changed = sms_of (call->module)->settings;

  changed.first = sim_arg_uint_or (&call->args, changed.first, 0, 255);
  changed.validity = sim_arg_uint_or (&call->args, changed.validity, 0, 255);
  changed.pid = sim_arg_uint_or (&call->args, changed.pid, 0, 255);
  changed.dcs = sim_arg_uint_or (&call->args, changed.dcs, 0, 255);
  if (!sim_args_end (&call->args) || (changed.first & SIM_TPDU_KIND) != SIM_TPDU_SUBMIT
      || ((changed.first & SIM_TPDU_VPF) != 0x10 && (changed.first & SIM_TPDU_VPF) != 0))
    return SIM_ERROR;
  sms_of (call->module)->settings = changed;
  return SIM_OK;
}

/* +CSCA: "number",type */

static SimResult
read_csca (SimCall *call)
{
  const guint8    *centre = sim_card_service_centre (sim_slot_card (call->module));
  g_autofree char *text = NULL, *shown = NULL;
  SimAddress       address;

  if (centre == NULL)
    {
      sim_reply (call, "+CSCA: \"\",%u", SIM_TON_UNKNOWN);
      return SIM_OK;
    }
  address = (SimAddress){ .type = centre[1], .n_digits = (guint8)(2 * (centre[0] - 1)) };
  memcpy (address.digits, centre + 2, sizeof address.digits);
  text = sim_address_text (&address);
  shown = sim_text_for_host (call->module, text);
  sim_reply (call, "+CSCA: \"%s\",%u", shown, address.type);
  return SIM_OK;
}

static SimResult
set_csca (SimCall *call)
{
  g_autofree char *given = g_strdup (sim_arg_text_or (&call->args, "", MAX_CENTRE_TEXT));
  g_autofree char *number = sim_text_from_host (call->module, given);
  gboolean         international = number != NULL && number[0] == '+';
  const char      *digits = international ? number + 1 : number;
  guint            type = sim_arg_uint_or (
                 &call->args, international ? SIM_TON_INTERNATIONAL : SIM_TON_UNKNOWN, SIM_TON_UNKNOWN, 255);

  if (!sim_args_end (&call->args) || digits == NULL || strlen (digits) > MAX_CENTRE_DIGITS
      || digits[strspn (digits, "0123456789")] != '\0')
    return SIM_ERROR;
  sim_card_set_service_centre (sim_slot_card (call->module), digits, (guint8)type);
  return SIM_OK;
}

/* life and verbs */

static gboolean
do_errors (SimOrder *order, GError **error)
{
  guint family;

  if (!sim_word (order->args[0], family_words, &family, error))
    return FALSE;
  ((SimSms *)order->state)->family = (Family)family;
  return TRUE;
}

static void
sms_start (SimModule *module G_GNUC_UNUSED, gpointer state)
{
  ((SimSms *)state)->settings = initial;
}

static const SimCommand commands[] = {
  { "+CMGF", .test = "(0,1)", .read = read_cmgf, .set = set_cmgf },
  { "+CSDH", .test = "(0,1)", .read = read_csdh, .set = set_csdh },
  { "+CMMS", .test = "(0-2)", .read = read_cmms, .set = set_cmms },
  { "+CSMS", .test = "(0,1)", .read = read_csms, .set = set_csms },
  { "+CSMP", .read = read_csmp, .set = set_csmp },
  { "+CSCA", .needs = SIM_NEEDS_SMS, .read = read_csca, .set = set_csca },
};

static const SimVerb verbs[] = {
  { "sms-errors guide|standard",
    "how message commands are refused without an open card: as the guide or as 27.005 has it",
    do_errors },
};

const SimChapter sim_sms_chapter = {
  .name = "sms",
  .state_size = sizeof (SimSms),
  .start = sms_start,
  .guard = sms_guard,
  SIM_ROWS (commands, commands),
  SIM_ROWS (verbs, verbs),
};

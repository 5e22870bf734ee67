/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-sms-typed.h"

#include "sim-basic.h"
#include "sim-sms-text.h"
#include "sim-sms.h"
#include "sim-text.h"

#define MAX_NUMBER 84u  /* "+" and 20 digits in UCS2's hex */
#define MAX_LENGTH 164u /* of a TPDU */

gboolean
sim_sms_take_number (SimCall *call, SimAddress *ret)
{
  g_autofree char *given = g_strdup (sim_arg_text (&call->args, MAX_NUMBER));
  guint            type = sim_arg_uint_or (&call->args, 0, 128, 255);
  g_autofree char *number = sim_text_from_host (call->module, given);

  if (call->args.bad || number == NULL || !sim_address_set (ret, number)
      || ret->type == SIM_TON_ALPHANUMERIC)
    return FALSE;
  if (type != 0)
    ret->type = (guint8)type;
  return TRUE;
}

gboolean
sim_sms_take_announcement (SimCall *call, SimSmsTyped *ret)
{
  if (sim_sms_settings (call->module)->text)
    return sim_sms_take_number (call, &ret->to);
  ret->length = sim_arg_uint (&call->args, 1, MAX_LENGTH);
  return !call->args.bad;
}

gboolean
sim_sms_take_typed (SimModule *module, const SimSmsTyped *announced, const char *text,
                    GByteArray *pdu, SimTpdu *tpdu)
{
  gboolean in_text = sim_sms_settings (module)->text;

  if (in_text ? !sim_sms_from_text (module, &announced->to, text, pdu) : !sim_unhex (text, pdu))
    return FALSE;
  return pdu->len > 0
         && (in_text || pdu->len - sim_tpdu_centre (pdu->data, pdu->len) == announced->length)
         && sim_tpdu_parse (pdu->data, pdu->len, tpdu) && tpdu->length == pdu->len;
}

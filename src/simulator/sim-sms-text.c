/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "sim-sms-text.h"

#include "sim-alphabet.h"
#include "sim-basic.h"
#include "sim-sms.h"
#include "sim-text.h"

#include <string.h>

#define MAX_SEPTETS 160u

/* showing */

static void
append_address (SimModule *module, const SimAddress *address, GString *out)
{
  g_autofree char *text = sim_address_text (address);
  g_autofree char *shown = sim_text_for_host (module, text);

  g_string_append_printf (out, "\"%s\"", shown);
}

/* Semi-octets, the zone's sign in the fourth bit of its tens (23.040 9.2.3.11):
 * yy/MM/dd,hh:mm:ss+zz
 */
static void
append_time (const guint8 time[SIM_TIME_LENGTH], GString *out)
{
  static const char before[] = "\"//,::";

  for (guint i = 0; i < SIM_TIME_LENGTH - 1; i++)
    g_string_append_printf (out, "%c%u%u", before[i], time[i] & 0xfu, time[i] >> 4);
  g_string_append_printf (out, "%c%u%u\"", (time[6] & 8) != 0 ? '-' : '+', time[6] & 7u,
                          time[6] >> 4);
}

static void
append_centre (SimModule *module, const SimTpdu *tpdu, const guint8 *pdu, GString *out)
{
  SimAddress centre = { .type = SIM_TON_UNKNOWN };
  gsize      n_digits = tpdu->centre_length > 2 ? tpdu->centre_length - 2 : 0;

  if (n_digits > 0)
    {
      centre.type = pdu[1];
      centre.n_digits = (guint8)MIN (2 * n_digits, 2 * sizeof centre.digits);
      memcpy (centre.digits, pdu + 2, MIN (n_digits, sizeof centre.digits));
    }
  append_address (module, &centre, out);
  g_string_append_printf (out, ",%u", centre.type);
}

/* fo,mr,"ra",tora,"scts","dt",st */
static void
append_report (SimModule *module, const SimTpdu *tpdu, GString *out)
{
  g_string_append_printf (out, "%u,%u,", tpdu->first, tpdu->reference);
  append_address (module, &tpdu->address, out);
  g_string_append_printf (out, ",%u,", tpdu->address.type);
  append_time (tpdu->time, out);
  g_string_append_c (out, ',');
  append_time (tpdu->discharge, out);
  g_string_append_printf (out, ",%u", tpdu->status);
}

/* ,fo,pid,dcs,[vp,]"sca",tosca */
static void
append_header (SimModule *module, const SimTpdu *tpdu, const guint8 *pdu, GString *out)
{
  g_string_append_printf (out, ",%u,%u,%u", tpdu->first, tpdu->pid, tpdu->dcs);
  if (tpdu->kind == SIM_TPDU_SUBMIT)
    g_string_append_c (out, ',');
  if (tpdu->kind == SIM_TPDU_SUBMIT && tpdu->n_validity == 1)
    g_string_append_printf (out, "%u", tpdu->validity[0]);
  g_string_append_c (out, ',');
  append_centre (module, tpdu, pdu, out);
}

/* "oa",,"scts" or "da",, and then, with +CSDH=1, the rest */
void
sim_sms_append_fields (SimModule *module, const SimTpdu *tpdu, const guint8 *pdu, SimSmsShape shape,
                       GString *out)
{
  gboolean deliver = tpdu->kind == SIM_TPDU_DELIVER;

  if (tpdu->kind == SIM_TPDU_STATUS_REPORT)
    {
      append_report (module, tpdu, out);
      return;
    }
  append_address (module, &tpdu->address, out);
  g_string_append (out, deliver || shape == SIM_SMS_LIST ? ",," : ",");
  if (deliver)
    append_time (tpdu->time, out);
  if (!sim_sms_settings (module)->header)
    return;
  g_string_append_printf (out, ",%u", tpdu->address.type);
  if (shape == SIM_SMS_ALONE)
    append_header (module, tpdu, pdu, out);
  g_string_append_printf (out, ",%u", tpdu->udl);
}

void
sim_sms_append_data (SimModule *module, const SimTpdu *tpdu, GString *out)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autofree char       *text = NULL, *shown = NULL;

  if (sim_dcs_alphabet (tpdu->dcs) != SIM_ALPHABET_GSM7 || (tpdu->first & SIM_TPDU_UDHI) != 0)
    {
      sim_hex (out, tpdu->ud, tpdu->n_ud);
      return;
    }
  sim_gsm7_unpack (tpdu->ud, tpdu->n_ud, 0, tpdu->udl, septets);
  text = sim_gsm7_to_utf8 (septets->data, septets->len);
  shown = sim_text_for_host (module, text);
  g_string_append (out, shown);
}

/* taking */

static gboolean
take_septets (SimModule *module, const char *text, SimTpdu *tpdu, GByteArray *data)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autofree char       *utf8 = sim_text_from_host (module, text);

  if (utf8 == NULL || !sim_gsm7_from_utf8 (utf8, septets) || septets->len > MAX_SEPTETS)
    return FALSE;
  sim_gsm7_pack (septets->data, septets->len, 0, data);
  tpdu->udl = (guint8)septets->len;
  return TRUE;
}

static gboolean
take_hex (const char *text, SimTpdu *tpdu, GByteArray *data)
{
  if (!sim_unhex (text, data) || data->len > SIM_MAX_UD)
    return FALSE;
  tpdu->udl = (guint8)data->len;
  return TRUE;
}

gboolean
sim_sms_from_text (SimModule *module, const SimAddress *to, const char *text, GByteArray *pdu)
{
  const SimSmsSettings  *settings = sim_sms_settings (module);
  g_autoptr (GByteArray) data = g_byte_array_new ();
  SimTpdu                tpdu = { .kind = SIM_TPDU_SUBMIT, .address = *to };
  gboolean               right;

  tpdu.first = (guint8)settings->first;
  tpdu.pid = (guint8)settings->pid;
  tpdu.dcs = (guint8)settings->dcs;
  tpdu.validity[0] = (guint8)settings->validity;
  tpdu.n_validity = (tpdu.first & SIM_TPDU_VPF) != 0 ? 1 : 0;
  right = sim_dcs_alphabet (tpdu.dcs) == SIM_ALPHABET_GSM7 && (tpdu.first & SIM_TPDU_UDHI) == 0
              ? take_septets (module, text, &tpdu, data)
              : take_hex (text, &tpdu, data);
  tpdu.ud = data->data;
  tpdu.n_ud = data->len;
  g_byte_array_append (pdu, (const guint8[]){ 0 }, 1);
  sim_tpdu_append (&tpdu, pdu);
  return right;
}

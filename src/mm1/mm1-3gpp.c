/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Modem3gpp: registration, operator, search. */
#include "mm1-interfaces.h"
#include "mm1-words.h"

/* Packet service counts where the circuit-switched does not: data is what is wanted. */
static MMModem3gppRegistrationState
registration (const Mm1Object *object)
{
  g_autofree char             *circuit = mm1_get_text (object, "Network1", "Registration");
  g_autofree char             *packet = mm1_get_text (object, "Network1", "PacketRegistration");
  MMModem3gppRegistrationState state = mm1_registration (packet);

  if (state == MM_MODEM_3GPP_REGISTRATION_STATE_HOME
      || state == MM_MODEM_3GPP_REGISTRATION_STATE_ROAMING)
    return state;
  return mm1_registration (circuit);
}

static void
refresh (Mm1Interface *base)
{
  const Mm1Object *object = base->object;
  gboolean         attached = mm1_get_flag (object, "Network1", "Attached");
  gboolean         locks = mm1_get_flag (object, "Sim1", "PinEnabled");

  g_object_set (
      base->skeleton, "registration-state", registration (object), "enabled-facility-locks",
      locks ? MM_MODEM_3GPP_FACILITY_SIM : MM_MODEM_3GPP_FACILITY_NONE, "packet-service-state",
      attached ? MM_MODEM_3GPP_PACKET_SERVICE_STATE_ATTACHED
               : MM_MODEM_3GPP_PACKET_SERVICE_STATE_DETACHED,
      NULL);
}

/* ---- Scan ---- */

static void
copy_text (GVariantDict *to, const char *as, GVariant *row, const char *key)
{
  const char *text;

  if (g_variant_lookup (row, key, "&s", &text))
    g_variant_dict_insert (to, as, "s", text);
}

static GVariant *
network (GVariant *row)
{
  GVariantDict dict;
  const char  *status = "", *technology = "";

  g_variant_lookup (row, "status", "&s", &status);
  g_variant_lookup (row, "technology", "&s", &technology);
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "status", "u", mm1_availability (status));
  g_variant_dict_insert (&dict, "access-technology", "u", mm1_technology (technology));
  copy_text (&dict, "operator-long", row, "name");
  copy_text (&dict, "operator-short", row, "short_name");
  copy_text (&dict, "operator-code", row, "code");
  return g_variant_dict_end (&dict);
}

static void
scanned (Mm1Interface *base G_GNUC_UNUSED, Mm1Call *call, GVariant *reply, const GError *error)
{
  GVariantBuilder          networks;
  g_autoptr (GVariantIter) iter = NULL;
  GVariant                *row;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  g_variant_builder_init (&networks, G_VARIANT_TYPE ("aa{sv}"));
  g_variant_get (reply, "(aa{sv})", &iter);
  while ((row = g_variant_iter_next_value (iter)) != NULL)
    {
      g_variant_builder_add_value (&networks, network (row));
      g_variant_unref (row);
    }
  mm1_call_return (call, g_variant_new ("(aa{sv})", &networks));
}

static void
scan (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  mm1_call_start (call, &(Mm1Request){ "Network1", "Scan", 0, args }, scanned);
}

/* ---- attaching ---- */

static void
set_packet_service_state (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  guint state;

  g_variant_get (args, "(u)", &state);
  if (state == MM_MODEM_3GPP_PACKET_SERVICE_STATE_ATTACHED)
    mm1_call_start (call, &(Mm1Request){ "Network1", "Attach", 0, g_variant_new ("()") },
                    mm1_call_finish);
  else if (state == MM_MODEM_3GPP_PACKET_SERVICE_STATE_DETACHED)
    mm1_call_start (call, &(Mm1Request){ "Network1", "Detach", 0, g_variant_new ("()") },
                    mm1_call_finish);
  else
    mm1_call_reject (call, MM_CORE_ERROR_INVALID_ARGS, "There is no such state");
}

static void
init (Mm1Interface *base)
{
  MmGdbusModem3gpp *skeleton = MM_GDBUS_MODEM3GPP (base->skeleton);

  mm_gdbus_modem3gpp_set_initial_eps_bearer (skeleton, "/");
  mm_gdbus_modem3gpp_set_pco (skeleton, g_variant_new ("a(ubay)", NULL));
  mm_gdbus_modem3gpp_set_initial_eps_bearer_settings (skeleton, g_variant_new ("a{sv}", NULL));
}

static const Mm1Method methods[] = {
  { "Register", "Network1", "Register" },
  { "Scan", .run = scan },
  { "SetPacketServiceState", .run = set_packet_service_state },
};

static const Mm1Copy copies[] = {
  { "imei", "Modem1", "Imei" },
  { "operator-code", "Network1", "OperatorCode" },
  { "operator-name", "Network1", "OperatorName" },
};

const Mm1InterfaceClass mm1_3gpp_class = {
  .type = mm_gdbus_modem3gpp_skeleton_get_type,
  .size = sizeof (Mm1Interface),
  .init = init,
  .refresh = refresh,
  MU_TABLE (methods, methods),
  MU_TABLE (copies, copies),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Sim: the card, an object of its own. */
#include "mm1-interfaces.h"

/* Their order of arguments is the other. */
static void
enable_pin (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  const char *pin;
  gboolean    enabled;

  g_variant_get (args, "(&sb)", &pin, &enabled);
  mm1_call_start (call,
                  &(Mm1Request){ "Sim1", "EnablePin", 0, g_variant_new ("(bs)", enabled, pin) },
                  mm1_call_finish);
}

static void
init (Mm1Interface *base)
{
  g_object_set (base->skeleton, "active", TRUE, "sim-type", MM_SIM_TYPE_PHYSICAL, "removability",
                MM_SIM_REMOVABILITY_REMOVABLE, "preferred-networks", g_variant_new ("a(su)", NULL),
                NULL);
}

static const Mm1Method methods[] = {
  { "SendPin", "Sim1", "Unlock" },
  { "SendPuk", "Sim1", "UnlockWithPuk" },
  { "EnablePin", .run = enable_pin },
  { "ChangePin", "Sim1", "ChangePin" },
};

static const Mm1Copy copies[] = {
  { "sim-identifier", "Sim1", "Iccid" },
  { "imsi", "Sim1", "Imsi" },
  { "operator-identifier", "Sim1", "OperatorId" },
  { "emergency-numbers", "Sim1", "EmergencyNumbers" },
};

const Mm1InterfaceClass mm1_sim_class = {
  .type = mm_gdbus_sim_skeleton_get_type,
  .size = sizeof (Mm1Interface),
  .init = init,
  MU_TABLE (methods, methods),
  MU_TABLE (copies, copies),
};

/* Another card is another object. */
void
mm1_sim_update (Mm1Modem *modem)
{
  gboolean         present = mm1_get_flag (modem->base.object, "Sim1", "Present");
  g_autofree char *iccid = mm1_get_text (modem->base.object, "Sim1", "Iccid");
  gboolean changed = modem->card != NULL && iccid[0] != '\0' && !g_str_equal (modem->card, iccid);

  if (modem->sim != NULL && (!present || changed))
    g_clear_pointer (&modem->sim, mm1_interface_free);
  if (!present || changed)
    g_clear_pointer (&modem->card, g_free);
  if (present && modem->card == NULL && iccid[0] != '\0')
    modem->card = g_steal_pointer (&iccid);
  if (modem->sim != NULL || !present)
    return;
  modem->sim = mm1_interface_new (modem->base.object, &mm1_sim_class, MM1_SIM);
  mm1_interface_publish (modem->sim);
}

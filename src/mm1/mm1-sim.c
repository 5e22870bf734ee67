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
static gboolean
is_other_card (const Mm1Modem *modem)
{
  const char      *known = mm_gdbus_sim_get_sim_identifier (MM_GDBUS_SIM (modem->sim->skeleton));
  g_autofree char *iccid = mm1_get_text (modem->base.object, "Sim1", "Iccid");

  return known != NULL && known[0] != '\0' && iccid[0] != '\0' && !g_str_equal (known, iccid);
}

void
mm1_sim_update (Mm1Modem *modem)
{
  gboolean present = mm1_get_flag (modem->base.object, "Sim1", "Present");

  if (modem->sim != NULL && (!present || is_other_card (modem)))
    g_clear_pointer (&modem->sim, mm1_interface_free);
  if (modem->sim != NULL || !present)
    return;
  modem->sim = mm1_interface_new (modem->base.object, &mm1_sim_class, MM1_SIM);
  mm1_interface_publish (modem->sim);
}

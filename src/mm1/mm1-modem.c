/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem: what the module is, its state, its power. */
#include "mm1-bearer.h"
#include "mm1-interfaces.h"
#include "mm1-words.h"

#define ACCESS "org.mu709.modem" /* of what takes no operation of Modem1 */
#define MODES  (MM_MODEM_MODE_2G | MM_MODEM_MODE_3G)

Mm1Modem *
mm1_modem_of (const Mm1Object *object)
{
  return (Mm1Modem *)mm1_object_find (object, &mm1_modem_class);
}

/* ---- the state ---- */

typedef struct
{
  Mm1Facts facts; /* of the texts below */
  char    *texts[5];
} Gathered;

static void
gathered_clear (Gathered *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->texts); i++)
    g_free (self->texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gathered, gathered_clear)

static void
gather (const Mm1Object *object, Gathered *ret)
{
  const Mm1Modem *modem = mm1_modem_of (object);

  ret->texts[0] = mm1_get_text (object, "Modem1", "State");
  ret->texts[1] = mm1_get_text (object, "Modem1", "Mode");
  ret->texts[2] = mm1_get_text (object, "Sim1", "Lock");
  ret->texts[3] = mm1_get_text (object, "Network1", "Registration");
  ret->texts[4] = mm1_get_text (object, "Network1", "PacketRegistration");
  ret->facts = (Mm1Facts){
    .modem = ret->texts[0],
    .mode = ret->texts[1],
    .lock = ret->texts[2],
    .registration = ret->texts[3],
    .packet = ret->texts[4],
    .connection = mm1_bearers_state (object),
    .enabled = modem != NULL && modem->enabled,
  };
}

static MMModemState
state_of (const Mm1Modem *modem, const Mm1Facts *facts)
{
  MMModemState state = mm1_state (facts);

  if (state > MM_MODEM_STATE_LOCKED && modem->passing != MM_MODEM_STATE_UNKNOWN)
    return modem->passing;
  return state;
}

MMModemState
mm1_modem_state (const Mm1Object *object)
{
  g_auto (Gathered) gathered = { 0 };

  gather (object, &gathered);
  return state_of (mm1_modem_of (object), &gathered.facts);
}

gboolean
mm1_modem_is_registered (const Mm1Object *object)
{
  g_auto (Gathered) gathered = { 0 };

  gather (object, &gathered);
  return mm1_is_registered (&gathered.facts);
}

/* NetworkManager goes by StateChanged, and looks at the properties then. */
static void
tell_state (Mm1Modem *self, const Gathered *gathered)
{
  Mm1Interface *base = &self->base;
  MmGdbusModem *skeleton = MM_GDBUS_MODEM (base->skeleton);
  MMModemState  old = self->state;

  self->state = state_of (self, &gathered->facts);
  mm_gdbus_modem_set_state (skeleton, self->state);
  mm_gdbus_modem_set_state_failed_reason (skeleton, mm1_failed_reason (&gathered->facts));
  if (self->state == old)
    return;
  g_dbus_interface_skeleton_flush (base->skeleton);
  mm_gdbus_modem_emit_state_changed (skeleton, old, self->state, self->reason);
  self->reason = MM_MODEM_STATE_CHANGE_REASON_UNKNOWN;
}

/* ---- other properties ---- */

static GVariant *
unlock_retries (const Mm1Object *object)
{
  GVariantBuilder rows;

  g_variant_builder_init (&rows, G_VARIANT_TYPE ("a{uu}"));
  if (mm1_get_flag (object, "Sim1", "Present"))
    {
      g_variant_builder_add (&rows, "{uu}", MM_MODEM_LOCK_SIM_PIN,
                             mm1_get_uint (object, "Sim1", "PinAttempts"));
      g_variant_builder_add (&rows, "{uu}", MM_MODEM_LOCK_SIM_PUK,
                             mm1_get_uint (object, "Sim1", "PukAttempts"));
    }
  return g_variant_builder_end (&rows);
}

static void
set_own_numbers (MmGdbusModem *skeleton, const Mm1Object *object)
{
  g_autoptr (GVariant)     rows = mm1_get (object, "Sim1", "OwnNumbers");
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
  g_auto (GStrv)           list = NULL;
  GVariantIter             iter;
  const char              *number;

  if (rows != NULL)
    {
      g_variant_iter_init (&iter, rows);
      while (g_variant_iter_next (&iter, "(&s&s)", NULL, &number))
        g_strv_builder_add (numbers, number);
    }
  list = g_strv_builder_end (numbers);
  mm_gdbus_modem_set_own_numbers (skeleton, (const char *const *)list);
}

static void
refresh (Mm1Interface *base)
{
  Mm1Modem               *self = (Mm1Modem *)base;
  MmGdbusModem           *skeleton = MM_GDBUS_MODEM (base->skeleton);
  g_autofree char        *technology = mm1_get_text (base->object, "Network1", "Technology");
  g_autofree const char **paths = NULL;
  g_auto (Gathered)       gathered = { 0 };

  mm1_sim_update (self);
  gather (base->object, &gathered);
  mm1_modem_set_device (skeleton, base->object);
  mm_gdbus_modem_set_sim (skeleton, self->sim != NULL ? self->sim->path : "/");
  mm1_bearers_update (self);
  paths = mm1_interfaces_paths (self->bearers);
  mm_gdbus_modem_set_bearers (skeleton, paths);
  mm_gdbus_modem_set_unlock_required (skeleton, mm1_lock (gathered.facts.lock));
  mm_gdbus_modem_set_unlock_retries (skeleton, unlock_retries (base->object));
  mm_gdbus_modem_set_access_technologies (skeleton, mm1_technology (technology));
  mm_gdbus_modem_set_signal_quality (
      skeleton, g_variant_new ("(ub)", mm1_get_uint (base->object, "Network1", "Quality"),
                               mm1_is_registered (&gathered.facts)));
  mm_gdbus_modem_set_power_state (skeleton, mm1_power (gathered.facts.mode));
  set_own_numbers (skeleton, base->object);
  tell_state (self, &gathered);
}

/* ---- Enable: a matter between ModemManager's clients.  The daemon works on for its own, but the
 * radio is switched on if need be, and nobody stays connected. ---- */

static void
end_passing (gpointer modem)
{
  Mm1Modem *self = modem;

  self->passing = MM_MODEM_STATE_UNKNOWN;
  mm1_object_changed (self->base.object);
}

static void
set_enabled (Mm1Modem *self, Mm1Call *call, gboolean enabled)
{
  self->enabled = enabled;
  self->reason = MM_MODEM_STATE_CHANGE_REASON_USER_REQUESTED;
  end_passing (self);
  mm1_call_return (call, NULL);
}

static gboolean
is_on (const Mm1Object *object)
{
  g_autofree char *mode = mm1_get_text (object, "Modem1", "Mode");

  return mm1_power (mode) == MM_MODEM_POWER_STATE_ON;
}

void
mm1_modem_switch_on (Mm1Interface *base, Mm1Call *call, Mm1Next next)
{
  if (is_on (base->object))
    mm1_call_check (call, ACCESS, next);
  else
    mm1_call_start (call, &(Mm1Request){ "Modem1", "SetMode", 0, g_variant_new ("(s)", "online") },
                    next);
}

static void
switched_on (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  if (error != NULL)
    mm1_call_fail (call, error);
  else
    set_enabled ((Mm1Modem *)base, call, TRUE);
}

static void
all_disconnected (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                  const GError *error)
{
  if (error != NULL)
    mm1_call_fail (call, error);
  else
    set_enabled ((Mm1Modem *)base, call, FALSE);
}

/* NetworkManager hears of it and acts: only who may do it is on the way. */
static void
pass (Mm1Modem *self, Mm1Call *call, MMModemState state)
{
  mm1_call_keep (call, self, end_passing);
  self->passing = state;
  mm1_object_changed (self->base.object);
}

static void
may_enable (Mm1Interface *base, Mm1Call *call, GVariant *reply, const GError *error)
{
  if (error != NULL || is_on (base->object))
    {
      switched_on (base, call, reply, error);
      return;
    }
  pass ((Mm1Modem *)base, call, MM_MODEM_STATE_ENABLING);
  mm1_modem_switch_on (base, call, switched_on);
}

static void
may_disable (Mm1Interface *base, Mm1Call *call, GVariant *reply G_GNUC_UNUSED, const GError *error)
{
  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  pass ((Mm1Modem *)base, call, MM_MODEM_STATE_DISABLING);
  mm1_bearers_disconnect ((Mm1Modem *)base, call, "/", FALSE, all_disconnected);
}

static void
enable (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  MMModemState state = mm1_modem_state (base->object);
  gboolean     on;

  g_variant_get (args, "(b)", &on);
  if (state <= MM_MODEM_STATE_LOCKED)
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "The modem is %s",
                     mm_modem_state_get_string (state));
  else if (on)
    mm1_call_check (call, ACCESS, may_enable);
  else
    mm1_call_check (call, MM1_ACCESS_DATA, may_disable);
}

/* ---- power, modes, commands ---- */

static void
set_power_state (Mm1Interface *base, GVariant *args, Mm1Call *call)
{
  const char  *mode;
  guint        power;
  MMModemState state = mm1_modem_state (base->object);

  g_variant_get (args, "(u)", &power);
  mode = mm1_mode_of_power ((MMModemPowerState)power);
  if (mode == NULL)
    mm1_call_reject (call, MM_CORE_ERROR_INVALID_ARGS, "There is no power state %u", power);
  else if (power != MM_MODEM_POWER_STATE_ON && state > MM_MODEM_STATE_DISABLED)
    mm1_call_reject (call, MM_CORE_ERROR_WRONG_STATE, "Disable the modem first");
  else
    mm1_call_start (call, &(Mm1Request){ "Modem1", "SetMode", 0, g_variant_new ("(s)", mode) },
                    mm1_call_finish);
}

/* What there is already may be set. */
static void
check_same (Mm1Call *call, gboolean same, const char *what)
{
  if (same)
    mm1_call_return (call, NULL);
  else
    mm1_call_reject (call, MM_CORE_ERROR_UNSUPPORTED, "The %s cannot be chosen", what);
}

static void
set_current_capabilities (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  guint capabilities;

  g_variant_get (args, "(u)", &capabilities);
  check_same (call, capabilities == MM_MODEM_CAPABILITY_GSM_UMTS, "capabilities");
}

static void
set_current_modes (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  guint allowed, preferred;

  g_variant_get (args, "((uu))", &allowed, &preferred);
  check_same (call,
              (allowed == MODES || allowed == MM_MODEM_MODE_ANY) && preferred == MM_MODEM_MODE_NONE,
              "modes");
}

static void
set_current_bands (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  g_autoptr (GVariant) bands = g_variant_get_child_value (args, 0);
  gsize                n;
  const guint32       *band = g_variant_get_fixed_array (bands, &n, sizeof *band);

  check_same (call, n == 1 && band[0] == MM_MODEM_BAND_ANY, "bands");
}

static void
command_done (Mm1Interface *base G_GNUC_UNUSED, Mm1Call *call, GVariant *reply, const GError *error)
{
  g_auto (GStrv)   lines = NULL;
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  g_variant_get (reply, "(^as)", &lines);
  text = g_strjoinv ("\n", lines);
  mm1_call_return (call, g_variant_new ("(s)", text));
}

/* Their time-out is in seconds. */
static void
command (Mm1Interface *base G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  const char *text;
  guint       seconds;

  g_variant_get (args, "(&su)", &text, &seconds);
  mm1_call_start (call,
                  &(Mm1Request){ "Modem1", "Command", 0,
                                 g_variant_new ("(su)", text, MIN (seconds, 600) * 1000) },
                  command_done);
}

/* ---- life ---- */

static void
set_constants (MmGdbusModem *skeleton)
{
  const guint32 capability = MM_MODEM_CAPABILITY_GSM_UMTS, band = MM_MODEM_BAND_ANY;

  mm_gdbus_modem_set_supported_capabilities (
      skeleton,
      g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, &capability, 1, sizeof capability));
  mm_gdbus_modem_set_current_capabilities (skeleton, capability);
  mm_gdbus_modem_set_supported_modes (
      skeleton, g_variant_new_parsed ("[(%u, %u)]", MODES, MM_MODEM_MODE_NONE));
  mm_gdbus_modem_set_current_modes (skeleton, g_variant_new ("(uu)", MODES, MM_MODEM_MODE_NONE));
  mm_gdbus_modem_set_supported_bands (
      skeleton, g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, &band, 1, sizeof band));
  mm_gdbus_modem_set_current_bands (
      skeleton, g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, &band, 1, sizeof band));
  mm_gdbus_modem_set_supported_ip_families (skeleton, MM_BEARER_IP_FAMILY_IPV4);
  mm_gdbus_modem_set_sim_slots (skeleton, (const char *const[]){ NULL });
  mm_gdbus_modem_set_max_bearers (skeleton, MM1_MAX_BEARERS);
  mm_gdbus_modem_set_max_active_bearers (skeleton, 2); /* ECM and PPP */
}

static void
init (Mm1Interface *base)
{
  Mm1Modem *self = (Mm1Modem *)base;

  self->enabled = TRUE; /* the daemon works whether anybody enables it or not */
  self->bearers = g_ptr_array_new ();
  set_constants (MM_GDBUS_MODEM (base->skeleton));
}

static void
clear (Mm1Interface *base)
{
  Mm1Modem *self = (Mm1Modem *)base;

  g_ptr_array_unref (self->bearers);
  g_free (self->card);
}

static const Mm1Method methods[] = {
  { "Enable", .run = enable },
  { "ListBearers", .run = mm1_bearers_list },
  { "CreateBearer", .run = mm1_bearers_create },
  { "DeleteBearer", .run = mm1_bearers_delete },
  { "Reset", "Modem1", "Reset" },
  { "SetPowerState", .run = set_power_state },
  { "SetCurrentCapabilities", .run = set_current_capabilities },
  { "SetCurrentModes", .run = set_current_modes },
  { "SetCurrentBands", .run = set_current_bands },
  { "Command", .run = command },
};

static const Mm1Copy copies[] = {
  { "manufacturer", "Modem1", "Manufacturer" },
  { "model", "Modem1", "Model" },
  { "revision", "Modem1", "Revision" },
  { "equipment-identifier", "Modem1", "Imei" },
};

const Mm1InterfaceClass mm1_modem_class = {
  .type = mm_gdbus_modem_skeleton_get_type,
  .size = sizeof (Mm1Modem),
  .init = init,
  .clear = clear,
  .refresh = refresh,
  .emitted = mm1_bearers_emitted,
  .child_present = mm1_bearers_child_present,
  MU_TABLE (methods, methods),
  MU_TABLE (copies, copies),
};

const Mm1InterfaceClass *const mm1_modem_classes[] = {
  &mm1_modem_class, &mm1_3gpp_class,   &mm1_simple_class, &mm1_messaging_class, &mm1_voice_class,
  &mm1_ussd_class,  &mm1_signal_class, &mm1_time_class,   &mm1_location_class,
};

const gsize mm1_n_modem_classes = G_N_ELEMENTS (mm1_modem_classes);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Signal: Network1's signal.  Nothing is polled: a rate that is not 0 only says that somebody
 * wants to know; the module tells of changes by itself. */
#include "mm1-interfaces.h"
#include "mm1-words.h"

#define SIGNAL(self) MM_GDBUS_MODEM_SIGNAL ((self)->skeleton)

#define CHANGES_SETUP "org.mu709.network" /* no operation of a service is behind it */

/* dBm or dB; 0: not known.  An error rate is not told by the module. */
static void
add (GVariantDict *dict, const char *key, double value)
{
  if (value < 0)
    g_variant_dict_insert (dict, key, "d", value);
}

static double
ecio_of (Mm1Interface *self)
{
  g_autoptr (GVariant) value = mm1_get (self->object, "Network1", "EcIo");

  return value != NULL ? g_variant_get_double (value) : 0;
}

static GVariant *
gsm_of (Mm1Interface *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add (&dict, "rssi", mm1_get_int (self->object, "Network1", "Rssi"));
  return g_variant_dict_end (&dict);
}

static GVariant *
umts_of (Mm1Interface *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  add (&dict, "rssi", mm1_get_int (self->object, "Network1", "Rssi"));
  add (&dict, "rscp", mm1_get_int (self->object, "Network1", "Rscp"));
  add (&dict, "ecio", ecio_of (self));
  return g_variant_dict_end (&dict);
}

static GVariant *
nothing (void)
{
  return g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
}

static gboolean
is_gsm (MMModemAccessTechnology technology)
{
  return (technology
          & (MM_MODEM_ACCESS_TECHNOLOGY_GSM | MM_MODEM_ACCESS_TECHNOLOGY_GPRS
             | MM_MODEM_ACCESS_TECHNOLOGY_EDGE))
         != 0;
}

static void
refresh (Mm1Interface *self)
{
  g_autofree char        *word = mm1_get_text (self->object, "Network1", "Technology");
  MMModemAccessTechnology technology = mm1_technology (word);
  gboolean                wanted = mm_gdbus_modem_signal_get_rate (SIGNAL (self)) != 0;
  gboolean                served = wanted && technology != MM_MODEM_ACCESS_TECHNOLOGY_UNKNOWN;

  mm_gdbus_modem_signal_set_gsm (SIGNAL (self),
                                 served && is_gsm (technology) ? gsm_of (self) : nothing ());
  mm_gdbus_modem_signal_set_umts (SIGNAL (self),
                                  served && !is_gsm (technology) ? umts_of (self) : nothing ());
}

static void
init (Mm1Interface *self)
{
  mm_gdbus_modem_signal_set_cdma (SIGNAL (self), nothing ());
  mm_gdbus_modem_signal_set_evdo (SIGNAL (self), nothing ());
  mm_gdbus_modem_signal_set_lte (SIGNAL (self), nothing ());
  mm_gdbus_modem_signal_set_nr5g (SIGNAL (self), nothing ());
}

static void
on_setup_allowed (Mm1Interface *self, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                  const GError *error)
{
  guint rate;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  g_variant_get (mm1_call_data (call), "(u)", &rate);
  mm_gdbus_modem_signal_set_rate (SIGNAL (self), rate);
  mm1_object_changed (self->object);
  mm1_call_return (call, NULL);
}

/* Setup: <seconds between two looks>, 0: nobody looks */
static void
setup (Mm1Interface *self G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  mm1_call_keep (call, g_variant_ref (args), (GDestroyNotify)g_variant_unref);
  mm1_call_check (call, CHANGES_SETUP, on_setup_allowed);
}

static const Mm1Method methods[] = {
  { "Setup", .run = setup },
};

const Mm1InterfaceClass mm1_signal_class = {
  .type = mm_gdbus_modem_signal_skeleton_get_type,
  .size = sizeof (Mm1Interface),
  .init = init,
  .refresh = refresh,
  MU_TABLE (methods, methods),
};

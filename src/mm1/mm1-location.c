/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Location: the cell.  The module has no receiver for satellites. */
#include "mm1-interfaces.h"

#include <string.h>

#define LOCATION(self) MM_GDBUS_MODEM_LOCATION ((self)->skeleton)

#define CHANGES_SETUP "org.mu709.network" /* no operation of a service is behind it */
#define SOURCES       MM_MODEM_LOCATION_SOURCE_3GPP_LAC_CI

#define MCC_DIGITS 3 /* 23.003 2.2 */

/* <MCC>,<MNC>,<LAC>,<CI>,<TAC>, the last three in hex; NULL: not known.  A TAC is LTE's. */
static char *
cell_of (Mm1Interface *self)
{
  g_autofree char *code = mm1_get_text (self->object, "Network1", "OperatorCode");
  guint            area = mm1_get_uint (self->object, "Network1", "LocationArea");
  guint            cell = mm1_get_uint (self->object, "Network1", "CellId");

  if (strlen (code) <= MCC_DIGITS || cell == 0)
    return NULL;
  return g_strdup_printf ("%.3s,%s,%X,%X,0", code, code + MCC_DIGITS, area, cell);
}

/* a{uv}: what of which source */
static GVariant *
location_of (Mm1Interface *self, gboolean wanted)
{
  g_autofree char *cell = wanted ? cell_of (self) : NULL;
  GVariantBuilder  dict;

  g_variant_builder_init (&dict, G_VARIANT_TYPE ("a{uv}"));
  if (cell != NULL)
    g_variant_builder_add (&dict, "{uv}", (guint)SOURCES, g_variant_new_string (cell));
  return g_variant_builder_end (&dict);
}

static gboolean
is_enabled (Mm1Interface *self)
{
  return mm_gdbus_modem_location_get_enabled (LOCATION (self)) != 0;
}

static void
refresh (Mm1Interface *self)
{
  gboolean tell = mm_gdbus_modem_location_get_signals_location (LOCATION (self));

  mm_gdbus_modem_location_set_location (LOCATION (self),
                                        location_of (self, tell && is_enabled (self)));
}

static void
init (Mm1Interface *self)
{
  static const char *const none[] = { NULL };

  mm_gdbus_modem_location_set_capabilities (LOCATION (self), SOURCES);
  mm_gdbus_modem_location_set_enabled (LOCATION (self), SOURCES);
  mm_gdbus_modem_location_set_assistance_data_servers (LOCATION (self), none);
}

static void
get_location (Mm1Interface *self, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  mm1_call_return (call, g_variant_new ("(@a{uv})", location_of (self, is_enabled (self))));
}

static void
on_setup_allowed (Mm1Interface *self, Mm1Call *call, GVariant *reply G_GNUC_UNUSED,
                  const GError *error)
{
  GVariant *args = mm1_call_data (call);
  guint     sources;
  gboolean  tell;

  if (error != NULL)
    {
      mm1_call_fail (call, error);
      return;
    }
  g_variant_get (args, "(ub)", &sources, &tell);
  mm_gdbus_modem_location_set_enabled (LOCATION (self), sources);
  mm_gdbus_modem_location_set_signals_location (LOCATION (self), tell);
  mm1_object_changed (self->object);
  mm1_call_return (call, NULL);
}

static void
setup (Mm1Interface *self G_GNUC_UNUSED, GVariant *args, Mm1Call *call)
{
  guint sources;

  g_variant_get_child (args, 0, "u", &sources);
  if ((sources & ~(guint)SOURCES) != 0)
    {
      mm1_call_reject (call, MM_CORE_ERROR_UNSUPPORTED, "The module only knows its cell");
      return;
    }
  mm1_call_keep (call, g_variant_ref (args), (GDestroyNotify)g_variant_unref);
  mm1_call_check (call, CHANGES_SETUP, on_setup_allowed);
}

static const Mm1Method methods[] = {
  { "Setup", .run = setup },
  { "GetLocation", .run = get_location },
};

const Mm1InterfaceClass mm1_location_class = {
  .type = mm_gdbus_modem_location_skeleton_get_type,
  .size = sizeof (Mm1Interface),
  .init = init,
  .refresh = refresh,
  MU_TABLE (methods, methods),
};

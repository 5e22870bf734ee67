/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Modem.Time: the network's time, which goes on after it was told. */
#include "mm1-interfaces.h"

#include "mu-text.h"
#include "mu-timer.h"

#define TIME(self) MM_GDBUS_MODEM_TIME ((self)->base.skeleton)

typedef struct
{
  Mm1Interface base;
  char        *told; /* Network1.NetworkTime; empty: never */
  gint64       when; /* that was, of mu_timer_now() */
} Mm1Time;

/* As it would be told now; NULL: it never was. */
static GDateTime *
now (const Mm1Time *self)
{
  g_autoptr (GDateTime) told = g_date_time_new_from_iso8601 (self->told, NULL);

  return told != NULL ? g_date_time_add (told, mu_timer_now () - self->when) : NULL;
}

/* Minutes from UTC; the module says what of it is summer time in no way that lasts. */
static void
set_zone (Mm1Time *self, GDateTime *time)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (time != NULL)
    g_variant_dict_insert (&dict, "offset", "i",
                           (gint)(g_date_time_get_utc_offset (time) / G_TIME_SPAN_MINUTE));
  mm_gdbus_modem_time_set_network_timezone (TIME (self), g_variant_dict_end (&dict));
}

static void
refresh (Mm1Interface *base)
{
  Mm1Time              *self = (Mm1Time *)base;
  g_autofree char      *told = mm1_get_text (base->object, "Network1", "NetworkTime");
  g_autoptr (GDateTime) time = NULL;
  g_autofree char      *text = NULL;

  if (g_str_equal (told, self->told))
    return;
  g_free (self->told);
  self->told = g_steal_pointer (&told);
  self->when = mu_timer_now ();
  time = now (self);
  set_zone (self, time);
  if (time == NULL)
    return;
  text = mu_text_time (time);
  g_dbus_interface_skeleton_flush (base->skeleton);
  mm_gdbus_modem_time_emit_network_time_changed (TIME (self), text);
}

static void
get_network_time (Mm1Interface *base, GVariant *args G_GNUC_UNUSED, Mm1Call *call)
{
  g_autoptr (GDateTime) time = now ((Mm1Time *)base);
  g_autofree char      *text = time != NULL ? mu_text_time (time) : NULL;

  if (text != NULL)
    mm1_call_return (call, g_variant_new ("(s)", text));
  else
    mm1_call_reject (call, MM_CORE_ERROR_RETRY, "The network has not told the time yet");
}

static void
init (Mm1Interface *base)
{
  Mm1Time *self = (Mm1Time *)base;

  self->told = g_strdup ("");
  set_zone (self, NULL);
}

static void
clear (Mm1Interface *base)
{
  g_free (((Mm1Time *)base)->told);
}

static const Mm1Method methods[] = {
  { "GetNetworkTime", .run = get_network_time },
};

const Mm1InterfaceClass mm1_time_class = {
  .type = mm_gdbus_modem_time_skeleton_get_type,
  .size = sizeof (Mm1Time),
  .init = init,
  .clear = clear,
  .refresh = refresh,
  MU_TABLE (methods, methods),
};

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ussd-bed.h"

SessionBed *bed;
GString    *signals;

static void
on_emitted (MuService *service G_GNUC_UNUSED, const char *signal, GVariant *args,
            gpointer user_data G_GNUC_UNUSED)
{
  g_autofree char *text = g_variant_print (args, FALSE);

  g_string_append_printf (signals, "%s%s|", signal, text);
}

static const MuServiceEvents events = { .emitted = on_emitted };

int
ussd_bed_set_up (void **state G_GNUC_UNUSED)
{
  bed = session_bed_new ();
  signals = g_string_new (NULL);
  mu_service_observe (session_bed_service (bed, "Ussd1"), &events, signals);
  session_bed_start (bed, NULL, 0);
  return 0;
}

int
ussd_bed_tear_down (void **state G_GNUC_UNUSED)
{
  mu_service_unobserve (session_bed_service (bed, "Ussd1"), signals);
  session_bed_free (bed);
  g_string_free (signals, TRUE);
  return 0;
}

void
assert_state (const char *state)
{
  at_peer_settle ();
  assert_property (bed, "Ussd1", "State", state);
}

void
assert_done (const char *expected)
{
  at_peer_settle ();
  assert_string_equal (bed->done->str, expected);
}

MuCall *
ussd_bed_begin (void)
{
  MuCall *call = session_bed_call (bed, "Ussd1", "Initiate", "('*100#',)");

  assert_state ("'active'");
  return call;
}

MuCall *
ussd_bed_begin_and_wait (void)
{
  MuCall *call = ussd_bed_begin ();

  at_peer_answer (bed->peer, USSD_STAR_100, "OK");
  assert_done ("");
  return call;
}

void
ussd_bed_begin_menu (void)
{
  ussd_bed_begin_and_wait ();
  session_bed_say (bed, USSD_MENU);
  assert_done ("('1\\n2',)");
  assert_state ("'waiting'");
}

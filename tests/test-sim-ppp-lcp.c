/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RFC 1661 5, 6 */
#include "mu-test.h"
#include "ppp-bed.h"

#define LCP 0xc021

/* What we ask for: ACCM 0, a magic number, both compressions. */
#define OURS "02 06 00 00 00 00 05 06 ........ 07 02 08 02"

/* pppd's Configure-Request: it is agreed to as it is. */
static void
test_pppd (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_hears_nothing (bed); /* guide 4.2: the host begins */
  ppp_bed_say (bed, LCP, "01 01 00 14 02 06 00 00 00 00 05 06 79 61 F5 1C 07 02 08 02");
  ppp_bed_hears (bed, "C021 01 01 00 14 " OURS);
  ppp_bed_hears (bed, "C021 02 01 00 14 02 06 00 00 00 00 05 06 79 61 F5 1C 07 02 08 02");
  assert_false (bed->ready);
  ppp_bed_say (bed, LCP, "02 02 00 04"); /* of another request */
  assert_false (bed->ready);
  ppp_bed_say (bed, LCP, "02 01 00 04");
  assert_true (bed->ready);
  assert_string_equal (sim_ppp_phase (bed->ppp), "network");
}

/* Refusals first, then suggestions, then consent. */
static void
test_options (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  /* who we are, multilink's MRRU, an option of a wrong length: never */
  ppp_bed_say (bed, LCP, "01 01 00 18 01 04 00 10 03 04 C0 23 11 04 05 DC 02 05 00 00 00 07 03 00");
  ppp_bed_hears (bed, "C021 01 01 00 14 " OURS);
  ppp_bed_hears (bed, "C021 04 01 00 14 03 04 C0 23 11 04 05 DC 02 05 00 00 00 07 03 00");
  ppp_bed_say (bed, LCP, "01 02 00 0E 01 04 00 10 05 06 00 00 00 00");
  ppp_bed_hears (bed, "C021 03 02 00 0E 01 04 05 DC 05 06 ........");
  ppp_bed_say (bed, LCP, "01 03 00 08 01 04 05 DC");
  ppp_bed_hears (bed, "C021 02 03 00 08 01 04 05 DC");
  /* cut short, and a length of nothing: not even answered */
  ppp_bed_say (bed, LCP, "01 04 00 07 01 04 05");
  ppp_bed_say (bed, LCP, "01 04 00 06 01 00");
  ppp_bed_say (bed, LCP, "01 04 00 09 01 04 05 DC 05");
  ppp_bed_hears_nothing (bed);
}

/* The host does not like ours. */
static void
test_refused (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_say (bed, LCP, "01 01 00 04");
  ppp_bed_hears (bed, "C021 01 01 00 14 " OURS);
  ppp_bed_hears (bed, "C021 02 01 00 04");
  ppp_bed_say (bed, LCP, "04 01 00 08 07 02 08 02");
  ppp_bed_hears (bed, "C021 01 02 00 10 02 06 00 00 00 00 05 06 ........");
  ppp_bed_say (bed, LCP, "03 02 00 0A 02 06 00 0A 00 00");
  ppp_bed_hears (bed, "C021 01 03 00 10 02 06 00 0A 00 00 05 06 ........");
  ppp_bed_say (bed, LCP, "02 03 00 04");
  assert_true (bed->ready);
}

/* Nobody answers: ten times, three seconds apart, then it is over. */
static void
test_silence (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_say (bed, LCP, "01 01 00 04");
  ppp_bed_hears (bed, "C021 01 01 00 14 " OURS);
  ppp_bed_hears (bed, "C021 02 01 00 04");
  for (int i = 0; i < 9; i++)
    {
      sim_clock_advance (bed->clock, SIM_SECONDS (3));
      ppp_bed_hears (bed, "C021 01 01 00 14 " OURS);
    }
  ppp_bed_hears_nothing (bed);
  assert_int_equal (bed->ended, 0);
  sim_clock_advance (bed->clock, SIM_SECONDS (3));
  assert_int_equal (bed->ended, 1);
}

/* It says no for ever. */
static void
test_stubborn (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_say (bed, LCP, "01 01 00 04");
  for (int i = 1; i < 40 && bed->ended == 0; i++)
    {
      g_autofree char *nak = g_strdup_printf ("03 %02X 00 0A 05 06 01 02 03 04", i);

      ppp_bed_say (bed, LCP, nak);
      sim_clock_advance (bed->clock, SIM_SECONDS (0.1));
    }
  sim_clock_advance (bed->clock, SIM_SECONDS (4));
  assert_int_equal (bed->ended, 1);
}

static void
test_echo (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_say (bed, LCP, "09 01 00 08 11 22 33 44"); /* there is no link yet */
  ppp_bed_hears_nothing (bed);
  ppp_bed_link (bed);
  ppp_bed_say (bed, LCP, "09 07 00 0B 11 22 33 44 AA BB CC");
  ppp_bed_hears (bed, "C021 0A 07 00 0B ........ AA BB CC");
  ppp_bed_say (bed, LCP, "09 08 00 06 11 22"); /* too short */
  ppp_bed_say (bed, LCP, "0B 09 00 08 11 22 33 44");
  ppp_bed_say (bed, LCP, "0A 09 00 08 11 22 33 44");
  ppp_bed_hears_nothing (bed);
  ppp_bed_say (bed, LCP, "0F 09 00 06 AA BB");
  ppp_bed_hears (bed, "C021 07 .. 00 0A 0F 09 00 06 AA BB");
  ppp_bed_say (bed, 0x8057, "01 01 00 04"); /* IPV6CP */
  ppp_bed_hears (bed, "C021 08 .. 00 0A 80 57 01 01 00 04");
}

static void
test_ends (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_network (bed);
  ppp_bed_say (bed, LCP, "05 09 00 08 55 73 65 72");
  ppp_bed_hears (bed, "C021 06 09 00 04");
  assert_int_equal (bed->ended, 1);
  ppp_bed_say (bed, LCP, "05 0A 00 04");
  sim_ppp_terminate (bed->ppp);
  sim_clock_advance (bed->clock, SIM_SECONDS (100));
  ppp_bed_hears_nothing (bed);
  assert_int_equal (bed->ended, 1);
}

/* Agreed upon anew in the middle of everything: the network is not asked again. */
static void
test_again (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_network (bed);
  bed->ready = FALSE;
  ppp_bed_link (bed);
  assert_false (bed->ready);
  ppp_bed_hears (bed, "8021 01 02 00 0A 03 06 0A 40 40 40");
}

/* The host has no IP. */
static void
test_no_ip (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_link (bed);
  ppp_bed_say (bed, LCP, "08 01 00 06 80 57"); /* of something else */
  ppp_bed_hears_nothing (bed);
  ppp_bed_say (bed, LCP, "08 01 00 0A 80 21 01 01 00 04");
  ppp_bed_hears (bed, "C021 05 .. 00 04");
  ppp_bed_say (bed, LCP, "06 01 00 04");
  assert_int_equal (bed->ended, 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pppd),     cmocka_unit_test (test_options),
    cmocka_unit_test (test_refused),  cmocka_unit_test (test_silence),
    cmocka_unit_test (test_stubborn), cmocka_unit_test (test_echo),
    cmocka_unit_test (test_ends),     cmocka_unit_test (test_again),
    cmocka_unit_test (test_no_ip),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

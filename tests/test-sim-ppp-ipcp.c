/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RFC 1332, RFC 1877, and pings */
#include "mu-test.h"
#include "ppp-bed.h"

#define IPCP 0x8021
#define IP   0x0021

static const SimApn access_point
    = { .address = "10.0.0.2", .gateway = "10.0.0.1", .dns1 = "8.8.4.4", .dns2 = "1.1.1.1" };

/* As pppd asks with usepeerdns, before the network has answered. */
static void
test_addresses (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_say (bed, IPCP, "01 01 00 04"); /* there is no link */
  ppp_bed_link (bed);
  ppp_bed_say (
      bed, IPCP,
      "01 01 00 1C 02 06 00 2D 0F 01 03 06 00 00 00 00 81 06 00 00 00 00 83 06 00 00 00 00");
  ppp_bed_hears_nothing (bed);
  sim_ppp_network_up (bed->ppp, &access_point);
  ppp_bed_hears (bed, "8021 01 01 00 0A 03 06 0A 00 00 01");
  ppp_bed_hears (bed, "8021 04 01 00 0A 02 06 00 2D 0F 01"); /* no header compression */
  ppp_bed_say (bed, IPCP, "01 02 00 16 03 06 00 00 00 00 81 06 00 00 00 00 83 06 01 01 01 01");
  ppp_bed_hears (bed, "8021 03 02 00 10 03 06 0A 00 00 02 81 06 08 08 04 04");
  ppp_bed_say (bed, IPCP, "01 03 00 16 03 06 0A 00 00 02 81 06 08 08 04 04 83 06 01 01 01 01");
  ppp_bed_hears (bed, "8021 02 03 00 16 03 06 0A 00 00 02 81 06 08 08 04 04 83 06 01 01 01 01");
  assert_string_equal (sim_ppp_phase (bed->ppp), "network");
  ppp_bed_say (bed, IPCP, "02 01 00 0A 03 06 0A 00 00 01");
  assert_string_equal (sim_ppp_phase (bed->ppp), "up");
}

/* A host that insists on an address of its own: after five suggestions it is refused. */
static void
test_insists (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_link (bed);
  sim_ppp_network_up (bed->ppp, &access_point);
  ppp_bed_hears (bed, "8021 01 01 00 0A 03 06 0A 00 00 01");
  for (int i = 0; i < 5; i++)
    {
      ppp_bed_say (bed, IPCP, "01 01 00 0A 03 06 C0 A8 00 01");
      ppp_bed_hears (bed, "8021 03 01 00 0A 03 06 0A 00 00 02");
    }
  ppp_bed_say (bed, IPCP, "01 01 00 0A 03 06 C0 A8 00 01");
  ppp_bed_hears (bed, "8021 04 01 00 0A 03 06 C0 A8 00 01");
}

/* Our address is not taken, for ever. */
static void
test_refused (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_link (bed);
  sim_ppp_network_up (bed->ppp, &access_point);
  for (int i = 1; i < 30 && bed->ended == 0; i++)
    {
      g_autofree char *nak = g_strdup_printf ("03 %02X 00 0A 03 06 0B 00 00 01", i);

      ppp_bed_say (bed, IPCP, nak);
      sim_clock_advance (bed->clock, SIM_SECONDS (0.5));
    }
  sim_clock_advance (bed->clock, SIM_SECONDS (5));
  assert_int_equal (bed->ended, 1);
}

static void
test_terminated (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_network (bed);
  ppp_bed_say (bed, IPCP, "05 03 00 04");
  ppp_bed_hears (bed, "8021 06 03 00 04");
  assert_string_equal (sim_ppp_phase (bed->ppp), "network");
  assert_int_equal (bed->ended, 0);
}

/* 10.64.64.1 pings 10.64.64.64 with "abc", and the answer */
#define PING                                                                                       \
  "45 00 00 1F 00 01 00 00 40 01 E6 1C 0A 40 40 01 0A 40 40 40 08 00 33 9A 00 01 00 02 61 62 63"
#define PONG                                                                                       \
  "45 00 00 1F 00 01 00 00 40 01 E6 1C 0A 40 40 40 0A 40 40 01 00 00 3B 9A 00 01 00 02 61 62 63"

static void
test_ping (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_say (bed, IP, PING); /* nobody there yet */
  ppp_bed_network (bed);
  ppp_bed_hears_nothing (bed);
  ppp_bed_say (bed, IP, PING);
  ppp_bed_hears (bed, "0021" PONG);
  assert_int_equal (bed->tx, 31);
  assert_int_equal (bed->rx, 31);
}

/* What is damaged, cut short, or for others is carried and comes to nothing. */
static void
test_other_packets (void **state G_GNUC_UNUSED)
{
  static const char *const packets[] = {
    "45 00 00 1F 00 01 00 00 40 01 E6 1D 0A 40 40 01 0A 40 40 40 08 00 33 9A 00 01 00 02 61 62 63",
    "45 00 00 1F 00 01 00 00 40 01 E6 1C 0A 40 40 01 0A 40 40 40 08 00 33 9B 00 01 00 02 61 62 63",
    "45 00 00 1F 00 01 00 00 40 01 E6 1B 0A 40 40 01 0A 40 40 41 08 00 33 9A 00 01 00 02 61 62 63",
    "45 00 00 1F 00 01 00 00 40 01 E6 1C 0A 40 40 01 0A 40 40 40 08 00 33 9A",
    "4F 00 00 14 00 01 00 00 40 01 66 3C 0A 40 40 01 0A 40 40 40",
    "60 00 00 00",
    "",
    "45",
  };
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_network (bed);
  for (gsize i = 0; i < G_N_ELEMENTS (packets); i++)
    ppp_bed_say (bed, IP, packets[i]);
  ppp_bed_hears_nothing (bed);
  assert_int_equal (bed->rx, 0);
}

/* Guide 14.3: a call on GSM; packets are not lost. */
static void
test_suspended (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_network (bed);
  sim_ppp_suspend (bed->ppp, TRUE);
  for (int i = 0; i < 100; i++)
    ppp_bed_say (bed, IP, PING);
  ppp_bed_hears_nothing (bed);
  assert_int_equal (bed->tx, 0);
  sim_ppp_suspend (bed->ppp, FALSE);
  for (int i = 0; i < 64; i++)
    ppp_bed_hears (bed, "0021" PONG);
  ppp_bed_hears_nothing (bed);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_addresses), cmocka_unit_test (test_insists),
    cmocka_unit_test (test_refused),   cmocka_unit_test (test_terminated),
    cmocka_unit_test (test_ping),      cmocka_unit_test (test_other_packets),
    cmocka_unit_test (test_suspended),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

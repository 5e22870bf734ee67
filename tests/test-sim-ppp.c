/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The link as a whole, and what comes of noise on it. */
#include "mu-test.h"
#include "ppp-bed.h"

#include <string.h>

#define LCP 0xc021

static void
test_phases (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_PAP);
  const SimApn       access = { .address = "1.2.3.4", .gateway = "1.2.3.1" };

  assert_string_equal (sim_ppp_phase (bed->ppp), "link");
  sim_ppp_network_up (bed->ppp, &access); /* nobody has asked for it */
  ppp_bed_hears_nothing (bed);
  ppp_bed_link (bed);
  assert_string_equal (sim_ppp_phase (bed->ppp), "authentication");
  ppp_bed_say (bed, 0x8021, "01 01 00 04"); /* RFC 1661 3.5: not before that */
  ppp_bed_hears_nothing (bed);
  ppp_bed_say (bed, 0xc023, "01 01 00 0D 01 75 06 73 65 63 72 65 74");
  ppp_bed_hears (bed, "C023 02 01 00 05 00");
  assert_string_equal (sim_ppp_phase (bed->ppp), "network");
}

/* The host consents at once, or never. */
static void
test_terminate (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE), deaf = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_network (bed);
  sim_ppp_terminate (bed->ppp);
  sim_ppp_terminate (bed->ppp);
  ppp_bed_hears (bed, "C021 05 .. 00 04");
  ppp_bed_hears_nothing (bed);
  ppp_bed_say (bed, LCP, "01 01 00 04"); /* not any more */
  ppp_bed_hears_nothing (bed);
  assert_string_equal (sim_ppp_phase (bed->ppp), "closing");
  ppp_bed_say (bed, LCP, "06 01 00 04");
  assert_int_equal (bed->ended, 1);
  sim_clock_advance (bed->clock, SIM_SECONDS (10));
  assert_int_equal (bed->ended, 1);
  sim_ppp_terminate (deaf->ppp);
  sim_clock_advance (deaf->clock, SIM_SECONDS (1));
  assert_int_equal (deaf->ended, 1);
}

/* Padding behind a packet is not part of it; a length beyond the frame is nothing. */
static void
test_lengths (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_NONE);

  ppp_bed_say (bed, LCP, "01 01 00 09 05 06 01 02 03");
  ppp_bed_say (bed, LCP, "01 01 00 03");
  ppp_bed_say (bed, LCP, "01 01 FF FF");
  ppp_bed_say (bed, LCP, "01 01");
  ppp_bed_say (bed, LCP, "");
  ppp_bed_hears_nothing (bed);
  ppp_bed_say (bed, LCP, "01 01 00 04 AA BB");
  ppp_bed_hears (bed, "C021 01 01 00 14 02 06 00 00 00 00 05 06 ........ 07 02 08 02");
  ppp_bed_hears (bed, "C021 02 01 00 04");
}

/* What is escaped is what the host wants escaped, but for LCP. */
typedef struct
{
  GByteArray *bytes;
} Wire;

static void
on_send (gpointer wire, const guint8 *bytes, gsize n_bytes)
{
  g_byte_array_set_size (((Wire *)wire)->bytes, 0);
  g_byte_array_append (((Wire *)wire)->bytes, bytes, (guint)n_bytes);
}

static void
on_nothing (gpointer wire G_GNUC_UNUSED)
{
}

static void
on_carried (gpointer wire G_GNUC_UNUSED, gsize tx G_GNUC_UNUSED, gsize rx G_GNUC_UNUSED)
{
}

static void
say (SimPpp *ppp, guint16 protocol, const guint8 *packet, gsize n_packet)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  sim_ppp_encode (frame, SIM_PPP_ACCM, protocol, packet, n_packet);
  sim_ppp_input (ppp, frame->data, frame->len);
}

static void
test_escapes (void **state G_GNUC_UNUSED)
{
  static const SimPppHandlers handlers = { on_send, on_nothing, on_carried, on_nothing };
  static const guint8         request[] = { 1, 1, 0, 10, 2, 6, 0, 0, 0, 0 }, ack[] = { 2, 1, 0, 4 };
  static const guint8         echo[] = { 9, 1, 0, 8, 0, 0, 0, 0 };
  const SimApn                access = { .address = "1.2.3.4", .gateway = "1.2.3.1" };
  g_autoptr (SimClock)        clock = sim_clock_new (0);
  g_autoptr (GRand)           random = g_rand_new_with_seed (1);
  Wire                        wire = { g_byte_array_new () };
  g_autoptr (SimPpp)          ppp = sim_ppp_new (clock, random, &access, &handlers, &wire);

  say (ppp, LCP, request, sizeof request);
  say (ppp, LCP, ack, sizeof ack);
  sim_ppp_network_up (ppp, &access); /* its first packet has bytes from 0 to 31 in it */
  assert_int_equal (wire.bytes->len, 1 + 4 + 10 + 2 + 1);
  say (ppp, LCP, echo, sizeof echo);
  for (guint i = 0; i < wire.bytes->len; i++)
    assert_true (wire.bytes->data[i] >= 0x20);
  g_byte_array_unref (wire.bytes);
}

/* Frames of right form and random content, and bytes without form, in every phase.  It answers what
 * it likes, and neither breaks nor leaks. */
static void
test_noise (void **state G_GNUC_UNUSED)
{
  static const guint16 protocols[]
      = { 0xc021, 0xc023, 0xc223, 0x8021, 0x0021, 0x8057, 0x80fd, 0x0001 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (int round = 0; round < 400; round++)
    {
      g_autoptr (PppBed) bed = ppp_bed_new ((SimAuth)(round % 4));

      if (round % 8 == 0)
        ppp_bed_network (bed);
      for (int i = 0; i < 60; i++)
        {
          guint8 packet[64];
          gsize  n = (gsize)g_rand_int_range (random, 0, sizeof packet);

          for (gsize k = 0; k < n; k++)
            packet[k] = (guint8)g_rand_int_range (random, 0, g_rand_boolean (random) ? 256 : 12);
          if (n > 4 && g_rand_boolean (random))
            {
              packet[2] = 0;
              packet[3] = (guint8)n;
            }
          if (i % 10 == 9)
            sim_ppp_input (bed->ppp, packet, n);
          else
            say (bed->ppp, protocols[g_rand_int_range (random, 0, G_N_ELEMENTS (protocols))],
                 packet, n);
          if (i % 20 == 19)
            sim_clock_advance (bed->clock, SIM_SECONDS (1));
        }
      assert_true (bed->ended <= 1);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_phases),  cmocka_unit_test (test_terminate),
    cmocka_unit_test (test_lengths), cmocka_unit_test (test_escapes),
    cmocka_unit_test (test_noise),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* RFC 1334, RFC 1994 */
#include "mu-test.h"
#include "ppp-bed.h"
#include "sim-text.h"

#include <string.h>

#define LCP  0xc021
#define PAP  0xc023
#define CHAP 0xc223

#define RIGHT "01 01 00 0D 01 75 06 73 65 63 72 65 74" /* u, secret */

static void
test_pap (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_PAP);

  ppp_bed_say (bed, PAP, RIGHT); /* too early */
  ppp_bed_hears_nothing (bed);
  ppp_bed_link (bed);
  assert_false (bed->ready);
  ppp_bed_say (bed, PAP, "01 01 00 0D 01 75 07 73 65 63 72 65 74"); /* cut short */
  ppp_bed_say (bed, PAP, "01 01 00 04");
  ppp_bed_hears_nothing (bed);
  ppp_bed_say (bed, PAP, RIGHT);
  ppp_bed_hears (bed, "C023 02 01 00 05 00");
  assert_true (bed->ready);
  bed->ready = FALSE;
  ppp_bed_say (bed, PAP, RIGHT); /* it has not heard the answer */
  ppp_bed_hears (bed, "C023 02 01 00 05 00");
  assert_false (bed->ready);
}

static void
test_pap_wrong (void **state G_GNUC_UNUSED)
{
  static const char *const wrong[] = {
    "01 01 00 0D 01 76 06 73 65 63 72 65 74",    /* another user */
    "01 01 00 0D 01 75 06 73 65 63 72 65 75",    /* another password */
    "01 01 00 06 00 00",                         /* nobody */
    "01 01 00 0E 01 75 07 73 65 63 72 65 74 00", /* longer */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_PAP);

      ppp_bed_link (bed);
      ppp_bed_say (bed, PAP, wrong[i]);
      ppp_bed_hears (bed, "C023 03 01 00 05 00");
      ppp_bed_hears (bed, "C021 05 .. 00 04");
      assert_false (bed->ready);
      sim_clock_advance (bed->clock, SIM_SECONDS (1));
      assert_int_equal (bed->ended, 1);
    }
}

/* The answer to the challenge that was heard last. */
static void
respond (PppBed *bed, const char *user, const char *password)
{
  const char            *challenge = g_queue_peek_head (&bed->heard);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GChecksum)  sum = g_checksum_new (G_CHECKSUM_MD5);
  g_autoptr (GString)    text = g_string_new (NULL);

  assert_non_null (challenge);
  assert_true (g_str_has_prefix (challenge, "C22301"));
  assert_true (sim_unhex (challenge + 4, bytes));
  assert_int_equal (bytes->data[4], 16);
  g_checksum_update (sum, bytes->data + 1, 1);
  g_checksum_update (sum, (const guchar *)password, -1);
  g_checksum_update (sum, bytes->data + 5, 16);
  g_string_printf (text, "02%02X%04X10%s", bytes->data[1], (guint)(21 + strlen (user)),
                   g_checksum_get_string (sum));
  sim_hex (text, (const guint8 *)user, strlen (user));
  ppp_bed_hears (bed, challenge);
  ppp_bed_say (bed, CHAP, text->str);
}

static void
test_chap (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_CHAP);

  ppp_bed_link (bed);
  respond (bed, "u", "secret");
  ppp_bed_hears (bed, "C223 03 01 00 04");
  assert_true (bed->ready);
}

static void
test_chap_wrong (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) bed = ppp_bed_new (SIM_AUTH_CHAP), other = ppp_bed_new (SIM_AUTH_CHAP);

  ppp_bed_link (bed);
  respond (bed, "u", "Secret");
  ppp_bed_hears (bed, "C223 04 01 00 04");
  ppp_bed_hears (bed, "C021 05 .. 00 04");
  assert_false (bed->ready);
  ppp_bed_link (other);
  ppp_bed_say (other, CHAP, "02 01 00 06 10 00"); /* cut short */
  respond (other, "v", "secret");
  ppp_bed_hears (other, "C223 04 01 00 04");
}

/* Unanswered: asked again, ten times in all; the same of PAP, where the host asks. */
static void
test_silence (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) chap = ppp_bed_new (SIM_AUTH_CHAP), pap = ppp_bed_new (SIM_AUTH_PAP);

  ppp_bed_link (chap);
  for (int i = 0; i < 10; i++)
    {
      ppp_bed_hears (chap,
                     "C223 01 01 00 1A 10 ........ ........ ........ ........ 6D 75 37 30 39");
      sim_clock_advance (chap->clock, SIM_SECONDS (3));
    }
  ppp_bed_hears (chap, "C021 05 .. 00 04");
  ppp_bed_link (pap);
  sim_clock_advance (pap->clock, SIM_SECONDS (40));
  ppp_bed_hears (pap, "C021 05 .. 00 04");
  assert_int_equal (pap->ended, 1);
}

/* RFC 1661 6.2: CHAP is offered first; PAP only where the access point takes either. */
static void
test_kinds (void **state G_GNUC_UNUSED)
{
  g_autoptr (PppBed) any = ppp_bed_new (SIM_AUTH_ANY), chap = ppp_bed_new (SIM_AUTH_CHAP);

  ppp_bed_say (any, LCP, "01 01 00 04");
  ppp_bed_hears (any,
                 "C021 01 01 00 19 02 06 00 00 00 00 03 05 C2 23 05 05 06 ........ 07 02 08 02");
  ppp_bed_hears (any, "C021 02 01 00 04");
  ppp_bed_say (any, LCP, "03 01 00 08 03 04 C0 23");
  ppp_bed_hears (any, "C021 01 02 00 18 02 06 00 00 00 00 03 04 C0 23 05 06 ........ 07 02 08 02");
  ppp_bed_say (any, LCP, "02 02 00 04");
  ppp_bed_say (any, PAP, RIGHT);
  ppp_bed_hears (any, "C023 02 01 00 05 00");
  ppp_bed_say (chap, LCP, "01 01 00 04");
  ppp_bed_hears (chap,
                 "C021 01 01 .... 02 06 00 00 00 00 03 05 C2 23 05 05 06 ........ 07 02 08 02");
  ppp_bed_hears (chap, "C021 02 01 00 04");
  ppp_bed_say (chap, LCP, "03 01 00 08 03 04 C0 23");
  ppp_bed_hears (chap,
                 "C021 01 02 .... 02 06 00 00 00 00 03 05 C2 23 05 05 06 ........ 07 02 08 02");
  ppp_bed_say (chap, LCP, "04 02 00 09 03 05 C2 23 05"); /* not at all */
  ppp_bed_hears (chap, "C021 05 .. 00 04");
  ppp_bed_hears_nothing (chap);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pap),     cmocka_unit_test (test_pap_wrong),
    cmocka_unit_test (test_chap),    cmocka_unit_test (test_chap_wrong),
    cmocka_unit_test (test_silence), cmocka_unit_test (test_kinds),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

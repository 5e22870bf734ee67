/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-sms-parts.h"
#include "sim-text.h"
#include "tpdu-text.h"

#include <string.h>

/* How many parts so many of a character need (guide 9.5.1). */
typedef struct
{
  const char *character;
  SimAlphabet alphabet;
  guint       n;
  gboolean    wide;
  guint       n_parts;
} Case;

static const Case cases[] = {
  { "a", SIM_ALPHABET_GSM7, 0, FALSE, 1 },    { "a", SIM_ALPHABET_GSM7, 160, FALSE, 1 },
  { "a", SIM_ALPHABET_GSM7, 161, FALSE, 2 },  { "a", SIM_ALPHABET_GSM7, 306, FALSE, 2 },
  { "a", SIM_ALPHABET_GSM7, 307, FALSE, 3 },  { "a", SIM_ALPHABET_GSM7, 304, TRUE, 2 },
  { "a", SIM_ALPHABET_GSM7, 305, TRUE, 3 },   { "a", SIM_ALPHABET_8BIT, 140, FALSE, 1 },
  { "a", SIM_ALPHABET_8BIT, 268, FALSE, 2 },  { "a", SIM_ALPHABET_8BIT, 269, FALSE, 3 },
  { "短", SIM_ALPHABET_UCS2, 70, FALSE, 1 },  { "短", SIM_ALPHABET_UCS2, 134, FALSE, 2 },
  { "短", SIM_ALPHABET_UCS2, 135, FALSE, 3 }, { "短", SIM_ALPHABET_UCS2, 133, TRUE, 3 },
  { "€", SIM_ALPHABET_GSM7, 80, FALSE, 1 },   { "€", SIM_ALPHABET_GSM7, 152, FALSE, 2 },
  { "€", SIM_ALPHABET_GSM7, 153, FALSE, 3 },  { "😀", SIM_ALPHABET_UCS2, 66, FALSE, 2 },
  { "😀", SIM_ALPHABET_UCS2, 67, FALSE, 3 },
};

static void
test_numbers (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GArray)  parts = g_array_new (FALSE, FALSE, sizeof (SimSmsPart));
      const SimSmsCutting cutting = { .alphabet = cases[i].alphabet, .wide = cases[i].wide };

      for (guint k = 0; k < cases[i].n; k++)
        g_string_append (text, cases[i].character);
      assert_true (sim_sms_cut (text->str, &cutting, parts));
      assert_int_equal (parts->len, cases[i].n_parts);
      for (guint k = 0; k < parts->len; k++)
        assert_int_equal (g_array_index (parts, SimSmsPart, k).concatenated, parts->len > 1);
    }
}

static void
check (const char *text, const SimSmsCutting *cutting, const char *const *expected)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (SimSmsPart));

  assert_true (sim_sms_cut (text, cutting, parts));
  for (guint i = 0; i < parts->len; i++)
    {
      const SimSmsPart   *part = &g_array_index (parts, SimSmsPart, i);
      g_autoptr (GString) hex = g_string_new (NULL);

      assert_non_null (expected[i]);
      sim_hex (hex, part->ud, part->n_ud);
      assert_string_equal (hex->str, expected[i]);
    }
  assert_null (expected[parts->len]);
}

static void
test_headers (void **state G_GNUC_UNUSED)
{
  static const char *const wide[] = { "060804010702016131", "0608040107020263", NULL };
  SimSmsCutting cutting = { .alphabet = SIM_ALPHABET_GSM7, .limit = 2, .reference = 0x107 };

  check ("abc", &cutting, (const char *const[]){ "050003070201C262", "050003070202C6", NULL });
  cutting.wide = TRUE;
  check ("abc", &cutting, wide);
}

/* Never through a character, unless that is wanted. */
static void
test_cuts (void **state G_GNUC_UNUSED)
{
  SimSmsCutting cutting = { .alphabet = SIM_ALPHABET_UCS2, .limit = 4 };

  check ("a😀b", &cutting,
         (const char *const[]){ "0500030003010061", "050003000302D83DDE00", "0500030003030062",
                                NULL });
  cutting.anywhere = TRUE;
  check ("a😀b", &cutting,
         (const char *const[]){ "0500030002010061D83D", "050003000202DE000062", NULL });
  cutting = (SimSmsCutting){ .alphabet = SIM_ALPHABET_8BIT, .limit = 1 };
  check ("ab", &cutting, (const char *const[]){ "05000300020161", "05000300020262", NULL });
  cutting = (SimSmsCutting){ .alphabet = SIM_ALPHABET_GSM7, .limit = 1 };
  check ("€", &cutting, (const char *const[]){ "0500030001013665", NULL });
  assert_int_equal (sim_sms_alphabet ("{€}"), SIM_ALPHABET_GSM7);
  assert_int_equal (sim_sms_alphabet ("短"), SIM_ALPHABET_UCS2);
}

/* What is cut here the daemon's codec puts together. */
static void
check_joined (const SimSmsCutting *cutting, guint8 dcs, const char *text)
{
  g_autoptr (GArray)    parts = g_array_new (FALSE, FALSE, sizeof (SimSmsPart));
  g_autoptr (GArray)    decoded = g_array_new (FALSE, TRUE, sizeof (Tpdu));
  g_autoptr (GPtrArray) in_order = g_ptr_array_new ();
  g_autofree char      *joined = NULL;

  assert_true (sim_sms_cut (text, cutting, parts));
  g_array_set_size (decoded, parts->len);
  for (guint i = 0; i < parts->len; i++)
    {
      const SimSmsPart      *part = &g_array_index (parts, SimSmsPart, i);
      g_autoptr (GByteArray) pdu = g_byte_array_new ();
      SimTpdu                tpdu = { .kind = SIM_TPDU_DELIVER, .dcs = dcs };

      tpdu.first = part->concatenated ? SIM_TPDU_UDHI : 0;
      tpdu.udl = part->udl;
      tpdu.ud = part->ud;
      tpdu.n_ud = part->n_ud;
      assert_true (sim_address_set (&tpdu.address, "+15550100"));
      g_byte_array_append (pdu, (const guint8[]){ 0 }, 1);
      sim_tpdu_append (&tpdu, pdu);
      assert_true (tpdu_decode (pdu->data, pdu->len, TPDU_FROM_NETWORK,
                                &g_array_index (decoded, Tpdu, i), NULL));
      g_ptr_array_add (in_order, &g_array_index (decoded, Tpdu, i));
    }
  joined = tpdu_join_text ((const Tpdu *const *)in_order->pdata, in_order->len);
  assert_string_equal (joined, text);
}

/* Not escapes that were cut from their characters: what becomes of these is the codec's decision.
 */
static void
test_codec (void **state G_GNUC_UNUSED)
{
  for (guint limit = 0; limit < 20; limit++)
    for (guint bits = 0; bits < 4; bits++)
      {
        SimSmsCutting cutting = { .limit = limit, .wide = bits % 2 != 0 };

        cutting.alphabet = SIM_ALPHABET_GSM7;
        check_joined (&cutting, 0, "Grüße {für} 12 € [und] mehr");
        cutting.alphabet = SIM_ALPHABET_UCS2;
        cutting.anywhere = bits > 1;
        check_joined (&cutting, 8, "a😀短消息😀😀b");
      }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_numbers),
    cmocka_unit_test (test_headers),
    cmocka_unit_test (test_cuts),
    cmocka_unit_test (test_codec),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

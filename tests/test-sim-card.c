/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-card.h"
#include "sim-text.h"

typedef struct
{
  const char *command, *answer;
} Case;

static void
run_cases (SimCard *card, const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GByteArray) command = g_byte_array_new (), answer = g_byte_array_new ();
      g_autoptr (GString)    hex = g_string_new (NULL);

      assert_true (sim_unhex (cases[i].command, command));
      sim_card_apdu (card, command->data, command->len, answer);
      sim_hex (hex, answer->data, answer->len);
      assert_string_equal (hex->str, cases[i].answer);
    }
}

/* TS 102.221 11 */
static const Case usim_cases[] = {
  { "00", "6700" },
  { "00A400", "6700" },
  { "A0A40000023F00", "6E00" },
  { "00FF0000", "6D00" },
  { "00A4000C023F00", "9000" },
  { "00A40000023F00", "6112" },
  { "00C0000012", "62108202782183023F008A01058B036F06039000" },
  { "00F2000000", "62108202782183023F008A01058B036F06039000" },
  { "00F2000002", "62109000" },
  { "00A4040C10A0000000871002FFFFFFFF8906190000", "9000" }, /* the application */
  { "00A4000C026F07", "9000" },
  { "00C0000000", "6985" },
  { "00B0000009", "0809101010325476989000" },
  { "00B0000100", "09101010325476989000" },
  { "00A4080C047F106F3C", "9000" }, /* by path */
  { "00B2010403", "6CB0" },
  { "00DC0104020102", "9000" },
  { "00DCFF04020102", "6A83" },
  { "00A4080C022FE2", "9000" },
  { "00B000000A", "980001010000000010F29000" },
  { "00D600000100", "6982" },
  { "00A4080C047F996F3C", "6A82" },
  { "00A4000C0212", "6700" },
  { "00A4010C023F00", "6A82" },
};

static void
test_usim (void **state G_GNUC_UNUSED)
{
  SimCard *card = sim_card_new (&sim_card_defaults);

  run_cases (card, usim_cases, G_N_ELEMENTS (usim_cases));
  sim_card_free (card);
}

/* TS 51.011 9 */
static const Case sim_cases[] = {
  { "00A40000023F00", "6E00" },
  { "A0A40000027F20", "9F16" },
  { "A0C0000016", "000000007F200200000000000913030C0400838A838A9000" },
  { "A0A40000026F07", "9F0F" },
  { "A0C000000F", "000000096F0704001FFFFF010200009000" },
  { "A0B0000009", "6982" },
  { "A0200001083132333"
    "4FFFFFFFF",
    "9000" },
  { "A0B0000009", "0809101010325476989000" },
  { "A0B000000A", "6709" },
  { "A0A40000027F10", "9F16" },
  { "A0A40000026F3C", "9F0F" },
  { "A0C000000F", "00001B806F3C040011FFFF010201B09000" },
};

static void
test_sim (void **state G_GNUC_UNUSED)
{
  SimCardConfig config = sim_card_defaults;
  SimCard      *card;

  config.usim = FALSE;
  config.pin_enabled = TRUE;
  card = sim_card_new (&config);
  assert_false (sim_card_is_usim (card));
  run_cases (card, sim_cases, G_N_ELEMENTS (sim_cases));
  sim_card_free (card);
}

/* "1234" "0000" "4321" PUK "12345678" PUK "00000000", padded */
#define RIGHT     "31323334FFFFFFFF"
#define WRONG     "30303030FFFFFFFF"
#define OTHER     "34333231FFFFFFFF"
#define PUK       "3132333435363738"
#define WRONG_PUK "3030303030303030"

static const Case secret_cases[] = {
  { "00200001", "63C3" },
  { "0024000110" RIGHT OTHER, "6985" }, /* the PIN is off */
  { "0028000108" WRONG, "63C2" },
  { "0028000108" RIGHT, "9000" },
  { "0028000108" RIGHT, "6985" },
  { "0024000110" RIGHT OTHER, "9000" },
  { "0020000108" RIGHT, "63C2" },
  { "0020000108" OTHER, "9000" },
  { "00200001", "63C3" },
  { "0026000108" RIGHT, "63C2" },
  { "0026000108" RIGHT, "63C1" },
  { "0026000108" RIGHT, "63C0" },
  { "0020000108" OTHER, "6983" },
  { "00200001", "6983" },
  { "002C000110" WRONG_PUK RIGHT, "63C9" },
  { "002C000110" PUK RIGHT, "9000" },
  { "0026000108" RIGHT, "9000" },
  { "0020008108" RIGHT, "63C2" }, /* PIN2 is another */
  { "0020000508" RIGHT, "6A86" },
  { "0020000104"
    "31323334",
    "6700" },
  { "0020000108"
    "41323334FFFFFFFF",
    "6700" },
  { "0024000108" RIGHT, "6700" },
};

static void
test_secrets (void **state G_GNUC_UNUSED)
{
  SimCard *card = sim_card_new (&sim_card_defaults);

  run_cases (card, secret_cases, G_N_ELEMENTS (secret_cases));
  for (int i = 0; i < 10; i++)
    (void)sim_lock_unblock (sim_card_lock (card), "00000000", "1234");
  assert_int_equal (sim_lock_unblock (sim_card_lock (card), "12345678", "1234"), SIM_SW_BLOCKED);
  sim_card_free (card);
}

/* Whatever comes, there is an answer. */
static void
test_any_apdu (void **state G_GNUC_UNUSED)
{
  static const guint8 ins[]
      = { 0xa4, 0xb0, 0xb2, 0xc0, 0xd6, 0xdc, 0xf2, 0x20, 0x24, 0x26, 0x28, 0x2c };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  SimCard          *card = sim_card_new (&sim_card_defaults);

  for (int n = 0; n < 50000; n++)
    {
      g_autoptr (GByteArray) answer = g_byte_array_new ();
      gsize                  length = (gsize)g_rand_int_range (random, 2, 32);
      g_autofree guint8     *apdu = g_malloc0 (length); /* no byte more: a read behind it shows */

      for (gsize i = 2; i < length; i++)
        apdu[i] = (guint8)(g_rand_int (random) & 0x1f);
      apdu[1] = ins[g_rand_int_range (random, 0, sizeof ins)];
      sim_card_apdu (card, apdu, length, answer);
      assert_true (answer->len >= 2);
    }
  sim_card_free (card);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_usim),
    cmocka_unit_test (test_sim),
    cmocka_unit_test (test_secrets),
    cmocka_unit_test (test_any_apdu),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

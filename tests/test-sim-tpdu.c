/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-text.h"
#include "sim-tpdu.h"

#include <string.h>

/* Guide 9.2.1, 9.4.1, and a report. */
static const char submit[] = "0891683108608805F911000B813109730137F10000FF07EDF27C1E3E9701";
static const char submit_ucs2[] = "0891683108608805F911000B813109730137F10008FF0677ED6D88606F";
static const char deliver[]
    = "0891683108608805F9040D91683109730147F200002150716172350005F4F29C4E03";
static const char report[] = "0006110B915155101010F0625011213200806250112132058000";

static GByteArray *
bytes_of (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  assert_true (sim_unhex (hex, bytes));
  return bytes;
}

/* Apart and together again. */
static void
check (const char *hex, SimTpduKind kind, const char *number)
{
  g_autoptr (GByteArray) bytes = bytes_of (hex), back = g_byte_array_new ();
  g_autofree char       *text = NULL;
  SimTpdu                tpdu;

  assert_true (sim_tpdu_parse (bytes->data, bytes->len, &tpdu));
  assert_int_equal (tpdu.kind, kind);
  assert_int_equal (tpdu.length, bytes->len);
  text = sim_address_text (&tpdu.address);
  assert_string_equal (text, number);
  g_byte_array_append (back, bytes->data, (guint)tpdu.centre_length);
  sim_tpdu_append (&tpdu, back);
  assert_int_equal (back->len, bytes->len);
  assert_memory_equal (back->data, bytes->data, bytes->len);
}

static void
test_kinds (void **state G_GNUC_UNUSED)
{
  check (submit, SIM_TPDU_SUBMIT, "13903710731");
  check (submit_ucs2, SIM_TPDU_SUBMIT, "13903710731");
  check (deliver, SIM_TPDU_DELIVER, "+8613903710742");
  check (report, SIM_TPDU_STATUS_REPORT, "+15550101010");
}

/* Whatever is missing at the end. */
static void
test_short (void **state G_GNUC_UNUSED)
{
  static const char *const all[] = { submit, submit_ucs2, deliver, report };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GByteArray) bytes = bytes_of (all[i]);
      SimTpdu                tpdu;

      for (gsize n = 0; n < bytes->len; n++)
        {
          g_autofree guint8 *copy = g_memdup2 (bytes->data, n);

          assert_false (sim_tpdu_parse (copy, n, &tpdu));
        }
    }
}

static void
test_any_bytes (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 20000; i++)
    {
      guint8             bytes[60];
      gsize              n = (gsize)g_rand_int_range (random, 0, sizeof bytes);
      g_autofree guint8 *copy = NULL;
      SimTpdu            tpdu;

      for (gsize k = 0; k < n; k++)
        bytes[k] = (guint8)g_rand_int_range (random, 0, k < 12 ? 16 : 256);
      copy = g_memdup2 (bytes, n);
      if (sim_tpdu_parse (copy, n, &tpdu))
        {
          g_autofree char *text = sim_address_text (&tpdu.address);

          assert_true (tpdu.length <= n);
          assert_non_null (text);
        }
    }
}

static void
test_addresses (void **state G_GNUC_UNUSED)
{
  static const char *const right[] = { "+15550100", "112", "*100#", "Home Mobile", "A", "Bank€" };
  static const char *const wrong[] = { "", "123456789012345678901", "Home Mobile 2", "短" };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      SimAddress       address;
      g_autofree char *text = NULL;

      assert_true (sim_address_set (&address, right[i]));
      text = sim_address_text (&address);
      assert_string_equal (text, right[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      SimAddress address;

      assert_false (sim_address_set (&address, wrong[i]));
    }
}

typedef struct
{
  guint8      dcs;
  SimAlphabet alphabet;
  int class;
  gboolean store;
} Coding;

static const Coding codings[] = {
  { 0x00, SIM_ALPHABET_GSM7, -1, FALSE }, { 0x04, SIM_ALPHABET_8BIT, -1, FALSE },
  { 0x08, SIM_ALPHABET_UCS2, -1, FALSE }, { 0x10, SIM_ALPHABET_GSM7, 0, FALSE },
  { 0x1a, SIM_ALPHABET_UCS2, 2, FALSE },  { 0x20, SIM_ALPHABET_8BIT, -1, FALSE },
  { 0x12, SIM_ALPHABET_GSM7, 2, FALSE },  { 0xc8, SIM_ALPHABET_GSM7, -1, FALSE },
  { 0xd8, SIM_ALPHABET_GSM7, -1, TRUE },  { 0xe8, SIM_ALPHABET_UCS2, -1, TRUE },
  { 0xf0, SIM_ALPHABET_GSM7, 0, FALSE },  { 0xf6, SIM_ALPHABET_8BIT, 2, FALSE },
};

static void
test_codings (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      const Coding *coding = &codings[i];

      assert_int_equal (sim_dcs_alphabet (coding->dcs), coding->alphabet);
      assert_int_equal (sim_dcs_class (coding->dcs), coding->class);
      assert_int_equal (sim_dcs_is_store (coding->dcs), coding->store);
    }
  assert_int_equal (sim_dcs_bytes (0, 160), 140);
  assert_int_equal (sim_dcs_bytes (8, 140), 140);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_kinds),     cmocka_unit_test (test_short),
    cmocka_unit_test (test_any_bytes), cmocka_unit_test (test_addresses),
    cmocka_unit_test (test_codings),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "tpdu-address.h"

#include "mu-hex.h"
#include "mu-test.h"

#include <string.h>

static void
test_set (void **state G_GNUC_UNUSED)
{
  TpduAddress address;

  assert_true (tpdu_address_set (&address, "+491701234567", NULL));
  assert_int_equal (address.type, TPDU_NUMBER_INTERNATIONAL);
  assert_string_equal (address.text, "+491701234567");
  assert_true (tpdu_address_set (&address, "*100#", NULL));
  assert_int_equal (address.type, TPDU_NUMBER_UNKNOWN);
  assert_string_equal (address.text, "*100#");
  assert_true (tpdu_address_set (&address, "+12345678901234567890", NULL));
}

static void
test_refused (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *number;
    MuError     code;
  } rows[] = {
    { "", MU_ERROR_INVALID_ARGUMENT },
    { "+", MU_ERROR_INVALID_ARGUMENT },
    { "++1", MU_ERROR_INVALID_CHARACTERS },
    { "1+", MU_ERROR_INVALID_CHARACTERS },
    { " 1", MU_ERROR_INVALID_CHARACTERS },
    { "0170/123", MU_ERROR_INVALID_CHARACTERS },
    { "12a", MU_ERROR_INVALID_CHARACTERS }, /* BCD has it, people do not */
    { "12C", MU_ERROR_INVALID_CHARACTERS },
    { "1\r", MU_ERROR_INVALID_CHARACTERS },
    { "١٢٣", MU_ERROR_INVALID_CHARACTERS },
    { "\xff", MU_ERROR_INVALID_CHARACTERS },
    { "123456789012345678901", MU_ERROR_TOO_LONG },
    { "+123456789012345678901", MU_ERROR_TOO_LONG },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      TpduAddress        address = { .type = 42, .text = "kept" };

      assert_false (tpdu_address_set (&address, rows[i].number, &error));
      assert_true (g_error_matches (error, MU_ERROR, (gint)rows[i].code));
      assert_int_equal (address.type, 42);
      assert_string_equal (address.text, "kept");
    }
}

/* 23.040 9.1.2.5: the type, then as many semi-octets */
static const struct
{
  const char *hex;
  guint       n_digits;
  const char *text;
} rows[] = {
  { "91947122725014", 12, "+491722270541" },
  { "916407281553F8", 11, "+46708251358" },
  { "C87238880900F1", 11, "27838890001" }, /* a subscriber's */
  { "8181F3", 3, "183" },
  { "811A00FB", 5, "*100#" },
  { "81CBED", 4, "#abc" },
  { "A121436587092143658709", 20, "12345678901234567890" },
  { "9121436587092143658709", 20, "+12345678901234567890" },
  { "81", 0, "" },
  { "D0F334FC1CA69701", 13, "sipgate" },
  { "D04937BD2C7797E9D3E614", 20, "InternetSMS" },
  { "D0FBFD7EBFDFEFF77BFE1E", 20, "äääääääääöä" },
  { "D041", 2, "A" },
  { "D000", 2, "@" },
  { "D0", 0, "" },
  { "D09BB20C", 6, "€2" },
};

static void
test_both_ways (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) octets = g_byte_array_new ();
      TpduAddress            address;
      guint8                 again[11];
      guint                  n_digits;
      gsize                  n;
      g_autofree char       *hex = NULL;

      assert_true (mu_hex_decode (rows[i].hex, octets));
      tpdu_address_decode (&address, octets->data, rows[i].n_digits);
      assert_string_equal (address.text, rows[i].text);
      assert_int_equal (address.type, octets->data[0]);
      n = tpdu_address_encode (&address, again, &n_digits);
      hex = mu_hex_encode (again, n);
      assert_string_equal (hex, rows[i].hex);
      assert_int_equal (n_digits, rows[i].n_digits);
    }
}

/* A filler ends a number, and a number without digits has no plus either. */
static void
test_odd (void **state G_GNUC_UNUSED)
{
  static const guint8 filled[] = { 0x91, 0x21, 0xf3, 0x65 };
  static const guint8 hollow[] = { 0x91, 0xff };
  static const guint8 torn[] = { 0xd0, 0x9b, 0x0d }; /* an escape with nothing behind it */
  TpduAddress         address;

  tpdu_address_decode (&address, filled, 6);
  assert_string_equal (address.text, "+123");
  tpdu_address_decode (&address, hollow, 2);
  assert_string_equal (address.text, "");
  tpdu_address_decode (&address, hollow, 0);
  assert_string_equal (address.text, "");
  tpdu_address_decode (&address, torn, 2);
  assert_string_equal (address.text, " ");
  tpdu_address_decode (&address, torn, 4);
  assert_int_equal (strlen (address.text), 1);
}

/* What does not fit is cut off, and never written behind the room. */
static void
test_cut (void **state G_GNUC_UNUSED)
{
  TpduAddress        letters = { TPDU_NUMBER_ALPHANUMERIC, "Fourteen chars" };
  TpduAddress        strange = { TPDU_NUMBER_ALPHANUMERIC, "Ab你c" };
  TpduAddress        digits = { TPDU_NUMBER_INTERNATIONAL, "+1234567890123456789012345" };
  TpduAddress        again;
  g_autofree guint8 *octets = g_malloc (11);
  guint              n_digits;

  assert_int_equal (tpdu_address_encode (&letters, octets, &n_digits), 11);
  tpdu_address_decode (&again, octets, n_digits);
  assert_string_equal (again.text, "Fourteen ch");
  assert_int_equal (tpdu_address_encode (&strange, octets, &n_digits), 3);
  tpdu_address_decode (&again, octets, n_digits);
  assert_string_equal (again.text, "Ab");
  assert_int_equal (tpdu_address_encode (&digits, octets, &n_digits), 11);
  assert_int_equal (n_digits, 20);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_set), cmocka_unit_test (test_refused), cmocka_unit_test (test_both_ways),
    cmocka_unit_test (test_odd), cmocka_unit_test (test_cut),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

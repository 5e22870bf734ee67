/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "gsm7.h"

#include "gsm7-tables.h"
#include "mu-hex.h"
#include "mu-test.h"

#include <string.h>

static const Gsm7Tables plain = { GSM7_DEFAULT, GSM7_DEFAULT };

static void
assert_decodes (Gsm7Tables tables, const char *hex, const char *expected)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autoptr (GString)    text = g_string_new (NULL);

  assert_true (mu_hex_decode (hex, septets));
  gsm7_decode (septets->data, septets->len, tables, text);
  assert_string_equal (text->str, expected);
}

static void
assert_encodes (Gsm7Tables tables, const char *text, const char *expected)
{
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  g_autofree char       *hex = NULL;
  gunichar               unknown;

  assert_true (gsm7_encode (text, tables, septets, &unknown));
  hex = mu_hex_encode (septets->data, septets->len);
  assert_string_equal (hex, expected);
}

/* ---- characters ---- */

/* The whole of 23.038 6.2.1, the escape left out, and of 6.2.1.1. */
static void
test_default (void **state G_GNUC_UNUSED)
{
  static const char      all[] = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
                                 "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  g_autoptr (GByteArray) septets = g_byte_array_new ();
  gunichar               unknown;

  assert_true (gsm7_encode (all, plain, septets, &unknown));
  assert_int_equal (septets->len, 127);
  for (guint i = 0; i < septets->len; i++)
    assert_int_equal (septets->data[i], i < GSM7_ESCAPE ? i : i + 1);
  assert_encodes (plain, "\f^{}\\[~]|€", "1B0A1B141B281B291B2F1B3C1B3D1B3E1B401B65");
  assert_decodes (plain, "1B0A1B141B281B291B2F1B3C1B3D1B3E1B401B65", "\f^{}\\[~]|€");
}

/* 6.2.1.1: what an escape does not know is read without it; another escape is a blank */
static void
test_escapes (void **state G_GNUC_UNUSED)
{
  static const Gsm7Tables turkish = { GSM7_TURKISH, GSM7_TURKISH };

  assert_decodes (plain, "1B41", "A");
  assert_decodes (plain, "1B00", "@");
  assert_decodes (plain, "1B", " ");
  assert_decodes (plain, "411B", "A ");
  assert_decodes (plain, "1B1B65", " e");
  assert_decodes (plain, "1B0D", "\r"); /* reserved for another page */
  assert_decodes (turkish, "1B07", "ı");
  assert_decodes (plain, "E8", "h"); /* of an octet the upper bit is nothing */
  assert_decodes (plain, "9BE5", "€");
}

static void
test_unknown (void **state G_GNUC_UNUSED)
{
  static const gunichar rows[] = { 0x1b, 0xe7, '`', 0x416, 0x1f600, 1, 0x7f, 0xa0, 0xfffd };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) septets = g_byte_array_new ();
      g_autoptr (GString)    text = g_string_new ("ok ");
      gunichar               unknown = 0;

      g_string_append_unichar (text, rows[i]);
      g_string_append (text, "ş"); /* not the first */
      assert_false (gsm7_encode (text->str, plain, septets, &unknown));
      assert_int_equal (unknown, rows[i]);
    }
}

/* ---- national tables, 23.038 annex A ---- */

/* Some of each, as Android and Gecko have them, and two transcriptions of the specification. */
static void
test_languages (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    Gsm7Language language;
    gboolean     single;
    struct
    {
      guint8  septet;
      guint16 c;
    } some[8];
  } rows[] = {
    { GSM7_TURKISH,
      FALSE,
      { { 0x04, 0x20ac }, { 0x0b, 0x011e }, { 0x40, 0x0130 }, { 0x60, 0x00e7 } } },
    { GSM7_TURKISH,
      TRUE,
      { { 0x47, 0x011e }, { 0x49, 0x0130 }, { 0x63, 0x00e7 }, { 0x73, 0x015f } } },
    { GSM7_SPANISH,
      TRUE,
      { { 0x09, 0x00e7 }, { 0x41, 0x00c1 }, { 0x55, 0x00da }, { 0x6f, 0x00f3 } } },
    { GSM7_PORTUGUESE,
      FALSE,
      { { 0x04, 0x00ea }, { 0x14, 0x00c0 }, { 0x18, 0x20ac }, { 0x60, 0x007e } } },
    { GSM7_PORTUGUESE,
      TRUE,
      { { 0x05, 0x00ea }, { 0x12, 0x03a6 }, { 0x5b, 0x00c3 }, { 0x7f, 0x00e2 } } },
    { GSM7_BENGALI,
      FALSE,
      { { 0x00, 0x0981 }, { 0x03, 0x0985 }, { 0x15, 0x0995 }, { 0x7f, 0x09f1 } } },
    { GSM7_BENGALI,
      TRUE,
      { { 0x19, 0x09e6 }, { 0x1c, 0x09e8 }, { 0x24, 0x09df }, { 0x34, 0x09fa } } },
    { GSM7_GUJARATI,
      FALSE,
      { { 0x03, 0x0a85 }, { 0x15, 0x0a95 }, { 0x3d, 0x0aaa }, { 0x7f, 0x0af1 } } },
    { GSM7_GUJARATI,
      TRUE,
      { { 0x19, 0x0964 }, { 0x1a, 0x0965 }, { 0x1c, 0x0ae6 }, { 0x25, 0x0aef } } },
    { GSM7_HINDI,
      FALSE,
      { { 0x03, 0x0905 }, { 0x06, 0x0908 }, { 0x15, 0x0915 }, { 0x7f, 0x097f } } },
    { GSM7_HINDI,
      TRUE,
      { { 0x19, 0x0964 }, { 0x1c, 0x0966 }, { 0x2a, 0x0953 }, { 0x38, 0x0963 } } },
    { GSM7_KANNADA,
      FALSE,
      { { 0x03, 0x0c85 },
        { 0x15, 0x0c95 },
        { 0x23, 0x0ca0 },
        { 0x24, 0x0ca1 },
        { 0x25, 0x0ca2 },
        { 0x3d, 0x0caa },
        { 0x7b, 0x0cd6 } } },
    { GSM7_KANNADA,
      TRUE,
      { { 0x1c, 0x0ce6 }, { 0x25, 0x0cef }, { 0x26, 0x0cde }, { 0x2a, 0x0cf2 } } },
    { GSM7_MALAYALAM,
      FALSE,
      { { 0x03, 0x0d05 }, { 0x15, 0x0d15 }, { 0x45, 0x0d31 }, { 0x7f, 0x0d79 } } },
    { GSM7_MALAYALAM, TRUE, { { 0x1c, 0x0d66 }, { 0x2e, 0x0d7a }, { 0x34, 0x0d7f } } },
    { GSM7_ORIYA,
      FALSE,
      { { 0x00, 0x0b01 }, { 0x15, 0x0b15 }, { 0x47, 0x0b33 }, { 0x7b, 0x0b57 } } },
    { GSM7_ORIYA, TRUE, { { 0x1c, 0x0b66 }, { 0x26, 0x0b5c }, { 0x2a, 0x0b5f } } },
    { GSM7_PUNJABI,
      FALSE,
      { { 0x03, 0x0a05 }, { 0x15, 0x0a15 }, { 0x50, 0x0a3e }, { 0x7f, 0x0a74 } } },
    { GSM7_PUNJABI, TRUE, { { 0x1c, 0x0a66 }, { 0x2a, 0x0a5b }, { 0x2d, 0x0a75 } } },
    { GSM7_TAMIL,
      FALSE,
      { { 0x03, 0x0b85 }, { 0x15, 0x0b95 }, { 0x3c, 0x0ba9 }, { 0x7f, 0x0bf9 } } },
    { GSM7_TAMIL,
      TRUE,
      { { 0x1c, 0x0be6 }, { 0x24, 0x0bee }, { 0x26, 0x0bf3 }, { 0x2e, 0x0bfa } } },
    { GSM7_TELUGU,
      FALSE,
      { { 0x03, 0x0c05 }, { 0x15, 0x0c15 }, { 0x50, 0x0c3e }, { 0x7f, 0x0c63 } } },
    { GSM7_TELUGU,
      TRUE,
      { { 0x1c, 0x0c66 }, { 0x22, 0x0c6c }, { 0x26, 0x0c58 }, { 0x32, 0x0c7f } } },
    { GSM7_URDU,
      FALSE,
      { { 0x00, 0x0627 }, { 0x05, 0x067e }, { 0x1f, 0x068a }, { 0x7f, 0x0670 } } },
    { GSM7_URDU, TRUE, { { 0x1c, 0x06f0 }, { 0x26, 0x060c }, { 0x34, 0x0640 }, { 0x3f, 0x06d4 } } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize k = 0; k < 8 && rows[i].some[k].c != 0; k++)
      {
        const guint16 *const *tables = rows[i].single ? gsm7_single_tables : gsm7_locking_tables;

        assert_int_equal (tables[rows[i].language][rows[i].some[k].septet], rows[i].some[k].c);
      }
}

static void
assert_there_and_back (Gsm7Tables tables, const guint8 *septets, gsize n, gunichar c,
                       gboolean is_the_only)
{
  g_autoptr (GString)    text = g_string_new (NULL);
  g_autoptr (GString)    expected = g_string_new (NULL);
  g_autoptr (GString)    again = g_string_new (NULL);
  g_autoptr (GByteArray) encoded = g_byte_array_new ();
  gunichar               unknown;

  g_string_append_unichar (expected, c);
  gsm7_decode (septets, n, tables, text);
  assert_string_equal (text->str, expected->str);
  assert_true (gsm7_encode (text->str, tables, encoded, &unknown));
  gsm7_decode (encoded->data, encoded->len, tables, again);
  assert_string_equal (again->str, expected->str);
  if (is_the_only)
    {
      assert_int_equal (encoded->len, n);
      assert_memory_equal (encoded->data, septets, n);
    }
}

static gboolean
has (const guint16 *table, guint16 c, guint before)
{
  for (guint i = 0; i < before; i++)
    if (table[i] == c)
      return TRUE;
  return FALSE;
}

/* Every septet of every pair of tables. */
static void
test_all_tables (void **state G_GNUC_UNUSED)
{
  for (guint pair = 0; pair < GSM7_LANGUAGES * GSM7_LANGUAGES; pair++)
    {
      Gsm7Tables     tables = { pair / GSM7_LANGUAGES, pair % GSM7_LANGUAGES };
      const guint16 *locking = gsm7_locking_tables[tables.locking];
      const guint16 *single = gsm7_single_tables[tables.single];

      assert_int_equal (locking[GSM7_ESCAPE], 0);
      assert_int_equal (single[GSM7_ESCAPE], 0);
      for (guint8 i = 0; i < GSM7_CODES; i++)
        {
          guint8 septets[2] = { GSM7_ESCAPE, i };

          if (locking[i] != 0)
            {
              assert_false (has (locking, locking[i], i)); /* no letter has two codes */
              assert_there_and_back (tables, septets + 1, 1, locking[i], TRUE);
            }
          if (single[i] != 0)
            assert_there_and_back (tables, septets, 2, single[i],
                                   !has (locking, single[i], GSM7_CODES)
                                       && !has (single, single[i], i));
        }
    }
}

/* ---- packing ---- */

/* 23.038 6.1.2.1; with fill bits 23.040 figure 9.2.3.24 (a) */
static void
test_pack (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text;
    guint       fill_bits;
    const char *hex;
  } rows[] = {
    { "", 0, "" },
    { "h", 0, "68" },
    { "hellohello", 0, "E8329BFD4697D9EC37" },
    { "Test", 0, "D4F29C0E" },
    { "sipgate", 0, "F334FC1CA69701" },
    { "Testmail", 0, "D4F29CDE0EA7D9" },
    { "A", 1, "82" },
    { "A", 2, "0401" },
    { "A", 6, "4010" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GByteArray) septets = g_byte_array_new ();
      guint8                 octets[160], again[160];
      g_autofree char       *hex = NULL;
      gunichar               unknown;
      gsize                  n;

      assert_true (gsm7_encode (rows[i].text, plain, septets, &unknown));
      n = gsm7_packed_size (septets->len, rows[i].fill_bits);
      gsm7_pack (septets->data, septets->len, rows[i].fill_bits, octets);
      hex = mu_hex_encode (octets, n);
      assert_string_equal (hex, rows[i].hex);
      gsm7_unpack (octets, septets->len, rows[i].fill_bits, again);
      if (septets->len > 0)
        assert_memory_equal (again, septets->data, septets->len);
    }
}

static void
test_pack_random (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 5000; round++)
    {
      gsize              n = (gsize)g_rand_int_range (rand, 1, 161);
      guint              fill_bits = (guint)g_rand_int_range (rand, 0, 7);
      gsize              size = gsm7_packed_size (n, fill_bits);
      g_autofree guint8 *septets = g_malloc (n + 1);
      g_autofree guint8 *again = g_malloc (n + 1);
      g_autofree guint8 *octets = g_malloc (size); /* not one more */

      for (gsize i = 0; i < n; i++)
        septets[i] = (guint8)g_rand_int_range (rand, 0, 128);
      gsm7_pack (septets, n, fill_bits, octets);
      assert_int_equal (octets[0] & ((1u << fill_bits) - 1), 0);
      gsm7_unpack (octets, n, fill_bits, again);
      assert_memory_equal (septets, again, n);
      assert_int_equal (size, (n * 7 + fill_bits + 7) / 8);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_default),     cmocka_unit_test (test_escapes),
    cmocka_unit_test (test_unknown),     cmocka_unit_test (test_languages),
    cmocka_unit_test (test_all_tables),  cmocka_unit_test (test_pack),
    cmocka_unit_test (test_pack_random),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

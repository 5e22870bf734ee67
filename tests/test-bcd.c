/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bcd.h"
#include "mu-test.h"

#include <string.h>

/* 23.040 9.1.2.3: swapped, an odd one with a filler */
static void
test_encode (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *digits;
    gsize       n;
    guint8      octets[8];
  } rows[] = {
    { "", 0, { 0 } },
    { "1", 1, { 0xf1 } },
    { "12", 1, { 0x21 } },
    { "46708251358", 6, { 0x64, 0x07, 0x28, 0x15, 0x53, 0xf8 } },
    { "*100#", 3, { 0x1a, 0x00, 0xfb } },
    { "abcABC", 3, { 0xdc, 0xce, 0xed } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint8 octets[8];

      assert_int_equal (bcd_encode (rows[i].digits, octets), rows[i].n);
      assert_memory_equal (octets, rows[i].octets, rows[i].n);
    }
}

static void
test_decode (void **state G_GNUC_UNUSED)
{
  static const guint8 number[] = { 0x64, 0x07, 0x28, 0x15, 0x53, 0xf8 };
  static const guint8 torn[] = { 0x21, 0x4f, 0x65 };
  static const guint8 late[] = { 0x21, 0xf3, 0x65 };
  char                digits[13];

  bcd_decode (number, sizeof number, 12, digits);
  assert_string_equal (digits, "46708251358");
  bcd_decode (number, sizeof number, 3, digits);
  assert_string_equal (digits, "467");
  bcd_decode (number, 1, 12, digits);
  assert_string_equal (digits, "46");
  bcd_decode (number, 0, 12, digits);
  assert_string_equal (digits, "");
  bcd_decode (number, sizeof number, 0, digits);
  assert_string_equal (digits, "");
  bcd_decode (torn, sizeof torn, 6, digits); /* the filler ends it, wherever it is */
  assert_string_equal (digits, "12");
  bcd_decode (late, sizeof late, 6, digits);
  assert_string_equal (digits, "123");
}

static void
test_digits (void **state G_GNUC_UNUSED)
{
  for (int c = 0; c < 256; c++)
    assert_true (bcd_is_digit ((char)c) == (c != 0 && strchr ("0123456789*#abcABC", c) != NULL));
}

static void
test_random (void **state G_GNUC_UNUSED)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int round = 0; round < 5000; round++)
    {
      char   digits[21] = "", again[21];
      guint8 octets[10];
      gsize  n = (gsize)g_rand_int_range (rand, 0, 21);

      for (gsize i = 0; i < n; i++)
        digits[i] = "0123456789*#abc"[g_rand_int_range (rand, 0, 15)];
      assert_int_equal (bcd_encode (digits, octets), (n + 1) / 2);
      bcd_decode (octets, (n + 1) / 2, 20, again);
      assert_string_equal (digits, again);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_encode),
    cmocka_unit_test (test_decode),
    cmocka_unit_test (test_digits),
    cmocka_unit_test (test_random),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

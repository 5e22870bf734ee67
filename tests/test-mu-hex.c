/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-hex.h"
#include "mu-test.h"

#include <string.h>

static void
test_both_ways (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autofree char       *hex = NULL;
  g_autofree char       *nothing = mu_hex_encode (NULL, 0);

  for (guint i = 0; i <= G_MAXUINT8; i++)
    {
      guint8 octet = (guint8)i;

      g_byte_array_append (octets, &octet, 1);
    }
  hex = mu_hex_encode (octets->data, octets->len);
  assert_int_equal (strlen (hex), 512);
  assert_true (g_str_has_prefix (hex, "000102030405060708090A0B"));
  assert_true (g_str_has_suffix (hex, "FCFDFEFF"));
  assert_true (mu_hex_decode (hex, octets)); /* behind those */
  assert_int_equal (octets->len, 512);
  assert_memory_equal (octets->data, octets->data + 256, 256);
  assert_string_equal (nothing, "");
}

static void
test_case (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  assert_true (mu_hex_decode ("", octets));
  assert_int_equal (octets->len, 0);
  assert_true (mu_hex_decode ("aBCdeF", octets));
  assert_int_equal (octets->len, 3);
  assert_memory_equal (octets->data, "\xab\xcd\xef", 3);
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  static const char *const texts[] = {
    "0",    "012", "0g", "g0",    "0x12",       " 12",   "12 ",
    "1 2 ", "+1",  "-1", "12\n4", "00\xc3\xa4", "1\xff",
  };
  g_autoptr (GByteArray) octets = g_byte_array_new ();

  g_byte_array_append (octets, (const guint8 *)"kept", 4);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      assert_false (mu_hex_decode (texts[i], octets));
      assert_int_equal (octets->len, 4);
      assert_memory_equal (octets->data, "kept", 4);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_both_ways),
    cmocka_unit_test (test_case),
    cmocka_unit_test (test_nonsense),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

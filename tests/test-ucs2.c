/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ucs2.h"

#include "mu-hex.h"
#include "mu-test.h"

static void
assert_decodes (const char *hex, const char *expected)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GString)    text = g_string_new ("<");

  assert_true (mu_hex_decode (hex, octets));
  ucs2_decode (octets->data, octets->len, text);
  assert_true (g_utf8_validate (text->str, (gssize)text->len, NULL));
  assert_string_equal (text->str + 1, expected);
}

static void
test_text (void **state G_GNUC_UNUSED)
{
  assert_decodes ("", "");
  assert_decodes ("00480069", "Hi");
  assert_decodes ("0442043504410442", "тест");
  assert_decodes ("4F60597D", "你好");
  assert_decodes ("D83DDE00", "😀");
  assert_decodes ("D800DC00DBFFDFFF", "\U00010000\U0010FFFF");
  assert_decodes ("FFFDFFFF", "\uFFFD\uFFFF");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  assert_decodes ("D83D", "\uFFFD");
  assert_decodes ("DE00", "\uFFFD");
  assert_decodes ("D83D0041", "\uFFFDA");
  assert_decodes ("DC00DE00", "\uFFFD\uFFFD"); /* the first of those that come second */
  assert_decodes ("DBFFE000", "\uFFFD\uE000");
  assert_decodes ("D83DD83DDE00", "\uFFFD😀");
  assert_decodes ("DE00D83D", "\uFFFD\uFFFD");
  assert_decodes ("004100", "A\uFFFD");
  assert_decodes ("D83DDE", "\uFFFD");
  assert_decodes ("00410000"
                  "0042",
                  "AB");
  assert_decodes ("D83D0000DE00", "\uFFFD\uFFFD");
}

static void
test_encode (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autofree char       *hex = NULL;

  ucs2_encode ("", octets);
  assert_int_equal (octets->len, 0);
  ucs2_encode ("Aäт你😀\uFFFD\U0010FFFF", octets);
  hex = mu_hex_encode (octets->data, octets->len);
  assert_string_equal (hex, "004100E404424F60D83DDE00FFFDDBFFDFFF");
}

/* Every character that there is. */
static void
test_all (void **state G_GNUC_UNUSED)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  g_autoptr (GString)    text = g_string_new (NULL);
  g_autoptr (GString)    again = g_string_new (NULL);

  for (gunichar c = 1; c <= 0x10ffff; c++)
    if (c < 0xd800 || c > 0xdfff)
      g_string_append_unichar (text, c);
  ucs2_encode (text->str, octets);
  assert_int_equal (octets->len, 2 * (0xd800 - 1 + 0x2000) + 4 * 0x100000);
  ucs2_decode (octets->data, octets->len, again);
  assert_true (g_string_equal (text, again));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_text),
    cmocka_unit_test (test_nonsense),
    cmocka_unit_test (test_encode),
    cmocka_unit_test (test_all),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

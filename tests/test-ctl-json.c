/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-json.h"
#include "mu-test.h"

#include <math.h>

static void
assert_json (GVariant *value, const char *expected)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  g_autoptr (GString)  text = g_string_new (NULL);

  ctl_json_append (text, owned);
  assert_string_equal (text->str, expected);
}

typedef struct
{
  const char *gvariant;
  const char *json;
} Row;

static const Row rows[] = {
  { "true", "true" },
  { "false", "false" },
  { "byte 0xff", "255" },
  { "int16 -32768", "-32768" },
  { "uint16 65535", "65535" },
  { "-2147483648", "-2147483648" },
  { "uint32 4294967295", "4294967295" },
  { "int64 -9223372036854775808", "-9223372036854775808" },
  { "uint64 18446744073709551615", "18446744073709551615" },
  { "handle 3", "3" },
  { "0.1", "0.1" },
  { "-6.0", "-6" },
  { "1e300", "1e+300" },
  { "0.1234567890123456789", "0.12345678901234568" },
  { "'text'", "\"text\"" },
  { "objectpath '/org/mu709'", "\"/org/mu709\"" },
  { "signature 'a{sv}'", "\"a{sv}\"" },
  { "[byte 0x00, 0x7f, 0xff]", "\"007fff\"" },
  { "@ay []", "\"\"" },
  { "[[byte 0x01], [0x02]]", "[\"01\",\"02\"]" },
  { "<<'inner'>>", "\"inner\"" },
  { "@mv nothing", "null" },
  { "@ms 'just'", "\"just\"" },
  { "@as []", "[]" },
  { "['a', 'b']", "[\"a\",\"b\"]" },
  { "@a{sv} {}", "{}" },
  { "{'a': <1>, 'b': <['x']>}", "{\"a\":1,\"b\":[\"x\"]}" },
  { "{uint32 7: 'seven'}", "{\"7\":\"seven\"}" },
  { "{true: 1}", "{\"true\":1}" },
  { "{objectpath '/a': {'I': {'P': <true>}}}", "{\"/a\":{\"I\":{\"P\":true}}}" },
  { "()", "[]" },
  { "('a', 1, [('b', 'c')])", "[\"a\",1,[[\"b\",\"c\"]]]" },
  { "[{'a': <1>}, {}]", "[{\"a\":1},{}]" },
};

static void
test_rows (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError)   error = NULL;
      g_autoptr (GVariant) value = g_variant_parse (NULL, rows[i].gvariant, NULL, NULL, &error);

      if (value == NULL)
        fail_msg ("%s: %s", rows[i].gvariant, error->message);
      assert_json (value, rows[i].json);
    }
}

/* What is no number is no number in JSON. */
static void
test_not_finite (void **state G_GNUC_UNUSED)
{
  assert_json (g_variant_new_double ((double)NAN), "null");
  assert_json (g_variant_new_double ((double)INFINITY), "null");
  assert_json (g_variant_new_double (-(double)INFINITY), "null");
}

static void
test_doubles_come_back (void **state G_GNUC_UNUSED)
{
  static const double numbers[] = { 1.0 / 3, 1e-310, 5e-324, 1.7976931348623157e308, -0.1, 1e15 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_double (numbers[i]));
      g_autoptr (GString)  text = g_string_new (NULL);

      ctl_json_append (text, value);
      assert_true (g_ascii_strtod (text->str, NULL) == numbers[i]);
    }
}

static void
test_strings (void **state G_GNUC_UNUSED)
{
  assert_json (g_variant_new_string ("\"\\/"), "\"\\\"\\\\/\"");
  assert_json (g_variant_new_string ("a\nb\tc\r\x01\x1b[m\x7f"),
               "\"a\\u000ab\\u0009c\\u000d\\u0001\\u001b[m\\u007f\"");
  assert_json (g_variant_new_string ("\xc2\x85 \xc2\x9f"), "\"\\u0085 \\u009f\""); /* C1 */
  assert_json (g_variant_new_string ("Grüße, 中国移动, 😀"), "\"Grüße, 中国移动, 😀\"");
  assert_json (g_variant_new_parsed ("{'\\n\"': 1}"), "{\"\\u000a\\\"\":1}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_rows),
    cmocka_unit_test (test_not_finite),
    cmocka_unit_test (test_doubles_come_back),
    cmocka_unit_test (test_strings),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

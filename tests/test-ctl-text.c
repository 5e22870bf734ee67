/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-text.h"
#include "mu-test.h"

typedef struct
{
  const char *gvariant;
  const char *text;
} Row;

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant          *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  if (value == NULL)
    fail_msg ("%s: %s", text, error->message);
  return value;
}

static const Row lines[] = {
  { "true", "yes" },
  { "<false>", "no" },
  { "byte 200", "200" },
  { "uint32 5", "5" },
  { "-71", "-71" },
  { "-6.5", "-6.5" },
  { "'text'", "text" },
  { "''", "" },
  { "'a\\n\\u001b[31m\\u0085'", "a\\x0a\\x1b[31m\\x85" },
  { "'Zürich 中'", "Zürich 中" },
  { "[byte 0x00, 0xff]", "00ff" },
  { "@as []", "" },
  { "['112', '911']", "112, 911" },
  { "[('pcui', '/dev/ttyUSB2'), ('net', 'wwan0')]", "pcui /dev/ttyUSB2, net wwan0" },
  { "[('', '+15550100')]", "+15550100" },
  { "[('ab', '')]", "ab" },
  { "{'cid': <uint32 1>, 'apn': <'internet'>}", "cid=1, apn=internet" },
  { "[{'cid': <uint32 1>, 'apn': <'a'>}, {'cid': <uint32 2>}]", "cid=1, apn=a; cid=2" },
};

static void
test_lines (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GVariant) value = parse (lines[i].gvariant);
      g_autofree char     *text = ctl_text_line (value);

      assert_string_equal (text, lines[i].text);
    }
}

static const Row blocks[] = {
  { "'two\\nlines\\u001b'", "two\nlines\\x1b\n" },
  { "uint32 5", "5\n" },
  { "['a', 'b']", "a\nb\n" },
  { "@as []", "" },
  { "@aa{sv} []", "" },
  { "@a{sv} {}", "" },
  { "[byte 0x01, 0x02]", "0102\n" },
  { "{'short': <'a'>, 'longer': <true>}", "short   a\nlonger  yes\n" },
  { "[('one', 'two'), ('three', '')]", "one    two\nthree\n" },
  { "[{'name': <'A'>, 'code': <'26201'>}, {'code': <'26202'>, 'technology': <'gsm'>}]",
    "name  code   technology\n"
    "A     26201\n"
    "      26202  gsm\n" },
};

static void
test_blocks (void **state G_GNUC_UNUSED)
{
  const CtlStyle style = { .width = 80 };

  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    {
      g_autoptr (GVariant) value = parse (blocks[i].gvariant);
      g_autofree char     *text = ctl_text_block (value, &style);

      assert_string_equal (text, blocks[i].text);
    }
}

static void
test_append_lines (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) out = g_string_new ("> ");

  ctl_text_append_lines (out, "a\r\nb\rc\n\td\033\b");
  assert_string_equal (out->str, "> a\nb\nc\n\td\\x1b\\x08");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_lines),
    cmocka_unit_test (test_append_lines),
    cmocka_unit_test (test_blocks),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

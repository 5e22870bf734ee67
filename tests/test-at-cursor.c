/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-cursor.h"
#include "mu-test.h"

#include <string.h>

static char *
walk (AtCursor *cursor)
{
  GString *seen = g_string_new (NULL);
  AtValue  value;

  while (at_cursor_next (cursor, &value))
    {
      g_autofree char *text = at_value_dup (&value);

      g_string_append_printf (seen, "%s%s%s|", value.quoted ? "'" : "", value.group ? "()" : "",
                              text);
    }
  return g_string_free (seen, FALSE);
}

static void
check (const char *line, const char *prefix, const char *expected)
{
  AtCursor         cursor;
  g_autofree char *seen = NULL;

  assert_true (at_cursor_begin (&cursor, line, prefix));
  seen = walk (&cursor);
  assert_string_equal (seen, expected);
}

static void
test_values (void **state G_GNUC_UNUSED)
{
  check ("+CSQ: 17,99", "+CSQ", "17|99|");
  check ("+CSQ:17 , 99 ", "+CSQ", "17|99|");
  check ("^SYSINFOEX: 2,3,0,1,,3,\"WCDMA\"", "^SYSINFOEX", "2|3|0|1||3|'WCDMA|");
  check ("+CPBR: 1,\"12,3\",129,\"a b\"", "+CPBR", "1|'12,3|129|'a b|");
  check ("^NDISSTATQry:1", "^NDISSTATQRY", "1|");
  check ("+CREG:", "+CREG", "");
  check ("+X: a,", "+X", "a||");
  check ("+X: \"open, and", "+X", "\"open, and|");
  check ("+X: )(,)", "+X", ")(|)|");
}

static void
test_not_this_line (void **state G_GNUC_UNUSED)
{
  AtCursor cursor;
  AtValue  value;

  assert_false (at_cursor_begin (&cursor, "+CREGX: 1", "+CREG"));
  assert_false (at_cursor_next (&cursor, &value));
  assert_false (at_cursor_begin (&cursor, "+CR", "+CREG"));
}

static void
test_groups (void **state G_GNUC_UNUSED)
{
  AtCursor         cursor, inside;
  AtValue          value;
  g_autofree char *seen = NULL;

  check ("+COPS: (2,\"A,(\",\"a\"),(1,\"B\"),,(0,1)", "+COPS",
         "()2,\"A,(\",\"a\"|()1,\"B\"||()0,1|");
  assert_true (at_cursor_begin (&cursor, "+COPS: (2,\"A,(\",(3,4))", "+COPS"));
  assert_true (at_cursor_next (&cursor, &value));
  assert_false (at_cursor_next (&cursor, &(AtValue){ 0 }));
  at_cursor_enter (&inside, &value);
  seen = walk (&inside);
  assert_string_equal (seen, "2|'A,(|()3,4|");
}

static void
test_numbers (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *text;
    guint       base, max;
    int         expected; /* -1: no number */
  } rows[] = {
    { "0", 10, 9, 0 },     { "10", 10, 9, -1 },
    { "", 10, 9, -1 },     { "-1", 10, 9, -1 },
    { "1 2", 10, 99, -1 }, { "1A", 10, 99, -1 },
    { "1a", 16, 255, 26 }, { "0x1A", 16, 255, 26 },
    { "0x", 16, 255, -1 }, { "99999999999999999999999", 10, G_MAXUINT, -1 },
    { "0007", 10, 9, 7 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      AtValue value = { .start = rows[i].text, .len = strlen (rows[i].text) };
      guint   number = 77;

      assert_int_equal (at_value_uint (&value, rows[i].base, rows[i].max, &number),
                        rows[i].expected >= 0);
      assert_int_equal (number, rows[i].expected >= 0 ? (guint)rows[i].expected : 77);
    }
}

static void
test_signed (void **state G_GNUC_UNUSED)
{
  int number = 0;

  assert_true (at_value_int (&(AtValue){ .start = "-110", .len = 4 }, &number));
  assert_int_equal (number, -110);
  assert_true (at_value_int (&(AtValue){ .start = "+5", .len = 2 }, &number));
  assert_int_equal (number, 5);
  assert_false (at_value_int (&(AtValue){ .start = "-", .len = 1 }, &number));
  assert_false (at_value_int (&(AtValue){ .start = "--5", .len = 3 }, &number));
}

static void
test_text (void **state G_GNUC_UNUSED)
{
  char    small[4];
  AtValue value = { .start = "ab\xc3\xa9", .len = 4 };

  assert_true (at_value_text (&(AtValue){ .start = "abc", .len = 3 }, small, sizeof small));
  assert_string_equal (small, "abc");
  assert_false (at_value_text (&value, small, sizeof small)); /* and not half a character */
  assert_string_equal (small, "ab");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_values), cmocka_unit_test (test_not_this_line),
    cmocka_unit_test (test_groups), cmocka_unit_test (test_numbers),
    cmocka_unit_test (test_signed), cmocka_unit_test (test_text),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

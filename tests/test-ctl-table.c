/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-table.h"
#include "mu-test.h"

static char *
render (gsize n_columns, const char *const *cells)
{
  g_autoptr (CtlTable) table = ctl_table_new (n_columns);

  for (; *cells != NULL; cells++)
    ctl_table_add (table, *cells);
  return ctl_table_render (table);
}

static void
assert_table (gsize n_columns, const char *const *cells, const char *expected)
{
  g_autofree char *text = render (n_columns, cells);

  assert_string_equal (text, expected);
}

static void
test_columns (void **state G_GNUC_UNUSED)
{
  assert_table (2, (const char *[]){ NULL }, "");
  assert_table (3, (const char *[]){ "a", "bb", "c", "aaa", "b", "ccc", NULL },
                "a    bb  c\naaa  b   ccc\n");
  assert_table (1, (const char *[]){ "one", "two", NULL }, "one\ntwo\n");
}

/* Empty cells keep their place, but no line ends with blanks. */
static void
test_empty_cells (void **state G_GNUC_UNUSED)
{
  assert_table (3, (const char *[]){ "a", "", "c", "aa", "bb", "", "", "", "", NULL },
                "a       c\naa  bb\n\n");
}

/* A wide character takes two columns, a combining one none, a colour none. */
static void
test_width (void **state G_GNUC_UNUSED)
{
  assert_int_equal (ctl_table_width (""), 0);
  assert_int_equal (ctl_table_width ("abc"), 3);
  assert_int_equal (ctl_table_width ("中国"), 4);
  assert_int_equal (ctl_table_width ("e\u0301"), 1);
  assert_int_equal (ctl_table_width ("\033[1mbold\033[0m"), 4);
  assert_int_equal (ctl_table_width ("\033[1m\033[0m"), 0);
  assert_table (2, (const char *[]){ "中国", "x", "\033[32mok\033[0m", "y", NULL },
                "中国  x\n\033[32mok\033[0m    y\n");
}

/* The last column gives way; what is wide is not cut in two. */
static void
test_fit (void **state G_GNUC_UNUSED)
{
  static const char *const cells[] = { "a", "bcdefgh", "aa", "b", "a", "中国中国", NULL };
  static const char *const texts[] = { "a   …\naa  b\na   …\n", "a   bcd…\naa  b\na   中…\n",
                                       "a   bcdefgh\naa  b\na   中国中…\n" };
  static const gsize       widths[] = { 5, 8, 11 };

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autoptr (CtlTable) table = ctl_table_new (2);
      g_autofree char     *text = NULL;

      for (const char *const *cell = cells; *cell != NULL; cell++)
        ctl_table_add (table, *cell);
      ctl_table_fit (table, widths[i], "…");
      text = ctl_table_render (table);
      assert_string_equal (text, texts[i]);
    }
}

static void
test_heading (void **state G_GNUC_UNUSED)
{
  const CtlStyle       color = { .color = TRUE }, plain = { 0 };
  g_autoptr (CtlTable) table = ctl_table_new (2);
  g_autofree char     *text = NULL;

  ctl_table_add_heading (table, "name", &color);
  ctl_table_add_heading (table, "code", &plain);
  ctl_table_add (table, "A");
  ctl_table_add (table, "26201");
  text = ctl_table_render (table);
  assert_string_equal (text, "\033[1mname\033[0m  code\nA     26201\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_columns), cmocka_unit_test (test_empty_cells),
    cmocka_unit_test (test_width),   cmocka_unit_test (test_fit),
    cmocka_unit_test (test_heading),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

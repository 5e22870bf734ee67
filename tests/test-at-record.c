/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "at-record.h"
#include "mu-test.h"

#include <string.h>

typedef struct
{
  guint    status;
  gboolean roaming;
  gint     level;
  guint    cell;
  guint    act;
  char     name[8];
  char     rest[4];
} Sample;

static const AtField sample_fields[] = {
  AT_F_UINT (Sample, status, "status"),
  AT_F_BOOL (Sample, roaming, "roaming"),
  AT_F_SKIP,
  AT_F_INT (Sample, level, "level"),
  AT_F_MAYBE_HEX (Sample, cell, "cell", 0),
  AT_F_MAYBE_UINT (Sample, act, NULL, 99),
  AT_F_TEXT (Sample, name, "name"),
  AT_F_MAYBE_TEXT (Sample, rest, "rest"),
};

static const AtRecord sample = AT_RECORD ("^SAMPLE", Sample, sample_fields);

static gboolean
scan (const char *text, Sample *ret)
{
  g_autoptr (GError) error = NULL;
  AtLine             line = { .text = text, .len = strlen (text) };
  gboolean           ok = at_scan (&sample, &line, ret, &error);

  assert_true (ok == (error == NULL));
  return ok;
}

static void
test_whole (void **state G_GNUC_UNUSED)
{
  Sample s;

  assert_true (scan ("^SAMPLE: 2,1,,-70,\"1A2B\",7,\"a,b\",x,more,and more", &s));
  assert_int_equal (s.status, 2);
  assert_true (s.roaming);
  assert_int_equal (s.level, -70);
  assert_int_equal (s.cell, 0x1a2b);
  assert_int_equal (s.act, 7);
  assert_string_equal (s.name, "a,b");
  assert_string_equal (s.rest, "x");
}

static void
test_optional (void **state G_GNUC_UNUSED)
{
  Sample s;

  assert_true (scan ("^sample:2,0,ignored,5,,,name", &s));
  assert_int_equal (s.cell, 0);
  assert_int_equal (s.act, 99);
  assert_string_equal (s.rest, "");
  assert_true (scan ("^SAMPLE: 2,0,,5,,,\"\"", &s)); /* an empty text is a text */
  assert_string_equal (s.name, "");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  static const char *const lines[] = {
    "^SAMPLE",
    "^SAMPLE:",
    "^OTHER: 1,1,,1,,,a",
    "^SAMPLE: ,1,,1,,,a",
    "^SAMPLE: x,1,,1,,,a",
    "^SAMPLE: 1,2,,1,,,a",
    "^SAMPLE: 1,1,,-,,,a",
    "^SAMPLE: 1,1,,1,XYZ,,a",
    "^SAMPLE: 1,1,,1,,,12345678",
    "^SAMPLE: 1,1,,1,,",
    "^SAMPLE: 99999999999,1,,1,,,a",
    "",
  };
  Sample s;

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_false (scan (lines[i], &s));
}

static void
test_word (void **state G_GNUC_UNUSED)
{
  static const AtRecord ring = AT_RECORD_WORD ("RING");
  AtLine                line = { .text = "RING", .len = 4 };
  AtLine                other = { .text = "RINGS", .len = 5 };

  assert_true (at_scan (&ring, &line, NULL, NULL));
  assert_false (at_scan (&ring, &other, NULL, NULL));
}

static void
test_variant (void **state G_GNUC_UNUSED)
{
  Sample               s = { 2, TRUE, -70, 0x1a, 7, "name", "" };
  g_autoptr (GVariant) dict = g_variant_ref_sink (at_record_to_variant (&sample, &s));
  g_autofree char     *text = g_variant_print (dict, FALSE);

  assert_string_equal (text, "{'status': <uint32 2>, 'roaming': <true>, 'level': <-70>, "
                             "'cell': <uint32 26>, 'name': <'name'>, 'rest': <''>}");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_whole),    cmocka_unit_test (test_optional),
    cmocka_unit_test (test_nonsense), cmocka_unit_test (test_word),
    cmocka_unit_test (test_variant),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

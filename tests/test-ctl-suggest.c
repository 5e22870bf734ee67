/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "ctl-suggest.h"
#include "mu-test.h"

typedef struct
{
  const char *a, *b;
  guint       distance;
} Row;

static const Row rows[] = {
  { "", "", 0 },
  { "", "abc", 3 },
  { "abc", "", 3 },
  { "abc", "abc", 0 },
  { "abc", "abd", 1 },
  { "abc", "ac", 1 },
  { "ac", "abc", 1 },
  { "abcd", "abdc", 1 }, /* neighbours exchanged */
  { "kitten", "sitting", 3 },
};

static void
test_distance (void **state G_GNUC_UNUSED)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      assert_int_equal (ctl_suggest_distance (rows[i].a, rows[i].b), rows[i].distance);
      assert_int_equal (ctl_suggest_distance (rows[i].b, rows[i].a), rows[i].distance);
    }
}

static void
test_suggest (void **state G_GNUC_UNUSED)
{
  static const char *const words[] = { "Sim1", "Modem1", "Network1", NULL };
  static const char *const nothing[] = { NULL };

  assert_string_equal (ctl_suggest ("Smi1", words), "Sim1");
  assert_string_equal (ctl_suggest ("sim", words), "Sim1");
  assert_string_equal (ctl_suggest ("MODEM", words), "Modem1");
  assert_string_equal (ctl_suggest ("Netwrok1", words), "Network1");
  assert_null (ctl_suggest ("Voice1", words));
  assert_null (ctl_suggest ("", words));
  assert_null (ctl_suggest ("Sim1", nothing));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_distance),
    cmocka_unit_test (test_suggest),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-ussd-menu.h"

static void
test_menu (void **state G_GNUC_UNUSED)
{
  g_autoptr (GString) path = g_string_new ("*123#");

  assert_true (sim_ussd_page ("*123#")->more);
  assert_null (sim_ussd_page ("*1#"));
  assert_null (sim_ussd_choose (path, "7"));
  assert_null (sim_ussd_choose (path, "22")); /* one at a time */
  assert_null (sim_ussd_choose (path, "9"));  /* there is nothing above */
  assert_string_equal (path->str, "*123#");
  assert_true (sim_ussd_choose (path, "2")->more);
  assert_true (sim_ussd_choose (path, "2")->more);
  assert_string_equal (sim_ussd_choose (path, "9")->path, "*123#2");
  assert_string_equal (sim_ussd_choose (path, "9")->path, "*123#");
  assert_false (sim_ussd_choose (path, "3")->more);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_menu),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

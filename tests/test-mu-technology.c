/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-technology.h"
#include "mu-test.h"

static void
test_codes (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mu_technology_from_act (2), MU_TECHNOLOGY_UMTS);
  assert_int_equal (mu_technology_from_act (7), MU_TECHNOLOGY_NONE);
  assert_int_equal (mu_technology_from_submode (9), MU_TECHNOLOGY_HSPA_PLUS);
  assert_int_equal (mu_technology_from_submode (0), MU_TECHNOLOGY_NONE);
  assert_int_equal (mu_technology_from_sysinfoex (43), MU_TECHNOLOGY_HSUPA);
  assert_string_equal (mu_technology_words[MU_TECHNOLOGY_HSPA_PLUS], "hspa+");
}

static void
test_refine (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mu_technology_refine (MU_TECHNOLOGY_NONE, 2), MU_TECHNOLOGY_UMTS);
  assert_int_equal (mu_technology_refine (MU_TECHNOLOGY_HSPA, 2), MU_TECHNOLOGY_HSPA);
  assert_int_equal (mu_technology_refine (MU_TECHNOLOGY_HSPA, 0), MU_TECHNOLOGY_GSM);
  assert_int_equal (mu_technology_refine (MU_TECHNOLOGY_EDGE, 0), MU_TECHNOLOGY_EDGE);
  assert_int_equal (mu_technology_refine (MU_TECHNOLOGY_HSPA, 4), MU_TECHNOLOGY_HSDPA);
  assert_int_equal (mu_technology_refine (MU_TECHNOLOGY_HSPA, 99), MU_TECHNOLOGY_HSPA);
}

static void
test_gsm (void **state G_GNUC_UNUSED)
{
  assert_false (mu_technology_is_gsm (MU_TECHNOLOGY_NONE));
  assert_true (mu_technology_is_gsm (MU_TECHNOLOGY_GSM));
  assert_true (mu_technology_is_gsm (MU_TECHNOLOGY_EDGE));
  assert_false (mu_technology_is_gsm (MU_TECHNOLOGY_UMTS));
  assert_false (mu_technology_is_gsm (MU_TECHNOLOGY_HSPA_PLUS));
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_codes), cmocka_unit_test (test_refine),
                                      cmocka_unit_test (test_gsm) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-test.h"
#include "sim-number.h"

static void
test_valid (void **state G_GNUC_UNUSED)
{
  assert_true (sim_number_valid ("112"));
  assert_true (sim_number_valid ("+8613912345678"));
  assert_true (sim_number_valid ("*#21#"));
  assert_false (sim_number_valid (""));
  assert_false (sim_number_valid ("+"));
  assert_false (sim_number_valid ("1+2"));
  assert_false (sim_number_valid ("12a"));
}

static void
test_complete (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *dialled, *complete;
    gboolean    abroad;
  } rows[] = {
    { "13903710453", "+8613903710453", FALSE }, /* guide 8.5.1 */
    { "013903710453", "+8613903710453", FALSE },    { "+8613903710453", "+8613903710453", FALSE },
    { "008613903710453", "+8613903710453", FALSE }, { "+4930123456", "+4930123456", TRUE },
    { "004930123456", "+4930123456", TRUE },        { "10086", "10086", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *complete = sim_number_complete (rows[i].dialled);

      assert_string_equal (complete, rows[i].complete);
      assert_int_equal (sim_number_international (rows[i].dialled), rows[i].abroad);
    }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_valid),
    cmocka_unit_test (test_complete),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

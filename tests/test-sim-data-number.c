/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* 27.007 10.2.1.1 */
#include "mu-test.h"
#include "sim-data-number.h"

static void
test_numbers (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    const char *number;
    guint       cid;
  } rows[] = {
    { "*99#", 1 },
    { "*99***1#", 1 },
    { "*99***11#", 11 },
    { "*99**1*2#", 2 },
    { "*99*10.0.0.1*1*7#", 7 },
    { "*99***#", 1 },
    { "*99***0#", 0 },
    { "*99", 0 },
    { "*99***1", 0 },
    { "*98#", 0 },
    { "*999#", 0 },
    { "*99****1#", 0 },
    { "*99***1#2#", 0 },
    { "*99***x#", 0 },
    { "99#", 0 },
    { "", 0 },
    { "#", 0 },
    { "*100#", 0 },
    { "*99***4294967297#", G_MAXUINT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    assert_int_equal (sim_data_number (rows[i].number), rows[i].cid);
}

int
main (void)
{
  const struct CMUnitTest tests[] = { cmocka_unit_test (test_numbers) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

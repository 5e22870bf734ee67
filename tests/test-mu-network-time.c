/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-network-time.h"
#include "mu-test.h"

static void
check (const char *date, const char *time, guint summer, const char *expected)
{
  g_autofree char *text = mu_network_time (date, time, summer);

  if (expected == NULL)
    assert_null (text);
  else
    assert_string_equal (text, expected);
}

static void
test_times (void **state G_GNUC_UNUSED)
{
  check ("26/11/22", "17:51:00+04", 0, "2026-11-22T17:51:00+01:00");
  check ("26/07/01", "12:00:00+04", 1, "2026-07-01T12:00:00+02:00");
  check ("2026/01/02", "03:04:05-13", 0, "2026-01-02T03:04:05-03:15");
  check ("80/01/06", "00:00:00+00", 0, "2080-01-06T00:00:00+00:00");
}

static void
test_nonsense (void **state G_GNUC_UNUSED)
{
  check ("", "", 0, NULL);
  check ("26/13/22", "17:51:00+04", 0, NULL);
  check ("26/02/30", "17:51:00+04", 0, NULL);
  check ("26/11/22", "25:51:00+04", 0, NULL);
  check ("26/11/22", "17:51:00*04", 0, NULL);
  check ("26/11/22", "17:51:00+99", 0, NULL);
  check ("26/11/22", "17:51:00+-4", 0, NULL);
  check ("26/11/22", "17:51:00+04", 9, NULL);
  check ("aa/bb/cc", "dd:ee:ff+gg", 0, NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[]
      = { cmocka_unit_test (test_times), cmocka_unit_test (test_nonsense) };

  return cmocka_run_group_tests (tests, NULL, NULL);
}

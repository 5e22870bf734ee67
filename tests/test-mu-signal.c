/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mu-signal.h"
#include "mu-test.h"

/* at-facts 4.3 */
static void
test_hcsq (void **state G_GNUC_UNUSED)
{
  static const struct
  {
    guint  code;
    gint   dbm;
    double db; /* as Ec/Io */
  } rows[] = {
    { 0, -120, -32 },  { 1, -120, -32 },     { 2, -119, -31.5 }, { 30, -91, -17.5 },
    { 58, -63, -3.5 }, { 65, -56, 0 },       { 96, -25, 0 },     { 97, 0, 0 },
    { 255, 0, 0 },     { 4000000000, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      MuSignal signal = mu_signal_from_hcsq (rows[i].code, rows[i].code, rows[i].code);

      assert_int_equal (signal.rssi, rows[i].dbm);
      assert_int_equal (signal.rscp, rows[i].dbm);
      assert_true (signal.ecio == rows[i].db);
    }
}

static void
test_csq (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mu_signal_from_csq (0).rssi, -113);
  assert_int_equal (mu_signal_from_csq (17).rssi, -79);
  assert_int_equal (mu_signal_from_csq (31).rssi, -51);
  assert_int_equal (mu_signal_from_csq (99).rssi, 0);
  assert_int_equal (mu_signal_from_csq (32).rssi, 0);
}

static void
test_quality (void **state G_GNUC_UNUSED)
{
  assert_int_equal (mu_signal_from_csq (0).quality, 0);
  assert_int_equal (mu_signal_from_csq (31).quality, 100);
  assert_int_equal (mu_signal_from_csq (99).quality, 0);
  assert_int_equal (mu_signal_from_hcsq (96, 0, 0).quality, 100);
  assert_int_equal (mu_signal_from_hcsq (0, 0, 0).quality, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_hcsq),
    cmocka_unit_test (test_csq),
    cmocka_unit_test (test_quality),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
